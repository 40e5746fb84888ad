"""Missing values of columns whose policy keeps the row: who has them, and what stands in where nothing is known.

No value is made up. A usual value written into the gaps would be a peak that nobody stands on: with a tenth of a column
filled by its median, K-Means finds the filled rows as a segment of their own (Little & Rubin 2002, Statistical analysis
with missing data, ch. 4, on what single imputation does). So a gap stays a gap: the row takes no part in finding
segments, it is assigned by the columns that it has (`analysis.preparation.partial`), and no mean, share or quantile
counts it. Only a customer of whom no clustering column is known is assigned by the usual values.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from analysis.cells.kinds.reading import IMPUTED
from analysis.configuration.column import Column
from analysis.language import gettext, gettext_noop, pgettext
from analysis.language.notes import Note, note

if TYPE_CHECKING:
    from pandas import DataFrame, Series

GAPS_TOLD_FROM = 1 / 3
"""Share of gaps from which the reader is told how little of a column is known."""
GAPS = gettext_noop("Figures for “{column}” leave out customers without a value.")
GAPS_CLUSTERING = gettext_noop(
    "Figures for “{column}” leave out customers without a value. Their segment is assigned by the other columns."
)
MANY_GAPS = gettext_noop(
    "Figures for “{column}” leave out customers without a value. These are more than a third of all customers, so "
    "read the figures with care."
)
MANY_GAPS_CLUSTERING = gettext_noop(
    "Figures for “{column}” leave out customers without a value. These are more than a third of all customers, so "
    "read the figures with care. Their segment is assigned by the other columns."
)


@dataclass(frozen=True, eq=False)
class Completed:
    """The customers with a column more for each in which some have a gap, and what would stand in for it."""

    frame: DataFrame
    """Gaps are still gaps."""
    indicators: dict[str, Column] = field(default_factory=dict)
    """Columns that were added: in the language of the site, category yes where the value is known, else no."""
    counts: dict[str, int] = field(default_factory=dict)
    """Column → customers without a value."""
    stand_ins: dict[str, float | str] = field(default_factory=dict)
    """Column → the usual value, whether or not it was needed."""
    notes: tuple[Note, ...] = ()
    empty: tuple[str, ...] = ()
    """Columns without a single value, for which nothing can stand in."""


def completed(
    frame: DataFrame, columns: Mapping[str, Column], known: Mapping[str, float | str] | None = None
) -> Completed:
    """Look for gaps in the usable rows; what is `known` of an earlier table is the usual value here too."""
    own = {name: column for name, column in columns.items() if column.policy in IMPUTED and name in frame}
    empty = tuple(name for name in own if not frame[name].notna().any() and name not in (known or {}))
    values = {
        name: (known or {}).get(name, _usual(frame[name].dropna(), column))
        for name, column in own.items()
        if name not in empty
    }
    counts = {name: int(frame[name].isna().sum()) for name in values}
    counts = {name: count for name, count in counts.items() if count}
    indicators, added = _indicators(frame, {name: columns[name] for name in counts})
    notes = tuple(_of_gaps(name, columns[name], count / len(frame)) for name, count in counts.items())
    return Completed(frame.assign(**added), indicators, counts, values, notes, empty)


def _usual(values: Series, column: Column) -> float | str:
    """The median (of levels one that exists), or the commonest value: among equals the lowest, or first by name."""
    if values.empty:
        return 0.0
    if column.policy == "median":
        levels = column.holds == "ordinal"
        numbers = values.to_numpy(np.float64)
        return float(np.quantile(numbers, 0.5, method="lower") if levels else np.median(numbers))
    counts = values.value_counts()
    commonest = min(counts[counts == counts.max()].index)
    return str(commonest) if column.holds == "nominal" else float(commonest)


def _indicators(frame: DataFrame, columns: Mapping[str, Column]) -> tuple[dict[str, Column], dict[str, Series]]:
    described, added = {}, {}
    for name, column in columns.items():
        title = f"{name} known"
        while title in frame:
            title += "?"
        described[title] = Column(role="category", label=gettext("{column} known", column=column.label or name))
        added[title] = (
            frame[name].notna().map({True: pgettext("answer", "yes"), False: pgettext("answer", "no")}).astype(str)
        )
    return described, added


def _of_gaps(name: str, column: Column, share: float) -> Note:
    # Without the number, which a public site may have to withhold.
    if share > GAPS_TOLD_FROM:
        return note(MANY_GAPS_CLUSTERING if column.clusters else MANY_GAPS, column=name)
    return note(GAPS_CLUSTERING if column.clusters else GAPS, column=name)
