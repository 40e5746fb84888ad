"""What every algorithm needs of the same customers is computed once."""

from __future__ import annotations

from analysis.clustering import trials
from analysis.pipeline import analyse


def test_distances_are_computed_once_for_all_algorithms(configure, blobs, two_features, monkeypatch):
    asked = []
    monkeypatch.setattr(
        "analysis.clustering.trials.between",
        lambda rows, original=trials.between: asked.append(len(rows)) or original(rows),
    )
    told = analyse(configure(blobs, two_features, model={"algorithm": "compare", "largest_k": 3})).contract
    assert {"kmeans", "gaussian_mixture", "ward", "bisecting", "hdbscan"} <= {
        one.algorithm for one in told.selection.algorithms
    }
    assert asked == [120]
