"""K-Means, the default: see `analysis.cluster` and `analysis.battery.kmeans`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from analysis.battery import kmeans
from analysis.battery.dividing import Divide
from analysis.cluster import Partition, Points, partitions
from analysis.contract.base import Algorithm as Name


class KMeans:
    """Segments around centroids, as tight as they can be."""

    name: ClassVar[Name] = "kmeans"
    finds_number: ClassVar[bool] = False
    measured: ClassVar[int] = 1_000
    side_by_side: ClassVar[bool] = True

    def fit(self, points: Points, ks: Sequence[int], seed: Callable[[int], int]) -> Sequence[Partition]:
        """The best division of several searches for each number, brought to an optimum of the exchange."""
        return partitions(points, ks, seed(0))

    def divide(self, ks: Sequence[int]) -> Divide:
        """All tables side by side."""
        return kmeans(ks)
