"""What a customer is worth by `value` of `site.yml`, and which value is in force."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from analysis.configuration import Site
from analysis.configuration.value import LifetimeSettings, Value

TRANSACTIONS = {"customer": "who", "date": "when", "amount": "money"}


def site(value: object = "nothing said") -> Site:
    settings = {"data": {"path": "t.csv"}, "transactions": TRANSACTIONS}
    return Site.model_validate(settings if value == "nothing said" else {**settings, "value": value})


@pytest.mark.parametrize("value", ["nothing said", None, {}, {"lifetime": {}}])
def test_transactions_are_valued_by_what_is_expected_of_twelve_months(value: object):
    found = site(value).value
    assert found.lifetime == LifetimeSettings(months=12, discount_rate=0.1)
    assert (found.product_of, found.label) == (("monetary",), "Total spent")


def test_months_and_rate_can_be_set_and_keep_the_fallback():
    found = site({"lifetime": {"months": 6, "discount_rate": 0}}).value
    assert (found.lifetime, found.product_of) == (LifetimeSettings(months=6, discount_rate=0.0), ("monetary",))


@pytest.mark.parametrize("value", [{"lifetime": None}, {"product_of": ["monetary"]}])
def test_past_value_can_be_asked_for(value: dict[str, object]):
    assert site(value).value.lifetime is None
    assert site(value).value_known


def test_the_expected_value_is_in_force_where_it_could_be_estimated():
    found = site().valued(lifetime=True)
    assert found.value.label == "Expected value of the next 12 months"
    assert found.value.stated
    assert not found.value_known


def test_the_past_value_is_in_force_where_it_could_not():
    found = site().valued(lifetime=False)
    assert (found.value.lifetime, found.value.label) == (None, "Total spent")
    assert found.value_known


def test_a_site_without_lifetimes_stays_as_it_is():
    assert Value().known(lifetime=True) == Value()
    assert not Value().stated


def test_one_month_is_one_month():
    assert LifetimeSettings(months=1).label == "Expected value of the next month"


def test_settings_written_out_read_the_same():
    assert Site.model_validate(site().model_dump()) == site()


def test_other_tables_have_no_lifetimes():
    with pytest.raises(ValidationError, match="estimated from transactions, and this table holds none"):
        Site.model_validate({"data": {"path": "t.csv"}, "value": {"lifetime": {}}})


@pytest.mark.parametrize("lifetime", [{"months": 0}, {"months": 61}, {"discount_rate": -0.1}, {"discount_rate": 10}])
def test_nonsense_is_refused(lifetime: dict[str, float]):
    with pytest.raises(ValidationError):
        site({"lifetime": lifetime})


def test_money_can_be_added_up():
    columns = {name: {"role": "feature", "format": "money"} for name in ("wine", "meat")}
    found = Site.model_validate({"data": {"path": "t.csv"}, "columns": columns, "value": {"sum_of": ["wine", "meat"]}})
    assert (found.value.columns, found.value.sign, found.value.stated, found.value_known) == (
        ("wine", "meat"),
        "+",
        True,
        True,
    )


def test_value_is_a_product_or_a_sum():
    with pytest.raises(ValidationError, match="write product_of or sum_of, not both"):
        Value(product_of=("a",), sum_of=("b",))


def test_a_sum_names_columns_of_numbers():
    with pytest.raises(ValidationError, match=r"value\.sum_of names “meat”"):
        Site.model_validate(
            {"data": {"path": "t.csv"}, "columns": {"wine": {"role": "income"}}, "value": {"sum_of": ["meat"]}}
        )


def test_repeat_rows_are_a_matter_of_customers():
    with pytest.raises(ValidationError, match=r"data\.repeated is for tables of one row a customer"):
        Site.model_validate({"data": {"path": "t.csv", "repeated": "drop"}, "transactions": TRANSACTIONS})
