"""The space in which distances are taken: numbers and categories on axes that can be compared.

A column of numbers is one axis: transformed, then standardised. A column of categories is one axis a category, 1 for
those who belong to it and 0 for the others, standardised and times √(1 − p), p being the share that belongs: the coding
of factor analysis of mixed data (Pagès 2004, Revue de statistique appliquée 52:93), whose components keep the very
distances of this space. There a column of ten categories weighs nine times as much as one of numbers. Here the axes
of every column together have an inertia of 1, times its weight, so that none counts for more than the team has said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import TYPE_CHECKING

import numpy as np

from analysis.basics.arrays import Labels, Matrix
from analysis.cells.spellings import NO_CATEGORY, OTHER
from analysis.preparation.transform import IDENTITY, Transform, scale

if TYPE_CHECKING:
    import pandas as pd


StandIns = Mapping[str, float | str]
"""Column that may have gaps → its usual value."""
RARE, FEWEST_IN_CATEGORY = 0.05, 5
"""Share of the customers, and number, below which a category has no axis of its own: a standardised axis of very few
would send them farther out than any number does."""


@dataclass(frozen=True)
class DesignAxis:
    """One coordinate: a column of numbers, or a category of a column."""

    feature: str
    """The column's name."""
    category: str | None = None
    """Who is in it stands at 1, all others at 0; None for a column of numbers."""
    transform: Transform = IDENTITY
    centre: float = 0.0
    spread: float = 1.0
    """Centre and spread of the transformed values, those of the customers kept."""
    weight: float = 1.0
    """What the axis's squared differences count; those of one column add up to the column's weight if standardised."""


@dataclass(frozen=True)
class Design:
    """The axes, those of one column side by side."""

    axes: tuple[DesignAxis, ...]

    def place(self, frame: pd.DataFrame, stand_ins: StandIns | None = None) -> Matrix:
        """Coordinates of validated customers, (rows, axes), between which distances are taken; see `raw`."""
        return self.standing(self.transformed(self.raw(frame, stand_ins or {})), stand_ins or {})

    def raw(self, frame: pd.DataFrame, stand_ins: StandIns | None = None) -> Matrix:
        """Numbers in their own units, and 1 or 0 for categories, (rows, axes).

        A column with a stand-in may have gaps: there a customer's coordinates are not known (NaN). In other columns of
        categories a gap is a category.
        """
        found: list[Matrix] = []
        for feature in dict.fromkeys(axis.feature for axis in self.axes):
            axes = [axis.category for axis in self.axes if axis.feature == feature]
            if None in axes:
                found.append(frame[feature].to_numpy(np.float64))
                continue
            gap = frame[feature].isna().to_numpy() & (feature in (stand_ins or {}))
            found += [np.where(gap, np.nan, member) for member in _members(frame[feature], axes)]
        return np.column_stack(found)

    def standing(self, transformed: Matrix, stand_ins: StandIns) -> Matrix:
        """As `scaled`; a customer of whom no coordinate is known has the usual value in every column."""
        rows = self.scaled(transformed)
        nothing = np.isnan(rows).all(axis=1)
        if nothing.any():
            import pandas as pd  # noqa: PLC0415 (loaded by whoever read the table)

            rows[nothing] = self.scaled(self.transformed(self.raw(pd.DataFrame([dict(stand_ins)]))))
        return rows

    def transformed(self, raw: Matrix) -> Matrix:
        """Raw values as each axis's transform wants them, (rows, axes)."""
        columns = [axis.transform.forward(values) for axis, values in zip(self.axes, raw.T, strict=True)]
        return np.column_stack(columns)

    def scaled(self, transformed: Matrix) -> Matrix:
        """Transformed values less the centre, over the spread, times the root of the weight, (rows, axes)."""
        return (transformed - self.centre) / self.spread * np.sqrt(self.weights)

    def inertia(self, transformed: Matrix) -> Matrix:
        """Part of each axis in the squared distances between some customers (rows, axes), adding up to 1, (axes,)."""
        variance = self.scaled(transformed).var(axis=0)
        return np.asarray(variance / variance.sum())

    @property
    def centre(self) -> Matrix:
        """Of each axis, (axes,)."""
        return np.array([axis.centre for axis in self.axes])

    @property
    def spread(self) -> Matrix:
        """Of each axis, (axes,)."""
        return np.array([axis.spread for axis in self.axes])

    @property
    def weights(self) -> Matrix:
        """Of each axis, (axes,)."""
        return np.array([axis.weight for axis in self.axes])

    @property
    def numeric(self) -> Labels:
        """Positions of the axes that are columns of numbers."""
        return np.array([place for place, axis in enumerate(self.axes) if axis.category is None], dtype=np.intp)

    @property
    def blocks(self) -> tuple[tuple[int, ...], ...]:
        """Positions of the axes of each column of categories."""
        found: dict[str, list[int]] = {}
        for place, axis in enumerate(self.axes):
            if axis.category is not None:
                found.setdefault(axis.feature, []).append(place)
        return tuple(tuple(places) for places in found.values())

    def of(self, feature: str) -> tuple[int, ...]:
        """Positions of a column's axes; none where it takes no part."""
        return tuple(place for place, axis in enumerate(self.axes) if axis.feature == feature)


def categories(values: pd.Series, fewest: int = FEWEST_IN_CATEGORY) -> tuple[str, ...]:
    """The categories of a column that get an axis, by name, `OTHER` last; fewer than two: nothing to tell apart.

    `fewest` is the number of customers that one must have, besides its share of the table.
    A rest so small that it would be rare itself gets none: whoever is in it stands in no category.
    """
    counts = _named(values).value_counts()
    enough = max(fewest, ceil(RARE * len(values)))
    own = sorted(str(name) for name, count in counts.items() if count >= enough and name != OTHER)
    rest = len(values) - int(counts[own].sum())
    return (*own, OTHER) if rest >= enough else tuple(own)


def _named(values: pd.Series) -> pd.Series:
    return values.astype(object).where(values.notna(), NO_CATEGORY).astype(str)


def _members(values: pd.Series, axes: Sequence[str | None]) -> list[Matrix]:
    """For each category 1 where it is a customer's and else 0; `OTHER` is whatever is none of the others."""
    codes, names = _named(values).factorize()
    own = {name: place for place, name in enumerate(axes) if name != OTHER}
    rest = axes.index(OTHER) if OTHER in axes else -1
    axis = np.array([own.get(name, rest) for name in names], dtype=np.intp)[codes]
    return [np.asarray(axis == place, dtype=np.float64) for place in range(len(axes))]


def fitted(design: Design, transformed: Matrix, weights: Mapping[str, float]) -> Design:
    """The design with the scale of some customers (rows, axes), and each column's weight spread over its axes."""
    centre, spread = scale(transformed)
    axes = [
        replace(axis, centre=float(middle), spread=float(width), weight=weights[axis.feature])
        for axis, middle, width in zip(design.axes, centre, spread, strict=True)
    ]
    for block in design.blocks:
        for place, weight in zip(block, _spread_over([axes[place] for place in block]), strict=True):
            axes[place] = replace(axes[place], weight=weight)
    return Design(tuple(axes))


def _spread_over(axes: Sequence[DesignAxis]) -> list[float]:
    """A column's weight by the share of customers who are not in the category: (1 − p) / (K − 1) of K categories."""
    outside = [1 - axis.centre for axis in axes]
    return [axis.weight * share / sum(outside) for axis, share in zip(axes, outside, strict=True)]
