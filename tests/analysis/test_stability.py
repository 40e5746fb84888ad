from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from sklearn.cluster import KMeans

from analysis.cluster import Points, exchange, partition, points
from analysis.features import Features
from analysis.resamples import divided
from analysis.stability import band, jaccard, stability

if TYPE_CHECKING:
    import pandas as pd


def _fitted(matrix: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
    matrix = matrix[np.lexsort(matrix.T[::-1])]
    standard = (matrix - matrix.mean(axis=0)) / matrix.std(axis=0)
    distinct = points(standard)
    return matrix, partition(distinct, k, 1).labels[distinct.row]


@pytest.mark.parametrize(
    ("value", "word"),
    [
        (0.59, "unstable"),
        (0.6, "doubtful"),
        (0.74, "doubtful"),
        (0.75, "stable"),
        (0.85, "stable"),
        (0.86, "highly stable"),
    ],
)
def test_the_bands_are_hennigs(value: float, word: str):
    assert band(value) == word


def test_jaccard_is_shared_over_all():
    a, b = np.array([0, 0, 0, 1, 1]), np.array([0, 0, 1, 1, 1])
    assert np.allclose(jaccard(a, b, 2), [[2 / 3, 1 / 5], [0, 2 / 3]])


def test_jaccard_says_nothing_of_a_segment_of_which_nobody_was_drawn():
    assert np.isnan(jaccard(np.array([0, 0]), np.array([0, 1]), 2)[1]).all()


def test_groups_far_apart_always_come_back(blobs: pd.DataFrame):
    matrix, labels = _fitted(blobs.to_numpy(), 3)
    assert np.allclose(stability(matrix, labels, 3, 50, np.random.SeedSequence(1)), 1)


def test_noise_cut_into_pieces_does_not_come_back():
    matrix, labels = _fitted(np.random.default_rng(3).uniform(size=(150, 3)), 7)
    assert stability(matrix, labels, 7, 50, np.random.SeedSequence(1)).mean() < 0.75


def test_the_unit_of_a_column_changes_no_stability(mall_features: Features):
    matrix, labels = _fitted(mall_features.matrix, 4)
    other = matrix * np.array([0.001, 1000, 7]) + np.array([5, -3, 0])
    a, b = (stability(each, labels, 4, 30, np.random.SeedSequence(1)) for each in (matrix, other))
    assert np.allclose(a, b, atol=1e-3)


def test_a_segment_of_which_nobody_is_there_never_comes_back(blobs: pd.DataFrame):
    matrix, labels = _fitted(blobs.to_numpy(), 3)
    assert stability(matrix, labels, 4, 20, np.random.SeedSequence(1))[3] == 0


def test_the_stream_alone_decides_what_is_drawn(mall_features: Features):
    matrix, labels = _fitted(mall_features.matrix, 4)
    first, again, other = (
        stability(matrix, labels, 4, 20, np.random.SeedSequence(seed)).tolist() for seed in (1, 1, 2)
    )
    assert first == again
    assert first != other


def test_resamples_are_divided_as_well_as_scikit_learn_divides_them(mall_features: Features):
    """Ten starts side by side reach the inertia of ten starts of scikit-learn, after the same exchange."""
    matrix, generator = mall_features.matrix, np.random.default_rng(11)
    weights = np.stack([np.bincount(generator.integers(0, 200, 200), minlength=200) for _ in range(15)]).astype(float)
    ours, theirs = [], []
    for weight, (drawn, found) in zip(weights, divided(matrix, weights, 6, generator), strict=True):
        times = weight[drawn]
        centre = np.average(matrix[drawn], axis=0, weights=times)
        spread = np.sqrt(np.average((matrix[drawn] - centre) ** 2, axis=0, weights=times))
        standard = (matrix[drawn] - centre) / spread
        model = KMeans(6, n_init=10, random_state=0).fit(standard, sample_weight=times)
        other = exchange(Points(standard, times, np.arange(len(drawn))), model.labels_.astype(np.intp), 6)
        ours.append(_inertia(standard, times, found))
        theirs.append(_inertia(standard, times, other))
    assert np.mean(ours) <= np.mean(theirs) * 1.005


def test_every_resample_is_divided_into_all_its_segments(mall_features: Features):
    generator = np.random.default_rng(2)
    weights = np.stack([np.bincount(generator.integers(0, 200, 200), minlength=200) for _ in range(10)]).astype(float)
    for weight, (drawn, found) in zip(weights, divided(mall_features.matrix, weights, 8, generator), strict=True):
        assert np.array_equal(drawn, np.flatnonzero(weight))
        assert set(found.tolist()) == set(range(8))


def _inertia(standard: np.ndarray, weight: np.ndarray, labels: np.ndarray) -> float:
    total = 0.0
    for segment in np.unique(labels):
        inside = labels == segment
        centre = np.average(standard[inside], axis=0, weights=weight[inside])
        total += float(weight[inside] @ np.sum((standard[inside] - centre) ** 2, axis=1))
    return total
