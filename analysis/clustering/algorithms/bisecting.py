"""Bisecting K-Means: the loosest segment is halved by K-Means, again and again.

Steinbach, Karypis & Kumar (2000), “A comparison of document clustering techniques”, KDD Workshop on Text Mining. What
is halved is the segment with the largest inertia.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from typing import ClassVar

import numpy as np

from analysis.basics.arrays import Labels, Matrix
from analysis.clustering.algorithms.algorithm import Algorithm
from analysis.clustering.algorithms.cluster import Partition, Points, summary
from analysis.clustering.algorithms.looped import looped
from analysis.clustering.battery.dividing import Divide, Single
from analysis.contract.algorithms import Algorithm as Name

STARTS, LOOPED_STARTS = 10, 1
"""Starts of each halving: of the customers, and of each table of the battery."""


class Bisecting(Algorithm):
    """Halves of halves."""

    name: ClassVar[Name] = "bisecting"

    def fit(self, points: Points, ks: Sequence[int], seed: Callable[[int], int]) -> Sequence[Partition]:
        """As many halvings as each number needs; the same seed for all, so that each division refines the one before.

        Left out are numbers that it cannot fill.
        """
        found = {k: halved(points.position, k, seed(0), STARTS, points.weight) for k in ks}
        return [Partition(labels, *summary(points, labels, k)) for k, labels in found.items() if filled(labels, k)]

    def divide(self, ks: Sequence[int]) -> Divide:
        """Each table by itself."""
        return looped(_cut, ks)


def _cut(table: Single, ks: Sequence[int], seed: int) -> dict[int, Labels]:
    return {k: halved(table, k, seed, LOOPED_STARTS) for k in ks}


def filled(labels: Labels, k: int) -> bool:
    """Whether every segment holds somebody."""
    return bool((np.bincount(labels, minlength=k) > 0).all())


def halved(table: Matrix | Single, k: int, seed: int, starts: int, weight: Matrix | None = None) -> Labels:
    """A table (n, p) in `k` segments, (n,)."""
    from sklearn.cluster import BisectingKMeans  # noqa: PLC0415 (not on the default path)
    from sklearn.exceptions import ConvergenceWarning  # noqa: PLC0415

    model = BisectingKMeans(k, n_init=starts, random_state=seed, bisecting_strategy="biggest_inertia")
    with warnings.catch_warnings():
        # Where a segment's rows are all alike there is nothing to halve.
        warnings.simplefilter("ignore", ConvergenceWarning)
        return np.asarray(model.fit(table, sample_weight=weight).labels_, dtype=np.intp)


ALGORITHM = Bisecting
