"""K-Means on many tables at once, for every number of segments.

Resamples, halves and structureless tables are hundreds of small tables of one shape; a call of scikit-learn for each,
with the starts that make the answer worth having, would take minutes. Here all of them go through Lloyd's iterations
side by side, in single precision (the inertia of a standardised table needs no more).

For each table and each number of segments the best of ten starts is kept: five by k-means++ (Arthur & Vassilvitskii
2007, SODA), and five that add one customer, drawn as k-means++ would, to the best division into one segment fewer
(after Likas, Vlassis & Verbeek 2003, Pattern Recognition 36:451).

Arrays run over tables or problems q, rows n, features p and segments k.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.arrays import Matrix
from analysis.battery.agreement import members
from analysis.battery.dividing import Divide, Divisions, Single, SmallLabels

FRESH, GROWN = 5, 5
FIRST_STEPS, FINALISTS = 3, 3
ALONE = 20
MOST_ITERATIONS = 100
CELLS = 100_000
"""Rows × problems held at once: enough to make a call worth its while, few enough for the processor's cache."""
WORTH_DROPPING = 0.8
"""Problems are taken out once this share of them or less still moves: taking them out copies the rest."""


@dataclass(frozen=True, eq=False)
class Nearest:
    """Many tables, each divided by which of k centroids is nearest."""

    centroids: Single
    """(q, k, p)."""
    labels: SmallLabels
    """Segment of each row, (q, n)."""
    inertia: Matrix
    """(q,)."""

    def assigned(self, tables: Single) -> SmallLabels:
        """The nearest centroid of each row of other tables (q, m, p), each by its own division, (q, m)."""
        return _assigned(np.ascontiguousarray(tables.transpose(0, 2, 1)), self.centroids)[0]


