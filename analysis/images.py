"""Columns that are another's image: in another unit, in the same order, or in other words."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from analysis.arrays import Matrix
from analysis.configuration.column import Column

if TYPE_CHECKING:
    from pandas import DataFrame

ALIKE = 0.98
"""Spearman's correlation from which two columns order the customers alike."""
LINEAR = 0.9999
"""Pearson's correlation from which one column is the other in another unit."""
FEW = 20
"""Customers below which it may be chance that two columns go together."""
GLANCE = 20_000
"""Rows, spread over the table, that show which columns are worth a look at all rows."""
NEARLY = 0.95
"""How alike two columns are in those rows, at least, if they are in all."""


def images(frame: DataFrame, columns: Mapping[str, Column]) -> dict[str, str]:
    """Clustering columns that repeat an earlier one, with the reason."""
    found: dict[str, str] = {}
    figures = [name for name, column in columns.items() if column.numeric]
    numeric = _alike_at_a_glance(frame, figures) if len(frame) > GLANCE else figures
    linear, ranked = _likeness(frame, numeric)
    for place, name in enumerate(numeric):
        for before, earlier in enumerate(numeric[:place]):
            if earlier in found or name in found:
                continue
            if linear[place, before] >= LINEAR:
                found[name] = f"it is “{earlier}” in another unit"
            elif ranked[place, before] >= ALIKE:
                alike = ranked[place, before]
                found[name] = f"it orders customers as “{earlier}” does (rank correlation {alike:.2f})"
    return {**found, **_translations(frame, [name for name in columns if name not in figures])}


def _alike_at_a_glance(frame: DataFrame, names: list[str]) -> list[str]:
    """The columns of which some rows leave open whether they repeat another: nearly alike, or nothing to be seen."""
    some = frame[names].iloc[:: -(-len(frame) // GLANCE)]
    likeness = np.maximum(*_likeness(some, names))
    nothing = ~(some.std() > 0) | (some.count() < len(some) * (1 - NEARLY))
    doubtful = (likeness >= NEARLY).any(axis=1) | np.asarray(nothing)
    return [name for name, doubt in zip(names, doubtful, strict=True) if doubt]


def _likeness(frame: DataFrame, names: list[str]) -> tuple[Matrix, Matrix]:
    """The sizes of all correlations of the values and of their ranks, each (columns, columns).

    Ranks among all, even where the other column has a gap: close enough, and sorted once.
    """
    values = frame[names]
    return _correlations(np.asarray(values, np.float64)), _correlations(np.asarray(values.rank(), np.float64))


def _translations(frame: DataFrame, names: list[str]) -> dict[str, str]:
    """Categories that say the same as an earlier column's in other words."""
    found: dict[str, str] = {}
    for place, name in enumerate(names if len(frame) >= FEW else ()):
        for earlier in (each for each in names[:place] if each not in found):
            pairs = len(frame[[earlier, name]].drop_duplicates())
            if pairs == frame[name].nunique() == frame[earlier].nunique():
                found[name] = f"it says the same as “{earlier}” in other words"
                break
    return found


def _correlations(values: Matrix) -> Matrix:
    """The sizes of Pearson's correlations, (columns, columns); of two columns over the rows that have both."""
    count = values.shape[1]
    found = np.zeros((count, count))
    gaps = np.isnan(values)
    whole = np.flatnonzero(~gaps.any(axis=0))
    centred = values[:, whole] - values[:, whole].mean(axis=0) if len(values) >= FEW else values[:0, whole]
    spread = np.sqrt((centred**2).sum(axis=0))
    products = np.abs(centred.T @ centred)
    found[np.ix_(whole, whole)] = np.divide(
        products, np.outer(spread, spread), out=np.zeros_like(products), where=np.outer(spread, spread) > 0
    )
    for a, b in combinations(range(count), 2):
        if {a, b} <= set(whole.tolist()):
            continue
        both = ~gaps[:, a] & ~gaps[:, b]
        if both.sum() >= FEW:
            found[a, b] = found[b, a] = correlation(values[both, a], values[both, b])
    return found


def correlation(a: Matrix, b: Matrix) -> float:
    """The size of Pearson's correlation; 0 where either does not vary."""
    a, b = a - a.mean(), b - b.mean()
    spread = np.sqrt(a @ a) * np.sqrt(b @ b)
    return float(abs(a @ b) / spread) if spread > 0 else 0.0
