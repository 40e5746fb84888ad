"""Pairs at least total cost, and the association by which identifiers are judged."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.basics.assignment import cheapest
from analysis.identity.overlaps import association
from analysis.identity.rule import one_to_one

COSTS = st.tuples(st.integers(1, 4), st.integers(1, 4)).flatmap(
    lambda shape: st.lists(
        st.lists(st.integers(0, 9), min_size=shape[1], max_size=shape[1]), min_size=shape[0], max_size=shape[0]
    )
)


@given(COSTS)
def test_no_other_pairs_cost_less(costs: list[list[int]]):
    cost = np.array(costs, dtype=np.float64)
    found = cheapest(cost)
    wide = cost if len(cost) <= cost.shape[1] else cost.T
    least = min(
        sum(wide[row, column] for row, column in enumerate(each))
        for each in permutations(range(wide.shape[1]), len(wide))
    )
    assert len(found) == min(cost.shape)
    assert len({row for row, _ in found}) == len({column for _, column in found}) == len(found)
    assert sum(cost[pair] for pair in found) == pytest.approx(least)


def test_what_is_infinitely_apart_is_no_pair():
    apart = np.array([[1.0, np.inf], [0.5, np.inf], [np.inf, np.inf]])
    assert one_to_one(apart) == [(1, 0)]
    assert one_to_one(np.full((2, 2), np.inf)) == []


def test_of_two_old_segments_that_want_the_same_new_one_neither_stays_alone_if_it_need_not():
    assert sorted(one_to_one(np.array([[0.1, 0.9], [0.2, np.inf]]))) == [(0, 1), (1, 0)]


def test_association_is_one_of_the_same_division_and_none_of_chance():
    assert association(np.diag([30.0, 20.0, 10.0])) == pytest.approx(1, abs=0.02)
    assert association(np.outer([30, 20, 10], [5, 3, 2]) / 10) == 0
