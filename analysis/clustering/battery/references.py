"""What the same method makes of tables without groups.

K-Means cuts any cloud, and some cuts come back faithfully although there is nothing to find: an elongated cloud halves
across its length, a square into its quarters. A stability or a silhouette therefore tells something only beside the
same figure on structureless tables of the same size, spread and correlation. Two kinds are drawn: one cloud with a
single peak in each column and the table's own skew (`analysis.clustering.battery.unimodal`), and the uniform box
along its principal axes. What they are where columns are no amounts `analysis.clustering.battery.copula` tells; one
column of two categories alone parts any table cleanly, so that there the gaps between segments are compared, too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from analysis.basics.arrays import Matrix
from analysis.clustering.battery.agreement import adjusted_rand
from analysis.clustering.battery.dividing import Divide, Single, SmallLabels
from analysis.clustering.battery.separation import closest, separation
from analysis.clustering.battery.silhouette import distances, silhouettes
from analysis.clustering.battery.tables import LARGEST_HELD, Sample

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


@dataclass(frozen=True, eq=False)
class Structureless:
    """What was measured of both kinds."""

    normal: Mapping[int, Reference]
    """Number of segments → figures of clouds with one peak in each column."""
    box: Mapping[int, Reference]
    """Of uniform boxes."""
    inertia: Mapping[int, Matrix]
    """Of the boxes as they are drawn, by number of segments from 1, (tables,)."""


def references(
    kinds: tuple[Matrix, Matrix], divide: Divide, generator: np.random.Generator, like: Sample
) -> Structureless:
    """The figures on clouds and boxes (tables, n, p) with the columns of `like`.

    Both are divided together, which takes less time than one kind after the other.
    """
    like, (clouds, boxes) = like.once_transformed, kinds
    agreement = _agreement(kinds, divide, generator, like)
    scaled = like.standardised(np.concatenate(kinds)).rows
    parts = divide(np.concatenate([scaled, boxes.astype(np.float32)]), generator, lightly=True)
    labels = {k: part.labels[: len(scaled)] for k, part in parts.items()}
    silhouette = _silhouette(scaled, labels)
    apart = _separation(scaled, labels, like.kinds.blocks) if like.kinds.discrete else {}
    of_tables = slice(len(clouds)), slice(len(clouds), len(scaled))
    normal, box = (
        _of_kind({k: agreement[k][these] for k in agreement}, {k: silhouette[k][these] for k in silhouette},
                 {k: apart[k][these] for k in apart}) for these in of_tables
    )  # fmt: skip
    return Structureless(normal, box, inertias(boxes, {k: part.inertia[len(scaled) :] for k, part in parts.items()}))


def inertias(tables: Matrix, divided: Mapping[int, Matrix]) -> dict[int, Matrix]:
    """Those of the tables (tables, n, p) undivided as well as of their divisions."""
    return {1: np.sum((tables - tables.mean(axis=1, keepdims=True)) ** 2, axis=(1, 2)), **divided}


def _of_kind(
    agreement: Mapping[int, Matrix], silhouette: Mapping[int, Matrix], apart: Mapping[int, Matrix]
) -> dict[int, Reference]:
    bar = highest(silhouette)
    return {k: Reference(agreement[k], silhouette[k], bar[k], apart.get(k)) for k in silhouette}


def highest(silhouette: Mapping[int, Matrix]) -> dict[int, float]:
    """For each number of segments the silhouette that no table exceeds at any number, in standard deviations.

    The number of segments was chosen from several, and the best of several is high by chance alone; so it is compared
    with the tables' own best (the maximum statistic of Westfall & Young 1993, “Resampling-based multiple testing”).
    """
    found = np.array(list(silhouette.values()))
    mean, spread = found.mean(axis=1, keepdims=True), found.std(axis=1, keepdims=True)
    farthest = np.max((found - mean) / np.where(spread > 0, spread, 1))
    return dict(zip(silhouette, (mean + farthest * spread)[:, 0].tolist(), strict=True))


def _agreement(
    kinds: tuple[Matrix, Matrix], divide: Divide, generator: np.random.Generator, like: Sample
) -> dict[int, Matrix]:
    """Of the tables of both kinds, together where memory holds the resamples of both."""
    whole = sum(each.size for each in kinds) * RESAMPLES <= LARGEST_HELD
    parts = [_resampled(tables, divide, generator, like) for tables in ([np.concatenate(kinds)] if whole else kinds)]
    return {k: np.concatenate([part[k] for part in parts]) for k in parts[0]}


def _resampled(tables: Matrix, divide: Divide, generator: np.random.Generator, like: Sample) -> dict[int, Matrix]:
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


def _silhouette(scaled: Single, labels: Mapping[int, SmallLabels]) -> dict[int, Matrix]:
    """Of large tables on their first rows, which were drawn at random like all others."""
    found = np.empty((len(labels), len(scaled)))
    for number, table in enumerate(scaled):
        apart = distances(table[:LARGEST_COMPARED])
        found[:, number] = [silhouettes(apart, each[number, :LARGEST_COMPARED], k).mean() for k, each in labels.items()]
    return dict(zip(labels, found, strict=True))


def _separation(
    scaled: Single, labels: Mapping[int, SmallLabels], blocks: Sequence[Sequence[int]]
) -> dict[int, Matrix]:
    return {
        k: np.array([_closest(table, own, blocks) for table, own in zip(scaled, each, strict=True)])
        for k, each in labels.items()
    }


def _closest(table: Single, labels: SmallLabels, blocks: Sequence[Sequence[int]]) -> float:
    """The smallest gap between the segments that hold anybody; none with one."""
    found, own = np.unique(labels, return_inverse=True)
    if len(found) < 2:
        return 0.0
    return closest(separation(table.astype(np.float64), own.reshape(-1), len(found), blocks))
