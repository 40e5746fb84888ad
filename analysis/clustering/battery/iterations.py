"""The iterations of K-Means on many tables and from several starts at once.

Lloyd's iterations move all rows to their nearest centroid. Hartigan's exchange goes on where they stop: it counts what
a move does to the centroids, too, so that each of its optima is one of Lloyd's, not the other way round (Hartigan &
Wong 1979, Applied Statistics 28:100; Telgarsky & Vattani 2010, AISTATS).

Arrays run over tables q, starts s, segments k, features p and distinct rows n.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np

from analysis.basics.arrays import Labels, Mask, Matrix
from analysis.clustering.battery.dividing import Single
from analysis.clustering.battery.weighted import Weighted

WORTH_DROPPING = 0.8
"""Tables are taken out once this share of them or less still moves: taking them out copies the rest."""
GAIN = 1e-6
"""Share of the inertia below which a change is what single precision left."""


class Divided(NamedTuple):
    """Centroids, and the inertia of the division that they are the means of."""

    centroids: Single
    """(q, s, k, p); without s where there is one start."""
    inertia: Matrix
    """(q, s)."""


class Step(NamedTuple):
    """Rows by segment, and what follows from it."""

    member: Mask
    """(q, k, s, n)."""
    centroids: Single
    """(q, s, k, p)."""
    size: Single
    """(q, s, k)."""
    inertia: Matrix
    """(q, s)."""

    def taken(self, which: Mask | Labels | slice) -> Step:
        """Of some of the tables."""
        parts: tuple[Any, ...] = self
        return Step(*(part[which] for part in parts))

    def best(self) -> Step:
        """Of the start with the lowest inertia."""
        every, first = np.arange(len(self.inertia)), self.inertia.argmin(axis=1)
        return Step(
            member=self.member[every, :, first][:, :, None],
            centroids=self.centroids[every, first][:, None],
            size=self.size[every, first][:, None],
            inertia=self.inertia[every, first][:, None],
        )


def lloyd(tables: Weighted, starts: Single, steps: int) -> Step:
    """Where the best of several starts (q, s, k, p) comes to after so many of Lloyd's iterations, as one start."""
    parts = []
    for at, part in tables.chunks(starts.shape[1] * starts.shape[2]):
        current = nearest(part, starts[at])
        for _ in range(steps - 1):
            current = nearest(part, current.centroids)
        parts.append(current.best())
    return Step(*map(np.concatenate, zip(*parts, strict=True)))


def nearest(tables: Weighted, centroids: Single) -> Step:
    """Every row to its nearest centroid."""
    squared = tables.squared(centroids)
    return step(tables, squared == least(squared)[:, None], centroids)


def least(squared: Single) -> Single:
    """The smallest over segments, (q, k, s, n) → (q, s, n); faster than `min` over so short an axis."""
    found = np.minimum(squared[:, 0], squared[:, -1])
    for segment in range(1, squared.shape[1] - 1):
        np.minimum(found, squared[:, segment], out=found)
    return found


def step(tables: Weighted, member: Mask, former: Single) -> Step:
    """Means, sizes and inertia of segments; an empty one keeps its former centroid."""
    sums = _sums(tables, member)
    if sums[..., -1].sum(dtype=np.float64) > tables.mass.sum() * member.shape[2] + 0.5:
        # Rows between two centroids are in both.
        found = (sums[..., -1].sum(axis=2) > tables.mass[:, None] + 0.5).any(axis=1)
        member[found] &= np.cumsum(member[found], axis=1) == 1
        sums = _sums(tables, member)
    size = sums[..., -1]
    means = sums[..., :-1] / np.maximum(size, 0.5)[..., None]
    between = np.einsum("qskp,qskp->qs", means, sums[..., :-1]).astype(np.float64)
    if not size.all():
        means = np.where(size[..., None] > 0, means, former)
    return Step(member, means.astype(np.float32, copy=False), size, tables.whole[:, None] - between)


def _sums(tables: Weighted, member: Mask) -> Single:
    """Sums of each segment's rows, and its size, (q, s, k, p + 1)."""
    q, k, s, n = member.shape
    sums = np.matmul(member.astype(np.float32).reshape(q, k * s, n), tables.multiplied)
    found: Single = sums.reshape(q, k, s, -1).transpose(0, 2, 1, 3)
    return found


def exchange(tables: Weighted, begun: Step, most: int, tolerance: float = 0) -> Divided:
    """Hartigan's exchange from one start, `most` steps at most.

    All rows that gain by it move at once. Where that raises the inertia the one that gains most moves alone. With a
    tolerance none does, and a table has arrived once a step lowers its inertia by a smaller share.
    """
    centroids, inertia = begun.centroids[:, 0].copy(), begun.inertia[:, 0].copy()
    for at, chunk in tables.chunks(2 * centroids.shape[1]):
        moving, current, part = np.arange(tables.count)[at], begun.taken(at), chunk
        for _ in range(most):
            current = _exchanged(part, current, alone=not tolerance)
            reached, known = current.inertia[:, 0], inertia[moving]
            better = reached < known * (1 - GAIN)
            centroids[moving[better]], inertia[moving[better]] = current.centroids[better, 0], reached[better]
            still = better & (reached < known * (1 - tolerance))
            if not still.any():
                break
            if still.mean() <= WORTH_DROPPING:
                moving, current, part = moving[still], current.taken(still), part.taken(still)
    return Divided(centroids, inertia)


def _exchanged(tables: Weighted, current: Step, *, alone: bool) -> Step:
    """One step of the exchange with one start."""
    cost = tables.squared(current.centroids)
    size, weight = current.size.transpose(0, 2, 1)[..., None], tables.weight[:, None, None]
    remaining = np.where(current.member, -weight, weight)
    remaining += size
    cost *= size
    # A segment's only customer is where its mean is: whatever remains, it costs nothing there.
    cost /= np.maximum(remaining, 0.5, out=remaining)
    lowest = least(cost)
    following = step(tables, cost == lowest[:, None], current.centroids)
    if not alone:
        return following
    worse = (following.inertia >= current.inertia * (1 - GAIN))[:, 0]
    if not worse.any():
        return following
    gain = ((cost * current.member).sum(axis=1)[:, 0] - lowest[:, 0]) * tables.weight
    single = _alone(tables.taken(worse), current.taken(worse), gain[worse].argmax(axis=1), cost[worse])
    parts: Iterable[tuple[Any, Any]] = zip(following, single, strict=True)
    for part, other in parts:
        part[worse] = other
    return following


def _alone(tables: Weighted, current: Step, row: Labels, cost: Single) -> Step:
    """One row of each table moved to where it costs least."""
    every = np.arange(tables.count)
    member = current.member.copy()
    target = cost[every, :, 0, row].argmin(axis=1)
    member[every, :, 0, row] = False
    member[every, target, 0, row] = True
    return step(tables, member, current.centroids)
