"""Money of several currencies is never added up: one is kept, or all are converted, or one sentence asks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import ClassVar

import narwhals as nw
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.cells.dates import days
from analysis.cells.known import Known
from analysis.configuration import Site
from analysis.customers.conversion import convert, settled
from analysis.customers.judge import trimmed
from analysis.errors import DataError
from analysis.preparation.validate import Examination, examine
from analysis.reading.table import Table, read_table
from tests.notes import exact

COLUMNS = {"Amount": {"role": "monetary", "format": "money"}, "y": {"role": "feature"}}
SIGNS = "Amount;y\n€5;1\n$6;2\n¥700;3\n8;4\n€9;5\n"
CODES = "Amount;Currency;y\n5;EUR;1\n6;usd;2\n7;US Dollar;3\n8;;4\n"

Examined = Callable[..., Examination]


@pytest.fixture
def examined(tmp_path: Path) -> Examined:
    def read(text: str, counting_in: str | None = None, columns: object = None, **data: object) -> Examination:
        file = tmp_path / "t.csv"
        file.write_text(text, encoding="utf-8")
        site = Site.model_validate(
            {
                "site": {"currency": counting_in} if counting_in else {},
                "data": {"path": "t.csv", **data},
                "columns": columns or COLUMNS,
            }
        )
        return examine(read_table(file, site), site)

    return read


def asked(found: Examination) -> list[str]:
    return [problem.sentence.partition(", column ")[2] for problem in found.problems]


def amounts(found: Examination) -> list[float]:
    assert not found.problems
    return list(found.customers.frame["Amount"])


def reasons(found: Examination) -> dict[int, str]:
    return dict(zip(found.customers.rejected["row"], found.customers.rejected["reason"], strict=True))


class TestSigns:
    def test_several_are_asked_about(self, examined: Examined) -> None:
        assert asked(examined(SIGNS)) == [
            (
                "“Amount”: amounts are in €, $ and ¥. Add `data.currency: EUR` to keep one, or `data.rates` to convert "
                "to `site.currency`."
            )
        ]

    def test_one_is_kept_and_the_others_are_set_aside(self, examined: Examined) -> None:
        found = examined(SIGNS, currency="EUR")
        assert amounts(found) == [5, 9]
        assert reasons(found) == {
            3: "in another currency",
            4: "in another currency",
            5: "no currency, where others have several",
        }
        assert found.customers.rows_read == found.customers.rows_used + found.customers.rows_rejected

    def test_most_amounts_without_one_are_no_reason_to_drop_most_rows(self, examined: Examined) -> None:
        found = examined("Amount;y\n$1;1\n€2;2\n3;3\n4;4\n5;5\n", counting_in="EUR", rates={"USD": 0.5})
        assert [problem.sentence.partition(": ")[2] for problem in found.problems] == [
            (
                "in the column “Amount” amounts with their currency were expected, but 3 of 5 rows hold something else "
                "(rows 4, 5, 6); add it, or name a column of codes as data.currency_column."
            )
        ]

    def test_rates_convert(self, examined: Examined) -> None:
        found = examined(SIGNS, counting_in="EUR", rates={"USD": 0.5, "JPY": 0.01})
        assert amounts(found) == [5, 3, 7, 9]
        assert reasons(found) == {5: "no currency, where others have several"}
        assert "converted to EUR" in exact(found.customers.notes)[-1]

    def test_a_rate_that_is_missing_is_asked_for(self, examined: Examined) -> None:
        assert asked(examined(SIGNS, counting_in="EUR", rates={"USD": 0.5})) == [
            "“Amount”: `data.rates` has no rate for ¥. Add it, or `data.currency: EUR` to keep one currency."
        ]

    def test_one_that_is_not_the_sites_is_asked_about(self, examined: Examined) -> None:
        text = "Amount;y\n€5;1\n6;2\n"
        assert amounts(examined(text, counting_in="EUR")) == [5, 6]
        assert "but the site counts in USD, since `site.currency` is not set" in asked(examined(text))[0]
        assert "Set `site.currency: EUR`" in asked(examined(text, counting_in="USD"))[0]
        assert amounts(examined(text, counting_in="USD", rates={"EUR": 2})) == [10, 12]

    def test_a_dollar_is_that_of_the_site(self, examined: Examined) -> None:
        text = "Amount;y\n$5;1\n6;2\n"
        assert amounts(examined(text)) == amounts(examined(text, counting_in="CAD")) == [5, 6]
        assert asked(examined(text, counting_in="EUR"))
        assert asked(examined("Amount;y\n$5;1\nUS$6;2\n", counting_in="CAD"))
        assert amounts(examined("Amount;y\n$5;1\nUS$6;2\n", counting_in="USD")) == [5, 6]

    def test_a_sign_that_two_rates_fit_is_asked_about(self, examined: Examined) -> None:
        text = "Amount;y\n$5;1\n€6;2\n"
        assert asked(examined(text, counting_in="EUR", rates={"USD": 0.9, "CAD": 0.6})) == [
            "“Amount”: “$” may be CAD or USD. Name a column of codes as `data.currency_column`."
        ]


class TestColumnOfCurrencies:
    def test_several_are_asked_about(self, examined: Examined) -> None:
        assert asked(examined(CODES)) == [
            (
                "“Currency”: amounts are in USD and EUR. Add `data.currency: USD` to keep one, or `data.rates` to "
                "convert to `site.currency`."
            )
        ]

    def test_one_is_kept_and_the_site_counts_in_it(self, tmp_path: Path) -> None:
        (tmp_path / "t.csv").write_text(CODES, encoding="utf-8")
        site = Site.model_validate({"data": {"path": "t.csv", "currency": "EUR"}, "columns": COLUMNS})
        assert site.site.currency == "EUR"
        found = examine(read_table(tmp_path / "t.csv", site), site)
        assert found.customers.rows_used == 1
        assert reasons(found) == {
            3: "in another currency",
            4: "in another currency",
            5: "no currency, where others have several",
        }
        assert {each.column for each in found.customers.rejections} == {"Currency"}

    def test_rates_convert(self, examined: Examined) -> None:
        assert amounts(examined(CODES, counting_in="EUR", rates={"USD": 0.5})) == [5, 3, 3.5]

    def test_one_for_all_is_that_of_blank_cells_too(self, examined: Examined) -> None:
        text = CODES.replace("usd", "EUR").replace("US Dollar", "euro")
        assert amounts(examined(text, counting_in="EUR")) == [5, 6, 7, 8]
        assert asked(examined(text, counting_in="USD"))

    def test_a_sign_that_contradicts_it_sets_its_row_aside(self, examined: Examined) -> None:
        found = examined("Amount;Currency;y\n$5;USD;1\n€6;USD;2\n7;USD;3\n")
        assert amounts(found) == [5, 7]
        assert reasons(found) == {3: "its sign and its currency differ"}

    def test_it_may_be_named_or_left_alone(self, examined: Examined) -> None:
        renamed = CODES.replace("Currency", "c")
        assert amounts(examined(renamed)) == [5, 6, 7, 8]
        assert asked(examined(renamed, currency_column="c"))
        assert amounts(examined(CODES, currency_column=False)) == [5, 6, 7, 8]
        with pytest.raises(DataError, match=r"there is no column “Curency”.*Did you mean “Currency”"):
            examined(CODES, currency_column="Curency")
        with pytest.raises(DataError, match="holds no codes of currencies"):
            examined(CODES, currency_column="Amount")

    def test_figures_that_are_no_money_stay_as_they_are(self, examined: Examined) -> None:
        found = examined(CODES, counting_in="EUR", rates={"USD": 0.5})
        assert list(found.customers.frame["y"]) == [1, 2, 3]

    def test_rates_by_day_need_days(self, examined: Examined) -> None:
        assert asked(examined(CODES, counting_in="EUR", rates={"USD": {"2024-01-01": 0.5}})) == [
            "“Currency”: `data.rates` gives USD by day, but the rows have no day. Write one number for USD."
        ]


class TestSeveralColumns:
    text = "Amount;Other;y\n€5;$1;1\n€6;$2;4\n"

    def test_each_is_kept_in_its_own(self, examined: Examined) -> None:
        columns = {**COLUMNS, "Other": {"role": "feature", "unit": "USD"}}
        assert amounts(examined(self.text, counting_in="EUR", columns=columns)) == [5, 6]

    def test_one_that_is_said_to_be_the_sites_is_asked_about(self, examined: Examined) -> None:
        columns = {**COLUMNS, "Other": {"role": "feature", "format": "money"}}
        assert asked(examined(self.text, counting_in="EUR", columns=columns))[0].startswith("“Other”: amounts are in $")

    def test_value_is_of_one_currency(self, tmp_path: Path) -> None:
        (tmp_path / "t.csv").write_text(self.text, encoding="utf-8")
        columns = {**COLUMNS, "Other": {"role": "spending", "unit": "USD"}}
        site = Site.model_validate(
            {
                "site": {"currency": "EUR"},
                "data": {"path": "t.csv"},
                "columns": columns,
                "value": {"product_of": ["Other"]},
            }
        )
        assert "value counts in EUR" in asked(examine(read_table(tmp_path / "t.csv", site), site))[0]

    def test_a_header_says_it_where_cells_do_not(self, examined: Examined) -> None:
        columns = {"Amount (€)": {"role": "monetary", "format": "money"}, "y": {"role": "feature"}}
        text = "Amount (€);y\n5;1\n6;2\n"
        assert "Set `site.currency: EUR`" in asked(examined(text, columns=columns))[0]
        assert not examined(text, counting_in="EUR", columns=columns).problems


def lines(*rows: tuple[str, str, float]) -> tuple[Table, nw.LazyFrame[pd.DataFrame]]:
    """Amounts with their currencies and days."""
    frame = pd.DataFrame({"Amount": [row[0] for row in rows]}, dtype=str)
    numbers = pd.Series(range(2, len(rows) + 2)).to_numpy()
    named = tuple(row[1] for row in rows)
    table = Table(
        "t.csv", "text", frame, numbers, (), "utf-8", ",", "", (), currencies=named, currency_header="Currency"
    )
    return table, trimmed(table).with_columns(nw.new_series("day", [row[2] for row in rows], backend="pandas"))


def dated(rates: dict[str, object]) -> Site:
    return Site.model_validate(
        {"site": {"currency": "EUR"}, "data": {"path": "t", "rates": rates}, "columns": {"x": {"role": "feature"}}}
    )


class TestByDay:
    rates: ClassVar = {"USD": {"2024-01-01": 0.5, "2024-07-01": 0.25}}

    def test_each_is_valid_from_its_day_on(self) -> None:
        at = [days(date(2024, *each)) for each in ((1, 1), (6, 30), (7, 1), (12, 31))]
        table, cells = lines(*(("8", "USD", day) for day in at), ("8", "EUR", at[0]))
        found = convert(table, cells, {"Amount": "cell0"}, dated(self.rates), day="day")
        assert not found.problems
        assert found.cells.select(found.factor.alias("f")).collect()["f"].to_list() == [0.5, 0.5, 0.25, 0.25, 1]

    def test_a_row_before_the_first_is_asked_about(self) -> None:
        table, cells = lines(("8", "USD", days(date(2023, 12, 31))), ("8", "USD", days(date(2024, 1, 1))))
        found = convert(table, cells, {"Amount": "cell0"}, dated(self.rates), day="day")
        (problem,) = found.problems
        assert problem.sentence.startswith(
            "t.csv, column “Currency”: 1 row in USD lies before the first day of its rates."
        )

    def test_a_later_table_is_refused(self) -> None:
        table, cells = lines(("8", "USD", 20_000.0))
        with pytest.raises(DataError, match="site counts in EUR"):
            convert(table, cells, {"Amount": "cell0"}, dated({}), Known(decimals={"Amount": "."}))


class TestOrders:
    """Orders whose cells are figures alone, and whose headers say of which currency."""

    @pytest.fixture
    def ordered(self, tmp_path: Path) -> Examined:
        def read(
            amount: str, refunded: str = "Refunded", counting_in: str | None = None, **data: object
        ) -> Examination:
            rows = [f"b{row % 9},2024-0{1 + row % 9}-11,{10 + row},{row % 2}" for row in range(40)]
            (tmp_path / "t.csv").write_text("\n".join([f"buyer,date,{amount},{refunded}", *rows, ""]), encoding="utf-8")
            site = Site.model_validate(
                {
                    "site": {"currency": counting_in} if counting_in else {},
                    "data": {"path": "t.csv", **data},
                    "transactions": {"customer": "buyer", "date": "date", "amount": amount, "refunded": refunded},
                }
            )
            return examine(read_table(tmp_path / "t.csv", site), site)

        return read

    @pytest.mark.parametrize("amount", ["Total (€)", "Total EUR"])
    def test_euros_are_never_shown_as_dollars(self, ordered: Examined, amount: str) -> None:
        (sentence,) = asked(ordered(amount))
        assert sentence == (
            f"“{amount}”: amounts are in €, but the site counts in USD, since `site.currency` is not set. Set "
            "`site.currency: EUR`, or `data.rates` to convert."
        )

    def test_what_the_analyst_states_holds(self, ordered: Examined) -> None:
        # The first buyer spent 10 + 19 + 28 + 37 + 46, of which 1 was refunded twice.
        assert ordered("Total EUR", counting_in="EUR").customers.frame["monetary"][0] == 138

    def test_rates_convert(self, ordered: Examined) -> None:
        found = ordered("Total EUR", rates={"EUR": 1.5})
        assert found.customers.frame["monetary"][0] == 207
        by_day = ordered("Total EUR", rates={"EUR": {"2024-01-01": 1.5, "2024-01-12": 2.0}})
        assert by_day.customers.frame["monetary"][0] == 207

    def test_a_row_before_the_first_is_asked_about(self, ordered: Examined) -> None:
        (sentence,) = asked(ordered("Total EUR", rates={"EUR": {"2024-02-01": 1.5}}))
        assert "5 rows in EUR lie before the first day of its rates." in sentence

    @pytest.mark.parametrize(("counting_in", "rates"), [(None, {}), ("EUR", {}), ("EUR", {"USD": 0.9})])
    def test_headers_of_several_currencies_are_asked_about(
        self, ordered: Examined, counting_in: str | None, rates: dict[str, float]
    ) -> None:
        (sentence,) = asked(ordered("Total (€)", "Refunded ($)", counting_in, rates=rates))
        assert "€ and $" in sentence

    def test_a_sign_beside_its_code_is_one_currency(self, ordered: Examined) -> None:
        assert ordered("Total ($)", "Refunded USD").customers.frame["monetary"][0] == 138


@given(
    st.lists(st.sampled_from(["€", "$", "US$", "£", "¥", "JPY", "kr", "CHF"]), min_size=1, unique=True),
    st.sampled_from(["USD", "EUR", "CHF"]),
)
def test_without_settings_money_is_counted_only_where_all_is_one_currency(found, own):
    site = Site.model_validate(
        {"site": {"currency": own}, "data": {"path": "t"}, "columns": {"x": {"role": "feature"}}}
    )
    codes = [{"€": "EUR", "US$": "USD", "£": "£"}.get(each, each) for each in found]
    decided = settled(list(dict.fromkeys(codes)), site)
    assert bool(decided.problem) == any(each not in {own, *({"$"} if own == "USD" else ())} for each in codes)
