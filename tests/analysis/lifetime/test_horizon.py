"""Months, discounting, and the value expected of each customer."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.customers.histories import Histories
from analysis.lifetime.horizon import MONTH, Horizon, outlook
from analysis.lifetime.maximum import NotFittedError
from analysis.lifetime.purchases import BetaGeometricModel
from tests.analysis.lifetime.made import PURCHASES, SPENDING, made


@pytest.fixture(scope="module")
def customers() -> Histories:
    return made(200, np.random.default_rng(1)).histories


def test_a_sum_a_year_ahead_is_worth_less_by_the_rate():
    factors = Horizon(12, 0.1).factors
    assert factors[-1] == pytest.approx(1 / 1.1)
    assert np.all(np.diff(factors) < 0)


def test_without_discount_value_is_purchases_times_amount(customers: Histories):
    found = outlook(PURCHASES, SPENDING, customers, Horizon(12, 0.0))
    assert found.value == pytest.approx(found.purchases * found.amount)
    history = (customers.repeats, customers.last, customers.observed)
    assert found.purchases == pytest.approx(PURCHASES.expected(12 * MONTH, *history))


def test_each_month_counts_as_at_its_end(customers: Histories):
    found = outlook(PURCHASES, SPENDING, customers, Horizon(2, 0.21))
    first, both = (
        PURCHASES.expected(months * MONTH, customers.repeats, customers.last, customers.observed) for months in (1, 2)
    )
    expected = first * 1.21 ** (-1 / 12) + (both - first) * 1.21 ** (-2 / 12)
    assert found.value == pytest.approx(expected * found.amount)


@given(months=st.integers(1, 36), rate=st.floats(0, 1))
def test_more_months_bring_more_and_a_rate_less(months: int, rate: float, customers: Histories):
    now = outlook(PURCHASES, SPENDING, customers, Horizon(months, rate)).value
    longer = outlook(PURCHASES, SPENDING, customers, Horizon(months + 1, rate)).value
    undiscounted = outlook(PURCHASES, SPENDING, customers, Horizon(months, 0.0)).value
    assert np.all(now <= longer)
    assert np.all(now <= undiscounted * (1 + 1e-12))


def test_who_comes_back_is_among_those_active(customers: Histories):
    found = outlook(PURCHASES, SPENDING, customers, Horizon())
    assert np.all((found.returning > 0) & (found.returning < found.alive))


def test_parameters_too_extreme_to_compute_with_are_refused():
    frequent = Histories(*(np.array([value]) for value in (400.0, 79.0, 80.0, 5.0)))
    with pytest.raises(NotFittedError, match="too extreme"):
        outlook(BetaGeometricModel(115, 34, 43.6, 0.0654), SPENDING, frequent, Horizon(43))
