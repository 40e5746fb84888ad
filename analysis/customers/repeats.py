"""Rows that repeat an earlier one in all columns but the identifier: the same customer twice, most often."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analysis.language import gettext_noop, ngettext_noop
from analysis.language.notes import Note, Rows, note

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pandas import DataFrame, Series

FEWEST_COLUMNS = 3
"""Columns below which two customers may well be alike."""
FEWEST_ROWS = 50
"""Rows below which it may be chance."""
FINE = 0.02
"""Chance that two customers share a value, below which a column tells most of them apart."""
FACTOR = 3
"""How many times as many rows as chance lets expect must repeat to be told."""
REASON = gettext_noop("repeats an earlier row in every described column")


def repeated(values: DataFrame) -> NDArray[np.bool_]:
    """Which rows repeat an earlier one, (rows,); `values` holds the described columns without the identifier."""
    if not values.shape[1]:
        return np.zeros(len(values), dtype=np.bool_)
    return np.asarray(values.duplicated().to_numpy(), dtype=np.bool_)


def worth_telling(values: DataFrame, again: NDArray[np.bool_]) -> bool:
    """Whether more rows repeat than chance explains: in a short survey many people give the same answers."""
    if values.shape[1] < FEWEST_COLUMNS or len(values) < FEWEST_ROWS or not again.any():
        return False
    return float(again.sum()) > FACTOR * expected(values[~again])


def expected(different: DataFrame) -> float:
    """Pairs of rows alike in all columns that chance would make; `different` holds each row once.

    Columns that tell few customers apart mostly go together, as the answers of a survey do, so that each counts half
    (the root of its chance); else the rows of a survey would all seem to be copies.
    """
    rows = len(different)
    chances = [_chance(different[name]) for name in different.columns]
    both = np.prod([chance if chance < FINE else np.sqrt(chance) for chance in chances])
    return float(rows * (rows - 1) / 2 * both)


def _chance(values: Series) -> float:
    """The chance that two rows share a value."""
    counts, rows = values.value_counts(dropna=False).to_numpy(np.float64), len(values)
    return float((counts * (counts - 1)).sum() / (rows * (rows - 1))) if rows > 1 else 1.0


def told(count: int, rows: int) -> Note:
    """That rows repeat, and what to write to set them aside."""
    return note(
        ngettext_noop(
            "{count} of {rows} rows repeats an earlier row in every described column except the identifier. To set "
            "such rows aside, write `repeated: drop` under data.",
            "{count} of {rows} rows repeat an earlier row in every described column except the identifier. To set "
            "such rows aside, write `repeated: drop` under data.",
        ),
        few=gettext_noop(
            "A few rows repeat an earlier row in every described column except the identifier. To set such rows "
            "aside, write `repeated: drop` under data."
        ),
        count=Rows(count),
        rows=Rows(rows),
    )
