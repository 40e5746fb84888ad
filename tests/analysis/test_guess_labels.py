"""Labels and units from headers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.headers.labels import Unit, label_of, unit_in


@pytest.mark.parametrize(
    ("header", "label"),
    [
        ("Annual Income (k$)", "Annual income"),
        ("annual_income", "Annual income"),
        ("AnnualIncome", "Annual income"),
        ("ANNUAL INCOME", "Annual income"),
        ("Spending Score (1-100)", "Spending score"),
        ("CustomerID", "Customer ID"),
        ("avg.order.value", "Average order value"),
        ("Income in EUR", "Income"),
        ("Jährliches Einkommen", "Jährliches Einkommen"),
        ("Gesamt Umsatz €", "Gesamt Umsatz"),
        ("age", "Age"),
        ("Logins last 30 days", "Logins last 30 days"),
        ("Guthaben Girokonto (€)", "Guthaben Girokonto"),
        ("(k$)", "(k$)"),
        ("_", "_"),
        ("RFM", "RFM"),
        ("Spend (30 days)", "Spend (30 days)"),
        ("Spend (30 days) [€]", "Spend (30 days)"),
        ("Sessions [web]", "Sessions [web]"),
        ("orders[0].total", "orders[0].total"),
        ("Income (USD, 2023)", "Income (USD, 2023)"),
        ("{{< env HOME >}} group", "{{< env HOME >}} group"),
    ],
)
def test_labels(header, label):
    assert label_of(header) == label


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("Annual Income (k$)", Unit("money", 1000, None, "USD")),
        ("Income k€", Unit("money", 1000, None, "EUR")),
        ("Einkommen (T€)", Unit("money", 1000, None, "EUR")),
        ("Sales [m£]", Unit("money", 1e6, None, "GBP")),
        ("Spend (USD)", Unit("money", 1, None, "USD")),
        ("Spend (in kUSD)", Unit("money", 1000, None, "USD")),
        ("Rate (%)", Unit("percent")),
        ("Tenure (months)", Unit(unit="months")),
        ("Dauer (Tage)", Unit(unit="days")),
        ("Score (1-100)", Unit(unit="of 100", bounds=(1, 100))),
        ("Score (0 to 10)", Unit(unit="of 10", bounds=(0, 10))),
        ("Weight (kg)", Unit(unit="kg")),
        ("Score (as given by the sales team)", Unit()),
        ("Age", Unit()),
        ("Spend (30 days)", Unit()),
        ("Spend (30 days) [€]", Unit("money", 1, None, "EUR")),
        ("Sessions [web]", Unit()),
        ("orders[0].total", Unit()),
        ("Sales (ALL)", Unit()),
        ("Sales (THB)", Unit("money", 1, None, "THB")),
        ("Revenue (in million EUR)", Unit("money", 1e6, None, "EUR")),
        ("Time on site (min)", Unit(unit="min")),
        ("Height (cm)", Unit(unit="cm")),
        ("<script>alert(1)</script>", Unit()),
        ("{{< env HOME >}}", Unit()),
    ],
)
def test_units(header, unit):
    assert unit_in(header) == unit


@pytest.mark.parametrize(
    ("header", "label"),
    [
        ("MntMeatProducts", "Spending on meat products"),
        ("MntGoldProds", "Spending on gold products"),
        ("NumStorePurchases", "Store purchases"),
        ("NumWebVisitsMonth", "Web visits a month"),
        ("monthly_premium_auto", "Monthly premium (auto)"),
        ("Monthly Premium Auto", "Monthly premium (auto)"),
        ("AcceptedCmp3", "Accepted campaign 3"),
        ("PRC_FULL_PAYMENT", "Share of full payment"),
        ("PURCHASES_TRX", "Purchase transactions"),
        ("ONEOFF_PURCHASES", "One-off purchases"),
        ("Total_Trans_Ct", "Transactions"),
        ("Total_Trans_Amt", "Total transaction amount"),
        ("Total_Amt_Chng_Q4_Q1", "Total amount change, Q4 to Q1"),
        ("Contacts_Count_12_mon", "Contacts in 12 months"),
        ("Dependent_count", "Dependents"),
        ("category_cnt", "Categories"),
        ("num_children", "Children"),
        ("promotion_last_5years", "Promotion last 5 years"),
        ("sessions_30d", "Sessions in 30 days"),
        ("Dt_Customer", "Customer date"),
        ("order_qty", "Order quantity"),
        ("hours-per-week", "Hours per week"),
        ("orders_per_month", "Orders per month"),
        ("Kidhome", "Kids at home"),
        ("Teenhome", "Teenagers at home"),
        ("number_project", "Projects"),
        ("number_customer_service_calls", "Customer service calls"),
        ("NumberOfDeviceRegistered", "Number of devices registered"),
        ("NumberOfAddress", "Number of addresses"),
        ("DaySinceLastOrder", "Days since last order"),
        ("PreferedOrderCat", "Preferred order category"),
        ("OrderAmountHikeFromlastYear", "Order amount hike from last year"),
    ],
)
def test_shortened_headers_are_turned_into_words(header, label):
    assert label_of(header) == label


@pytest.mark.parametrize(
    "header",
    ["Anz Bestellungen", "Kundennr.", "Bestellungen pro Monat", "Amt", "opt-in", "Sales channel", "Store purchases",
     "Item 3", "Q1", "Umsatz 12 Monate", "Día de pago", "Number of open complaints"],
)  # fmt: skip
def test_what_is_no_known_abbreviation_stays(header):
    assert label_of(header).casefold() == header.casefold()


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=60))
def test_every_header_has_a_label_that_is_one_itself(header):
    label = label_of(header)
    assert label
    assert len(label) <= 60


@pytest.mark.parametrize(
    "header",
    ["Revenue last year", "Orders per year", "Spend this year", "Visits per day", "Umsatz letzte Jahre",
     "Orders a year", "Sales_previous_years",
     "Score (A)", "Size (M)", "Size (L)", "Group (K)", "Test (s)", "Clicks (T)", "Class (h)"],
)  # fmt: skip
def test_a_span_of_time_and_a_letter_that_names_something_are_no_units(header):
    assert unit_in(header) == Unit()
    assert label_of(header) == header.replace("_", " ")


@pytest.mark.parametrize(
    ("header", "unit", "label"),
    [
        ("Tenure years", "years", "Tenure"),
        ("Laufzeit Tage", "days", "Laufzeit"),
        ("Distance (m)", "m", "Distance"),
        ("Weight (g)", "g", "Weight"),
        ("Consumption (L)", "L", "Consumption"),
        ("Time on page (s)", "s", "Time on page"),
        ("Experience (y)", "years", "Experience"),
        ("Temperature (K)", "K", "Temperature"),
    ],
)
def test_units_of_what_a_header_names(header, unit, label):
    assert (unit_in(header).unit, label_of(header)) == (unit, label)
