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

from analysis.arrays import Labels, Mask, Matrix
from analysis.battery.dividing import Single
from analysis.battery.weighted import Weighted

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

    def taken(self, which: Mask) -> Step:
        """Of some of the tables."""
        parts: tuple[Any, ...] = self
        return Step(*(part[which] for part in parts))


def lloyd(tables: Weighted, starts: Single, steps: int, tolerance: float) -> Divided:
    """Lloyd's iterations from each start (q, s, k, p), `steps` at most, or until none lowers the inertia by a share."""
    centroids, inertia = np.empty_like(starts), np.empty(starts.shape[:2])
    for at, chunk in tables.chunks(starts.shape[1] * starts.shape[2]):
        current, part = starts[at], chunk
        moving, last = np.arange(tables.count)[at], np.full(current.shape[:2], np.inf)
        for _ in range(steps):
            step = nearest(part, current)
            current = step.centroids
            centroids[moving], inertia[moving] = current, step.inertia
            still = np.asarray((last - step.inertia > tolerance * step.inertia).any(axis=1))
            if not still.any():
                break
            last = step.inertia
            if still.mean() <= WORTH_DROPPING:
                moving, current, last, part = moving[still], current[still], last[still], part.taken(still)
    return Divided(centroids, inertia)


def nearest(tables: Weighted, centroids: Single) -> Step:
    """Every row to its nearest centroid."""
    squared = tables.squared(centroids)
    return step(tables, squared == least(squared)[:, None], centroids)


def least(squared: Single) -> Single:
    """The smallest over segments, (q, k, s, n) → (q, s, n); faster than `min` over so short an axis."""
    found = squared[:, 0].copy()
    for segment in range(1, squared.shape[1]):
        np.minimum(found, squared[:, segment], out=found)
    return found


def step(tables: Weighted, member: Mask, former: Single) -> Step:
    """Means, sizes and inertia of segments; an empty one keeps its former centroid."""
    sums = _sums(tables, member)
    twice = np.abs(sums[..., -1].sum(axis=2) - tables.mass[:, None]) > 0.5
    if twice.any():  # rows between two centroids are in both
        found = twice.any(axis=1)
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


def exchange(tables: Weighted, starts: Single, most: int) -> Divided:
    """Hartigan's exchange from centroids (q, k, p), `most` steps at most.

    All rows that gain by it move at once. Where that raises the inertia the one that gains most moves alone.
    """
    centroids, inertia = np.empty_like(starts), np.empty(len(starts))
    for at, chunk in tables.chunks(2 * starts.shape[1]):
        part = chunk
        moving, current = np.arange(tables.count)[at], nearest(chunk, starts[at][:, None])
        for _ in range(most):
            centroids[moving], inertia[moving] = current.centroids[:, 0], current.inertia[:, 0]
            following = _exchanged(part, current)
            still = (following.inertia < current.inertia * (1 - GAIN))[:, 0]
            if not still.any():
                break
            moving, current, part = moving[still], following.taken(still), part.taken(still)
    return Divided(centroids, inertia)


def _exchanged(tables: Weighted, current: Step) -> Step:
    """One step of the exchange with one start."""
    cost = tables.squared(current.centroids)
    size, weight = current.size.transpose(0, 2, 1)[..., None], tables.weight[:, None, None]
    cost *= size
    remaining = np.where(current.member, size - weight, size + weight)
    cost /= np.maximum(remaining, 0.5)
    # A segment's only customer stays.
    cost[remaining < 0.5] = 0
    lowest = least(cost)
    following = step(tables, cost == lowest[:, None], current.centroids)
    worse = (following.inertia >= current.inertia * (1 - GAIN))[:, 0]
    if not worse.any():
        return following
    gain = ((cost * current.member).sum(axis=1)[:, 0] - lowest[:, 0]) * tables.weight
    alone = _alone(tables.taken(worse), current.taken(worse), gain[worse].argmax(axis=1), cost[worse])
    parts: Iterable[tuple[Any, Any]] = zip(following, alone, strict=True)
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
