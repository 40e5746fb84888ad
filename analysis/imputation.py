"""What stands in for a missing value, where the column's policy is to impute one; and a column that tells so.

A single usual value keeps the row and moves nobody's mean, but makes the column look less varied than it is (Little &
Rubin 2002, Statistical analysis with missing data, ch. 4): so whose value was known is kept beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from analysis.configuration.column import Column
from analysis.kinds.reading import IMPUTED

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pandas import DataFrame, Series

MANY = 1 / 3
"""Share of values from which a column is more made up than known, and the reader is told."""
KNOWN, UNKNOWN = "yes", "no"


@dataclass(frozen=True, eq=False)
class Completed:
    """The customers without a gap in the columns that are imputed, and what was done."""

    frame: DataFrame
    indicators: dict[str, Column] = field(default_factory=dict)
    """Columns that were added: category yes where the value was known, else no."""
    counts: dict[str, int] = field(default_factory=dict)
    """Column → values that were imputed."""
    stand_ins: dict[str, float | str] = field(default_factory=dict)
    """Column → what stands in, whether or not it was needed."""
    notes: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()
    """Columns without a single value, for which nothing can stand in."""


def completed(
    frame: DataFrame, columns: Mapping[str, Column], known: Mapping[str, float | str] | None = None
) -> Completed:
    """Fill the gaps of the usable rows; what is `known` of an earlier table stands in here too."""
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
    filled = {name: frame[name].where(frame[name].notna(), values[name]) for name in counts}
    notes = tuple(_note(name, columns[name], count / len(frame)) for name, count in counts.items())
    return Completed(frame.assign(**filled | added), indicators, counts, values, notes, empty)


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


def was_known(frame: DataFrame, name: str) -> NDArray[np.bool_]:
    """Of which customers the value of a column stood in the table, (customers,); the others' was imputed."""
    title, found = _title(name), None
    while title in frame and set(frame[title].unique()) <= {KNOWN, UNKNOWN}:
        title, found = f"{title}?", title
    return np.ones(len(frame), np.bool_) if found is None else (frame[found] == KNOWN).to_numpy(np.bool_)


def _title(name: str) -> str:
    return f"{name} known"


def _indicators(frame: DataFrame, columns: Mapping[str, Column]) -> tuple[dict[str, Column], dict[str, Series]]:
    described, added = {}, {}
    for name, column in columns.items():
        title = _title(name)
        while title in frame:
            title += "?"
        described[title] = Column(role="category", label=f"{column.label or name} known")
        added[title] = frame[name].notna().map({True: KNOWN, False: UNKNOWN}).astype(str)
    return described, added


def _note(name: str, column: Column, share: float) -> str:
    # Without the number, which a public site may have to withhold.
    what = "the median" if column.policy == "median" else "the most frequent value"
    doubt = "; more than a third of its values are such, so take what is said of it with care" if share > MANY else ""
    return f"Where “{name}” is missing, {what} of the customers stands in{doubt}."
