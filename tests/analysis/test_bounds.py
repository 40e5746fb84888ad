"""The search for the few bounds by which a segment is recognised."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.profiling.bounds import ABOVE, AT_MOST, MOST_BOUNDS, WORTH, axis, best_bounds, cut_at, f1, picks


def _table(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Two columns of whole numbers, and a few customers to be told from the others."""
    random = np.random.default_rng(seed)
    matrix = random.integers(0, 8, (30, 2)).astype(float)
    member = (matrix @ random.normal(size=2) + random.normal(size=30) > 2) | (random.random(30) < 0.1)
    member[0] = True
    return matrix, member


TABLES = st.integers(0, 10_000).map(_table)


def _axes(matrix: np.ndarray, step: float = 1) -> list:
    return [axis(column, step) for column in matrix.T]


def _every_rule() -> list:
    """All rules with at most one bound on each side of each of two columns, of two bounds at most."""
    one = [{(column, side): float(edge)} for column in (0, 1) for side in (AT_MOST, ABOVE) for edge in range(8)]
    return [{}, *one, *({**a, **b} for a, b in product(one, one))]


def test_picks_and_f1():
    matrix = np.array([[1.0], [2.0], [3.0], [4.0]])
    bounds = {(0, ABOVE): 1.0, (0, AT_MOST): 3.0}
    assert picks(matrix, bounds).tolist() == [False, True, True, False]
    assert f1(matrix, np.array([True, True, True, False]), bounds) == pytest.approx(0.8)


@given(TABLES)
def test_no_single_bound_is_better(table):
    matrix, member = table
    found = best_bounds(matrix, _axes(matrix), member)
    worth = f1(matrix, member, found) - WORTH * len(found)
    singles = [bounds for bounds in _every_rule() if len(bounds) <= 1]
    assert worth >= max(f1(matrix, member, bounds) - WORTH * len(bounds) for bounds in singles) - 1e-12


def test_nearly_always_no_rule_of_two_bounds_is_better():
    short = 0.0
    for seed in range(60):
        matrix, member = _table(seed)
        found = best_bounds(matrix, _axes(matrix), member)
        best = max(f1(matrix, member, bounds) - WORTH * len(bounds) for bounds in _every_rule())
        short = max(short, best - (f1(matrix, member, found) - WORTH * len(found)))
    assert short < 0.02  # a beam is no proof, but what it misses is hardly seen


@given(TABLES, st.randoms(use_true_random=False))
def test_neither_the_order_of_customers_nor_copies_of_all_change_a_rule(table, random):
    matrix, member = table
    order = list(range(len(matrix))) * 2
    random.shuffle(order)
    again = best_bounds(matrix[order], _axes(matrix[order]), member[order])
    assert again == best_bounds(matrix, _axes(matrix), member)


@given(TABLES)
def test_every_bound_has_customers_on_both_sides(table):
    matrix, member = table
    for (column, _), edge in best_bounds(matrix, _axes(matrix), member).items():
        assert 0 < (matrix[:, column] <= edge).sum() < len(matrix)


def test_a_box_of_four_bounds_is_found_though_none_alone_says_much():
    matrix = np.array(list(product(range(20), range(20))), dtype=float)
    bounds = {(0, ABOVE): 6.0, (0, AT_MOST): 13.0, (1, ABOVE): 4.0, (1, AT_MOST): 11.0}
    assert best_bounds(matrix, _axes(matrix), picks(matrix, bounds)) == bounds
    assert len(bounds) == MOST_BOUNDS


def test_a_bound_in_a_gap_stands_in_its_middle():
    matrix = np.array([[1.0], [2.0], [10.0], [11.0]])
    assert best_bounds(matrix, _axes(matrix), matrix[:, 0] > 5) == {(0, ABOVE): 5.0}


def test_bounds_are_the_numbers_that_are_shown():
    column = np.array([0.1, 0.2, 0.30000000000000004, 0.4, 0.5])
    assert axis(column, 0.1).cuts.tolist() == [0.1, 0.2, 0.3, 0.4]
    # What is stored a hair above 0.3 is not at most 0.3: the place agrees with what the rule will pick.
    assert axis(column, 0.1).place.tolist() == [0, 1, 3, 3, 4]


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=20), st.sampled_from([0.01, 1.0, 25.0, 1000.0]))
def test_places_agree_with_what_bounds_pick(values, step):
    column = np.array(values)
    step = max(step, float(np.ptp(column)) / 1000)
    cut = axis(column, step)
    for at, edge in enumerate(cut.cuts):
        assert ((cut.place <= at) == (column <= edge)).all()


def test_a_column_that_cannot_be_cut_gives_no_bound():
    matrix = np.ones((4, 1))
    assert best_bounds(matrix, _axes(matrix), np.array([True, False, False, False])) == {}
    assert cut_at(matrix[:, 0], np.array([0.5])).cuts.size == 0
