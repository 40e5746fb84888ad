"""Sales that lack a part are refused with what was found and the line that says it, and never become customers."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.errors import DataError
from analysis.proposal.guess import propose

DAYS = [f"2024-{1 + n % 12:02}-{1 + n % 28:02}" for n in range(60)]


def made(tmp_path: Path, header: str, row: str):
    """A table of 60 rows, three for each of 20 customers."""
    rows = [row.format(n=n, no=5001 + 3 * n, c=n % 20, day=DAYS[n], month=1 + n % 12) for n in range(60)]
    (tmp_path / "t.csv").write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return propose(tmp_path / "t.csv")


@pytest.mark.parametrize(
    ("header", "row", "lacks", "line"),
    [
        ("Order No,Date,Customer ID,Worth", "{no},{day},K{c},about {n}", "no column is clearly the amount", "amount"),
        (
            "Order No,Date,Customer ID,Freight,Goods",
            "{no},{day},K{c},4.{n},{n}.5",
            "It may be “Goods”: name it",
            "amount",
        ),
        ("order,placed,buyer,Points A,Points B", "{no},{day},P{c},{n},7{n}", "“Points A” or “Points B”", "amount"),
        ("customer_id,date,stars", "{c},{day},{n}", "no column is clearly the amount", "amount"),
        ("year,month,day,client_id,revenue", "2024,{month},{n},K{c},{n}.5", "“year”, “month” and “day” hold", "date"),
        ("Datum,Kunde,Betrag", "{month}/{n},P{c},{n}.5", "“Datum” (such as 1/0)", "date"),
        ("Order No,Customer,Revenue", "{no},P{c},{n}.5", "“Order No”, several for one “Customer”", "date"),
    ],
    ids=[
        "an amount in words",
        "goods beside freight",
        "two figures",
        "marks",
        "parts of a date",
        "no year",
        "no date at all",
    ],
)
def test_sales_without_a_date_or_an_amount_are_refused(tmp_path, header, row, lacks, line):
    with pytest.raises(DataError) as caught:
        made(tmp_path, header, row)
    assert lacks in str(caught.value)
    assert f"under transactions.{line}" in str(caught.value)


@pytest.mark.parametrize("cell", ["2024-{month:02}", "2024{month:02}", "{month:02}/2024"])
def test_months_count_as_their_first_day(tmp_path, cell):
    found = made(tmp_path, "Period,Customer ID,Revenue", f"{cell},K{{c}},{{n}}.5")
    assert found.site.transactions.date == "Period"
    told = "Dates in “Period” are months. Each counts from its first day, so recency is exact to the month."
    assert told in found.said
    assert any("purchases of one customer in one month count as one" in said for said in found.said)


def test_cells_that_stand_on_an_orders_first_row_only_are_to_be_filled_down(tmp_path):
    rows = [f"{100 + n},{DAYS[n]},P{n % 9},cup,{n}.5\n,,,pot,{n}.25" for n in range(30)]
    (tmp_path / "t.csv").write_text("\n".join(["Order No,Order Date,Customer,Product,Line Total", *rows]) + "\n")
    with pytest.raises(DataError, match="“Order No”, “Order Date” and “Customer” stand on the first row of an order"):
        propose(tmp_path / "t.csv")


def test_a_customer_on_the_first_row_of_a_group_is_to_be_filled_down(tmp_path):
    rows = [f"P{n // 4 if n % 4 == 0 else ''},{100 + n},{DAYS[n]},{n}.5".replace("P,", ",") for n in range(60)]
    (tmp_path / "t.csv").write_text("\n".join(["Customer,Invoice no,Date,Amount", *rows]) + "\n")
    with pytest.raises(DataError, match="“Customer” stands on the first row of a customer only"):
        propose(tmp_path / "t.csv")


def test_a_first_name_is_never_offered_as_the_customer(tmp_path):
    with pytest.raises(DataError) as caught:
        made(tmp_path, "Sale ID,Sale Date,First Name,Last Name,Amount", "{no},{day},Ada{c},Moss{month},{n}.5")
    assert "Put “First Name” and “Last Name” into one column" in str(caught.value)


def test_a_time_of_day_is_never_offered_as_the_customer(tmp_path):
    with pytest.raises(DataError) as caught:
        made(tmp_path, "Scontrino,Data,Ora,Importo", "{no},{day},1{c}:30,{n}.5")
    assert "Ora" not in str(caught.value)
    with pytest.raises(DataError) as caught:
        made(tmp_path, "Sale ID,Sale Date,Time,Last Name,Amount", "{no},{day},1{c}:30,Moss{n},{n}.5")
    assert "“Time”" not in str(caught.value)


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("First Name,Last Name,Company,Order Date,Revenue", "Ada,Moss{c},Firm{c},{day},{n}.5"),
        ("Customer ID,Subscribed,Amount", "K{c},{day},{n}.5"),
    ],
    ids=["the same people again", "a customer's subscriptions"],
)
def test_buyers_who_come_again_are_no_people_of_a_company(tmp_path, header, row):
    assert made(tmp_path, header, row).site.transactions is not None


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("name,email,first_purchase,total_spent,orders_count", "Ada {n},p{c}@x.example,{day},{n}.5,3"),
        ("id,email,first_purchase,total_spent,orders_count", "{no},p{c}@x.example,{day},{n}.5,3"),
        ("Account,Contact,Last activity date,Open amount", "A{c},C{n},{day},{n}.5"),
        ("Member name,Employer company,Joined,Policy value", "Ada {n},Firm{c},{day},{n}.5"),
        ("Respondent,Submitted at,Company,Q1,Q2", "{n},{day},Firm{c},{c},3"),
        ("Customer ID,Company,Last order no,Last order date,Spend", "K{n},Firm{c},{no},{day},{n}.5"),
        ("First Name,Last Name,Company,Created,Revenue", "Ada{month},Moss{c},Firm{c},{day},{n}.5"),
        ("Household,Age,Joined,Spend", "5{c:02},{month}3,{day},{n}.5"),
    ],
    ids=["couples", "a key and counts", "contacts", "members", "a survey", "last orders", "names", "a household"],
)
def test_people_who_share_an_account_are_customers(tmp_path, header, row):
    assert made(tmp_path, header, row).site.transactions is None


def test_orders_are_seen_where_no_header_says_so(tmp_path):
    with pytest.raises(DataError, match=r"each row has its own “A”.*If one of “C” is the customer"):
        made(tmp_path, "A,B,C,D", "{no},{day},K104{c:02},{n}.5")


def test_a_card_of_customers_is_the_buyer_though_its_word_is_not_known(tmp_path):
    found = made(tmp_path, "Scontrino,Data,Tessera cliente,Importo", "{no},{day},104{c:02},{n}.5")
    assert found.site.transactions.customer == "Tessera cliente"
