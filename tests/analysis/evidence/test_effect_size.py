"""Moments, Hedges' g, Welch's test, Holm's adjustment and residuals against figures known from elsewhere."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from analysis.statistics.effect_size import _beyond, hedges_g, hedges_interval, welch_p
from analysis.statistics.holm import holm
from analysis.statistics.moments import Moments, moments
from analysis.statistics.residuals import differences, residual_p, residuals

A, B = np.array([2.0, 4.0, 6.0]), np.array([1.0, 2.0, 3.0, 2.0])


def _of(values: np.ndarray) -> Moments:
    every = np.asarray(values, float)
    return Moments(*(np.array([part]) for part in (len(every), every.mean(), ((every - every.mean()) ** 2).sum())))


def test_hedges_g_by_hand():
    # Means 4 and 2, sums of squares 8 and 2, so the pooled deviation is √(10/5); correction 1 − 3/(4·5 − 1).
    assert hedges_g(_of(A), _of(B))[0] == pytest.approx((1 - 3 / 19) * 2 / np.sqrt(2))


def test_the_interval_of_g_by_hand():
    g = hedges_g(_of(A), _of(B))
    error = np.sqrt(7 / 12 + g[0] ** 2 / 14)
    assert hedges_interval(g, _of(A), _of(B))[:, 0] == pytest.approx([g[0] - 1.96 * error, g[0] + 1.96 * error], 1e-4)


def test_welch_is_scipys():
    assert welch_p(_of(A), _of(B))[0] == pytest.approx(stats.ttest_ind(A, B, equal_var=False).pvalue)


@pytest.mark.parametrize(
    ("t", "freedom", "p"),
    # The two-sided points of a printed table (Fisher & Yates 1938); farther out than any double, and no number.
    [(0.0, 5, 1.0), (2.228, 10, 0.05), (-3.169, 10, 0.01), (2.0, 60, 0.05), (np.inf, 3, 0.0), (np.nan, 3, np.nan)],
)
def test_p_is_that_of_the_printed_tables(t: float, freedom: float, p: float):
    assert _beyond(np.array([[t]]), np.array([[freedom]]))[0, 0] == pytest.approx(p, abs=5e-5, nan_ok=True)


@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=30), st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=30))
def test_g_changes_its_sign_alone_when_groups_change_places(a: list[float], b: list[float]):
    there, back = (hedges_g(_of(np.array(x)), _of(np.array(y)))[0] for x, y in ((a, b), (b, a)))
    assert there == pytest.approx(-back)
    assert 0 <= welch_p(_of(np.array(a)), _of(np.array(b)))[0] <= 1


def test_groups_without_spread():
    same, other, lonely = _of(np.array([3.0, 3, 3])), _of(np.array([5.0, 5])), _of(np.array([4.0]))
    assert hedges_g(same, other)[0] == -np.inf
    assert welch_p(same, other)[0] == 0
    assert hedges_g(same, same)[0] == 0
    assert welch_p(same, same)[0] == 1
    assert np.isnan(hedges_g(same, lonely)[0])
    assert np.isnan(welch_p(same, lonely)[0])


def test_weights_count_as_rows_written_so_often():
    generator = np.random.default_rng(3)
    values, labels = generator.normal(100, 5, (30, 2)), generator.integers(-1, 3, 30)
    values[4, 1] = np.nan
    weights = generator.integers(0, 4, 30).astype(float)
    inside, outside = moments(values, labels[None], weights[None], 3)
    long, owners = np.repeat(values, weights.astype(int), axis=0), np.repeat(labels, weights.astype(int))
    for segment in range(3):
        for found, rows in ((inside, long[owners == segment]), (outside, long[owners != segment])):
            for column in range(2):
                known = rows[~np.isnan(rows[:, column]), column]
                assert found.count[0, segment, column] == len(known)
                assert found.mean[0, segment, column] == pytest.approx(known.mean())
                assert found.variance[0, segment, column] == pytest.approx(known.var(ddof=1))


def test_holm_by_hand():
    assert holm(np.array([0.01, 0.04, 0.03, np.nan, 0.005])).tolist() == pytest.approx(
        [0.03, 0.06, 0.06, np.nan, 0.02], nan_ok=True
    )


@given(arrays(np.float64, st.integers(0, 40), elements=st.floats(0, 1)), st.randoms(use_true_random=False))
def test_holm_is_monotone_never_lowers_and_does_not_mind_the_order(p: np.ndarray, random):
    adjusted = holm(p)
    assert np.all(adjusted >= p)
    assert np.all(adjusted <= 1)
    assert np.all(np.diff(adjusted[np.argsort(p, kind="stable")]) >= 0)
    order = np.array(random.sample(range(len(p)), len(p)), dtype=int)
    assert holm(p[order]) == pytest.approx(adjusted[order])


COUNTS = np.array([[30.0, 10, 0], [20, 20, 0], [10, 30, 0]])


def test_residuals_by_hand():
    # Half of 120 customers are in each category: expected 20, variance 20 · (1 − 1/3) · (1 − 1/2).
    assert residuals(COUNTS)[:, 0].tolist() == pytest.approx([10 / np.sqrt(20 / 3), 0, -10 / np.sqrt(20 / 3)])
    assert np.isnan(residuals(COUNTS)[:, 2]).all()
    assert np.isnan(residual_p(COUNTS)[:, 2]).all()
    assert differences(COUNTS)[0].tolist() == pytest.approx([30 / 40 - 30 / 80, 10 / 40 - 50 / 80, 0])


def test_a_squared_residual_is_the_chi_squared_of_its_two_by_two_table():
    counts = np.array([[12.0, 30, 9], [25, 14, 40]])
    two = np.array([[12.0, 39], [25, 54]])
    assert residuals(counts)[0, 0] ** 2 == pytest.approx(stats.chi2_contingency(two, correction=False).statistic)
    assert residual_p(counts)[0, 0] == pytest.approx(stats.chi2_contingency(two, correction=False).pvalue)


def test_a_cell_with_few_customers_expected_has_no_p():
    assert np.isnan(residual_p(np.array([[2.0, 48], [2, 48]]))).all()
