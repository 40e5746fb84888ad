"""Ward's method: scikit-learn's tree, and who is not in it."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.cluster import AgglomerativeClustering
from sklearn.metrics import adjusted_rand_score

from analysis.basics.arrays import Labels, Matrix
from analysis.clustering.algorithms import ward
from analysis.clustering.algorithms.cluster import Points, points
from analysis.clustering.candidates import NothingFoundError
from analysis.preparation.features import Features


@pytest.mark.parametrize("k", [2, 5, 9])
def test_the_tree_is_that_of_scikit_learn(k: int, mall_features: Features):
    distinct = points(mall_features.standard)
    (found,) = ward.Ward().fit(distinct, [k], lambda k: k)
    theirs = AgglomerativeClustering(k).fit(mall_features.standard).labels_
    assert adjusted_rand_score(theirs, found.labels[distinct.row]) == pytest.approx(1)


def test_finer_divisions_lie_within_coarser_ones(mall_features: Features):
    coarse, fine = ward.Ward().fit(points(mall_features.standard), [3, 4], lambda k: k)
    assert all(len(np.unique(coarse.labels[fine.labels == segment])) == 1 for segment in range(4))


def test_whom_the_tree_does_not_hold_goes_to_the_nearest_centroid(
    monkeypatch: pytest.MonkeyPatch, three: tuple[Matrix, Labels], three_points: Points
):
    monkeypatch.setattr(ward, "LARGEST_TREE", 30)
    (found,) = ward.Ward().fit(three_points, [3], lambda k: k)
    assert adjusted_rand_score(three[1], found.labels) == 1


def test_an_algorithm_that_cannot_fill_the_teams_number_says_what_to_do():
    said = str(NothingFoundError("table.csv", ward.Ward(), 6))
    assert said == (
        "table.csv: model.algorithm is ward. With 6 segments it leaves one of them empty; set model.algorithm to "
        "kmeans, or ask for fewer segments."
    )
