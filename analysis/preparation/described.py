"""A column as the contract describes it: what it is, how its values are written, and how they are spread."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analysis.basics.arrays import Mask
from analysis.basics.quantiles import quantiles
from analysis.cells.spellings import NO_CATEGORY
from analysis.columns.topics import topic_of
from analysis.configuration.column import Column
from analysis.contract import Feature
from analysis.language import gettext_noop

if TYPE_CHECKING:
    import pandas as pd

IMPUTED = gettext_noop("no figure counts them")
POLICIES = {
    "reject": "row set aside",
    "refuse": "none may be missing",
    "median": IMPUTED,
    "most_frequent": IMPUTED,
    "unknown": IMPUTED,
    "category": f"counted as {NO_CATEGORY}",
}

YEAR = 365.25
"""Days of the years in which dates are kept."""
SHORT = 2
"""Years between the first and the last date below which they are told in days."""


def describe(values: pd.Series, column: Column, label: str, slug: str, apart: Mask | None = None) -> Feature:
    """The column of these values; how it was prepared for clustering is not told.

    Mean and spread of an amount leave out who is `apart`, (customers,): see `analysis.preparation.set_apart`.
    """
    counts = _figures(values, column, apart) if column.numeric else _counts(values)
    in_days = _counts_days(values, column)
    return Feature(
        name=str(values.name),
        slug=slug,
        label=label,
        role=column.role,
        kind="numeric" if column.numeric else "category",
        measure=column.holds,
        levels=tuple(column.order),
        used_for="clustering" if column.clusters else "description",
        unit="days" if in_days else _unit(column),
        format="percent" if column.holds == "boolean" else column.format,
        scale=YEAR if in_days else column.scale,
        decimals=0 if in_days else _decimals(column),
        compare=column.compare or ("difference" if _by_difference(column) else "ratio"),
        harmless=column.harmless,
        missing_policy=POLICIES[column.policy],
        topic=_topic(str(values.name), label, column, two=bool(counts.get("two_values"))),
        **counts,
    )


def _topic(name: str, label: str, column: Column, *, two: bool) -> str | None:
    """As the configuration says, or else as the name of a column of numbers does."""
    if column.topic is not None:
        return None if column.topic == "none" else column.topic
    return topic_of(name, label, two=two) if column.numeric else None


def _counts_days(values: pd.Series, column: Column) -> bool:
    """Whether the dates lie so near together that they differ by days, and years would all read the same."""
    stated = column.unit is not None or column.decimals is not None or column.scale != 1
    if column.holds != "date" or column.role == "age" or stated:
        return False
    known = values.to_numpy(dtype=np.float64)
    return bool(np.nanmax(known) - np.nanmin(known) < SHORT)


def _unit(column: Column) -> str | None:
    if column.unit is not None:
        return column.unit
    if column.holds == "ordinal":
        return f"of {len(column.order)}"
    return "years" if column.role == "age" or column.holds == "date" else None


def _decimals(column: Column) -> int | None:
    if column.decimals is not None or column.role == "age":
        return column.decimals
    return 1 if column.holds in {"ordinal", "date"} else None


def _by_difference(column: Column) -> bool:
    """Twice a level, or 40 % more of a share, means little; 1.2 levels or 12 points more mean something."""
    return column.role == "age" or column.holds in {"ordinal", "boolean", "date"}


def _figures(values: pd.Series, column: Column, apart: Mask | None) -> dict[str, object]:
    numbers = values.to_numpy(dtype=np.float64)
    present = ~np.isnan(numbers)
    known = numbers[present]
    low, high = float(known.min()), float(known.max())
    two = low < high and bool(((known == low) | (known == high)).all())
    near = known
    if apart is not None and not two and column.holds in {"numeric", "date"} and np.any(present & ~apart):
        near = numbers[present & ~apart]
    return {
        "two_values": (low, high) if two else None,
        "mean": float(near.mean()),
        "standard_deviation": float(near.std()),
        "missing": len(numbers) - len(known),
        **quantiles(known),
    }


def _counts(values: pd.Series) -> dict[str, object]:
    counts = values.value_counts()
    largest_first = sorted(
        ((str(name), int(count)) for name, count in counts.items()), key=lambda pair: (-pair[1], pair[0])
    )
    return {"categories": dict(largest_first), "missing": int(counts.get(NO_CATEGORY, 0))}