def kmeans(ks: Sequence[int]) -> Divide:
    """K-Means for each of these numbers of segments."""

    def divide(tables: Single, generator: np.random.Generator) -> dict[int, Divisions]:
        together = max(1, CELLS // ((FRESH + GROWN) * tables.shape[1]))
        chunks = [tables[first : first + together] for first in range(0, len(tables), together)]
        parts = [_path(chunk, max(ks), generator) for chunk in chunks]
        return {k: _joined([part[k] for part in parts]) for k in ks}

    return divide


def leading(rows: Single, k: int, generator: np.random.Generator) -> list[SmallLabels]:
    """The few best different divisions of one table (n, p) into `k` segments, best first, each (n,).

    One table is cheap: all starts, twice as many as for many tables, go on to their end.
    """
    tables = rows[None]
    starts = [np.stack(list(_plus_plus(tables, k, generator)), axis=1) for _ in range(ALONE)]
    found = _lloyd(tables, np.stack(starts), MOST_ITERATIONS)
    # To the precision of single numbers: two starts that met need not have summed alike.
    whole = float(np.sum(rows**2, dtype=np.float64)) or 1.0
    _, first = np.unique(np.round(found.inertia[:, 0] / whole, 6), return_index=True)
    return [found.labels[start, 0] for start in first[:FINALISTS]]


def _joined(parts: list[Nearest]) -> Nearest:
    return Nearest(
        np.concatenate([part.centroids for part in parts]),
        np.concatenate([part.labels for part in parts]),
        np.concatenate([part.inertia for part in parts]),
    )


def _path(tables: Single, largest: int, generator: np.random.Generator) -> dict[int, Nearest]:
    """One segment more at a time, each time from the best division so far and from fresh starts."""
    found: dict[int, Nearest] = {}
    norm = np.einsum("qnp,qnp->qn", tables, tables)
    fresh = [np.stack(list(_plus_plus(tables, largest, generator)), axis=1) for _ in range(FRESH)]
    best = tables.mean(axis=1, keepdims=True)
    near = _squared(tables, best[:, 0])
    for k in range(2, largest + 1):
        grown = [np.concatenate([best, _drawn(tables, near, generator)[:, None]], axis=1) for _ in range(GROWN)]
        found[k] = _best(tables, np.stack([*(centroids[:, :k] for centroids in fresh), *grown]))
        best = found[k].centroids
        near = _squared_to_nearest(tables, best, norm)
    return found


def _best(tables: Single, starts: Single) -> Nearest:
    """The best division from several starts (starts, q, k, p).

    All starts go a few steps; only those that are then the best go on to the end. Few steps tell a poor start from a
    good one, while the many that follow move hardly anybody.
    """
    first = _lloyd(tables, starts, FIRST_STEPS)
    leading = np.argsort(first.inertia, axis=0, kind="stable")[:FINALISTS]
    final = _lloyd(tables, np.take_along_axis(first.centroids, leading[:, :, None, None], axis=0), MOST_ITERATIONS)
    which = final.inertia.argmin(axis=0), np.arange(len(tables))
    return Nearest(final.centroids[which], final.labels[which], final.inertia[which])


def _plus_plus(tables: Single, k: int, generator: np.random.Generator) -> Iterator[Single]:
    """k-means++: each further centroid is a row drawn by its squared distance to those there; (q, p) at a time."""
    first = generator.integers(0, tables.shape[1], len(tables))
    centre = tables[np.arange(len(tables)), first]
    near = _squared(tables, centre)
    yield centre
    for _ in range(k - 1):
        centre = _drawn(tables, near, generator)
        near = np.minimum(near, _squared(tables, centre))
        yield centre


def _squared_to_nearest(tables: Single, centroids: Single, norm: Single) -> Single:
    """Squared distance of each row to the nearest centroid, (q, n); `norm` holds the rows' own squares."""
    turned = np.ascontiguousarray(tables.transpose(0, 2, 1))
    return np.asarray(np.maximum(_assigned(turned, centroids)[1] + norm, 0))


def _squared(tables: Single, centre: Single) -> Single:
    difference = tables - centre[:, None]
    return np.asarray(np.einsum("qnp,qnp->qn", difference, difference), dtype=np.float32)


def _drawn(tables: Single, mass: Single, generator: np.random.Generator) -> Single:
    """One row of each table, drawn in proportion to its mass, (q, p)."""
    reached = np.cumsum(mass, axis=1, dtype=np.float64)
    aim = generator.random((len(tables), 1)) * reached[:, -1:]
    row = np.minimum((reached <= aim).sum(axis=1), tables.shape[1] - 1)
    found: Single = tables[np.arange(len(tables)), row]
    return found


def _lloyd(tables: Single, starts: Single, most: int) -> Nearest:
    """Lloyd's iterations from each start (starts, q, k, p) until no row moves, or `most`; arrays lead with starts."""
    count, tables_count = starts.shape[:2]
    rows = np.concatenate([tables] * count)
    turned = np.ascontiguousarray(rows.transpose(0, 2, 1))
    centroids = starts.reshape(-1, *starts.shape[2:])
    final, moving = centroids.copy(), np.arange(len(rows))
    labels = np.full(rows.shape[:2], np.iinfo(np.uint8).max, dtype=np.uint8)
    inertia = np.zeros(len(rows))
    for _ in range(most):
        found, nearest = _assigned(turned, centroids)
        moved = (found != labels[moving]).any(axis=1)
        labels[moving], final[moving] = found, centroids
        inertia[moving] = nearest.sum(axis=1, dtype=np.float64)
        if not moved.any():
            break
        if moved.mean() <= WORTH_DROPPING:
            moving, rows, turned, found, centroids = (each[moved] for each in (moving, rows, turned, found, centroids))
        centroids = _means(rows, found, centroids)
    # The rows' own squares, which every start shares, were left out so far.
    inertia = inertia.reshape(count, tables_count) + np.einsum("qnp,qnp->q", tables, tables, dtype=np.float64)
    return Nearest(final.reshape(starts.shape), labels.reshape(count, tables_count, -1), inertia)


def _assigned(turned: Single, centroids: Single) -> tuple[SmallLabels, Single]:
    """The nearest centroid of each row of the turned tables (q, p, n), and the squared distance less the row's own."""
    distance = np.matmul(centroids * np.float32(-2), turned)
    distance += np.einsum("qkp,qkp->qk", centroids, centroids)[:, :, None]
    nearest = distance.min(axis=1)
    labels = np.zeros(nearest.shape, dtype=np.uint8)
    # Several times as fast as argmin over so short an axis; of equally near centroids the last one is taken.
    for segment in range(1, centroids.shape[1]):
        np.maximum(labels, (distance[:, segment] == nearest) * np.uint8(segment), out=labels)
    return labels, nearest


def _means(rows: Single, labels: SmallLabels, former: Single) -> Single:
    """The centroid of each segment; an empty one stays where it was."""
    member = members(labels, former.shape[1])
    size = member.sum(axis=2)[:, :, None]
    return np.asarray(np.where(size > 0, np.matmul(member, rows) / np.maximum(size, 1), former), dtype=np.float32)
