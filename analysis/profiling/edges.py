"""Edges of the bars of a histogram and of the squares of the map: round, even, and over the bulk of the values.

One income of 666,666 among incomes up to 162,000 would stretch even bars until the whole table stands in three of
them. So bars cover the values within Tukey's outer fences (1977, Exploratory Data Analysis, chapter 2), and one bar
more at an end holds everybody beyond.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from analysis.basics.arrays import Matrix

if TYPE_CHECKING:
    import narwhals as nw

FENCE = 3.0
"""Interquartile ranges beyond the quartiles from which a value is no part of the bulk."""
TAIL = 0.01
"""Share at either end that decides nothing where half of the values or more are one figure."""
MOST_BARS_ADDED = 2
"""Bars at most that are added at an end, rather than one for everybody beyond."""


@dataclass(frozen=True, eq=False)
class Edges:
    """Even edges, and whether values lie beyond them."""

    even: Matrix
    below: bool = False
    """Whether values lie below the first."""
    above: bool = False
    """Whether values lie above the last, or at it: a bar that has a neighbour above does not include its upper edge."""
    whole: bool = False
    """Whether all values are whole numbers, of which none lies at the last edge."""

    @property
    def step(self) -> float:
        """Width of a bar."""
        return float(self.even[1] - self.even[0])

    @property
    def drawn(self) -> Matrix:
        """Where bars begin and end; one that holds everybody beyond is drawn as wide as the others."""
        ends = ([self.even[0] - self.step] if self.below else [], [self.even[-1] + self.step] if self.above else [])
        return np.round(np.concatenate([ends[0], self.even, ends[1]]), 10)

    def place(self, values: nw.Expr) -> nw.Expr:
        """The bar (0…) of each value; the last even one includes its upper edge if no bar is above."""
        # Rounded, so that 0.3 / 0.1 falls into the bar that starts at 0.3.
        at = ((values - float(self.even[0])) / self.step).round(9).floor()
        return at.clip(-1 if self.below else 0, len(self.even) - (1 if self.above else 2)) + int(self.below)


def bulk_edges(values: Matrix, most: int) -> Edges:
    """`nice_edges` of the values within the outer fences, and whether others lie beyond; NaN are no values."""
    known = values[~np.isnan(values)]
    low, high = _fences(known)
    whole = bool(np.all(known % 1 == 0))
    even = nice_edges(known[(known >= low) & (known <= high)], most, whole=whole)
    step = float(even[1] - even[0])
    before = math.ceil(round((float(even[0]) - float(known.min())) / step, 9))
    over = round((float(known.max()) - float(even[-1])) / step, 9)
    after = math.floor(over) + 1 if whole else math.ceil(over)
    more = [count if 0 < count <= MOST_BARS_ADDED else 0 for count in (before, after)]
    even = np.round(even[0] + step * np.arange(-more[0], len(even) + more[1]), 10)
    return Edges(even, before > MOST_BARS_ADDED, after > MOST_BARS_ADDED, whole)


def nice_edges(values: Matrix, most: int, *, whole: bool | None = None) -> Matrix:
    """Even edges at round figures (steps of 1, 2, 2.5 or 5 times a power of ten) that cover the values in few bins.

    Whole numbers get steps that are whole, so that no bin holds more of them than another by its place alone, and a
    last edge above them all.
    """
    low, high = float(np.nanmin(values)), float(np.nanmax(values))
    if low == high:
        return np.array([low - 0.5, high + 0.5])
    if whole is None:
        whole = bool(np.all(values[~np.isnan(values)] % 1 == 0))
    power = math.floor(math.log10((high - low) / most))
    steps = (factor * 10.0**exponent for exponent in range(power, power + 9) for factor in (1, 2, 2.5, 5))
    for step in steps:
        first = math.floor(low / step)
        last = math.floor(high / step) + 1 if whole else math.ceil(high / step)
        # The smallest figures there are vanish in a division.
        first, last = first - (first * step > low), last + (last * step < high)
        if last - first <= most and not (whole and step % 1):
            return np.round(np.arange(first, last + 1) * step, 10)
    return np.array([low, high])


def _fences(known: Matrix) -> tuple[float, float]:
    """Where the bulk ends; where half of the values are one figure, by all but the outermost hundredths."""
    q1, q3 = np.quantile(known, (0.25, 0.75)).tolist()
    reach = FENCE * (q3 - q1)
    if reach <= 0:
        low, high = np.quantile(known, (TAIL, 1 - TAIL)).tolist()
        reach = FENCE / 2 * (high - low)
    return (q1 - reach, q3 + reach) if reach > 0 else (-math.inf, math.inf)
