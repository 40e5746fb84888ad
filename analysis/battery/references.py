"""What the same method makes of tables without groups.

K-Means cuts any cloud, and some cuts come back faithfully although there is nothing to find: an elongated cloud halves
across its length, a square into its quarters. A stability or a silhouette therefore tells something only beside the
same figure on structureless tables of the same size, spread and correlation. Two kinds are drawn: one normal cloud
with the table's covariance, and the uniform box along its principal axes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from analysis.battery.agreement import adjusted_rand
from analysis.battery.dividing import Divide
from analysis.battery.silhouette import distances, silhouettes
from analysis.battery.tables import standardised
from analysis.features import Matrix

TABLES, RESAMPLES = 20, 3
"""Of each kind; and resamples of each table, every two of which are compared."""


@dataclass(frozen=True, eq=False)
class Reference:
    """Figures of structureless tables of one kind, for one number of segments."""

    agreement: Matrix
    """Mean adjusted Rand index of pairs of resamples, (tables,)."""
    silhouette: Matrix
    """Mean silhouette over rows, (tables,)."""


def references(
    tables: Matrix, ks: Sequence[int], divide: Divide, generator: np.random.Generator
) -> dict[int, Reference]:
    """The figures for each number of segments, on structureless tables (tables, n, p)."""
    agreement = _agreement(tables, divide, generator)
    silhouette = _silhouette(tables, ks, divide, generator)
    return {k: Reference(agreement[k], silhouette[k]) for k in ks}


def _agreement(tables: Matrix, divide: Divide, generator: np.random.Generator) -> dict[int, Matrix]:
    count, n, _ = tables.shape
    rows = generator.integers(0, n, (count, RESAMPLES, n))
    resampled = np.concatenate([table[drawn] for table, drawn in zip(tables, rows, strict=True)])
    scaled = standardised(resampled)
    everybody = scaled.others(np.repeat(tables, RESAMPLES, axis=0))
    found = {}
    for k, part in divide(scaled.rows, generator).items():
        labels = part.assigned(everybody).reshape(count, RESAMPLES, n)
        pairs = [adjusted_rand(labels[:, a], labels[:, b], k) for a, b in combinations(range(RESAMPLES), 2)]
        found[k] = np.mean(pairs, axis=0)
    return found


def _silhouette(tables: Matrix, ks: Sequence[int], divide: Divide, generator: np.random.Generator) -> dict[int, Matrix]:
    scaled = standardised(tables).rows
    parts = divide(scaled, generator)
    found = np.empty((len(ks), len(tables)))
    for number, table in enumerate(scaled):
        apart = distances(table)
        found[:, number] = [silhouettes(apart, parts[k].labels[number], k).mean() for k in ks]
    return dict(zip(ks, found, strict=True))
