"""K-Means of a large table brought from the optimum of a sample to that of all customers.

The sample decides how many segments and roughly where; Lloyd's iterations over everybody then settle where exactly, so
that the segments published are as sure as so many customers make them, and not as unsure as the sample's.
"""

from __future__ import annotations

import numpy as np

from analysis.basics.arrays import Matrix
from analysis.clustering.algorithms.cluster import nearest
from analysis.clustering.trials import Trial
from analysis.preparation.features import Features

MOST_ITERATIONS = 300
SETTLED = 1e-6
"""Share of the columns' mean variance; centroids that move less stay where they are."""


def refined(features: Features, trial: Trial, *, all_of_them: bool) -> tuple[Matrix, int]:
    """Centroids (k, axes) of all customers with a value in every column, from those of the sample, and their number.

    Unless `all_of_them` are wanted, those farther from their centroid than anybody in the sample are left out, as the
    sample's extreme ones were.
    """
    from sklearn.cluster import KMeans  # noqa: PLC0415 (a second to import, and not for small tables)

    centroids = trial.partition.centroids
    rows = features.standard[~features.incomplete]
    if not all_of_them:
        labels = nearest(rows, centroids)
        rows = rows[_distance(rows, centroids[labels]) <= _reach(features, trial)[labels]]
    model = KMeans(trial.k, init=centroids, n_init=1, max_iter=MOST_ITERATIONS, tol=SETTLED).fit(rows)
    return np.asarray(model.cluster_centers_, dtype=np.float64), len(rows)


def _distance(rows: Matrix, centroids: Matrix) -> Matrix:
    return np.asarray(np.sqrt(np.sum((rows - centroids) ** 2, axis=1)))


def _reach(features: Features, trial: Trial) -> Matrix:
    """The largest distance of a segment's customers in the sample from their centroid, (k,)."""
    found = np.zeros(trial.k)
    np.maximum.at(
        found, trial.labels, _distance(features.standard[features.kept], trial.partition.centroids[trial.labels])
    )
    return found
