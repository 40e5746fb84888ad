"""Agglomerative clustering by Ward's method.

Ward (1963), “Hierarchical grouping to optimize an objective function”, Journal of the American Statistical Association
58:236; Murtagh & Legendre (2014), Journal of Classification 31:274, on which implementations are Ward's.

The distances of all pairs of customers are held at once, so a tree grows from a sample of 4,000 at most. A customer
whom it does not hold goes to the nearest centroid.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

import numpy as np

from analysis.basics.arrays import Labels, Matrix
from analysis.basics.sample import sample
from analysis.clustering.algorithms.algorithm import Algorithm
from analysis.clustering.algorithms.cluster import Partition, Points, nearest, summary
from analysis.clustering.algorithms.looped import looped
from analysis.clustering.battery.dividing import Divide, Single
from analysis.contract.algorithms import Algorithm as Name

LARGEST_TREE = 4_000


class Ward(Algorithm):
    """Two groups at a time become one, always those whose union adds least to the inertia."""

    name: ClassVar[Name] = "ward"
    scikit_learn: ClassVar[bool] = False
    largest_fit: ClassVar[int | None] = LARGEST_TREE

    def fit(self, points: Points, ks: Sequence[int], seed: Callable[[int], int]) -> Sequence[Partition]:
        """One tree, cut into each number of segments."""
        chosen = sample(len(points.row), LARGEST_TREE, np.random.SeedSequence(seed(0)))
        rows = points.row[chosen]
        cut = tree(points.position[rows], ks)
        return [_partition(points, rows, cut[k], k) for k in ks]

    def divide(self, ks: Sequence[int]) -> Divide:
        """A tree for each table."""
        return looped(_cut, ks)


def _partition(points: Points, rows: Labels, labels: Labels, k: int) -> Partition:
    """All points, from the segments of some rows; rows alike share one."""
    found = np.full(points.count, -1, dtype=np.intp)
    found[rows] = labels
    if (found < 0).any():
        centroids = np.array([points.position[rows[labels == segment]].mean(axis=0) for segment in range(k)])
        found = np.where(found < 0, nearest(points.position, centroids), found)
    return Partition(found, *summary(points, found, k))


def _cut(table: Single, ks: Sequence[int], _: int) -> dict[int, Labels]:
    return tree(table.astype(np.float64), ks)


def tree(table: Matrix, ks: Sequence[int]) -> dict[int, Labels]:
    """A table (n, p) cut into each number of segments."""
    from scipy.cluster import hierarchy  # noqa: PLC0415 (not on the default path)

    labels = hierarchy.cut_tree(hierarchy.ward(table), ks)
    return {k: labels[:, place].astype(np.intp) for place, k in enumerate(ks)}


ALGORITHM = Ward
