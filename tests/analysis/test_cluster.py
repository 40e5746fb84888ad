from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.cluster import KMeans
from sklearn.datasets import load_iris, load_wine

from analysis.clustering.algorithms.cluster import Points, exchange, nearest, partition, partitions, points
from analysis.clustering.battery import Sample, battery, kmeans
from analysis.clustering.trials import distances, trials
from analysis.configuration import Configuration
from analysis.preparation.features import Features, features

if TYPE_CHECKING:
    import pandas as pd

INCOME, SCORE = "Annual Income (k$)", "Spending Score (1-100)"


def _inertia(position: np.ndarray, weight: np.ndarray, labels: np.ndarray) -> float:
    total = 0.0
    for segment in np.unique(labels):
        inside = labels == segment
        centre = np.average(position[inside], axis=0, weights=weight[inside])
        total += float(weight[inside] @ np.sum((position[inside] - centre) ** 2, axis=1))
    return total


def test_income_and_score_alone_give_the_known_silhouette_at_five(mall: Configuration, mall_frame: pd.DataFrame):
    columns = {name: mall.site.columns[name] for name in (INCOME, SCORE)}
    table = features(mall_frame, mall.site.model_copy(update={"columns": columns}))
    distinct = points(table.standard)
    division = partition(distinct, 5, 1)
    labels = {5: division.labels[distinct.row]}
    found = battery(Sample(table.matrix), labels, kmeans([5]), (20, np.random.SeedSequence(1)))
    (trial,) = trials(distinct, [division], found.measures, distances(distinct, np.random.SeedSequence(1)))
    assert trial.silhouette == pytest.approx(0.5547, abs=5e-5)


def test_no_start_of_scikit_learn_finds_a_better_division(mall_features: Features):
    best = KMeans(6, n_init=200, random_state=0).fit(mall_features.standard).inertia_
    assert partition(points(mall_features.standard), 6, 99).inertia <= best + 1e-9


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 8), st.sampled_from(["cloud", "groups", "marks"]))
def test_small_tables_are_divided_as_well_as_by_scikit_learn(seed: int, k: int, kind: str):
    generator = np.random.default_rng(seed)
    matrix = generator.normal(size=(150, 3))
    matrix += 3 * generator.integers(0, 3, (150, 1)) if kind == "groups" else 0
    distinct = points(np.unique(np.round(matrix), axis=0) if kind == "marks" else matrix[np.lexsort(matrix.T[::-1])])
    theirs = KMeans(k, n_init=10, random_state=seed).fit(distinct.position, sample_weight=distinct.weight)
    # Mostly better; of 2,000 clouds without groups one was worse, by 0.2 %: neither search is sure of the best.
    assert partition(distinct, k, seed).inertia <= theirs.inertia_ * distinct.common * 1.01


@pytest.mark.parametrize("name", ["wine", "iris", "skewed"])
def test_divisions_are_as_good_as_the_best_of_many_starts(name: str):
    """Within a ten-thousandth of the best of thirty starts of scikit-learn, whatever the seed."""
    made = np.exp(np.random.default_rng(4).normal(size=(600, 4)))
    table = {"wine": load_wine, "iris": load_iris}[name]().data if name != "skewed" else made
    standard = (table - table.mean(axis=0)) / table.std(axis=0)
    distinct = points(standard[np.lexsort(standard.T[::-1])])
    for seed in (1, 2):
        for found in partitions(distinct, [2, 4, 6, 8, 10], seed):
            model = KMeans(found.k, n_init=30, random_state=0).fit(distinct.position, sample_weight=distinct.weight)
            assert found.inertia <= model.inertia_ * distinct.common * 1.0001


def test_mall_is_divided_as_well_as_anybody_knows(mall_features: Features):
    """The least of 500 starts of scikit-learn, each followed by exchanges, for 2 to 10 segments."""
    found = partitions(points(mall_features.standard), range(2, 11), 7)
    best = [389.39, 295.21, 205.23, 168.25, 133.87, 117.01, 103.79, 91.96, 81.43]
    assert [round(one.inertia, 2) for one in found] == best


def test_a_search_gives_the_same_when_repeated(mall_features: Features):
    once, again = (partitions(points(mall_features.standard), [3, 9], 5) for _ in range(2))
    for one, other in zip(once, again, strict=True):
        assert np.array_equal(one.labels, other.labels)
        assert one.inertia == other.inertia


def test_customers_who_are_alike_count_as_often_as_they_are_there():
    matrix = np.repeat([[0.0], [1.0], [10.0], [11.0]], [1, 3, 2, 2], axis=0)
    found = partition(points(matrix), 2, 1)
    assert sorted(found.centroids[:, 0].tolist()) == [0.75, 10.5]


def test_inertia_is_that_of_the_customers_not_of_the_weights(mall_features: Features):
    fitted = partition(points(mall_features.standard), 4, 1)
    assert fitted.inertia == pytest.approx(205.2251, abs=1e-4)


def test_points_hold_each_distinct_customer_once():
    matrix = np.array([[1.0, 2.0]] * 4 + [[1.0, 3.0]] * 2 + [[2.0, 0.0]] * 6)
    distinct = points(matrix)
    assert distinct.position.tolist() == [[1, 2], [1, 3], [2, 0]]
    assert distinct.weight.tolist() == [2, 1, 3]
    assert distinct.common == 2
    assert np.array_equal(distinct.position[distinct.row], matrix)


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 5))
def test_the_exchange_never_raises_the_inertia_and_ends_where_nobody_gains(seed: int, k: int):
    generator = np.random.default_rng(seed)
    matrix = generator.normal(size=(30, 2))
    matrix = matrix[np.lexsort(matrix.T[::-1])]
    given = points(matrix)
    labels = np.concatenate([np.arange(k), generator.integers(0, k, 30 - k)]).astype(np.intp)
    after = exchange(given, labels, k)
    reached = _inertia(given.position, given.weight, after)
    assert reached <= _inertia(given.position, given.weight, labels) + 1e-9
    assert len(np.unique(after)) == k
    for place in range(30):
        for segment in range(k):
            moved = after.copy()
            moved[place] = segment
            if len(np.unique(moved)) == k:
                assert _inertia(given.position, given.weight, moved) >= reached - 1e-6


def test_the_exchange_leaves_the_labels_it_was_given(mall_features: Features):
    labels = np.arange(200, dtype=np.intp) % 3
    before = labels.copy()
    exchange(points(mall_features.standard), labels, 3)
    assert np.array_equal(labels, before)


def test_an_optimum_assigns_its_own_points_to_the_nearest_centroid(mall_features: Features):
    distinct = points(mall_features.standard)
    for k in range(2, 11):
        fitted = partition(distinct, k, 5)
        assert np.array_equal(nearest(distinct.position, fitted.centroids), fitted.labels)


def test_an_empty_segment_takes_a_customer_and_the_exchange_ends():
    position = np.array([[0.0], [1.0], [5.0], [6.0]])
    some = Points(position, np.ones(4), np.arange(4))
    labels = exchange(some, np.array([0, 0, 0, 0]), 3)
    assert len(set(labels.tolist())) == 3
    assert exchange(some, np.array([0, 0, 1, 1]), 6).max() < 6


def test_more_segments_than_a_resample_has_rows_still_gives_a_stability():
    matrix = np.arange(24, dtype=float).reshape(12, 2) ** 1.5
    measured = battery(Sample(matrix), {12: np.arange(12)}, kmeans([12]), (20, np.random.SeedSequence(1))).measures[12]
    assert np.all((measured.stability >= 0) & (measured.stability <= 1))
