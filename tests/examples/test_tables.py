"""The tables that the example sites are built from: the same from the same seed, and what their generators promise."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date, datetime

import numpy as np
import pytest

from examples import demographic, transactions, wholesale
from examples.__main__ import TABLES, main
from examples.generated import Generated

EVERY = pytest.mark.parametrize("name", sorted(TABLES))


@pytest.fixture(scope="module")
def tables() -> dict[str, Generated]:
    return {name: table() for name, (table, _) in TABLES.items()}


@pytest.fixture(scope="module")
def invoices(tables) -> Generated:
    return tables["transactions"]


def column(table: Generated, name: str) -> list[str]:
    place = table.header.index(name)
    return [row[place] for row in table.rows]


@EVERY
def test_one_seed_gives_one_table_and_another_seed_another(name):
    table = {"demographic": demographic.table, "transactions": transactions.table, "wholesale": wholesale.table}[name]
    first, again, other = table(3, 200), table(3, 200), table(4, 200)
    assert first.rows == again.rows
    assert (first.truth == again.truth).all()
    assert first.rows != other.rows


@EVERY
def test_every_customer_has_a_number_and_a_group(tables, name):
    table = tables[name]
    assert len(set(table.customers)) == len(table.customers) == len(table.truth)
    assert set(table.truth) == set(range(table.truth.max() + 1))
    assert {len(row) for row in table.rows} == {len(table.header)}


@EVERY
def test_the_truth_is_not_in_the_table(tables, name):
    groups = {each.name.casefold() for each in (*demographic.GROUPS, *transactions.TYPES, *wholesale.TRADES)}
    table = tables[name]
    assert not groups & {cell.casefold() for row in table.rows for cell in row}


def test_the_files_are_written_where_the_configurations_look(tmp_path, project):
    assert main(["demographic", "wholesale"], tmp_path) == 0
    assert not (tmp_path / "transactions").exists()
    with (tmp_path / "wholesale" / "accounts.csv").open(encoding="utf-8", newline="") as file:
        assert tuple(next(csv.reader(file))) == wholesale.HEADER
    for name, (_, file_name) in TABLES.items():
        settings = (project / "site_config" / "examples" / name / "site.yml").read_text(encoding="utf-8")
        assert f"path: ../../../build/examples/{name}/{file_name}\n" in settings


def test_an_unknown_name_is_said(capsys, tmp_path):
    assert main(["demografic"], tmp_path) == 2
    assert "There is no example “demografic”" in capsys.readouterr().err


def test_the_demographic_table_has_gaps_dates_and_six_degrees():
    table = demographic.table()
    incomes = column(table, "Household income (€)")
    assert 0.02 < incomes.count("") / len(incomes) < 0.06
    assert set(column(table, "Education")) == set(demographic.EDUCATION)
    assert set(column(table, "Loyalty card")) == {"Yes", "No"}
    days = [datetime.strptime(day, "%d-%m-%Y").date() for day in column(table, "Customer since")]  # noqa: DTZ007 (days)
    assert max(days) <= date(2026, 1, 31)


def test_the_wholesale_amounts_are_heavy_tailed_and_add_up():
    table = wholesale.table()
    amounts = np.array([[int(cell) for cell in row[3:]] for row in table.rows])
    assert (amounts[:, :6].sum(axis=1) == amounts[:, 6]).all()
    assert (amounts[:, :6].mean(axis=0) > 1.2 * np.median(amounts[:, :6], axis=0)).all()


def test_the_transactions_are_about_as_many_as_said(invoices):
    assert 22_000 < len(invoices.rows) < 28_000
    named = set(column(invoices, "Customer")) - {""}
    assert 3_900 < len(named) <= 4_000


def test_the_transactions_come_in_the_order_of_their_dates(invoices):
    days = column(invoices, "Date")
    assert days == sorted(days)
    assert days[-1] <= "2026-06-28"


def test_some_baskets_are_cancelled_some_lines_sent_back_and_some_name_nobody(invoices):
    quantities = np.array([int(cell) for cell in column(invoices, "Quantity")])
    cancelled = np.array([cell.startswith("C") for cell in column(invoices, "Invoice")])
    assert (quantities[cancelled] < 0).all()
    assert 100 < cancelled.sum() < 1_000
    assert 100 < (quantities[~cancelled] < 0).sum() < 1_500
    assert 0.02 < column(invoices, "Customer").count("") / len(invoices.rows) < 0.04


def test_every_cancelled_basket_was_bought(invoices):
    bought = set(column(invoices, "Invoice"))
    assert all(number[1:] in bought for number in bought if number.startswith("C"))


def test_regulars_buy_most_often_and_the_lapsed_stopped_first(invoices):
    kind = dict(zip(invoices.customers, invoices.truth, strict=True))
    rows = [row for row in invoices.rows if row[2] and int(row[4]) > 0]
    baskets = Counter(kind[customer] for customer, _ in {(row[2], row[0]) for row in rows})
    a_head = [baskets[place] / (invoices.truth == place).sum() for place in range(len(transactions.TYPES))]
    assert int(np.argmax(a_head)) == 0
    last = {row[2]: row[1] for row in rows}
    typical = [sorted(day for each, day in last.items() if kind[each] == place) for place in (0, 1, 3)]
    regular, lapsed, newcomer = (days[len(days) // 2] for days in typical)
    assert lapsed < "2025-12-01" < regular
    assert lapsed < newcomer
