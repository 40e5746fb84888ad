"""What the same method makes of tables without groups.

K-Means cuts any cloud, and some cuts come back faithfully although there is nothing to find: an elongated cloud halves
across its length, a square into its quarters. A stability or a silhouette therefore tells something only beside the
same figure on structureless tables of the same size, spread and correlation. Two kinds are drawn: one normal cloud
with the table's covariance, and the uniform box along its principal axes. What they are where columns are no amounts
`analysis.battery.copula` tells; one column of two categories alone parts any table cleanly, so that there the gaps
between segments are compared, too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from analysis.arrays import Matrix
from analysis.battery.agreement import adjusted_rand
from analysis.battery.dividing import Divide, Divisions, Single, SmallLabels
from analysis.battery.separation import closest, separation
from analysis.battery.silhouette import distances, silhouettes
from analysis.battery.tables import Sample

TABLES, RESAMPLES = 20, 3
"""Of each kind; and resamples of each table, every two of which are compared."""


LARGEST_COMPARED = 2_000
"""Rows on which silhouettes are computed at most: they cost the square of their number, in time and memory."""


@dataclass(frozen=True, eq=False)
class Reference:
    """Figures of structureless tables of one kind, for one number of segments."""

    agreement: Matrix
    """Mean adjusted Rand index of pairs of resamples, (tables,)."""
    silhouette: Matrix
    """Mean silhouette over rows, (tables,)."""
    separation: Matrix | None = None
    """Of the two segments with the smallest gap between them, (tables,); None where all columns are amounts."""


def references(
    tables: Matrix, ks: Sequence[int], divide: Divide, generator: np.random.Generator, like: Sample | None = None
) -> dict[int, Reference]:
    """The figures for each number of segments, on structureless tables (tables, n, p) with the columns of `like`."""
    like = Sample(tables[0]) if like is None else like.once_transformed
    agreement = _agreement(tables, divide, generator, like)
    scaled = like.standardised(tables).rows
    found = divide(scaled, generator, lightly=True)
    parts = {k: found[k] for k in ks}
    silhouette = _silhouette(scaled, parts)
    if not like.kinds.discrete:
        return {k: Reference(agreement[k], silhouette[k]) for k in ks}
    apart = _separation(scaled, parts, like.kinds.blocks)
    return {k: Reference(agreement[k], silhouette[k], apart[k]) for k in ks}


def _agreement(tables: Matrix, divide: Divide, generator: np.random.Generator, like: Sample) -> dict[int, Matrix]:
    count, n, _ = tables.shape
    rows = generator.integers(0, n, (count, RESAMPLES, n))
    resampled = np.concatenate([table[drawn] for table, drawn in zip(tables, rows, strict=True)])
    scaled = like.standardised(resampled)
    everybody = scaled.others(np.repeat(tables, RESAMPLES, axis=0))
    found = {}
    for k, part in divide(scaled.rows, generator, lightly=True).items():
        labels = part.assigned(everybody).reshape(count, RESAMPLES, n)
        pairs = [adjusted_rand(labels[:, a], labels[:, b], k) for a, b in combinations(range(RESAMPLES), 2)]
        found[k] = np.mean(pairs, axis=0)
    return found


def _silhouette(scaled: Single, parts: Mapping[int, Divisions]) -> dict[int, Matrix]:
    found = np.empty((len(parts), len(scaled)))
    for number, table in enumerate(scaled):
        # The rows of a structureless table are drawn one like the other: the first are a random sample.
        apart = distances(table[:LARGEST_COMPARED])
        found[:, number] = [
            silhouettes(apart, part.labels[number, :LARGEST_COMPARED], k).mean() for k, part in parts.items()
        ]
    return dict(zip(parts, found, strict=True))


def _separation(scaled: Single, parts: Mapping[int, Divisions], blocks: Sequence[Sequence[int]]) -> dict[int, Matrix]:
    return {
        k: np.array([_closest(table, labels, blocks) for table, labels in zip(scaled, part.labels, strict=True)])
        for k, part in parts.items()
    }


def _closest(table: Single, labels: SmallLabels, blocks: Sequence[Sequence[int]]) -> float:
    """The smallest gap between the segments that hold anybody; none with one."""
    found, own = np.unique(labels, return_inverse=True)
    if len(found) < 2:
        return 0.0
    return closest(separation(table.astype(np.float64), own.reshape(-1), len(found), blocks))
