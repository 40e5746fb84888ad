"""Labels and units from headers."""

from __future__ import annotations

import pytest

from analysis.labels import Unit, label_of, unit_in


@pytest.mark.parametrize(
    ("header", "label"),
    [
        ("Annual Income (k$)", "Annual income"),
        ("annual_income", "Annual income"),
        ("AnnualIncome", "Annual income"),
        ("ANNUAL INCOME", "Annual income"),
        ("Spending Score (1-100)", "Spending score"),
        ("CustomerID", "Customer ID"),
        ("avg.order.value", "Avg order value"),
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
