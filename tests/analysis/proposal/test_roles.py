"""What a word of a header says, its other words may take back: an amount of the last order is no day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from analysis.configuration.site import Site
from analysis.proposal.guess import propose

N = range(60)
MONEY = [round(100 + n * 37.31 % 900, 2) for n in N]
Proposed = Callable[..., Site]


@pytest.fixture
def proposed(tmp_path: Path) -> Proposed:
    def made(header: str, cells: Sequence[object]) -> Site:
        file = tmp_path / "t.csv"
        rows = [f"{1000 + n * 3},{cells[n]},{n * 7 % 23},{n * 5 % 17 + 0.5}" for n in N]
        file.write_text("\n".join([f"Customer ID,{header},seats,hours", *rows]) + "\n")
        return propose(file).site

    return made


@pytest.mark.parametrize(
    "header",
    ["last_order_amount", "Last purchase value", "Last order total", "Wert letzte Bestellung", "last_order_items",
     "dernier achat montant", "Importe ultima compra"],
)  # fmt: skip
def test_a_figure_of_the_last_order_is_no_day_and_no_value(proposed: Proposed, header: str):
    site = proposed(header, MONEY)
    assert (site.columns[header].role, site.value.columns) == ("feature", ())


@pytest.mark.parametrize("header", ["last_purchase", "days since last order", "Days since last purchase (total)"])
def test_the_time_since_it_stays_recency(proposed: Proposed, header: str):
    assert proposed(header, [n * 11 % 300 for n in N]).columns[header].role == "recency"


@pytest.mark.parametrize(
    "header",
    ["Loan amount", "Overdue amount", "Sales target", "Average order value", "Offener Betrag", "Forecast sales"],
)
def test_money_that_is_not_spent_brings_nothing_in(proposed: Proposed, header: str):
    site = proposed(header, MONEY)
    assert (site.columns[header].role, site.value.columns) == ("feature", ())


@pytest.mark.parametrize("header", ["Revenue last 12 months", "Umsatz letzte 6 Monate", "Sales past 90 days"])
def test_money_of_the_last_months_is(proposed: Proposed, header: str):
    assert proposed(header, MONEY).columns[header].role == "monetary"


@pytest.mark.parametrize("header", ["Vehicle age", "Account age", "Age of car", "Fahrzeug Alter", "Company age"])
def test_the_age_of_a_thing_is_no_persons(proposed: Proposed, header: str):
    assert proposed(header, [n * 7 % 19 for n in N]).columns[header].role == "feature"


@pytest.mark.parametrize("header", ["Age", "Customer_Age", "age_years", "Alter des Kunden", "Age of policyholder"])
def test_the_age_of_a_person_is(proposed: Proposed, header: str):
    assert proposed(header, [18 + n * 7 % 40 for n in N]).columns[header].role == "age"


@pytest.mark.parametrize("header", ["days_between_orders", "Orders amount", "purchases value"])
def test_time_and_money_of_orders_are_no_orders(proposed: Proposed, header: str):
    assert proposed(header, MONEY).columns[header].role != "frequency"


@pytest.mark.parametrize("header", ["HourSpendOnApp", "Hours spent in the app", "Time spent", "temps dépensé"])
def test_time_that_is_spent_is_no_money(proposed: Proposed, header: str):
    site = proposed(header, [n * 7 % 19 for n in N])
    assert (site.columns[header].role, site.value.columns) == ("feature", ())


@pytest.mark.parametrize("header", ["Household", "Sales rep", "Employer", "Haushalt", "Cashier"])
def test_the_number_of_what_customers_belong_to_measures_nothing(proposed: Proposed, header: str):
    assert proposed(header, [500 + n % 25 for n in N]).columns[header].role == "category"
    assert header not in proposed(header, [500 + n % 40 for n in N]).columns


def test_a_count_of_them_does(proposed: Proposed):
    assert proposed("Household", [1 + n * 5 % 7 for n in N]).columns["Household"].clusters


@pytest.mark.parametrize("code", ["SKU-{}", "{}-A", "P-{}"])
@pytest.mark.parametrize("header", ["sku", "Product code", "Item"])
def test_codes_of_goods_are_no_levels(proposed: Proposed, header: str, code: str):
    assert proposed(header, [code.format(100 + n % 8) for n in N]).columns[header].role == "category"


@pytest.mark.parametrize("text", ["Plan-{}", "Depot-{}"])
def test_a_number_behind_a_hyphen_is_no_mark(proposed: Proposed, text: str):
    assert proposed("Kind", [text.format(1 + n % 8) for n in N]).columns["Kind"].role == "category"


@pytest.mark.parametrize(
    "header",
    ["Sales agent", "Sales area", "Sales group", "Sales rep", "Sales ledger", "Umsatzklasse", "spend_tier",
     "Revenue growth %", "Sales calls", "Sales decile", "Spend decile", "Revenue rank", "Umsatzwachstum",
     "Umsatzanteil", "Sales year", "sales_count", "Number of sales", "Amount of children", "Employee turnover",
     "Income tax", "Revenue share", "Umsatzsteuer", "Sales units", "Umsatzgruppe", "Income growth"],
)  # fmt: skip
def test_what_sells_or_counts_or_compares_is_no_money(proposed: Proposed, header: str):
    site = proposed(header, [10 + n * 37 % 91 for n in N])
    role = site.columns[header].role if header in site.columns else "left out"
    assert role not in {"monetary", "spending", "income"}
    assert site.value.columns == ()


@pytest.mark.parametrize(
    ("header", "role"),
    [("Sales", "monetary"), ("Net sales", "monetary"), ("Umsatz 2024", "monetary"), ("Revenue this year", "monetary"),
     ("sales_ytd", "monetary"), ("Total amount spent", "monetary"), ("Spending", "spending"), ("Income", "income"),
     ("Household income", "income"), ("Amount of purchases", "monetary"), ("Annual revenue", "monetary")],
)  # fmt: skip
def test_plain_money_stays_money(proposed: Proposed, header: str, role: str):
    assert proposed(header, MONEY).columns[header].role == role


def days(pattern: str) -> list[str]:
    return [(date(2024, 1, 1) + timedelta(days=n * 37 % 360)).strftime(pattern) for n in N]


@pytest.mark.parametrize("header", ["last_purchase", "Joined", "Last visit"])
@pytest.mark.parametrize("pattern", ["%d%m%Y", "%m%d%Y", "%y%m%d", "%d%m%y"])
def test_days_without_marks_are_no_numbers(proposed: Proposed, tmp_path: Path, header: str, pattern: str):
    assert header not in proposed(header, days(pattern)).columns
    told = next(each for each in propose(tmp_path / "t.csv").said if f"“{header}”" in each)
    assert "days without marks between their parts" in told
    short = [str(int(each)) for each in days(pattern)]  # a nought at the front is lost
    assert header not in proposed(header, short).columns


def test_what_is_too_long_ago_for_anybody_is_no_recency(proposed: Proposed):
    assert "last_purchase" not in proposed("last_purchase", [400_000 + n * 7919 for n in N]).columns
    assert proposed("last_purchase", [20 + n * 11 % 300 for n in N]).columns["last_purchase"].role == "recency"


@pytest.mark.parametrize("header", ["purchases", "orders[0].total", "Orders"])
def test_figures_with_cents_are_no_counts(proposed: Proposed, header: str):
    assert proposed(header, MONEY).columns[header].role == "feature"
    assert proposed(header, [n * 7 % 30 for n in N]).columns[header].role == "frequency"
    assert proposed(header, [n % 7 + 1 / 3 for n in N]).columns[header].role == "frequency"  # a mean


@pytest.mark.parametrize(
    ("header", "beside"),
    [("Annual Revenue", "Employees"), ("Jahresumsatz", "Mitarbeiter"), ("Company revenue", "seats"),
     ("Annual sales", "SIC")],
)  # fmt: skip
def test_what_a_firm_takes_in_is_asked_about(tmp_path: Path, header: str, beside: str):
    rows = [f"{1000 + n * 3},{MONEY[n]},{n * 7 % 23}" for n in N]
    (tmp_path / "t.csv").write_text("\n".join([f"Customer ID,{header},{beside}", *rows]) + "\n")
    found = propose(tmp_path / "t.csv")
    assert (found.site.columns[header].role, found.site.value.columns) == ("feature", ())
    (question,) = found.questions
    assert question.startswith(f"“{header}” may be the turnover of the customer’s firm, not what it spends with you.")


def test_what_is_spent_beside_a_firms_revenue_needs_no_question(tmp_path: Path):
    rows = [f"{1000 + n * 3},{MONEY[n]},{n * 7 % 23},{n * 3 + 0.25}" for n in N]
    (tmp_path / "t.csv").write_text("\n".join(["Customer ID,Annual Revenue,Employees,Total spent", *rows]) + "\n")
    found = propose(tmp_path / "t.csv")
    assert (found.questions, found.site.value.columns) == ((), ("Total spent",))
