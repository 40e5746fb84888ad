"""K-Means on many tables at once finds what scikit-learn finds on each."""

import numpy as np
import pytest
from sklearn.cluster import KMeans

from analysis.clustering.battery.kmeans import kmeans
from analysis.clustering.battery.tables import Sample, drawn
from analysis.preparation.features import Features


def blobs(tables: int, seed: int = 0) -> np.ndarray:
    """Tables of 120 rows in four groups that nobody could miss, (tables, 120, 2)."""
    generator = np.random.default_rng(seed)
    centres = np.array([[0, 0], [0, 9], [9, 0], [9, 9]])
    return (np.repeat(centres, 30, axis=0) + generator.normal(size=(tables, 120, 2))).astype(np.float32)


def test_inertia_is_that_of_scikit_learn_where_the_best_division_is_plain():
    tables = blobs(5)
    found = kmeans([2, 4])(tables, np.random.default_rng(1))
    for number, table in enumerate(tables):
        expected = KMeans(4, n_init=10, random_state=0).fit(table).inertia_
        assert found[4].inertia[number] == pytest.approx(expected, rel=1e-4)


@pytest.mark.parametrize("seed", [3, 4])
def test_resamples_are_divided_as_well_as_by_many_starts(mall_features: Features, seed: int):
    """Within .05 % of the best of twenty starts of scikit-learn on nineteen of twenty resamples."""
    sample = Sample(mall_features.matrix)
    rows = drawn(200, 25, np.random.default_rng(7))
    tables = sample.standardised(sample.table[rows]).rows
    found = kmeans([3, 6, 9, 10])(tables, np.random.default_rng(seed))
    for k in (3, 6, 9, 10):
        best = np.array([KMeans(k, n_init=20, random_state=0).fit(table).inertia_ for table in tables])
        assert np.mean(found[k].inertia <= best * 1.0005) >= 0.95


def test_a_cloud_without_groups_is_divided_as_well_as_by_many_starts():
    """Ten segments in noise have many poor optima."""
    tables = np.random.default_rng(2).normal(size=(6, 200, 3)).astype(np.float32)
    for lightly, allowed in ((False, 1.002), (True, 1.015)):
        found = kmeans([3, 6, 10])(tables, np.random.default_rng(3), lightly=lightly)
        for k in (3, 6, 10):
            best = [KMeans(k, n_init=30, random_state=0).fit(table).inertia_ for table in tables]
            assert np.mean(found[k].inertia / best) < allowed


def test_the_same_seed_gives_the_same_bytes():
    once, again = (kmeans([2, 5])(blobs(20), np.random.default_rng(9)) for _ in range(2))
    for k in (2, 5):
        assert once[k].labels.tobytes() == again[k].labels.tobytes()
        assert once[k].inertia.tobytes() == again[k].inertia.tobytes()


def test_labels_are_the_nearest_centroids_and_centroids_the_means():
    tables = blobs(3)
    found = kmeans([4])(tables, np.random.default_rng(0))[4]
    assert np.array_equal(found.assigned(tables), found.labels)
    for table, labels, centroids in zip(tables, found.labels, found.centroids, strict=True):
        for segment in range(4):
            assert table[labels == segment].mean(axis=0) == pytest.approx(centroids[segment], abs=1e-4)


def test_a_division_assigns_rows_it_has_not_seen():
    found = kmeans([4])(blobs(2), np.random.default_rng(0))[4]
    labels = found.assigned(np.array([[[0, 0], [9, 9], [0.5, 8]]], dtype=np.float32))
    assert all(len(set(row)) == 3 for row in labels)
    assert labels.shape == (2, 3)


def test_many_tables_are_divided_as_the_same_tables_one_by_one_would_be_in_quality():
    """Chunks are an economy, not a change of method."""
    tables = np.tile(blobs(1), (4000, 1, 1))
    found = kmeans([4])(tables, np.random.default_rng(0))[4]
    assert found.labels.shape == (4000, 120)
    assert found.inertia == pytest.approx(np.median(found.inertia), rel=1e-3)


def test_more_segments_than_different_rows_do_no_harm():
    table = np.zeros((1, 12, 2), dtype=np.float32)
    table[0, 6:] = 1
    found = kmeans([5])(table, np.random.default_rng(0))[5]
    assert found.inertia[0] == pytest.approx(0, abs=1e-5)
