"""Mixtures: what they find that K-Means does not, and that the battery's are scikit-learn's."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score
from sklearn.mixture import GaussianMixture as Model

from analysis.algorithms.gaussian_mixture import GaussianMixture
from analysis.algorithms.mixtures import RIDGE, TOLERANCE, mixtures
from analysis.arrays import Labels, Matrix
from analysis.cluster import partition, points


@pytest.mark.parametrize("seed", range(3))
def test_elongated_overlapping_groups_are_found_that_kmeans_cuts(seed: int):
    rows, truth = slanted(seed)
    distinct = points(rows)
    (found,) = GaussianMixture().fit(distinct, [2], lambda k: k)
    assert adjusted_rand_score(truth, found.labels) > 0.85
    assert adjusted_rand_score(truth, partition(distinct, 2, 1).labels) < 0.2
    (part,) = GaussianMixture().divide([2])(rows[None].astype(np.float32), np.random.default_rng(0)).values()
    assert adjusted_rand_score(truth, part.labels[0]) > 0.85


def slanted(seed: int) -> tuple[Matrix, Labels]:
    """Two long groups side by side, across both columns, that overlap at the rims."""
    generator = np.random.default_rng(seed)
    long = np.vstack([generator.normal([0, across], [3, 0.6], (150, 2)) for across in (0, 3)])
    rows = long @ np.array([[0.8, 0.6], [-0.6, 0.8]])
    rows = (rows - rows.mean(axis=0)) / rows.std(axis=0)
    order = np.lexsort(rows.T[::-1])
    return rows[order], np.repeat([0, 1], 150)[order]


def test_the_criterion_is_lowest_at_the_true_number(three_points):
    tried = GaussianMixture().fit(three_points, [2, 3, 4], lambda k: k)
    assert min(tried, key=lambda one: one.bic).k == 3


def test_a_number_that_leaves_a_component_empty_is_left_out():
    generator = np.random.default_rng(0)
    rows = np.sort(np.concatenate([generator.normal(0, 1, 30), [40.0, 40.1]]))[:, None]
    tried = GaussianMixture().fit(points(rows), list(range(2, 12)), lambda k: k)
    assert all(len(np.unique(one.labels)) == one.k for one in tried)


@given(seed=st.integers(0, 10_000), k=st.integers(2, 4), p=st.integers(1, 4))
def test_the_batterys_mixtures_are_those_of_scikit_learn(seed: int, k: int, p: int):
    generator = np.random.default_rng(seed)
    tables = generator.normal(0, 1, (2, 60, p)).astype(np.float32)
    start = np.stack([KMeans(k, n_init=1, random_state=0).fit(table).labels_ for table in tables]).astype(np.uint8)
    many = mixtures(tables, start, k)
    for number, table in enumerate(tables.astype(np.float64)):
        member = np.eye(k)[start[number]]
        means = member.T @ table / member.sum(axis=0)[:, None]
        covariances = [np.atleast_2d(np.cov(table[start[number] == one].T, bias=True)) for one in range(k)]
        model = Model(
            k,
            reg_covar=RIDGE,
            tol=TOLERANCE,
            weights_init=member.mean(axis=0),
            means_init=means,
            precisions_init=np.linalg.inv(np.array(covariances) + RIDGE * np.eye(p)),
        ).fit(table)
        assert many.likelihood[number] == pytest.approx(model.score(table), abs=3 * TOLERANCE)
        assert np.mean(many.labels[number] == model.predict(table)) > 0.9
