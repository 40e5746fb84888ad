"""A table of purchases is told from one of customers, and its columns by their names."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.proposal.guess import propose


@pytest.fixture
def transactions(tmp_path: Path):
    def found(header: str, *rows: str) -> dict[str, object] | None:
        (tmp_path / "t.csv").write_text("\n".join([header, *rows]) + "\n")
        made = propose(tmp_path / "t.csv").site.transactions
        return made.model_dump(exclude_defaults=True) if made else None

    return found


DAYS = [f"2024-{1 + n % 12:02}-{1 + n % 28:02}" for n in range(60)]


def test_customer_date_and_amount(transactions):
    found = transactions("customer_id,date,amount", *[f"{n % 20},{DAYS[n]},{n}.5" for n in range(60)])
    assert found == {"customer": "customer_id", "date": "date", "amount": "amount", "date_format": "yyyy-mm-dd"}


def test_invoices_with_quantity_price_and_credit_notes(transactions):
    rows = [
        f"{'C' if n % 15 == 0 else ''}{536000 + n // 2},{n % 9}A,{n % 7 + 1},"
        f"{1 + n % 28:02}.{1 + n % 12:02}.2011 08:26,2.55,{17850 + n % 12}"
        for n in range(60)
    ]
    assert transactions("InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice,CustomerID", *rows) == {
        "customer": "CustomerID",
        "date": "InvoiceDate",
        "quantity": "Quantity",
        "price": "UnitPrice",
        "invoice": "InvoiceNo",
        "product": "StockCode",
        "cancelled": {"column": "InvoiceNo", "prefix": "C"},
        "date_format": "dd.mm.yyyy",
    }


def test_a_german_export(transactions):
    rows = [f"K{n % 20};{1 + n % 28:02}.{1 + n % 12:02}.2024;{n},50;B{n}" for n in range(60)]
    found = transactions("Kundennummer;Datum;Betrag;Bestellung", *rows)
    assert (found["customer"], found["amount"], found["invoice"]) == ("Kundennummer", "Betrag", "Bestellung")


def test_an_identifier_of_other_things_is_no_customer(transactions):
    rows = [f"{n % 20},{DAYS[n]},{n}.5" for n in range(60)]
    assert transactions("product_id,date,amount", *rows) is None
    assert transactions("id,date,amount", *rows)["customer"] == "id"


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("customer_id,date,amount", "{n},{day},{n}.5"),
        ("customer_id,birthday,amount", "{each},{day},{n}.5"),
        ("customer_id,when,amount", "{each},x{n},{n}.5"),
    ],
    ids=["one row a customer", "birthdays", "no dates"],
)
def test_a_table_of_customers_is_none_of_transactions(transactions, header, row):
    assert transactions(header, *[row.format(n=n, day=DAYS[n], each=n % 20) for n in range(60)]) is None
