"""The tables on which a battery runs: resamples, halves, and structureless tables drawn to match."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from analysis.basics.arrays import Labels, Matrix
from analysis.clustering.battery.dividing import Single
from analysis.preparation.transform import IDENTITY, Transform, scale

Columns = tuple[Transform, ...]
"""How each column is transformed before it is standardised; none: every column as it is."""
LARGEST_HELD = 5_000_000
"""Figures of resamples held at once, at some thirty bytes each while they are drawn, scaled and divided."""


@dataclass(frozen=True)
class ColumnWeights:
    """What the columns are, where they are not all alike: numbers that count the same."""

    weights: tuple[float, ...] = ()
    """How much the squared differences of each standardised column count; none: 1 each."""
    blocks: tuple[tuple[int, ...], ...] = ()
    """Columns that are the categories of one thing: 1 in one of them (or in none), and 0 in the others."""
    marks: tuple[int, ...] = ()
    """Columns of a few marks: yes or no, or the steps of a scale."""

    @property
    def discrete(self) -> bool:
        """Whether there are columns that are no amounts."""
        return bool(self.blocks or self.marks)


class Sample(NamedTuple):
    """The customers on whom a battery runs."""

    table: Matrix
    """Clustering columns in their own units, (n, p)."""
    columns: Columns = ()
    kinds: ColumnWeights = ColumnWeights()

    def standardised(self, tables: Matrix) -> Standardised:
        """Tables (q, n, p) of such columns, each on its own scale."""
        return standardised(tables, self.columns, self.kinds.weights)

    @property
    def once_transformed(self) -> Sample:
        """The same of a table that went through its transforms already."""
        return self._replace(columns=tuple(IDENTITY for _ in self.columns))


@dataclass(frozen=True, eq=False)
class Standardised:
    """Tables of one shape, each column with mean 0 and standard deviation 1 times the root of its weight.

    Transforms and scale are each table's own: what a resample does not know of the customers, it may not use.
    """

    rows: Single
    """(tables, rows, features)."""
    columns: tuple[Columns, ...]
    """The transforms of each table; empty where no column has one."""
    centre: Matrix
    """(tables, features), of the transformed columns."""
    spread: Matrix
    weights: tuple[float, ...] = ()

    def others(self, table: Matrix) -> Single:
        """Rows (n, p) on the scale of each of the tables, or each table's own rows (q, n, p); (q, n, p)."""
        tables = table if table.ndim == 3 else table[None]
        if self.columns:
            tables = np.stack(
                [forward(tables[min(i, len(tables) - 1)], columns) for i, columns in enumerate(self.columns)]
            )
        return _scaled(tables, self.centre, self.spread, self.weights)


def standardised(tables: Matrix, columns: Columns = (), weights: tuple[float, ...] = ()) -> Standardised:
    """Transform, standardise and weigh each of the tables (q, n, p) by itself; a constant column becomes 0."""
    own: tuple[Columns, ...] = ()
    if any(column.name != "none" for column in columns):
        own = tuple(_refitted(table, columns) for table in tables)
        tables = np.stack([forward(table, each) for table, each in zip(tables, own, strict=True)])
    centre, spread = scale(tables)
    spread = np.where(spread > 1e-12 * np.maximum(1, np.abs(centre)), spread, 1)
    return Standardised(_scaled(tables, centre, spread, weights), own, centre, spread, weights)


def forward(table: Matrix, columns: Columns) -> Matrix:
    """Each column (n, p) as its transform wants it."""
    return np.column_stack([column.forward(values) for column, values in zip(columns, table.T, strict=True)])


def _refitted(table: Matrix, columns: Columns) -> Columns:
    return tuple(column.refitted(values) for column, values in zip(columns, table.T, strict=True))


def _scaled(tables: Matrix, centre: Matrix, spread: Matrix, weights: tuple[float, ...]) -> Single:
    standard = (tables - centre[:, None]) / spread[:, None]
    return np.asarray(standard * np.sqrt(weights) if weights else standard, dtype=np.float32)


def drawn(rows: int, resamples: int, generator: np.random.Generator) -> Labels:
    """Positions drawn with replacement, as many as there are rows, (resamples, rows)."""
    return generator.integers(0, rows, (resamples, rows))


def halves(rows: int, splits: int, generator: np.random.Generator) -> tuple[Labels, Labels]:
    """The two halves of random splits, (splits, rows // 2) each; of an odd number of rows one is left out."""
    order = np.argsort(generator.random((splits, rows)), axis=1)
    half = rows // 2
    return order[:, :half], order[:, half : 2 * half]


def boxes(table: Matrix, count: int, generator: np.random.Generator) -> Matrix:
    """Uniform in the box along the table's principal axes that just holds it, drawn `count` times, (count, n, p).

    Tibshirani, Walther & Hastie (2001), Journal of the Royal Statistical Society B 63:411, reference (b).
    """
    _, axes = _principal_axes(table)
    centre = table.mean(axis=0)
    along = (table - centre) @ axes.T
    uniform = generator.uniform(along.min(axis=0), along.max(axis=0), (count, *table.shape))
    return written(centre + uniform @ axes, table)


def written(drawn: Matrix, table: Matrix) -> Matrix:
    """Drawn figures in the steps in which the table's columns are written.

    The marks of a rating scale come back in every resample because they are marks; those of a structureless table of
    marks do so, too.
    """
    steps = np.array([step(column) for column in table.T])
    lowest = table.min(axis=0)
    whole = np.round((drawn - lowest) / np.where(steps > 0, steps, 1))
    return np.asarray(np.where(steps > 0, lowest + whole * steps, drawn))


def step(column: Matrix) -> float:
    """The smallest difference of two values of a column; 0 where there is but one."""
    differences = np.diff(np.unique(column))
    return float(differences.min()) if len(differences) else 0.0


def _principal_axes(table: Matrix) -> tuple[Matrix, Matrix]:
    """Standard deviation along each principal axis, and the axes as rows."""
    _, singular, axes = np.linalg.svd(table - table.mean(axis=0), full_matrices=False)
    # An axis has no direction of its own; its largest part is made positive, so that a row more or less turns none.
    signs = np.sign(axes[np.arange(len(axes)), np.abs(axes).argmax(axis=1)])
    return singular / np.sqrt(len(table)), axes * signs[:, None]
