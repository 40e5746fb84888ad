"""Numbers of customers written two ways are asked about, and Excel's days are told from where they count."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

from analysis.preparation.validate import examine
from analysis.proposal.guess import propose
from analysis.proposal.proposal import Proposal
from analysis.reading.table import read_table

ROWS = 240


def bought(n: int) -> date:
    return date(2024, 1 + n * 5 % 12, 1 + n * 11 % 28)


def person(n: int) -> int:
    return 10_000 + n * 79 % 80


@pytest.fixture
def proposed(tmp_path: Path) -> Callable[..., Proposal]:
    def found(header: str, row: Callable[[int], str]) -> Proposal:
        (tmp_path / "t.csv").write_text("\n".join([header, *map(row, range(ROWS))]) + "\n", encoding="utf-8")
        return propose(tmp_path / "t.csv")

    return found


@pytest.mark.parametrize(
    "written",
    [
        lambda n: f"{person(n)}.0" if n % 7 == 0 else f"{person(n)}",
        lambda n: f"{person(n):08}" if n % 7 == 0 else f"{person(n)}",
    ],
)
def test_a_number_written_two_ways_is_asked_about(proposed, written) -> None:
    (question,) = proposed(
        "Customer ID,Order ID,Date,Amount", lambda n: f"{written(n)},{n},{bought(n)},{n}.5"
    ).questions
    assert "“Customer ID” has" in question
    assert "each counts as a separate customer" in question
    assert "10000" not in question


@pytest.mark.parametrize(("header", "again"), [("Customer ID", "{}.0"), ("Kundennr", "{:08}"), ("Kunde", "{:08}")])
def test_two_numbers_of_one_customer_are_asked_about(proposed, header: str, again: str) -> None:
    found = proposed(
        f"{header},Age,Spent",
        lambda n: f"{10_000 + n if n < 236 else again.format(10_000 + n % 4)},{20 + n * 7 % 60},{n * 31 % 97}.5",
    )
    assert found.site.columns[header].role == "id"
    (question,) = found.questions
    assert f"“{header}” has 4 numbers written in two ways" in question


@pytest.mark.parametrize("written", ["{}", "{}.0", "{:08}", "K{}", "K0{}"])
def test_a_number_written_one_way_is_not(proposed, written: str) -> None:
    found = proposed("Customer ID,Order ID,Date,Amount", lambda n: f"{written.format(person(n))},{n},{bought(n)},{n}.5")
    assert found.questions == ()


def test_days_since_1904_are_told_by_a_column_beside_them(proposed, tmp_path: Path) -> None:
    found = proposed(
        "Order ID,Customer ID,Date,Shipped,Amount",
        lambda n: f"{n},{person(n)},{(bought(n) - date(1904, 1, 1)).days},{bought(n)},{n}.5",
    )
    assert found.site.transactions.date_format == "excel-1904"
    assert (
        "“Date” holds Excel’s days since 1904: counted from 1900 they are four years before “Shipped”." in found.first
    )
    customers = examine(read_table(tmp_path / "t.csv", found.site), found.site).customers.frame
    assert len(customers) == 80


def test_days_since_1900_say_what_they_may_be(proposed) -> None:
    found = proposed(
        "Order ID,Customer ID,Date,Amount",
        lambda n: f"{n},{person(n)},{(bought(n) - date(1899, 12, 30)).days},{n}.5",
    )
    assert found.site.transactions.date_format == "excel-1900"
    assert any("“Date” holds Excel’s days since 1900; write excel-1904 instead" in said for said in found.first)


def test_the_last_purchase_is_not_before_the_day_of_joining(proposed) -> None:
    joined = date(2021, 3, 1)
    found = proposed(
        "Customer ID,Last purchase,Joined,Spent",
        lambda n: f"K{n},{(bought(n) - date(1904, 1, 1)).days},{joined.replace(month=1 + n % 12)},{n * 31 % 97}.5",
    )
    assert found.site.columns["Last purchase"].date_format == "excel-1904"
    assert "“Last purchase” holds Excel’s days since 1904: counted from 1900 many are before “Joined”." in found.first


def test_a_last_purchase_after_the_day_of_joining_counts_from_1900(proposed) -> None:
    found = proposed(
        "Customer ID,Last purchase,Joined,Spent",
        lambda n: f"K{n},{(bought(n) - date(1899, 12, 30)).days},2021-03-{1 + n % 28:02},{n * 31 % 97}.5",
    )
    assert found.site.columns["Last purchase"].date_format == "excel-1900"


@pytest.mark.parametrize(("mac", "written"), [(True, "excel-1904"), (False, "excel-1900")])
def test_bare_numbers_count_from_the_year_of_their_workbook(tmp_path: Path, *, mac: bool, written: str) -> None:
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904 if mac else CALENDAR_WINDOWS_1900
    sheet = book.active
    sheet.append(["Order ID", "Customer ID", "Date", "Amount"])
    for n in range(ROWS):
        sheet.append([n, person(n), (bought(n) - (date(1904, 1, 1) if mac else date(1899, 12, 30))).days, n + 0.5])
    book.save(tmp_path / "t.xlsx")
    found = propose(tmp_path / "t.xlsx")
    assert found.site.transactions.date_format == written
    told = "“Date” holds Excel’s days since 1904, from which this workbook counts."
    assert (told in found.first) is mac


def test_a_day_of_payment_on_an_orders_first_row_is_no_lack(proposed) -> None:
    found = proposed(
        "Order,Email,Created at,Paid at,Item,Price",
        lambda n: (
            f"{n // 2},c{n // 2 % 40}@x.org,{bought(n // 2)},{bought(n // 2) if n % 2 == 0 else ''},I{n % 9},{n}.5"
        ),
    )
    assert found.questions == ()


def test_an_order_without_any_day_of_payment_is_asked_about(proposed) -> None:
    def row(n: int) -> str:
        paid = bought(n // 2) if n % 2 == 0 and n // 2 % 5 else ""
        return f"{n // 2},c{n // 2 % 40}@x.org,{bought(n // 2)},{paid},I{n % 9},1.5"

    (question,) = proposed("Order,Email,Created at,Paid at,Item,Price", row).questions
    # 24 of 120 orders, each of two rows
    assert "no day in “Paid at” in 48 rows, 72.00" in question


def test_contacts_of_firms_are_people(proposed) -> None:
    found = proposed(
        "Record ID,First Name,Last Name,Company,Create Date,Last Activity Date,Amount",
        lambda n: f"{1000 + n},F{n % 50},L{n % 40},C{n % 83},{bought(n)},{bought(n + 3)},{n}.5",
    )
    assert found.site.transactions is None
    assert found.questions == ()
