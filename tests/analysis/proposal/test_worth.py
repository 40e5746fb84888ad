"""What a customer is worth where several columns of money say one thing several ways: each money counts once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from analysis.errors import DataError
from analysis.proposal.guess import guess_site, propose
from analysis.proposal.proposal import Proposal

ROWS = 80
RNG = np.random.default_rng(11)
PAID = np.round(RNG.uniform(100, 5000, ROWS), 2)
SHARE = RNG.uniform(0.1, 1, ROWS)
OTHER = np.round(RNG.uniform(100, 5000, ROWS), 2)
Propose = Callable[[dict[str, np.ndarray]], Proposal]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "t.csv"


@pytest.fixture
def proposed(file: Path) -> Propose:
    def made(columns: dict[str, np.ndarray]) -> Proposal:
        lines = ["Customer ID,seats," + ",".join(columns)]
        figures = [np.char.mod("%.2f", each) for each in columns.values()]
        for place, row in enumerate(zip(*figures, strict=True)):
            lines.append(",".join([str(9000 + place * 3), str(place * 7 % 23), *row]))
        file.write_text("\n".join(lines) + "\n")
        return propose(file)

    return made


@pytest.mark.parametrize(
    ("columns", "counts"),
    [
        ({"MRR": PAID / 12, "ARR": PAID}, "ARR"),
        ({"Annual revenue": PAID, "Monthly revenue": PAID / 12}, "Annual revenue"),
        ({"Sales net": PAID, "Sales gross": PAID * 1.19}, "Sales net"),
        ({"Umsatz brutto": PAID * 1.19, "Umsatz netto": PAID}, "Umsatz netto"),
        ({"spend_6m": PAID * SHARE, "spend_12m": PAID}, "spend_12m"),
        ({"Revenue last 30 days": PAID * SHARE, "Revenue last 90 days": PAID}, "Revenue last 90 days"),
        ({"Lifetime revenue": PAID, "Revenue YTD": PAID * SHARE}, "Lifetime revenue"),
        ({"Sales": PAID, "Sales plan": OTHER}, "Sales"),
        ({"Sales forecast": OTHER, "Sales": PAID, "Sales budget": OTHER * 1.1}, "Sales"),
        ({"Amount invoiced": PAID, "Amount paid": PAID * SHARE, "Amount overdue": PAID * (1 - SHARE)}, "Amount paid"),
        ({"Revenue": PAID, "Revenue services": PAID * SHARE}, "Revenue"),
        ({"Total revenue gross": PAID * 1.2, "Revenue net": PAID}, "Revenue net"),
        ({"Sales": PAID, "Loan amount": OTHER}, "Sales"),
    ],
)  # fmt: skip
def test_of_one_thing_said_twice_one_counts(proposed: Propose, columns: dict[str, np.ndarray], counts: str):
    proposal = proposed(columns)
    assert (proposal.site.value.columns, proposal.questions) == ((counts,), ())


@pytest.mark.parametrize(
    ("columns", "added"),
    [
        ({"Sales 2022": PAID, "Sales 2023": OTHER}, ("Sales 2022", "Sales 2023")),
        ({"spend_wine": PAID, "spend_meat": OTHER}, ("spend_wine", "spend_meat")),
        ({"amt_web": PAID, "amt_shop": OTHER, "amt_all_told": PAID + OTHER}, ("amt_all_told",)),
        ({"Sales 2022 net": PAID, "Sales 2022 gross": 2 * PAID, "Sales 2023 net": OTHER, "Sales 2023 gross": 2 * OTHER},
         ("Sales 2022 net", "Sales 2023 net")),
    ],
)  # fmt: skip
def test_parts_of_a_whole_add_up(proposed: Propose, columns: dict[str, np.ndarray], added: tuple[str, ...]):
    proposal = proposed(columns)
    assert (proposal.site.value.columns, proposal.questions) == (added, ())


@pytest.mark.parametrize(
    "beside",
    ["Total claim amount", "CashbackAmount", "Tips amount", "Freight amount", "Gutschein Betrag", "Montant remise",
     "Erstattung Betrag", "Commission amount", "MwSt Betrag"],
)  # fmt: skip
def test_money_beside_what_was_spent_is_no_value(proposed: Propose, beside: str):
    assert proposed({beside: PAID}).site.value.columns == ()
    proposal = proposed({"Revenue": OTHER, beside: PAID})
    assert (proposal.site.value.columns, proposal.questions) == (("Revenue",), ())


@pytest.mark.parametrize("header", ["Revenue excl. tax", "Sales before tax", "Umsatz nach Rabatt", "Montant sans taxe"])
def test_what_a_figure_leaves_out_is_not_what_it_holds(proposed: Propose, header: str):
    assert proposed({header: PAID}).site.value.columns == (header,)


@pytest.mark.parametrize(
    ("this", "before"),
    [
        ("Umsatz lfd. Jahr", "Umsatz Vorjahr"),
        ("Umsatz akt. Jahr", "Umsatz VJ"),
        ("Umsatz laufendes Jahr", "Umsatz letztes Jahr"),
        ("Sales this year", "Sales prior year"),
        ("Spend L12M", "Spend prev 12M"),
    ],
)
def test_the_period_before_is_not_added(proposed: Propose, this: str, before: str):
    found = proposed({this: PAID, before: OTHER})
    assert found.questions == ()
    assert found.site.value.columns == (this,)
    assert f"“{before}” is not added to the value, because it covers the period before." in found.first


def test_the_period_before_is_the_value_where_no_other_is_known(proposed: Propose):
    assert proposed({"Umsatz Vorjahr": PAID}).site.value.columns == ("Umsatz Vorjahr",)


def test_what_is_left_out_of_the_value_is_said(proposed: Propose):
    said = proposed({"Sales net": PAID, "Sales gross": PAID * 1.19}).said
    assert (
        "“Sales gross” is not added to the value, because it counts the same money as “Sales net” in another way."
        in said
    )


@pytest.mark.parametrize(
    "columns",
    [
        {"Revenue": PAID, "Sales": OTHER},
        {"amount_a": PAID, "amount_b": PAID * 0.4},
        {"sales_alpha": PAID, "sales_beta": np.round(PAID * SHARE, 2)},
    ],
)
def test_what_may_be_one_money_twice_is_asked_about(proposed: Propose, file: Path, columns: dict[str, np.ndarray]):
    first, second = columns
    proposal = proposed(columns)
    (question,) = proposal.questions
    assert question.startswith(
        f"“{first}” and “{second}” may count the same money twice. Write `value.product_of: [{first}]`"
    )
    assert proposal.site.undecided == (question,)
    with pytest.raises(DataError, match="may count the same money twice"):
        guess_site(file, features=None, k="auto", id_column=None)
