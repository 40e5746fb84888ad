"""Figures for many pairs of divisions are those of scikit-learn for each pair."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import adjusted_rand_score, silhouette_samples

from analysis.clustering.battery.agreement import adjusted_rand, jaccard
from analysis.clustering.battery.silhouette import distances, silhouettes

K = 4
DIVISION = st.lists(st.integers(0, K - 1), min_size=12, max_size=12)


@given(DIVISION, DIVISION)
def test_the_adjusted_rand_index_is_scikit_learns(a: list[int], b: list[int]):
    pair = np.array([a], dtype=np.uint8), np.array([b], dtype=np.uint8)
    assert adjusted_rand(*pair, K)[0] == pytest.approx(adjusted_rand_score(a, b), abs=1e-6)


@given(DIVISION, DIVISION, st.permutations(range(K)))
def test_names_of_segments_do_not_matter(a: list[int], b: list[int], names: list[int]):
    renamed = np.array([[names[segment] for segment in b]], dtype=np.uint8)
    first, second = np.array([a], dtype=np.uint8), np.array([b], dtype=np.uint8)
    assert adjusted_rand(first, second, K) == pytest.approx(adjusted_rand(first, renamed, K))
    counted = np.ones((1, 12), dtype=np.float32)
    best = jaccard(first[0], second, counted, K).max(axis=2)
    assert best == pytest.approx(jaccard(first[0], renamed, counted, K).max(axis=2), nan_ok=True)


def test_jaccard_counts_only_who_was_drawn():
    ours = np.array([0, 0, 0, 1, 1, 1], dtype=np.uint8)
    theirs = np.array([[0, 0, 1, 1, 1, 1]], dtype=np.uint8)
    counted = np.array([[1, 1, 1, 1, 1, 0]], dtype=np.float32)
    assert jaccard(ours, theirs, counted, 2)[0] == pytest.approx(np.array([[2 / 3, 1 / 5], [0, 2 / 3]]))


def test_a_segment_of_whom_nobody_was_drawn_says_nothing():
    ours = np.array([0, 0, 1], dtype=np.uint8)
    found = jaccard(ours, ours[None], np.array([[1, 1, 0]], dtype=np.float32), 2)
    assert np.isnan(found[0, 1]).all()
    assert not np.isnan(found[0, 0]).any()


@given(DIVISION)
def test_silhouettes_are_scikit_learns(labels: list[int]):
    table = np.random.default_rng(0).normal(size=(12, 3)).astype(np.float32)
    found = silhouettes(distances(table), np.array(labels, dtype=np.uint8), K)
    if len(set(labels)) == 1:
        assert not found.any()
    else:
        assert found == pytest.approx(silhouette_samples(table, labels), abs=1e-4)
