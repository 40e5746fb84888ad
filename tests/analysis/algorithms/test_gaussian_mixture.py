"""Mixtures: what they find that K-Means does not, and that the battery's are scikit-learn's."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score
from sklearn.mixture import GaussianMixture as Model

from analysis.basics.arrays import Labels, Matrix
from analysis.clustering.algorithms.cluster import partition, points
from analysis.clustering.algorithms.gaussian_mixture import GaussianMixture
from analysis.clustering.algorithms.mixtures import RIDGE, TOLERANCE, mixtures, shared
from analysis.preparation.features import Features


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


def test_income_and_score_of_the_mall_are_as_likely_as_anybody_makes_them(mall_features: Features):
    """The best of 240 starts of scikit-learn by three ways of starting, gone on to a gain of a millionth."""
    standard = mall_features.standard[:, 1:]
    standard = standard[np.lexsort(standard.T[::-1])]
    tried = GaussianMixture().fit(points(standard), range(2, 11), lambda k: k)
    best = [1111.93, 1078.88, 1055.50, 1058.56, 1063.43, 1063.87, 1071.29, 1084.26, 1100.64]
    assert [one.k for one in tried] == list(range(2, 11))
    assert all(one.bic <= known + 1 for one, known in zip(tried, best, strict=True))
    assert min(tried, key=lambda one: one.bic).k == 4


def test_a_mixture_is_the_same_when_fitted_again(three_points):
    once, again = (GaussianMixture().fit(three_points, [2, 3], lambda k: k) for _ in range(2))
    for one, other in zip(once, again, strict=True):
        assert one.bic == other.bic
        assert np.array_equal(one.labels, other.labels)


def test_what_one_table_found_is_found_by_all():
    """From one good start of ten, and the good mixture of the first table seen by its copies."""
    rows, truth = slanted(0)
    tables = np.repeat(rows[None].astype(np.float32), 5, axis=0)
    poor = np.repeat((rows[:, 0] > 0)[None].astype(np.uint8), 5, axis=0)
    start = poor.copy()
    start[0] = truth
    found = mixtures(tables, start, 2)
    after = shared(tables, found, np.random.default_rng(0))
    assert np.all(after.likelihood >= found.likelihood)
    assert after.likelihood == pytest.approx(np.full(5, found.likelihood.max()), abs=3 * TOLERANCE)


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
        # Where a step gains little the search ends, or goes on to steps that gain more; single precision may decide.
        models = [
            Model(
                k,
                reg_covar=RIDGE,
                tol=tolerance,
                weights_init=member.mean(axis=0),
                means_init=means,
                precisions_init=np.linalg.inv(np.array(covariances) + RIDGE * np.eye(p)),
            ).fit(table)
            for tolerance in (TOLERANCE * 1.25, TOLERANCE, TOLERANCE / 1.25)
        ]
        nearest = min(models, key=lambda model: abs(model.score(table) - many.likelihood[number]))
        assert many.likelihood[number] == pytest.approx(nearest.score(table), abs=3 * TOLERANCE)
        assert np.mean(many.labels[number] == nearest.predict(table)) > 0.9
