"""The rule that gives segments: every training customer keeps theirs, and whoever is like them gets the same."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from sklearn.mixture import GaussianMixture

from analysis.clustering.algorithms import ALGORITHMS, algorithm
from analysis.clustering.algorithms.cluster import points
from analysis.clustering.algorithms.gaussian_assignment import Clouds
from analysis.clustering.algorithms.hdbscan_assignment import Crowds
from analysis.clustering.placement import SAME, Placement, learnt, placing

CENTRES = np.array([[0.0, 0.0], [10.0, 0.0]])


@given(
    name=st.sampled_from(list(ALGORITHMS)),
    rows=st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9)), min_size=6, max_size=60),
    k=st.integers(2, 5),
    spread=st.floats(0.01, 1000),
)
@example(name="ward", rows=[(i, i * i % 7) for i in range(30)], k=4, spread=1.0)
def test_every_training_customer_keeps_their_segment(name, rows, k, spread):
    standard = np.array(sorted(rows), dtype=np.float64) * spread / 7
    distinct = points(standard)
    assume(distinct.count > k)
    for division in algorithm(name, 0.02).fit(distinct, [k], lambda _: 3):
        labels = division.labels[distinct.row]
        rule = learnt(placing(division), standard, labels)
        np.testing.assert_array_equal(rule.assigned(standard), labels)
        # One at a time as all together, in another order, and a last digit off.
        np.testing.assert_array_equal(np.concatenate([rule.assigned(row[None]) for row in standard]), labels)
        np.testing.assert_array_equal(rule.assigned(standard[::-1].copy()), labels[::-1])


def test_the_misplaced_are_remembered_and_no_others():
    rows = np.array([[0.0, 0.0], [1.0, 0.0], [4.0, 0.0], [9.0, 0.0], [10.0, 0.0]])
    rule = learnt(Placement(CENTRES, None), rows, np.array([0, 0, 1, 1, 1]))
    assert rule.places.tolist() == [[4.0, 0.0]]
    assert rule.assigned(rows).tolist() == [0, 0, 1, 1, 1]
    assert rule.assigned(np.array([[4.0, SAME / 2], [4.0, 1e-3]])).tolist() == [1, 0]


def test_neighbours_within_a_hair_are_told_apart():
    rows = np.array([[4.0, 0.0], [4.0 + SAME / 3, 0.0], [4.0 + SAME / 2, 0.0], [10.0, 0.0]])
    rule = learnt(Placement(CENTRES, None), rows, np.array([1, 0, 1, 1]))
    assert rule.assigned(rows).tolist() == [1, 0, 1, 1]


def test_who_is_in_none_goes_to_the_nearest_where_nobody_is_left_over():
    crowds = Crowds(CENTRES, np.array([0, 1]), np.array([1.0, 1.0]))
    rows = np.array([[0.5, 0.0], [4.0, 0.0], [6.0, 0.0]])
    assert Placement(CENTRES, crowds, leaves_over=True).assigned(rows).tolist() == [0, 2, 2]
    assert Placement(CENTRES, crowds).assigned(rows).tolist() == [0, 0, 1]


def test_nobody_gets_nothing():
    assert Placement(CENTRES, None).assigned(np.empty((0, 2))).tolist() == []
    remembering = learnt(Placement(CENTRES, None), np.array([[4.0, 0.0]]), np.array([1]))
    assert remembering.assigned(np.empty((0, 2))).tolist() == []


def test_an_order_renumbers_centres_rule_and_memory():
    places = np.array([[0.0, 0.0], [10.0, 0.0], [0.0, 10.0]])
    crowds = Crowds(places, np.array([0, 1, -1]), np.array([1.0, 2.0]))
    rule = learnt(Placement(CENTRES, crowds, leaves_over=True), np.array([[4.0, 0.0]]), np.array([0]))
    rows = np.array([[0.5, 0.0], [11.5, 0.0], [0.0, 10.0], [4.0, 0.0]])
    assert rule.assigned(rows).tolist() == [0, 1, 2, 0]
    assert rule.ordered(np.array([1, 0, 2])).assigned(rows).tolist() == [1, 0, 2, 1]


@pytest.mark.parametrize("seed", range(3))
def test_clouds_are_scikit_learns(seed):
    generator = np.random.default_rng(seed)
    rows = np.vstack([generator.normal(0, 1, (60, 3)), generator.normal(3, (0.2, 1, 3), (60, 3))])
    model = GaussianMixture(3, random_state=seed).fit(rows)
    clouds = Clouds(model.weights_, model.means_, model.precisions_cholesky_)
    np.testing.assert_array_equal(clouds.assigned(rows), model.predict(rows))
    shares = np.exp(clouds.likelihood(rows))
    np.testing.assert_allclose(shares / shares.sum(axis=1, keepdims=True), model.predict_proba(rows), atol=1e-9)
    swapped = clouds.ordered(np.array([2, 0, 1]))
    np.testing.assert_array_equal(np.array([2, 0, 1])[swapped.assigned(rows)], model.predict(rows))
