"""K-Means, the default: see `analysis.clustering.algorithms.cluster` and `analysis.clustering.battery.kmeans`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from analysis.clustering.algorithms.algorithm import Algorithm
from analysis.clustering.algorithms.cluster import Partition, Points, partitions
from analysis.clustering.battery import kmeans
from analysis.clustering.battery.dividing import Divide
from analysis.contract.algorithms import Algorithm as Name


class KMeans(Algorithm):
    """Segments around centroids, as tight as they can be."""

    name: ClassVar[Name] = "kmeans"
    measured: ClassVar[int] = 1_000
    side_by_side: ClassVar[bool] = True
    scikit_learn: ClassVar[bool] = False
    settles_on_all: ClassVar[bool] = True

    def fit(self, points: Points, ks: Sequence[int], seed: Callable[[int], int]) -> Sequence[Partition]:
        """The best division of several searches for each number, brought to an optimum of the exchange."""
        return partitions(points, ks, seed(0))

    def divide(self, ks: Sequence[int]) -> Divide:
        """All tables side by side."""
        return kmeans(ks)


ALGORITHM = KMeans
