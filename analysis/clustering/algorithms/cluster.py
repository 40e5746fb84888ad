"""K-Means on standardised features, brought to an optimum that neither seed nor row order changes.

All numbers of segments are searched together (`analysis.clustering.battery.search`), and the best three divisions of
each go into Hartigan's exchange: single customers move to another segment wherever that lowers the inertia. Every
optimum of the exchange is an optimum of Lloyd's, not the other way round (Hartigan & Wong 1979, Applied Statistics
28:100; Telgarsky & Vattani 2010, AISTATS). Of large tables the exchange is left out.

Customers alike in every feature are one weighted point, so that writing a table twice changes no centroid.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.basics.arrays import Labels, Matrix
from analysis.clustering.algorithms.gaussian_assignment import Clouds
from analysis.clustering.algorithms.hdbscan_assignment import Crowds

FINALISTS = 3
"""Divisions that go into the last exchange."""
LARGEST_EXCHANGED = 5_000
"""Points above which the exchange is left out: its gain is small there and each move looks at every point."""


@dataclass(frozen=True, eq=False)
class Points:
    """Distinct customers as weighted points."""

    position: Matrix
    """(points, features)."""
    weight: Matrix
    """Customers at each point, divided by the largest number that divides them all."""
    row: Labels
    """The point of each customer, (customers,)."""
    common: int = 1
    """What the weights were divided by."""

    @property
    def count(self) -> int:
        """Number of distinct points."""
        return len(self.position)


@dataclass(frozen=True, eq=False)
class Partition:
    """A division of points into k segments."""

    labels: Labels
    """Group of each point, 0…; with `unassigned` the last group is no segment."""
    centroids: Matrix
    """Mean of each group, (groups, features)."""
    inertia: float
    """Sum of the squared distances of customers to their group's mean."""
    unassigned: bool = False
    """Whether the last group holds the customers whom the algorithm puts into no segment."""
    bic: float | None = None
    """Bayesian information criterion (Schwarz 1978), lower is better; of mixtures alone."""
    rule: Clouds | Crowds | None = None
    """How anybody else is given to a segment; None: by the nearest centroid."""

    @property
    def k(self) -> int:
        """Number of segments."""
        return len(self.centroids) - self.unassigned

    @property
    def groups(self) -> int:
        """Number of segments, and the group of the unassigned where there is one."""
        return len(self.centroids)

    def last(self, order: Labels) -> Labels:
        """An order of groups with the unassigned last."""
        return np.concatenate([order[order < self.k], order[order >= self.k]])


def points(standard: Matrix) -> Points:
    """Distinct rows of a matrix that is sorted by rows, with how many customers stand at each."""
    new = np.concatenate(([True], np.any(standard[1:] != standard[:-1], axis=1)))
    row = np.cumsum(new) - 1
    counts = np.bincount(row)
    common = int(np.gcd.reduce(counts))
    return Points(standard[new], counts / common, row, common)


def partition(points: Points, k: int, seed: int) -> Partition:
    """The best division of the points into `k` segments that is found from `seed`."""
    return partitions(points, [k], seed)[0]


def partitions(points: Points, ks: Sequence[int], seed: int) -> list[Partition]:
    """The best division of the points into each number of segments that is found from `seed`."""
    return [_best(points, begun, k) for k, begun in _searched(points, ks, seed).items()]


def _best(points: Points, begun: list[Labels], k: int) -> Partition:
    if points.count <= LARGEST_EXCHANGED:
        begun = [exchange(points, labels, k) for labels in begun]
    return min((Partition(labels, *summary(points, labels, k)) for labels in begun), key=lambda each: each.inertia)


def _searched(points: Points, ks: Sequence[int], seed: int) -> dict[int, list[Labels]]:
    """The best few different divisions into each number of segments, best first."""
    from analysis.clustering.battery.search import alone  # noqa: PLC0415 (who scores fits nothing)
    from analysis.clustering.battery.weighted import weighted  # noqa: PLC0415

    table = weighted(points.position[None].astype(np.float32), points.weight[None].astype(np.float32))
    searched, different = alone(table, ks, np.random.default_rng(seed)), {}
    for k, found in searched.items():
        # To the precision of single numbers: two searches that met need not have summed alike.
        _, first = np.unique(np.round(found.inertia / max(table.whole[0], 1), 6), return_index=True)
        centroids = found.centroids[first[:FINALISTS]].astype(np.float64)
        different[k] = [nearest(points.position, one) for one in centroids]
    return different


def summary(points: Points, labels: Labels, k: int) -> tuple[Matrix, float]:
    """Centroids (k, features) and inertia of a division of the points; no segment may be empty."""
    member = np.eye(k)[labels] * points.weight[:, None]
    centroids = (member.T @ points.position) / member.sum(axis=0)[:, None]
    squared = np.sum((points.position - centroids[labels]) ** 2, axis=1)
    return centroids, float(squared @ points.weight) * points.common


def exchange(points: Points, labels: Labels, k: int) -> Labels:
    """Move one point at a time, always the one whose move lowers the inertia most, until no move lowers it."""
    labels, rows = labels.copy(), np.arange(points.count)
    position, weight = points.position, points.weight
    member = np.eye(k)[labels] * weight[:, None]
    mass, total = member.sum(axis=0), member.T @ position
    norm = np.sum(position**2, axis=1)
    while True:
        # A resample may hold fewer different rows than segments; a row in an empty one costs nothing.
        centroids = total / np.where(mass > 0, mass, 1)[:, None]
        squared = np.maximum(norm[:, None] - 2 * position @ centroids.T + np.sum(centroids**2, axis=1), 0)
        left = mass[labels] - weight
        gain = np.where(left > 0, squared[rows, labels] * weight * mass[labels] / np.where(left > 0, left, 1), 0)
        cost = squared * (weight[:, None] * mass) / (mass + weight[:, None])
        cost[rows, labels] = np.inf
        change = cost.min(axis=1) - gain
        moving = int(change.argmin())
        if change[moving] >= -1e-9 * points.count:
            return labels
        old, new = labels[moving], int(cost[moving].argmin())
        for segment, sign in ((old, -1), (new, 1)):
            mass[segment] += sign * weight[moving]
            total[segment] += sign * weight[moving] * position[moving]
        labels[moving] = new


def nearest(position: Matrix, centroids: Matrix) -> Labels:
    """The centroid nearest to each row, (rows,). An optimum of the exchange assigns its own points just so."""
    labels = np.zeros(len(position), dtype=np.intp)
    least = np.full(len(position), np.inf)
    for segment, centroid in enumerate(centroids):
        squared = np.sum((position - centroid) ** 2, axis=1)
        labels[squared < least] = segment
        np.minimum(least, squared, out=least)
    return labels


def squared_distances(position: Matrix, centroids: Matrix) -> Matrix:
    """Squared Euclidean distance of every row to every centroid, (rows, k)."""
    return np.asarray(np.sum((position[:, None, :] - centroids[None, :, :]) ** 2, axis=2))
