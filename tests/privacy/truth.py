"""The true figures behind a published site, by which it is told whether a relation is true and an attack right.

The attacker does not use them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

Cell = tuple[Any, ...]
"""`("all",)`, `("segment", 2)` or `("by", column, group)`."""
BAND = re.compile(r"(-?\d+)–(-?\d+)")
EVERYBODY: Cell = ("all",)
REST = "(others)"
"""Whoever is in no group or category that is told of."""
OTHERS = "(all others)"
"""What a site calls them where it tells how many they are."""


@dataclass(frozen=True, eq=False)
class Truth:
    """The customers, a row each, with their segment in `segment`; `apart` were set apart as outliers."""

    customers: pd.DataFrame
    apart: np.ndarray
    summed: str | None = None
    """The column that adds up to customers' value, whose means count those set apart, too."""

    def inside(self, cell: Cell) -> np.ndarray:
        """Who is in a cell, (customers,)."""
        if cell == EVERYBODY:
            return np.ones(len(self.customers), dtype=bool)
        if cell[0] == "segment":
            return np.asarray(self.customers["segment"] == cell[1])
        _, column, group = cell
        if band := BAND.fullmatch(group):
            return np.asarray(self.customers[column].between(int(band[1]), int(band[2]) + 1, inclusive="left"))
        return np.asarray(self.customers[column].astype("string").fillna("(missing)") == group)

    def values(self, column: str, cell: Cell) -> np.ndarray:
        """The known values of a column within a cell, lowest first."""
        return np.sort(self.customers.loc[self.inside(cell), column].dropna().to_numpy(dtype=float))

    def without(self, row: int) -> Truth:
        """The same without one customer."""
        kept = np.arange(len(self.customers)) != row
        return Truth(self.customers[kept].reset_index(drop=True), self.apart[kept], self.summed)

    def of(self, name: Cell) -> float | None:
        """The true value of an unknown; None where it is of none that stands in the table."""
        if REST in str(name) or OTHERS in str(name):
            return None
        kind, *rest = name
        if kind == "customers":
            return float(len(self.customers))
        if kind == "size":
            return float(self.inside(rest[0]).sum())
        found = getattr(self, f"_{kind}", None)
        try:
            return None if found is None else float(found(*rest))
        except KeyError:  # of a column that the analysis made
            return None

    def _known(self, column: str, cell: Cell) -> float:
        return float(self.customers.loc[self.inside(cell), column].notna().sum())

    def _lacking(self, column: str, cell: Cell) -> float:
        return float(self.customers.loc[self.inside(cell), column].isna().sum())

    def _apart(self, cell: Cell) -> float:
        return float((self.inside(cell) & self.apart).sum())

    def behind(self, column: str, cell: Cell) -> np.ndarray:
        """Who stands behind a mean, (customers,): all with a value but those set apart, if it is an amount."""
        inside = self.inside(cell) & self.customers[column].notna().to_numpy()
        few = column == self.summed or self.customers[column].nunique() <= 2
        return np.asarray(inside if few else inside & ~self.apart)

    def _behind(self, column: str, cell: Cell) -> float:
        return float(self.behind(column, cell).sum())

    def _sum(self, column: str, cell: Cell) -> float:
        return float(self.customers.loc[self.behind(column, cell), column].sum())

    def _count(self, column: str, cell: Cell, value: float) -> float:
        return float((self.customers.loc[self.inside(cell), column] == value).sum())

    def _category(self, column: str, cell: Cell, category: str) -> float:
        return float((self.inside(cell) & self.inside(("by", column, category))).sum())

    def _bar(self, column: str, cell: Cell, ends: tuple[float, float, bool]) -> float:
        low, high, closed = ends
        values = self.customers.loc[self.inside(cell), column]
        return float(((values >= low) & ((values <= high) if closed else (values < high))).sum())

    def _pair(self, first: str, second: str, values: tuple[float, float]) -> float:
        return float(((self.customers[first] == values[0]) & (self.customers[second] == values[1])).sum())

    def _joint(self, columns: tuple[str, str], cell: Cell, values: tuple[str, str]) -> float:
        inside = self.inside(cell)
        for column, value in zip(columns, values, strict=True):
            inside = inside & self.inside(("by", column, value))
        return float(inside.sum())
