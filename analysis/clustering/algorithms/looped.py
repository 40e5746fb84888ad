"""Many tables divided one after the other, for algorithms that know only one at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from analysis.basics.arrays import Labels
from analysis.clustering.battery.agreement import members
from analysis.clustering.battery.dividing import Divide, Divisions, Single, SmallLabels
from analysis.clustering.battery.inertia import inertia
from analysis.clustering.battery.kmeans import NearestCentroids

Cut = Callable[[Single, Sequence[int], int], dict[int, Labels]]
"""A table (n, p), the numbers of segments and a seed → number → segment of each row."""


def looped(cut: Cut, ks: Sequence[int]) -> Divide:
    """Divide each table by itself; rows of other tables go to the nearest centroid."""

    def divide(
        tables: Single,
        generator: np.random.Generator,
        *,
        lightly: bool = False,  # noqa: ARG001 (one way for all)
    ) -> dict[int, Divisions]:
        seeds = generator.integers(0, 2**31, len(tables))
        found = [cut(table, possible(table, ks), int(seed)) for table, seed in zip(tables, seeds, strict=True)]
        # A table with fewer different rows than segments stays divided as finely as it can be.
        finest = [max(one) for one in found]
        labels = {k: np.stack([one[min(k, most)] for one, most in zip(found, finest, strict=True)]) for k in ks}
        return {k: around_centroids(tables, each.astype(np.uint8), k) for k, each in labels.items()}

    return divide


def possible(table: Single, ks: Sequence[int]) -> list[int]:
    """The numbers of segments that a table has enough different rows for, and the largest of them that it can fill."""
    most = min(len(np.unique(table, axis=0)), len(table))
    return sorted({min(k, most) for k in ks})


def around_centroids(tables: Single, labels: SmallLabels, k: int) -> Divisions:
    """Divisions (tables, n) with the centroid of each segment; an empty one lies beyond everybody's reach."""
    member = members(labels, k)
    size = member.sum(axis=2)[:, :, None]
    centroids = np.where(size > 0, np.matmul(member, tables) / np.maximum(size, 1), np.float32(1e6))
    return NearestCentroids(centroids.astype(np.float32), labels, inertia(tables, labels, k))
