"""A balance that a ledger carries forward is no purchase, whatever stands beside it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from analysis.preparation.validate import examine
from analysis.proposal.guess import propose
from analysis.proposal.proposal import Proposal
from analysis.reading.table import read_table
from analysis.reading.text.total_words import is_carried

CUSTOMERS, EACH = 40, 3


@pytest.mark.parametrize(
    "cell",
    ["Opening balance", "BALANCE B/F", "Saldovortrag 2023", "Saldovortrag zum 01.01.2024", "01.01.2024 Anfangssaldo",
     "Opening balance January 2024", "Report à nouveau", "EB-Wert", "Saldo inicial"],
)  # fmt: skip
def test_a_balance_is_carried(cell: str) -> None:
    assert is_carried(cell)


@pytest.mark.parametrize(
    "cell", ["New Balance 574", "Opening balance fee", "Balance bike", "Übertragung", "Saldo", "B/F", "Forward", ""]
)
def test_other_words_are_not(cell: str) -> None:
    assert not is_carried(cell)


def ledger(folder: Path, customer: str, header: str, texts: tuple[str, ...]) -> Proposal:
    """A balance of 1,000 for each customer, then three sales of 10."""
    lines = [header]
    for n in range(CUSTOMERS):
        lines.append(f"{customer.format(n)},{date(2024, 1, 1)},{texts[0]},1000.00")
        lines += [
            f"{customer.format(n)},{date(2024, 2 + m * 3, 1 + n % 28)},{texts[1 + (n + m) % (len(texts) - 1)]},10.00"
            for m in range(EACH)
        ]
    (folder / "t.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return propose(folder / "t.csv")


@pytest.mark.parametrize("customer", ["7{:04}", "D7{:04}"])
@pytest.mark.parametrize(
    ("header", "texts"),
    [
        (
            "Account no,Posting date,Description,Amount",
            ("Opening balance", "Coffee", "Grinder", "Filters", "Tea"),
        ),
        ("Debitor,Belegdatum,Belegart,Betrag", ("Saldovortrag 2023", "Rechnung", "Ausgangsrechnung")),
        ("Client,Date,Libellé,Montant", ("Report à nouveau", "Facture", "Vente")),
    ],
)
def test_a_balance_counts_for_nobody(tmp_path: Path, customer: str, header: str, texts: tuple[str, ...]) -> None:
    found = ledger(tmp_path, customer, header, texts)
    assert found.questions == ()
    assert found.site.transactions is not None
    frame = examine(read_table(tmp_path / "t.csv", found.site), found.site).customers.frame
    assert len(frame) == 40
    assert frame["monetary"].tolist() == [30.0] * 40
    assert frame["frequency"].tolist() == [3.0] * 40


def test_what_is_left_out_is_told_with_its_money(tmp_path: Path) -> None:
    found = ledger(tmp_path, "D7{:04}", "Account,Date,Details,Amount", ("Balance b/f", "Coffee", "Tea", "Cups", "Milk"))
    assert "By “Details” these do not count: “Balance b/f” (40 rows, 40,000.00)." in found.first
