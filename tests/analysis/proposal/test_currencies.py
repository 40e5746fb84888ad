"""A proposal takes the one currency of a table, keeps others apart, and asks where there are several."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from analysis.proposal.answers import answered, unanswered
from analysis.proposal.guess import propose
from analysis.proposal.proposal import Proposal
from analysis.proposal.text import site_text

Proposed = Callable[..., Proposal]


@pytest.fixture
def proposed(tmp_path: Path) -> Proposed:
    def found(header: str, row: Callable[[int], str]) -> Proposal:
        (tmp_path / "t.csv").write_text("\n".join([header, *map(row, range(40))]) + "\n", encoding="utf-8")
        return propose(tmp_path / "t.csv")

    return found


@pytest.mark.parametrize(
    ("written", "currency"),
    [("€{}", "EUR"), ("{} kr", "SEK"), ("CHF {}", "CHF"), ("${}", "USD"), ("US$ {}", "USD"), ("{}", "XXX")],
)
def test_the_sign_of_the_cells_is_the_sites_currency(proposed: Proposed, written: str, currency: str) -> None:
    found = proposed("id;Amount;y", lambda n: f"K{n};{written.format(n * 3 + 1)};{n % 7}")
    assert found.site.site.currency == currency
    assert found.currency_stated == (written != "{}")
    assert found.site.columns["Amount"].format == ("money" if found.currency_stated else "integer")
    assert any("was taken for SEK" in said for said in found.said) == (currency == "SEK")


def test_a_column_of_one_currency_says_it(proposed: Proposed) -> None:
    found = proposed("id;Amount;Währung;y", lambda n: f"K{n};{n * 3 + 1};chf;{n % 7}")
    assert (found.site.site.currency, found.currency_stated) == ("CHF", True)


@pytest.mark.parametrize(
    ("header", "row", "where"),
    [
        ("id;Amount;y", lambda n: f"K{n};{'€$¥'[n % 3]}{n * 3 + 1};{n % 7}", "“Amount”: amounts are in €, $ and ¥."),
        ("id;Amount;Currency;y", lambda n: f"K{n};{n * 3 + 1};{['EUR', 'usd'][n % 2]};{n % 7}", "in EUR and USD."),
        ("customer;date;amount", lambda n: f"K{n % 9};2024-01-{n % 27 + 1:02};{'€$'[n % 2]}{n + 1}", "in $ and €."),
        (
            "customer;date;amount;currency",
            lambda n: f"K{n % 9};2024-01-{n % 27 + 1:02};{n + 1};{['EUR', 'usd'][n % 2]}",
            "in EUR and USD.",
        ),
    ],
)
def test_several_are_asked_about_and_none_is_claimed(proposed: Proposed, tmp_path: Path, header, row, where) -> None:
    found = proposed(header, row)
    asked = next(said for said in found.said if "data.currency" in said)
    assert where in asked
    assert not found.currency_stated
    text = site_text(answered(found, unanswered(found, tmp_path / "t.csv"), "t.csv"))
    assert "currency" not in yaml.safe_load(text)["site"]
    assert "data.currency" in text
    named = "currency" in header.casefold()
    assert ("currency_column" in yaml.safe_load(text)["data"]) == named


@pytest.mark.parametrize(
    ("columns", "more", "offered"),
    [
        ("currency;amount;amount_usd", lambda n: f"{5 * n + 5}", "amount_usd` and `site.currency: USD`"),
        ("paid_currency;paid_total;shop_currency;shop_total", lambda n: f"CHF;{5 * n + 5}",
         "shop_total` and `site.currency: CHF`"),
    ],
)  # fmt: skip
def test_a_column_of_the_same_money_in_one_currency_is_offered(proposed: Proposed, columns, more, offered) -> None:
    found = proposed(
        f"customer;date;order_id;{columns}",
        lambda n: f"K{n % 9};2024-01-{n % 27 + 1:02};{500 + n};{['EUR', 'GBP'][n % 2]};{6 * n + 5};{more(n)}",
    )
    (question,) = found.questions
    assert f"write `transactions.amount: {offered}, and take `data.currency_column` out." in question


def test_two_columns_of_different_signs_are_kept_apart(proposed: Proposed) -> None:
    found = proposed("id;Amount;Other;y", lambda n: f"K{n};€{n * 3 + 1};${n * n + 1};{n % 7}")
    columns = found.site.columns
    assert found.site.site.currency == "EUR"
    assert (columns["Amount"].format, columns["Amount"].unit) == ("money", None)
    assert (columns["Other"].format, columns["Other"].unit) == ("number", "USD")
    assert found.site.value.product_of == ("Amount",)


def test_currencies_of_a_table_without_money_are_not_asked_about(proposed: Proposed) -> None:
    found = proposed("id;visits;Currency;y", lambda n: f"K{n};{n * 3 + 1};{['EUR', 'usd'][n % 2]};{n % 7}")
    assert not any("data.currency" in said for said in found.said)
