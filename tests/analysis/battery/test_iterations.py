"""Iterations on weighted rows are those on all rows, and the exchange ends where no move helps."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.clustering.battery.iterations import exchange, lloyd, nearest
from analysis.clustering.battery.weighted import distinct, weighted


def drawn_twice(seed: int, tables: int = 3, rows: int = 40) -> np.ndarray:
    """Tables in which rows repeat, (tables, rows, 2)."""
    generator = np.random.default_rng(seed)
    some = generator.normal(size=(tables, rows, 2)).astype(np.float32)
    return np.stack([table[generator.integers(0, rows, rows)] for table in some])


def test_equal_rows_are_taken_together():
    tables = np.array([[[1, 2], [3, 4], [1, 2], [1, 2]], [[5, 6], [7, 8], [9, 9], [5, 6]]], dtype=np.float32)
    found = distinct(tables)
    there = [
        sorted((*row, weight) for row, weight in zip(rows.tolist(), weights.tolist(), strict=True) if weight)
        for rows, weights in zip(found.rows, found.weight, strict=True)
    ]
    assert there == [[(1, 2, 3), (3, 4, 1)], [(5, 6, 2), (7, 8, 1), (9, 9, 1)]]


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 6))
def test_weighted_rows_give_what_all_rows_give(seed: int, k: int):
    tables = drawn_twice(seed)
    starts = tables[:, None, :k] + np.float32(0.01)
    whole = weighted(tables, np.ones(tables.shape[:2], dtype=np.float32))
    one, other = (lloyd(each, starts, 3) for each in (distinct(tables), whole))
    assert one.inertia == pytest.approx(other.inertia, rel=1e-3)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 5))
def test_the_exchange_ends_where_no_single_move_lowers_the_inertia(seed: int, k: int):
    rows = np.random.default_rng(seed).normal(size=(1, 25, 2)).astype(np.float32)
    tables = distinct(rows)
    end = exchange(tables, nearest(tables, rows[:, None, :k]), 200)
    labels = nearest(tables, end.centroids[:, None]).member[0, :, 0].argmax(axis=0)

    def inertia(labels: np.ndarray) -> float:
        groups = [tables.rows[0][labels == segment].astype(float) for segment in range(k)]
        return sum(float(np.sum((group - group.mean(axis=0)) ** 2)) for group in groups if len(group))

    reached = inertia(labels)
    assert reached == pytest.approx(end.inertia[0], rel=1e-4)
    for row in range(25):
        for segment in range(k):
            moved = labels.copy()
            moved[row] = segment
            assert inertia(moved) >= reached * (1 - 1e-5) - 1e-5


def test_a_row_between_two_centroids_is_in_one_of_them():
    rows = np.array([[[-1.0], [0.0], [1.0]]], dtype=np.float32)
    step = nearest(distinct(rows), np.array([[[[-1.0], [1.0]]]], dtype=np.float32))
    assert step.size.sum() == 3
