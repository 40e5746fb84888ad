"""What the same method makes of tables without groups.

K-Means cuts any cloud, and some cuts come back faithfully although there is nothing to find: an elongated cloud halves
across its length, a square into its quarters. A stability or a silhouette therefore tells something only beside the
same figure on structureless tables of the same size, spread and correlation. Two kinds are drawn: one cloud with a
single peak in each column and the table's own skew (`analysis.battery.unimodal`), and the uniform box along its
principal axes. What they are where columns are no amounts `analysis.battery.copula` tells; one column of two categories
alone parts any table cleanly, so that there the gaps between segments are compared, too.
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

LARGEST_COMPARED = 2_000
"""Rows of a structureless table on which its silhouettes are computed at most: the mean of so many errs by .005."""
TABLES, RESAMPLES = 20, 3
"""Of each kind; and resamples of each table, every two of which are compared."""


@dataclass(frozen=True, eq=False)
class Reference:
    """Figures of structureless tables of one kind, for one number of segments."""

    agreement: Matrix
    """Mean adjusted Rand index of pairs of resamples, (tables,)."""
    silhouette: Matrix
    """Mean silhouette over rows, (tables,)."""
    tightest: float
    """Mean silhouette that no table reaches, whichever number of segments is taken; see `highest`."""
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
    bar = highest(silhouette)
    apart = _separation(scaled, parts, like.kinds.blocks) if like.kinds.discrete else {}
    return {k: Reference(agreement[k], silhouette[k], bar[k], apart.get(k)) for k in ks}


def highest(silhouette: Mapping[int, Matrix]) -> dict[int, float]:
    """For each number of segments the silhouette that no table exceeds at any number, in standard deviations.

    The number of segments was chosen from several, and the best of several is high by chance alone; so it is compared
    with the tables' own best (the maximum statistic of Westfall & Young 1993, “Resampling-based multiple testing”).
    """
    found = np.array(list(silhouette.values()))
    mean, spread = found.mean(axis=1, keepdims=True), found.std(axis=1, keepdims=True)
    farthest = np.max((found - mean) / np.where(spread > 0, spread, 1))
    return dict(zip(silhouette, (mean + farthest * spread)[:, 0].tolist(), strict=True))


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
    """Of large tables on their first rows, which were drawn at random like all others."""
    found = np.empty((len(parts), len(scaled)))
    for number, table in enumerate(scaled):
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
