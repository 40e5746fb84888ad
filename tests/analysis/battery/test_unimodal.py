"""A column's distribution with one peak keeps what one peak can keep."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import skew

from analysis.clustering.battery.unimodal import unimodal

NORMAL = np.random.default_rng(0).normal(size=50_000)
COLUMNS = st.one_of(
    st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=80), st.lists(st.integers(0, 5), min_size=3, max_size=80)
).map(lambda values: np.array(values, dtype=float))


def densities(column: np.ndarray) -> np.ndarray:
    found = unimodal(column)
    return np.diff(found.below) / np.diff(found.edges)


@settings(max_examples=60, deadline=None)
@given(column=COLUMNS)
def test_the_density_rises_to_one_peak_and_falls_from_it(column):
    if column.std() < 1e-6:
        return
    column = (column - column.mean()) / column.std()  # as the battery gives them
    turns = np.sign(np.diff(densities(column)))
    turns = turns[np.abs(np.diff(densities(column))) > 1e-6 * densities(column).max()]  # rounding
    assert (np.diff(turns) <= 0).all()
    assert np.isfinite(unimodal(column).of_normal(NORMAL[:100])).all()


@pytest.mark.parametrize("shape", [0.5, 2.0, 8.0])
def test_skew_mean_and_spread_stay(shape):
    column = np.random.default_rng(1).gamma(shape, size=2000)
    drawn = unimodal(column).of_normal(NORMAL)
    assert drawn.mean() == pytest.approx(column.mean(), rel=0.03)
    assert drawn.std() == pytest.approx(column.std(), rel=0.03)
    assert skew(drawn) == pytest.approx(skew(column), rel=0.15)


def test_the_valley_between_two_groups_is_filled():
    column = np.concatenate([np.random.default_rng(2).normal(size=500), np.random.default_rng(3).normal(8, 1, 500)])
    drawn = unimodal(column).of_normal(NORMAL)
    assert np.mean((column > 3) & (column < 5)) < 0.01
    assert np.mean((drawn > 3) & (drawn < 5)) > 0.1


def test_whoever_spent_nothing_stays_a_heap_of_customers():
    column = np.concatenate([np.zeros(300), np.random.default_rng(4).gamma(2, size=200)])
    drawn = unimodal(column).of_normal(NORMAL)
    heap = np.median(drawn)
    assert np.mean(np.abs(drawn - heap) < 0.01) == pytest.approx(0.6, abs=0.02)


def test_a_constant_column_stays_one():
    assert unimodal(np.ones(20)).of_normal(NORMAL[:50]) == pytest.approx(np.ones(50))
