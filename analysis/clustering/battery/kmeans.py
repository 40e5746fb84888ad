"""K-Means on many tables at once, for every number of segments.

Resamples, halves and structureless tables are hundreds of small tables of one shape; a call of scikit-learn for each,
with the starts that make the answer worth having, would take minutes. Here all of them are searched side by side
(`analysis.clustering.battery.search`), in single precision (the inertia of a standardised table needs no more).

Arrays run over tables or problems q, rows n, features p and segments k.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.basics.arrays import Matrix
from analysis.clustering.battery.dividing import Divide, Divisions, Single, SmallLabels
from analysis.clustering.battery.iterations import least
from analysis.clustering.battery.search import LIGHT, THOROUGH, search
from analysis.clustering.battery.weighted import distinct

CELLS = 100_000
"""Rows × centroids compared at once when rows are assigned."""


@dataclass(frozen=True, eq=False)
class NearestCentroids:
    """Many tables, each divided by which of k centroids is nearest."""

    centroids: Single
    """(q, k, p)."""
    labels: SmallLabels
    """Segment of each row, (q, n)."""
    inertia: Matrix
    """(q,)."""

    def assigned(self, tables: Single) -> SmallLabels:
        """The nearest centroid of each row of other tables (q, m, p), each by its own division, (q, m)."""
        return _assigned(tables, self.centroids)


def kmeans(ks: Sequence[int]) -> Divide:
    """K-Means for each of these numbers of segments."""

    def divide(tables: Single, generator: np.random.Generator, *, lightly: bool = False) -> dict[int, Divisions]:
        found = search(distinct(tables), ks, generator, LIGHT if lightly else THOROUGH)
        return {k: _nearest(tables, found[k].centroids) for k in ks}

    return divide


def _nearest(tables: Single, centroids: Single) -> NearestCentroids:
    labels = _assigned(tables, centroids)
    inertia = np.empty(len(tables))
    for part in _chunks(tables, 1):
        own = np.take_along_axis(centroids[part], labels[part][:, :, None].astype(np.intp), axis=1)
        np.subtract(tables[part], own, out=own)
        inertia[part] = np.einsum("qnp,qnp->q", own, own, dtype=np.float64)
    return NearestCentroids(centroids, labels, inertia)


def _assigned(tables: Single, centroids: Single) -> SmallLabels:
    """The nearest centroid of each row of the tables (q, n, p), or of one table for all, (q, n)."""
    q, k, _ = centroids.shape
    tables = np.broadcast_to(tables, (q, *tables.shape[1:]))
    labels = np.zeros(tables.shape[:2], dtype=np.uint8)
    for part in _chunks(tables, k):
        distance = np.matmul(centroids[part] * np.float32(-2), tables[part].transpose(0, 2, 1))
        distance += np.einsum("qkp,qkp->qk", centroids[part], centroids[part])[:, :, None]
        nearest = least(distance[:, :, None])[:, 0]
        # Several times as fast as argmin over so short an axis; of equally near centroids the last one is taken.
        for segment in range(1, k):
            np.maximum(labels[part], (distance[:, segment] == nearest) * np.uint8(segment), out=labels[part])
    return labels


def _chunks(tables: Single, k: int) -> Iterator[slice]:
    together = max(1, CELLS // (k * tables.shape[1]))
    return (slice(first, first + together) for first in range(0, len(tables), together))
