"""Columns that tell nothing of customers, or what another has told: recognised, and left out with the reason."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from analysis.cells.spellings import NO_CATEGORY, OTHER
from analysis.columns.images import LINEAR, correlation, images
from analysis.columns.long_numbers import LONG, name_somebody
from analysis.configuration.column import Column
from analysis.headers.vocabulary import identifies
from analysis.language import gettext_noop
from analysis.language.notes import Note, Number, note

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pandas import DataFrame, Series

FEWEST_CUSTOMERS = 50
"""Customers below which it may be chance that no value comes twice."""
NEARLY_ALL = 0.95
DENSE = 1.5
"""Whole numbers as far apart as this at most, on average, are a running number; amounts lie farther apart or repeat."""
TOO_MANY, COMMONEST = 100, 30
"""Categories beyond which only so many keep their names."""
COVERED = 0.2
"""Share of the customers whom the commonest categories must cover, to say anything of the customers."""
INSISTED = gettext_noop(
    "“{column}” is used to find segments because the configuration says so. Otherwise it would be left out: {reason}."
)
POOLED = gettext_noop("Only the {number} most common categories of “{column}” are kept. All others count as “{other}”.")
CONSTANT = gettext_noop("it has the same value for every customer")
RUNNING = gettext_noop("it is a running number, like those of orders or customers, and measures nothing")
NUMBERED = gettext_noop("it numbers the rows of the file")
IDENTIFIER = gettext_noop("its name is that of an identifier, and almost none of its values repeats")
ALL_DIFFERENT = gettext_noop("it has a different value for nearly every customer, like an identifier")
SCATTERED = gettext_noop(
    "it has more than {many} categories, and very few customers are in any of the {number} most common"
)


@dataclass(frozen=True)
class LeftOutColumn:
    """A column that tells nothing of customers, or what another has told."""

    column: str
    why: Note
    describes: bool
    """Whether it describes segments all the same, and only does not form them."""

    @property
    def reason(self) -> str:
        """In English, for the terminal."""
        return self.why.exactly()


@dataclass(frozen=True)
class Kept:
    """The columns that tell something, and what became of the others."""

    columns: dict[str, Column]
    left_out: tuple[LeftOutColumn, ...] = ()
    notes: tuple[Note, ...] = ()


def kept(
    frame: DataFrame, columns: Mapping[str, Column], row_numbers: NDArray[np.int64] | None, needed: Collection[str] = ()
) -> Kept:
    """Find what tells nothing, in a table that may have gaps; without `row_numbers` none of it can be a code.

    A column of which the file says that it is to cluster, or what it weighs, stays, and that is noted. One that is
    `needed`, as those that value is estimated from, describes at least. Where nothing would be left to cluster by, all
    columns stay as they are, and the table proves unfit.
    """
    reasons = {name: _worthless(name, column, frame[name], row_numbers) for name, column in columns.items()}
    worthless = {name: reason for name, reason in reasons.items() if reason}
    repeated = images(frame, {name: each for name, each in columns.items() if each.clusters and name not in worthless})
    found = {name: reason for name, reason in {**worthless, **repeated}.items() if not _insisted(columns[name], reason)}
    if all(name in found for name, column in columns.items() if column.clusters):
        return Kept(dict(columns))
    out = set(found) - set(needed)
    remaining = {
        name: _describing(column) if name in found else column for name, column in columns.items() if name not in out
    }
    notes = tuple(
        note(INSISTED, column=name, reason=reason)
        for name, reason in {**worthless, **repeated}.items()
        if name not in found
    )
    left_out = tuple(LeftOutColumn(name, found[name], describes=name not in out) for name in columns if name in found)
    return Kept(remaining, left_out, notes)


def running(distinct: int, rows: int, low: float, high: float, *, whole: bool) -> bool:
    """Whether figures are whole, hardly repeat and lie close together, as order numbers do and amounts do not."""
    return whole and rows >= FEWEST_CUSTOMERS and distinct >= NEARLY_ALL * rows and high - low + 1 <= DENSE * rows


def _insisted(column: Column, reason: Note) -> bool:
    """Whether the file says in so many words that the column is to cluster, which only a constant one cannot.

    Categories cluster only if the file says so, which is then no more than that.
    """
    said = {"use", "weight"} if column.numeric else {"weight"}
    return reason != note(CONSTANT) and column.clusters and bool(said & column.model_fields_set)


def _describing(column: Column) -> Column:
    return column.model_copy(update={"use": "describe", "weight": 1.0, "transform": "auto"})


def _worthless(name: str, column: Column, values: Series, row_numbers: NDArray[np.int64] | None) -> Note | None:
    """Why a column tells nothing of customers; None where it does."""
    if column.role == "id" or not values.notna().any():
        return None
    if not varies(values):
        return note(CONSTANT)
    if not column.numeric:
        return _own(values)
    if column.role == "feature" and column.holds == "numeric" and _names(column, values):
        return note(LONG)
    return None if row_numbers is None else _code(name, values, row_numbers)


def _names(column: Column, values: Series) -> bool:
    """Whether the numbers name somebody; of money, or with a unit, they measure."""
    plain = column.unit is None and column.format == "number"
    return plain and name_somebody(values.to_numpy(np.float64))


def varies(values: Series) -> bool:
    """Whether customers differ; by so little that its square is nought counts as not at all."""
    values = values.dropna()
    if values.dtype.kind != "f":
        known = values.to_numpy(dtype=object)
        return bool((known[1:] != known[:-1]).any())
    return bool(values.min() < values.max() and values.std() > 0)


def _code(name: str, values: Series, row_numbers: NDArray[np.int64]) -> Note | None:
    row_numbers, values = row_numbers[values.notna()], values.dropna()
    figures, rows = values.to_numpy(np.float64), len(values)
    whole = bool(np.all(figures == np.round(figures)))
    distinct = int(values.nunique())
    if rows < FEWEST_CUSTOMERS or distinct < NEARLY_ALL * rows:
        return None
    if correlation(figures, row_numbers.astype(np.float64)) >= LINEAR:
        return note(NUMBERED)
    if running(distinct, rows, float(figures.min()), float(figures.max()), whole=whole):
        return note(RUNNING)
    if whole and identifies(name) >= 2:
        return note(IDENTIFIER)
    return None


def _own(values: Series) -> Note | None:
    counts = values[values != NO_CATEGORY].value_counts()
    if len(values) >= FEWEST_CUSTOMERS and len(counts) > len(values) / 2:
        return note(ALL_DIFFERENT)
    if len(counts) > TOO_MANY and counts.iloc[:COMMONEST].sum() < COVERED * len(values):
        return note(SCATTERED, many=Number(TOO_MANY), number=Number(COMMONEST))
    return None


def pooled(frame: DataFrame, columns: Mapping[str, Column]) -> tuple[DataFrame, tuple[Note, ...]]:
    """The customers with all but the commonest of very many categories as one, and a note for each column."""
    changed, notes = {}, []
    for name in (name for name, column in columns.items() if column.role != "id" and not column.numeric):
        counts = frame[name].value_counts()
        if len(counts) > TOO_MANY:
            commonest = sorted(counts.index, key=lambda each: (-counts[each], str(each)))[:COMMONEST]
            changed[name] = frame[name].where(frame[name].isin([*commonest, NO_CATEGORY]), OTHER)
            notes.append(note(POOLED, number=Number(COMMONEST), column=name, other=OTHER))
    return frame.assign(**changed), tuple(notes)
