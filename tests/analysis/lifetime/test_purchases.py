"""BG/NBD: the published estimates and examples, and what must hold of any such model."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.special import roots_jacobi

from analysis.customers.histories import Histories
from analysis.lifetime.histories import CountedHistories, counted
from analysis.lifetime.maximum import NotFittedError
from analysis.lifetime.purchases import NEARLY, BetaGeometricModel, _likelihood, fitted
from tests.analysis.lifetime.made import PURCHASES, made

WEEK = 7.0


def _values(model: BetaGeometricModel) -> list[float]:
    return [model.r, model.alpha, model.a, model.b]


def one(value: float) -> np.ndarray:
    return np.array([value], dtype=np.float64)


@pytest.fixture(scope="module")
def histories(cdnow: Histories) -> CountedHistories:
    return counted(cdnow.repeats, cdnow.last, cdnow.observed)[0]


@pytest.fixture(scope="module")
def model(histories: CountedHistories) -> BetaGeometricModel:
    return fitted(histories)


def test_published_estimates_of_cdnow(model: BetaGeometricModel, histories: CountedHistories):
    assert [round(value, 3) for value in _values(model)] == pytest.approx([0.243, 4.414, 0.793, 2.426], abs=1e-9)
    assert model.log_likelihood(histories) == pytest.approx(-9582.4, abs=0.05)
    assert histories.weights.sum() == 2357


def test_published_prediction_for_one_customer(model: BetaGeometricModel):
    # Fader, Hardie & Lee, implementation note: x = 2, t_x = 30.43, T = 38.86, over the next 39 weeks.
    assert model.expected(39.0, one(2), one(30.43), one(38.86))[0] == pytest.approx(1.226, abs=0.0005)


def test_equal_histories_are_counted(cdnow: Histories, histories: CountedHistories):
    assert histories.weights.sum() == len(cdnow.repeats)
    assert len(histories.weights) < len(cdnow.repeats) / 2


def test_the_order_of_customers_does_not_matter(cdnow: Histories, model: BetaGeometricModel):
    turned = counted(cdnow.repeats[::-1], cdnow.last[::-1], cdnow.observed[::-1])[0]
    assert fitted(turned) == model


def test_every_customer_twice_changes_no_estimate(histories: CountedHistories, model: BetaGeometricModel):
    doubled = replace(histories, weights=histories.weights * 2)
    assert _values(fitted(doubled)) == pytest.approx(_values(model), rel=1e-7)


def test_days_predict_the_same_as_weeks(histories: CountedHistories, model: BetaGeometricModel):
    days = fitted(replace(histories, last=histories.last * WEEK, observed=histories.observed * WEEK))
    assert days.alpha == pytest.approx(model.alpha * WEEK, rel=1e-7)
    in_weeks = model.expected(39.0, histories.repeats, histories.last, histories.observed)
    in_days = days.expected(39 * WEEK, histories.repeats, histories.last * WEEK, histories.observed * WEEK)
    assert in_days == pytest.approx(in_weeks, rel=1e-6)


POSITIVE = st.floats(0.05, 20)


@settings(max_examples=60)
@given(parameters=st.tuples(POSITIVE, POSITIVE, POSITIVE, POSITIVE))
def test_the_gradient_is_that_of_the_likelihood(parameters: tuple[float, ...], histories: CountedHistories):
    def total(logarithms: np.ndarray) -> float:
        return float(histories.weights @ _likelihood(np.exp(logarithms), histories)[0])

    at = np.log(parameters)
    slopes = _likelihood(np.exp(at), histories)[1] @ histories.weights * np.exp(at)
    step = 1e-5
    numeric = [(total(at + move) - total(at - move)) / (2 * step) for move in np.eye(4) * step]
    assert slopes == pytest.approx(numeric, rel=1e-4, abs=0.05)


def _by_quadrature(model: BetaGeometricModel, ahead: float, repeats: int, observed: float) -> float:
    """E[(1 − (1 + p t / (α + T))^−(r + x)) / p] over p ~ Beta(a, b + x), by Gauss–Jacobi quadrature."""
    nodes, weights = roots_jacobi(200, model.b + repeats - 1, model.a - 1)
    leaving = (1 + nodes) / 2
    each = -np.expm1(-(model.r + repeats) * np.log1p(leaving * ahead / (model.alpha + observed))) / leaving
    return float(weights @ each / weights.sum())


MODELS = st.builds(
    BetaGeometricModel,
    st.floats(0.01, 12),
    st.floats(0.01, 12),
    st.floats(0.02, 12) | st.just(1.0),
    st.floats(0.02, 12),
)
WHOLE_APART = st.builds(
    lambda model, apart: replace(model, r=model.a + apart if model.a + apart > 0 else model.a),
    MODELS,
    st.integers(-3, 3),
)


@settings(max_examples=100)
@given(
    model=MODELS | WHOLE_APART,
    repeats=st.sampled_from([0, 1, 2, 7, 40, 400]), observed=st.floats(0.02, 3), ahead=st.floats(0.01, 6),
)  # fmt: skip
def test_expectation_equals_its_integral(model, repeats, observed, ahead):
    assume(abs(model.a + model.b + repeats - 1) > NEARLY)  # there SciPy has no nodes of this quadrature
    found = model.if_alive(ahead, one(repeats), one(observed))[0]
    assert found == pytest.approx(_by_quadrature(model, ahead, repeats, observed), rel=1e-3, abs=1e-9)


def test_whole_parameters_and_many_purchases():
    assert BetaGeometricModel(1.0, 1 / 32, 2.0, 1.0).if_alive(1.0, one(400), one(1 / 16))[0] == pytest.approx(
        367.4641, rel=1e-6
    )
    assert BetaGeometricModel(1.0, 0.5, 3.0, 0.25).if_alive(2.0, one(400), one(0.5))[0] == pytest.approx(
        178.684665, rel=1e-6
    )
    halves = BetaGeometricModel(1.5, 0.125, 1.5, 2.0)  # neither is whole, but their difference is
    assert halves.if_alive(3.0, one(400), one(0.125))[0] == pytest.approx(581.4763, rel=1e-6)


def test_where_numerator_and_denominator_vanish():
    below, at, above = (
        BetaGeometricModel(0.5, 1.0, a, 1 - a + gap) for a, gap in ((0.4, -0.01), (0.4, 0), (0.4, 0.01))
    )
    for models in ((below, at, above), [BetaGeometricModel(0.5, 1.0, a, 2.0) for a in (0.99, 1.0, 1.01)]):
        low, middle, high = sorted(model.if_alive(2.0, one(0), one(1.0))[0] for model in models)
        assert low < middle < high
        assert middle == pytest.approx((low + high) / 2, rel=1e-3)


@settings(max_examples=100)
@given(
    repeats=st.integers(0, 500), recent=st.floats(0, 1), observed=st.floats(1, 1000), ahead=st.floats(0, 1000),
    more=st.floats(0, 100),
)  # fmt: skip
def test_probabilities_and_expectations_stay_in_their_bounds(repeats, recent, observed, ahead, more):
    last = recent * observed if repeats else 0.0
    alive = PURCHASES.alive(one(repeats), one(last), one(observed))[0]
    soon, later = (PURCHASES.expected(t, one(repeats), one(last), one(observed))[0] for t in (ahead, ahead + more))
    assert 0 <= alive <= 1
    assert 0 <= soon <= later * (1 + 1e-9) + 1e-12


def test_who_bought_more_recently_is_more_likely_alive():
    alive = PURCHASES.alive(np.full(4, 5.0), np.array([50.0, 200.0, 350.0, 400.0]), np.full(4, 400.0))
    assert np.all(np.diff(alive) > 0)
    assert PURCHASES.alive(one(0), one(0), one(400))[0] == 1


def test_known_parameters_come_back():
    customers = made(6000, np.random.default_rng(3)).histories
    found = fitted(counted(customers.repeats, customers.last, customers.observed)[0])
    assert _values(found) == pytest.approx(_values(PURCHASES), rel=0.2)


def test_too_few_repeaters_are_refused():
    repeats = np.repeat([0.0, 1.0], [500, 49])
    histories = counted(repeats, repeats * 10, np.full(549, 100.0))[0]
    with pytest.raises(NotFittedError, match="fewer than 50 customers bought again"):
        fitted(histories)


def test_customers_who_never_leave_can_be_fitted():
    """The readiness to leave then runs to its bound, and predictions to those of a Poisson process."""
    generator = np.random.default_rng(5)
    repeats = generator.poisson(generator.gamma(3, 2, 400)).astype(float)
    last = np.where(repeats > 0, 365 * generator.beta(np.maximum(repeats, 1), 1), 0)
    model = fitted(counted(repeats, last, np.full(400, 365.0))[0])
    expected = model.expected(365.0, repeats, last, np.full(400, 365.0))
    assert expected.sum() == pytest.approx(repeats.sum(), rel=0.1)
