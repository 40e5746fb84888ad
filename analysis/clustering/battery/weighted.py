"""Many tables of one shape with equal rows taken together: a resample draws about two thirds of its rows once.

Each row is followed by a 1 and by its own square, so that one product of matrices gives all squared distances of rows
to centroids, and another one the sums and sizes of segments.

Arrays run over tables q, distinct rows n (as many as the table with most of them has; the others are filled up with
rows of weight 0), features p, starts s and segments k.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.basics.arrays import Labels, Mask, Matrix
from analysis.clustering.battery.dividing import Single

CELLS = 150_000
"""Rows × centroids held at once: enough to make a call worth its while, few enough for the processor's cache."""


@dataclass(frozen=True, eq=False)
class Weighted:
    """Tables of distinct rows, and how often each is there."""

    rows: Single
    """(q, n, p)."""
    weight: Single
    """(q, n)."""
    turned: Single
    """Entries, 1 and square of each row, (q, p + 2, n)."""
    multiplied: Single
    """Entries and 1 of each row times its weight, (q, n, p + 1)."""
    whole: Matrix
    """Sum of all squares, (q,)."""
    mass: Matrix
    """Sum of all weights, (q,)."""

    @property
    def count(self) -> int:
        """Number of tables."""
        return len(self.rows)

    def taken(self, which: Labels | Mask | slice) -> Weighted:
        """Some of the tables."""
        parts: tuple[Any, ...] = (self.rows, self.weight, self.turned, self.multiplied, self.whole, self.mass)
        return Weighted(*(part[which] for part in parts))

    def chunks(self, centroids: int, which: Labels | None = None) -> Iterator[tuple[Any, Weighted]]:
        """Tables (all, or these) a few at a time, and where they stand; `centroids` is what each is compared with."""
        together = max(1, CELLS // (centroids * self.rows.shape[1]))
        for first in range(0, self.count if which is None else len(which), together):
            at = slice(first, first + together) if which is None else which[first : first + together]
            yield at, self.taken(at)

    def squared(self, centroids: Single) -> Single:
        """Squared distances to centroids (q, s, k, p), not quite free of rounding: (q, k, s, n)."""
        q, s, k, p = centroids.shape
        flat = centroids.transpose(0, 2, 1, 3).reshape(q, k * s, p)
        factors = np.empty((q, k * s, p + 2), dtype=np.float32)
        np.multiply(flat, -2, out=factors[:, :, :p])
        np.einsum("qkp,qkp->qk", flat, flat, out=factors[:, :, p])
        factors[:, :, p + 1] = 1
        found: Single = np.matmul(factors, self.turned).reshape(q, k, s, -1)
        return found

    def total(self, of_rows: Single) -> Single:
        """Weighted sum over the rows of (q, s, n): (q, s)."""
        return np.asarray(np.matmul(of_rows, self.weight[:, :, None])[..., 0])


def distinct(tables: Single) -> Weighted:
    """Tables (q, n, p) with equal rows taken together."""
    q, n, p = tables.shape
    # Equal rows have equal keys, so that sorting by keys brings them together.
    keys = np.einsum("qnp,p->qn", tables, np.random.default_rng(0).random(p) + 0.5)
    order = np.argsort(keys, axis=1, kind="stable")
    tables = np.take_along_axis(tables, order[:, :, None], axis=1)
    new = np.ones((q, n), dtype=bool)
    new[:, 1:] = (tables[:, 1:] != tables[:, :-1]).any(axis=2)
    place = np.cumsum(new, axis=1) - 1
    most = int(place[:, -1].max()) + 1
    flat = (place + most * np.arange(q)[:, None]).ravel()
    weight = np.bincount(flat, minlength=q * most).reshape(q, most)
    rows = np.zeros((q, most, p), dtype=np.float32)
    rows.reshape(-1, p)[flat] = tables.reshape(-1, p)
    return weighted(rows, weight.astype(np.float32))


def weighted(rows: Single, weight: Single) -> Weighted:
    """Tables of rows (q, n, p) with weights (q, n)."""
    one = np.ones((*rows.shape[:2], 1), dtype=np.float32)
    square = np.einsum("qnp,qnp->qn", rows, rows)[:, :, None]
    return Weighted(
        rows=rows,
        weight=weight,
        turned=np.ascontiguousarray(np.concatenate([rows, one, square], axis=2).transpose(0, 2, 1)),
        multiplied=np.concatenate([rows, one], axis=2) * weight[:, :, None],
        whole=np.einsum("qn,qn->q", square[:, :, 0], weight, dtype=np.float64),
        mass=weight.sum(axis=1, dtype=np.float64),
    )
