"""Scores from 1 to 5, customers alike scored alike, and a grid in which every pair of scores has one name."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.configuration import Personas
from analysis.configuration.load import RFM_PERSONAS, read_settings
from analysis.transactions.quintiles import grid, names, scored, scores, value_score

SCORES = (1, 2, 3, 4, 5)
VALUES = st.lists(st.integers(0, 12), min_size=1, max_size=60).map(lambda values: np.array(values, dtype=np.float64))


def test_without_ties_each_score_has_a_fifth():
    given_scores = scores(np.arange(100.0))
    assert np.bincount(given_scores).tolist() == [0, 20, 20, 20, 20, 20]
    assert given_scores[0] == 1
    assert given_scores[-1] == 5


def test_recency_scores_highest_where_days_are_fewest():
    assert scores(np.array([1.0, 400.0]), ascending=False).tolist() == [4, 2]


def test_half_of_the_customers_bought_once_as_in_cdnow():
    """Their middle rank is a quarter, so they all score 2 and nobody scores 1: no row is luckier than another."""
    values = np.array([1.0] * 50 + [2.0] * 20 + [3.0] * 15 + [4.0] * 10 + [9.0] * 5)
    assert sorted({(value, score) for value, score in zip(values, scores(values), strict=True)}) == [
        (1, 2), (2, 3), (3, 4), (4, 5), (9, 5),
    ]  # fmt: skip


def test_where_all_are_alike_all_score_in_the_middle():
    assert set(scores(np.full(7, 3.0)).tolist()) == {3}


@given(VALUES, st.randoms(use_true_random=False))
def test_equal_values_score_equal_higher_ones_no_lower_and_order_does_not_matter(values, random):
    found = scores(values)
    assert set(found.tolist()) <= set(SCORES)
    order = np.argsort(values, kind="stable")
    assert (np.diff(found[order]) >= 0).all()
    for value in set(values.tolist()):
        assert len(set(found[values == value].tolist())) == 1
    shuffled = np.array(random.sample(range(len(values)), len(values)))
    assert np.array_equal(scores(values[shuffled]), found[shuffled])
    assert np.array_equal(scores(values, ascending=False), scores(-values))


def test_every_cell_of_the_grid_has_one_name():
    cells = [cell for own in grid().values() for cell in own]
    assert sorted(cells) == [(recency, value) for recency in SCORES for value in SCORES]


def test_each_segment_is_a_rectangle_of_the_grid():
    for cells in grid().values():
        recencies, values = {r for r, _ in cells}, {v for _, v in cells}
        assert len(cells) == len(recencies) * len(values)
        assert max(recencies) - min(recencies) == len(recencies) - 1
        assert max(values) - min(values) == len(values) - 1


def test_segments_and_personas_share_ten_names_and_one_time_buyers_have_personas_besides():
    personas = [one.name for one in read_settings(RFM_PERSONAS, Personas).personas]
    assert personas == [*names(), "One-Time Buyers", "One Large Order"]
    assert len(names()) == 10


@pytest.mark.parametrize(("frequency", "monetary", "expected"), [(1, 1, 1), (1, 2, 1), (5, 4, 4), (2, 4, 3), (5, 5, 5)])
def test_frequency_and_monetary_are_averaged_halves_down(frequency, monetary, expected):
    assert value_score(np.array([frequency]), np.array([monetary])).tolist() == [expected]


def test_the_best_are_champions_and_the_worst_hibernate():
    values = np.arange(25.0)
    found = scored(values[::-1], values, values)
    assert names()[found.segment[-1]] == "Champions"
    assert names()[found.segment[0]] == "Hibernating"
    assert names()[scored(values, values, values).segment[-1]] == "Can't Lose Them"
