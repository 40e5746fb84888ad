"""Rows with a number of their own beside a person who comes again are what that person bought, and no customers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.preparation.validate import examine
from analysis.proposal.guess import propose
from analysis.proposal.proposal import Proposal
from analysis.reading.table import read_table

ROWS, PEOPLE = 240, 80
Row = Callable[[int], str]


def person(n: int) -> str:
    """Each comes three times, on different days."""
    return f"P{n * 79 % PEOPLE:03}"


def day(n: int) -> str:
    return f"2024-{1 + n * 5 % 12:02}-{1 + n * 11 % 28:02}"


def event(n: int) -> str:
    return f"{1000 + n},{person(n)},{day(n)},{20 + n}.50"


@pytest.fixture
def proposed(tmp_path: Path) -> Callable[[str, Row], Proposal]:
    def found(header: str, row: Row = event) -> Proposal:
        (tmp_path / "t.csv").write_text("\n".join([header, *map(row, range(ROWS))]) + "\n", encoding="utf-8")
        return propose(tmp_path / "t.csv")

    return found


@pytest.mark.parametrize(
    ("header", "customer", "amount"),
    [
        ("Visit ID,Patient,Visit date,Charge", "Patient", "Charge"),
        ("Rental ID,Renter,Rental date,Price", "Renter", "Price"),
        ("Session id,Visitor,Date,Revenue", "Visitor", "Revenue"),
        ("Trip ID,Rider,Date,Fare", "Rider", "Fare"),
        ("Row ID,Tenant,Date,Rent", "Tenant", "Rent"),
        ("Ticket ID,Attendee,Date,Price", "Attendee", "Price"),
        ("Enrolment ID,Student,Date,Fee", "Student", "Fee"),
        ("Job no,Client,Date,Fee", "Client", "Fee"),
        ("ID,Lessee,Date,Amount", "Lessee", "Amount"),
        ("Policy no,Policyholder,Date,Premium", "Policyholder", "Premium"),
        ("Vorgangsnummer,Versicherungsnehmer,Datum,Beitrag", "Versicherungsnehmer", "Beitrag"),
        ("Expediente,Titular,Fecha,Importe", "Titular", "Importe"),
        ("Row,custid,date,sold at", "custid", "sold at"),
    ],
)
def test_events_of_a_person_are_purchases(proposed, tmp_path, header, customer, amount) -> None:
    found = proposed(header)
    assert found.questions == ()
    settings = found.site.transactions
    assert settings is not None
    assert (settings.customer, settings.amount) == (customer, amount)
    customers = examine(read_table(tmp_path / "t.csv", found.site), found.site).customers.frame
    # 240 rows of 20.50, 21.50, … 259.50
    assert (len(customers), int(customers["frequency"].sum())) == (80, 240)
    assert round(float(customers["monetary"].sum()), 2) == 33600.00


@pytest.mark.parametrize("header", ["Claim no,Policyholder,Claim date,Amount", "Loan ID,Borrower,Date,Amount"])
def test_money_that_customers_were_paid_is_asked_about(proposed, header) -> None:
    (question,) = proposed(header).questions
    key = header.partition(",")[0]
    assert question.startswith(f"“Amount” is next to “{key}”, so it may be money that customers received")


def test_a_claim_is_never_the_amount(proposed) -> None:
    found = proposed("Claim no,Insured,Date,Claim amount,Premium", lambda n: f"{event(n)},{n + 5}.25")
    assert found.site.transactions.amount == "Premium"


def test_accounts_of_one_person_are_asked_about(proposed) -> None:
    found = proposed("Card number,Cardholder,Date,Amount")
    (question,) = found.questions
    assert question.startswith("“Cardholder” comes 3.0 times on average, each with a “Card number” of its own.")
    assert "{customer: Cardholder, date: Date, amount: Amount}" in question
    assert found.site.undecided == (question,)


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("Contact ID,Account,First name,Last name,Joined,Amount",
         lambda n: f"{n},A{n % 80},F{n},L{n},{day(n)},{20 + n}.5"),
        ("ID,Company,Joined,Total spent,Orders", lambda n: f"{n},A{n % 80},{day(n)},{20 + n}.5,{n % 9}"),
        ("Customer ID,Household,Joined,Income,Spend", lambda n: f"{n},A{n % 80},{day(n)},{n * 37 % 500},{n % 90}"),
        ("Employee ID,Company,Hire date,Salary", lambda n: f"{n},A{n % 80},{day(n)},{n * 37 % 500}"),
        ("Lead ID,Company,Created,Score", lambda n: f"{n},A{n % 80},{day(n)},{n * 37 % 500}"),
        ("Card no,Member,Issued,Points", lambda n: f"{n},A{n % 80},{day(n)},{n * 37 % 500}"),
        ("Account no,Customer,Opened,Balance", lambda n: f"{1000 + n},A{n % 80},{day(n)},{n * 37 % 500}.25"),
        ("Policyholder,Start date,Premium", lambda n: f"P{n},{day(n)},{n * 37 % 500}.25"),
        ("Respondent ID,Household,Interview date,Income", lambda n: f"{n},H{n % 80},{day(n)},{n * 37 % 500}"),
    ],
)  # fmt: skip
def test_people_stay_people_and_nothing_is_asked(proposed, header, row) -> None:
    found = proposed(header, row)
    assert found.site.transactions is None
    assert found.questions == ()
