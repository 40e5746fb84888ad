"""Columns that are another's image: in another unit, in the same order, or in other words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from analysis.basics.arrays import Matrix
from analysis.configuration.column import Column
from analysis.language import gettext_noop
from analysis.language.notes import Figure, Note, note

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pandas import DataFrame

ALIKE = 0.98
"""Spearman's correlation from which two columns order the customers alike."""
LINEAR = 0.9999
"""Pearson's correlation from which one column is the other in another unit."""
FEWEST_CUSTOMERS = 20
"""Customers below which it may be chance that two columns go together."""
GLANCE = 20_000
"""Rows, spread over the table, that show which columns are worth a look at all rows."""
SAME_ORDER = gettext_noop("it ranks customers in the same order as “{column}” (rank correlation {correlation})")
TINY = 1e-12
"""Share of the squares below which what is left around the mean is rounding."""
NEARLY = 0.95
"""How alike two columns are in those rows, at least, if they are in all."""


def images(frame: DataFrame, columns: Mapping[str, Column]) -> dict[str, Note]:
    """Clustering columns that repeat an earlier one, with the reason."""
    found: dict[str, Note] = {}
    figures = [name for name, column in columns.items() if column.numeric]
    numeric = _alike_at_a_glance(frame, figures) if len(frame) > GLANCE else figures
    linear, ranked = _likeness(frame, numeric)
    for place, name in enumerate(numeric):
        for before, earlier in enumerate(numeric[:place]):
            if earlier in found or name in found:
                continue
            if linear[place, before] >= LINEAR:
                found[name] = note(gettext_noop("it is “{column}” in another unit"), column=earlier)
            elif ranked[place, before] >= ALIKE:
                found[name] = note(SAME_ORDER, column=earlier, correlation=Figure(ranked[place, before], 2))
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
    return correlations(np.asarray(values, np.float64)), correlations(np.asarray(values.rank(), np.float64))


def _translations(frame: DataFrame, names: list[str]) -> dict[str, Note]:
    """Categories that say the same as an earlier column's in other words."""
    found: dict[str, Note] = {}
    for place, name in enumerate(names if len(frame) >= FEWEST_CUSTOMERS else ()):
        for earlier in (each for each in names[:place] if each not in found):
            pairs = len(frame[[earlier, name]].drop_duplicates())
            if pairs == frame[name].nunique() == frame[earlier].nunique():
                found[name] = note(gettext_noop("it says the same as “{column}” in other words"), column=earlier)
                break
    return found


def correlations(values: Matrix, least: int = FEWEST_CUSTOMERS) -> Matrix:
    """The sizes of Pearson's correlations, (columns, columns), of two columns over the rows that have both.

    0 where fewer than `least` rows have both, or where one of the two does not vary in them. All pairs at once, as
    products of matrices: a loop over the pairs of 2,000 columns takes minutes.
    """
    known = ~np.isnan(values)
    both = known.T.astype(np.float64) @ known
    centred = np.where(known, values - _means(values, known), 0.0)
    centred /= np.maximum(np.abs(centred).max(axis=0, initial=0.0), np.finfo(np.float64).tiny)
    sums, squares = centred.T @ known, (centred**2).T @ known  # of the row's column over the rows that the other has
    count = np.maximum(both, 1)
    spread = np.maximum(squares - sums**2 / count, 0)
    products = np.abs(centred.T @ centred - sums * sums.T / count)
    scale = np.sqrt(spread * spread.T)
    varies = (both >= least) & (spread > TINY * squares) & (spread > TINY * squares).T
    found = np.divide(products, scale, out=np.zeros_like(products), where=varies & (scale > 0))
    return np.asarray(found, dtype=np.float64)


def _means(values: Matrix, known: NDArray[np.bool_]) -> Matrix:
    """The mean of each column's known values, (columns,)."""
    sums = np.where(known, values, 0.0).sum(axis=0)
    return np.asarray(sums / np.maximum(known.sum(axis=0), 1))


def correlation(a: Matrix, b: Matrix) -> float:
    """The size of Pearson's correlation; 0 where either does not vary."""
    a, b = a - a.mean(), b - b.mean()
    spread = np.sqrt(a @ a) * np.sqrt(b @ b)
    return float(abs(a @ b) / spread) if spread > 0 else 0.0
