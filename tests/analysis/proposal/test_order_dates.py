"""Of several days of a sale the one of the order counts, wherever its column stands."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import permutations
from pathlib import Path

import pytest

from analysis.errors import DataError
from analysis.proposal.guess import propose


@pytest.mark.parametrize(
    ("ordered", "other"),
    [
        ("order_date", "payment_date"), ("Order Date", "Delivery Date"), ("purchase_date", "updated_at"),
        ("Invoice Date", "Due Date"), ("Bestelldatum", "Zahlungsdatum"), ("Kaufdatum", "Lieferdatum"),
        ("date de commande", "date de paiement"), ("fecha pedido", "fecha pago"), ("order_date", "signup_date"),
        ("sale_date", "export_date"), ("ordered_at", "shipped_at"), ("created_at", "payment_date"),
        ("Order created", "Order completed"), ("data ordine", "data pagamento"), ("order_date", "first_order_date"),
    ],
)  # fmt: skip
def test_the_day_of_the_order_counts_in_any_place(tmp_path: Path, ordered: str, other: str):
    days = [date(2024, 1, 20) + timedelta(days=3 * n) for n in range(60)]
    for place, columns in enumerate(permutations((ordered, other))):
        lines = [",".join(["customer_no", "order_no", *columns, "revenue"])]
        for n, day in enumerate(days):
            at = {ordered: day, other: day + timedelta(days=n % 13)}
            lines.append(",".join([str(700 + n % 11), str(5000 + n), *(str(at[each]) for each in columns), f"{n}.50"]))
        file = tmp_path / f"t{place}.csv"
        file.write_text("\n".join(lines) + "\n")
        found = propose(file).site.transactions
        assert found is not None
        assert found.date == ordered


@pytest.mark.parametrize("only", ["payment_date", "shipped_at", "Updated"])
def test_another_day_counts_where_there_is_no_better(tmp_path: Path, only: str):
    days = [date(2024, 1, 20) + timedelta(days=3 * n) for n in range(60)]
    lines = [
        f"customer_no,order_no,{only},revenue",
        *(f"{700 + n % 11},{5000 + n},{day},{n}.50" for n, day in enumerate(days)),
    ]
    file = tmp_path / "t.csv"
    file.write_text("\n".join(lines) + "\n")
    found = propose(file).site.transactions
    assert found is not None
    assert found.date == only


@pytest.mark.parametrize("written", ["/Date({})/", "/Date({}+0100)/"])
def test_milliseconds_of_a_program_are_dates_whatever_the_header(tmp_path: Path, written: str):
    days = [date(2024, 1, 20) + timedelta(days=3 * n) for n in range(60)]
    cells = [written.format((day - date(1970, 1, 1)).days * 86_400_000 + 36_000_000) for day in days]
    rows = (f"{700 + n % 11},{5000 + n},{cell},{n}.50" for n, cell in enumerate(cells))
    file = tmp_path / "t.csv"
    file.write_text("\n".join(["customer_no,order_no,When,revenue", *rows]) + "\n")
    found = propose(file).site.transactions
    assert found is not None
    assert (found.date, found.date_format) == ("When", "epoch-milliseconds")


def joined_table(tmp_path: Path, header: str, row: str) -> Path:
    """90 rows, six for each of 15 customers, who joined on a day of their own."""
    days = [date(2021, 1, 4) + timedelta(days=29 * n) for n in range(15)]
    rows = [row.format(n=n, c=n % 15, joined=days[n % 15], day=date(2024, 1, 1) + timedelta(days=n)) for n in range(90)]
    file = tmp_path / "t.csv"
    file.write_text("\n".join([header, *rows]) + "\n")
    return file


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("order_no,customer_no,signup_date,revenue", "{n}7,K{c},{joined},{n}.5"),
        ("order_no,customer_no,Date,revenue", "{n}7,K{c},{joined},{n}.5"),  # the cells tell it, whatever the name
        ("customer_no,Member since,revenue", "K{c},{joined},{n}.5"),
    ],
)
def test_the_day_on_which_a_customer_joined_is_no_purchase(tmp_path: Path, header: str, row: str):
    file = joined_table(tmp_path, header, row)
    with pytest.raises(DataError, match=r"one day for all purchases of a “customer_no”.* under transactions\.date"):
        propose(file)


def test_another_day_counts_beside_the_one_on_which_a_customer_joined(tmp_path: Path):
    file = joined_table(tmp_path, "order_no,customer_no,Created,Tag,revenue", "{n}7,K{c},{joined},{day},{n}.5")
    found = propose(file).site.transactions
    assert found is not None
    assert found.date == "Tag"


def test_lines_of_a_customers_only_order_have_its_day(tmp_path: Path):
    file = joined_table(tmp_path, "customer_no,Date,sku,revenue", "K{c},{joined},S{n},{n}.5")
    found = propose(file).site.transactions
    assert found is not None
    assert found.date == "Date"
