"""Gamma-Gamma: the published estimates and examples, and what must hold of any such model."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.customers.histories import Histories
from analysis.lifetime.maximum import NotFittedError
from analysis.lifetime.spending import Spending, _likelihood, fitted, usable
from tests.analysis.lifetime.made import SPENDING, made


@pytest.fixture(scope="module")
def model(cdnow: Histories) -> Spending:
    return fitted(cdnow.repeats, cdnow.mean_value)


def test_published_estimates_of_cdnow(model: Spending, cdnow: Histories):
    assert usable(cdnow.repeats, cdnow.mean_value).sum() == 946
    assert (model.p, model.q, model.gamma) == pytest.approx((6.25, 3.74, 15.44), abs=0.01)


def test_published_predictions(model: Spending):
    # Of the note's first customers; of one without repeat purchases the mean of all, $35.17.
    found = model.expected(np.array([2.0, 1.0, 0.0]), np.array([22.35, 11.77, 0.0]))
    assert found == pytest.approx([24.66, 18.91, 35.17], abs=0.005)
    assert found[2] == model.mean


def test_cents_predict_the_same_as_dollars(model: Spending, cdnow: Histories):
    cents = fitted(cdnow.repeats, cdnow.mean_value * 100)
    assert (cents.p, cents.q, cents.gamma / 100) == pytest.approx((model.p, model.q, model.gamma), rel=1e-6)


def test_every_customer_twice_changes_no_estimate(model: Spending, cdnow: Histories):
    doubled = fitted(cdnow.repeats, cdnow.mean_value, np.full(len(cdnow.repeats), 2.0))
    assert (doubled.p, doubled.q, doubled.gamma) == pytest.approx((model.p, model.q, model.gamma), rel=1e-7)


@settings(max_examples=60)
@given(parameters=st.tuples(*[st.floats(0.2, 20)] * 3))
def test_the_gradient_is_that_of_the_likelihood(parameters: tuple[float, ...], cdnow: Histories):
    chosen = usable(cdnow.repeats, cdnow.mean_value)
    x, amount = cdnow.repeats[chosen], cdnow.mean_value[chosen]
    at, step = np.log(parameters), 1e-5

    def total(logarithms: np.ndarray) -> float:
        return float(_likelihood(np.exp(logarithms), x, amount)[0].sum())

    slopes = _likelihood(np.exp(at), x, amount)[1].sum(axis=1) * np.exp(at)
    numeric = [(total(at + move) - total(at - move)) / (2 * step) for move in np.eye(3) * step]
    assert slopes == pytest.approx(numeric, rel=1e-4, abs=0.05)


def test_known_parameters_come_back():
    customers = made(6000, np.random.default_rng(4)).histories
    found = fitted(customers.repeats, customers.mean_value)
    assert (found.p, found.q, found.gamma) == pytest.approx((SPENDING.p, SPENDING.q, SPENDING.gamma), rel=0.25)
    assert found.mean == pytest.approx(SPENDING.mean, rel=0.05)


@given(repeats=st.integers(0, 1000), amount=st.floats(-1e4, 1e6))
def test_expectation_lies_between_a_customer_and_everybody(repeats: int, amount: float):
    found = SPENDING.expected(np.array([float(repeats)]), np.array([amount]))[0]
    own = max(amount, 0.0) if repeats else SPENDING.mean
    # The more purchases are known, the nearer to the customer's own mean; p > 1 keeps it between.
    assert min(own, SPENDING.mean) * 0.99 <= found <= max(own, SPENDING.mean) * (1 + 1e-9)


def test_amounts_of_nothing_are_left_out_of_the_fit(model: Spending, cdnow: Histories):
    repeats = np.append(cdnow.repeats, [3.0, 2.0, 1.0])
    amounts = np.append(cdnow.mean_value, [0.0, -40.0, np.nan])
    assert fitted(repeats, amounts) == model
    assert np.all(model.expected(repeats, amounts) > 0)


def test_too_few_amounts_are_refused():
    with pytest.raises(NotFittedError, match="fewer than 50 customers bought again for an amount above 0"):
        fitted(np.full(60, 2.0), np.repeat([5.0, 0.0], [49, 11]))


def test_equal_amounts_are_refused():
    with pytest.raises(NotFittedError, match="spent the same"):
        fitted(np.full(100, 2.0), np.full(100, 9.99))


def test_amounts_without_a_mean_are_refused():
    heavy = np.exp(np.random.default_rng(1).standard_cauchy(400).clip(-25, 25))
    with pytest.raises(NotFittedError):
        fitted(np.full(400, 3.0), heavy)
