"""A column as the contract describes it: what it is, how its values are written, and how they are spread."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analysis.configuration.column import Column
from analysis.contract import Feature
from analysis.quantiles import quantiles
from analysis.spellings import NO_CATEGORY

if TYPE_CHECKING:
    import pandas as pd

POLICIES = {
    "reject": "row set aside",
    "refuse": "none may be missing",
    "median": "no figure counts them",
    "most_frequent": "no figure counts them",
    "unknown": "no figure counts them",
    "category": f"counted as {NO_CATEGORY}",
}


def describe(values: pd.Series, column: Column, label: str, slug: str) -> Feature:
    """The column of these values; how it was prepared for clustering is not told."""
    return Feature(
        name=str(values.name),
        slug=slug,
        label=label,
        role=column.role,
        kind="numeric" if column.numeric else "category",
        measure=column.holds,
        levels=tuple(column.order),
        used_for="clustering" if column.clusters else "description",
        unit=_unit(column),
        format="percent" if column.holds == "boolean" else column.format,
        scale=column.scale,
        decimals=_decimals(column),
        compare=column.compare or ("difference" if _by_difference(column) else "ratio"),
        missing_policy=POLICIES[column.policy],
        **(_figures(values) if column.numeric else _counts(values)),
    )


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


def _figures(values: pd.Series) -> dict[str, object]:
    numbers = values.to_numpy(dtype=np.float64)
    known = numbers[~np.isnan(numbers)]
    low, high = float(known.min()), float(known.max())
    two = low < high and bool(((known == low) | (known == high)).all())
    return {
        "two_values": (low, high) if two else None,
        "mean": float(known.mean()),
        "standard_deviation": float(known.std()),
        "missing": len(numbers) - len(known),
        **quantiles(known),
    }


def _counts(values: pd.Series) -> dict[str, object]:
    counts = values.value_counts()
    largest_first = sorted(
        ((str(name), int(count)) for name, count in counts.items()), key=lambda pair: (-pair[1], pair[0])
    )
    return {"categories": dict(largest_first), "missing": int(counts.get(NO_CATEGORY, 0))}
