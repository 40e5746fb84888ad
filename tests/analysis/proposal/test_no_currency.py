"""A table that names no currency is never given one: amounts bear no sign until somebody says which it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from analysis.configuration import Site, without_files
from analysis.configuration.site import PrivacySettings
from analysis.pipeline import analyse
from analysis.preparation.validate import examine
from analysis.proposal.answers import answered, unanswered
from analysis.proposal.guess import propose
from analysis.proposal.proposal import Proposal
from analysis.proposal.text import site_text
from analysis.reading.table import read_table

SAYS = "No column names a currency, so amounts are shown without one; write its three letters as site.currency."
BOUGHT = "Customer ID,Order No,Date,Amount\n" + "".join(
    f"K{n % 61},{100 + n},2024-{n * n % 12 + 1:02}-15,{n * 7 % 90 + 10}.50\n" for n in range(200)
)
KNOWN = "customer_id,age,total_spent\n" + "".join(f"K{n},{20 + n % 50},{n * 7 % 900}.25\n" for n in range(80))

Proposed = Callable[[str], Proposal]


@pytest.fixture
def proposed(tmp_path: Path) -> Proposed:
    def found(text: str) -> Proposal:
        (tmp_path / "t.csv").write_text(text, encoding="utf-8")
        return propose(tmp_path / "t.csv")

    return found


@pytest.mark.parametrize("text", [BOUGHT, KNOWN], ids=["purchases", "customers"])
def test_no_currency_is_none_and_is_said(proposed: Proposed, text: str) -> None:
    found = proposed(text)
    assert found.site.site.currency == "XXX"
    assert SAYS in found.first
    assert not found.currency_stated
    assert "currency: XXX" in site_text(found)
    assert "XXX" not in "".join(found.about.values())


def test_what_somebody_answers_is_the_currency(proposed: Proposed) -> None:
    found = proposed(BOUGHT)
    told = answered(found, replace(unanswered(found, Path("t.csv")), currency="EUR"), "t.csv")
    assert told.site.site.currency == "EUR"
    assert SAYS not in told.first
    kept = answered(found, unanswered(found, Path("t.csv")), "t.csv")
    assert kept.site.site.currency == "XXX"
    assert SAYS in kept.first


def test_a_table_without_amounts_says_nothing_of_currencies(proposed: Proposed) -> None:
    found = proposed("id,age,height\n" + "".join(f"K{n},{20 + n % 50},{150 + n * 7 % 50}\n" for n in range(80)))
    assert SAYS not in found.first


def test_no_sign_is_written_in_the_analysis(proposed: Proposed, tmp_path: Path) -> None:
    site = proposed(BOUGHT).site.model_copy(update={"privacy": PrivacySettings(mode="open")})
    text = analyse(without_files(site, tmp_path / "t.csv")).contract.model_dump_json()
    assert "$" not in text
    assert "¤" not in text
    assert "USD" not in text


def test_a_later_table_with_a_currency_asks_for_the_sites(tmp_path: Path) -> None:
    signed = BOUGHT.replace(".50", ".50 EUR")
    (tmp_path / "t.csv").write_text(signed, encoding="utf-8")
    settings = {
        "site": {"currency": "XXX"},
        "data": {"path": str(tmp_path / "t.csv")},
        "transactions": {"customer": "Customer ID", "date": "Date", "amount": "Amount", "invoice": "Order No"},
    }
    site = Site.model_validate(settings)
    origin = without_files(site, tmp_path / "t.csv").origin
    problems = examine(read_table(origin, site), site).problems
    assert [each.sentence.partition(", column ")[2] for each in problems] == [
        "“Amount”: amounts are in €, but `site.currency: XXX` says that no currency is known. Set `site.currency: EUR`."
    ]
    rated = Site.model_validate({**settings, "data": {"path": str(tmp_path / "t.csv"), "rates": {"EUR": 1.1}}})
    (asked,) = examine(read_table(origin, rated), rated).problems
    assert "`data.rates` converts to `site.currency`, and XXX is none. Set it." in asked.sentence
