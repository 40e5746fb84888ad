"""The index and the test by figures worked out by hand and by SciPy, and the bars that are put together."""

from __future__ import annotations

from math import erfc, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2_contingency

from analysis.changes.homogeneity import Sides, chance, grouped, population_stability


def sides(before: list[float], after: list[float], bases: tuple[int, int] = (1, 1)) -> Sides:
    return Sides(np.array(before, dtype=float), np.array(after, dtype=float), bases)


def test_the_index_by_hand():
    """Shares .2, .3, .5 become .3, .3, .4: .1 ln 1.5 + 0 + −.1 ln .8 = .0405465 + .0223144."""
    assert population_stability(sides([20, 30, 50], [30, 30, 40])) == pytest.approx(0.0628609, abs=1e-7)
    assert population_stability(sides([20, 30, 50], [200, 300, 500])) == pytest.approx(0)


def test_an_empty_bar_counts_as_half_a_customer():
    """Of 50 and 50.5: shares 1/2, 1/2 become 50/50.5 and .5/50.5: (.9900990 − .5) ln (.9900990 / .5) + …"""
    p, q = 0.5, 50 / 50.5
    by_hand = (q - p) * np.log(q / p) + ((1 - q) - p) * np.log((1 - q) / p)
    assert population_stability(sides([50, 50], [50, 0])) == pytest.approx(by_hand)
    assert by_hand == pytest.approx(2.25699, abs=1e-5)


tables = st.lists(st.tuples(st.integers(0, 400), st.integers(0, 400)), min_size=2, max_size=12)


@given(tables)
def test_the_test_is_that_of_scipy(table: list[tuple[int, int]]):
    kept = np.array([row for row in table if sum(row)] or [(1, 1), (1, 1)], dtype=float)
    if len(kept) < 2 or not kept.sum(axis=0).all():
        return
    told = chi2_contingency(kept, correction=False)
    assert chance(sides(*kept.T.tolist())) == pytest.approx(told.pvalue)


def test_counts_that_were_rounded_leave_more_to_chance():
    """Expected are 50 each, off by 10: 4 × 100 / 50 = 8, and 4 × 100 / 54 where both were rounded to 5."""
    exact, rounded = sides([60, 40], [40, 60]), sides([60, 40], [40, 60], (5, 5))
    assert chance(exact) == pytest.approx(erfc(sqrt(8 / 2)))
    assert chance(rounded) == pytest.approx(erfc(sqrt(400 / 54 / 2)))


@pytest.mark.parametrize(("before", "after"), [([10], [20]), ([0, 0], [3, 4])])
def test_a_single_bar_and_an_empty_build_tell_nothing(before: list[float], after: list[float]):
    assert chance(sides(before, after)) == 1.0


def test_small_bars_are_put_together_with_their_neighbours():
    """Ten customers of one build and ten of the other are expected in half of twenty."""
    before, after = np.array([1.0, 3, 4, 50, 60, 2]), np.array([2.0, 2, 4, 55, 50, 3])
    assert [(one.start, one.stop) for one in grouped(before, after)] == [(0, 3), (3, 4), (4, 6)]


@given(tables, st.sampled_from([1, 3, 10]))
def test_bars_put_together_cover_all_and_none_counts_few(table: list[tuple[int, int]], least: int):
    before, after = (np.array(counts, dtype=float) for counts in zip(*table, strict=True))
    runs = grouped(before, after, least)
    assert [place for run in runs for place in range(len(table))[run]] == list(range(len(table)))
    assert len(runs) == 1 or not any(0 < after[run].sum() < least for run in runs)
