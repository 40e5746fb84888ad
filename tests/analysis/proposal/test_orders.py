"""The order's number is found by its name in any language or by its values, and the buyer never is that number."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.preparation.validate import examine
from analysis.proposal.guess import propose
from analysis.reading.table import read_table


def table(tmp_path: Path, header: str, rows: list[str]) -> Path:
    (tmp_path / "t.csv").write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return tmp_path / "t.csv"


def frequencies(file: Path) -> dict[str, int]:
    site = propose(file).site
    frame = examine(read_table(file, site), site).customers.frame
    return {str(key): int(times) for key, times in zip(frame.iloc[:, 0], frame["frequency"], strict=True)}


# Two orders of each of ten customers on each of two days.
SAME_DAY = [f"{5001 + 3 * n},2024-{1 + n // 20:02}-{1 + n // 2 % 10:02},P{n // 2 % 10},{10 + n}.50" for n in range(40)]


@pytest.mark.parametrize(
    "header",
    [
        "Factuurnummer", "Ordernummer", "Numer zamówienia", "Pedido", "Rechnung", "SO Number", "PO Number", "txn_id",
        "Doc No", "Bill No", "Belegnr.", "increment_id", "Nº documento", "Order Reference", "Vorgang", "Trans #",
        "Confirmation number", "Kassenbonnr", "Laufende", "Reservierungsnummer",
    ],
)  # fmt: skip
def test_orders_of_one_day_are_told_apart(tmp_path, header):
    file = table(tmp_path, f"{header},Date,Customer,Net amount", SAME_DAY)
    assert propose(file).site.transactions.invoice == header
    assert frequencies(file) == {f"P{n}": 4 for n in range(10)}


def test_a_figure_that_differs_in_every_row_is_no_order(tmp_path):
    rows = [f"{1000 + n * 37 % 997},{row.split(',', 1)[1]}" for n, row in enumerate(SAME_DAY)]
    found = propose(table(tmp_path, "Weight,Date,Customer,Net amount", rows))
    assert found.site.transactions.invoice is None
    assert any(told.startswith("No column numbers the orders, so purchases of one customer") for told in found.said)


def test_an_order_whose_parts_are_sent_or_paid_back_later_stays_one(tmp_path):
    rows = [
        f"{n // 2 + 100},2024-{1 + n // 2 % 12:02}-{1 + n % 2 * 9:02},K{n // 2 % 10},{10 + n}.00" for n in range(60)
    ]
    file = table(tmp_path, "order_id,date,customer_id,line_total", rows)
    assert propose(file).site.transactions.invoice == "order_id"
    assert frequencies(file) == {f"K{n}": 3 for n in range(10)}


@pytest.mark.parametrize(
    "header",
    ["Sold-to", "Auftraggeber", "Mobile", "Gast", "Account", "NIF", "Partita IVA", "Ragione sociale", "KvK"],
)
@pytest.mark.parametrize("cell", ["91045{:05}", "P{}"])
def test_the_buyer_is_known_by_its_name_and_comes_again(tmp_path, header, cell):
    rows = [f"{n + 5001},2024-01-{1 + n % 28:02},{cell.format(n % 12)},{n}.50" for n in range(48)]
    found = propose(table(tmp_path, f"Bill No,Bill Date,{header},Bill Amount", rows)).site.transactions
    assert (found.customer, found.invoice) == (header, "Bill No")


def walk_ins(cell: str) -> list[str]:
    return [f"{n + 1},2024-01-{1 + n % 28:02},{cell if n % 4 == 0 else f'P{n % 11}'},{n}.50" for n in range(60)]


@pytest.mark.parametrize(
    "cell",
    [
        "Walk-in Customer", "CLIENTE CONTADO", "Laufkunde", "Client de passage", "Consumidor Final", "Cliente generico",
        "noemail@shop.example", "No-Email@shop.example",
    ],
)  # fmt: skip
def test_whoever_has_no_account_is_nobody(tmp_path, cell):
    file = table(tmp_path, "Invoice,Date,Customer,Total", walk_ins(cell))
    assert propose(file).site.transactions.no_account == (cell.lower(),)
    assert set(frequencies(file)) == {f"P{n}" for n in range(11)}


def of_few(counter: int, each: int) -> list[str]:
    """Rows of a small shop: so many of its counter, and so many of each of seven customers."""
    who = [*["Kasse 1"] * counter, *[f"P{n}" for n in range(7)] * each]
    return [f"{n + 1},2024-{1 + n * 7 % 12:02}-{1 + n * 3 % 28:02},{name},{n}.50" for n, name in enumerate(who)]


@pytest.mark.parametrize(("counter", "each", "share"), [(20, 4, "42%"), (14, 4, "33%")])
def test_the_counter_of_a_small_shop_is_asked_about(tmp_path, counter: int, each: int, share: str):
    (question,) = propose(table(tmp_path, "Invoice,Date,Customer,Total", of_few(counter, each))).questions
    assert f"{share} of the rows have the same “Customer”" in question


@pytest.mark.parametrize(("counter", "each"), [(11, 4), (8, 4)])
def test_a_regular_customer_of_a_small_shop_is_not(tmp_path, counter: int, each: int):
    assert propose(table(tmp_path, "Invoice,Date,Customer,Total", of_few(counter, each))).questions == ()


@pytest.mark.parametrize("cell", ["99999", "House account 1"])
def test_one_value_with_far_the_most_rows_is_asked_about(tmp_path, cell):
    rows = [row if cell in row else row.replace(",P", f",P{n // 3}") for n, row in enumerate(walk_ins(cell))]
    (question,) = propose(table(tmp_path, "Invoice,Date,Customer,Total", rows)).questions
    assert "25% of the rows have the same “Customer”" in question
    assert "transactions.no_account" in question
