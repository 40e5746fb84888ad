"""How far one customer can move a figure, which is how precisely it may be told on a public site.

Of a mean of n customers whose values span a range of R, one customer moves it by R / n at most. Of a quantile what
counts is how far its neighbours lie: within one step of it there are `least` customers or more, so that it is nobody's
own value. Where two customers make nine tenths of a sum nothing of the column is told (Hundepool et al. 2012,
Statistical Disclosure Control, chapter 4). Wherever the second largest could tell the largest to within a tenth (the
p % rule) the two make more than 1 / 1.1 of the sum, so that rule asks for nothing more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from analysis.arrays import Labels, Mask, Matrix
from analysis.rounding import step_of

QUARTILES = {"q1": 0.25, "median": 0.5, "q3": 0.75}
TWO_LARGEST = 0.9
"""Part of a sum from which on its two largest are too much of it."""


@dataclass(frozen=True)
class Reach:
    """The steps of the figures of one column within one group of customers."""

    mean: float
    """Of the mean and the standard deviation."""
    quantiles: dict[str, float]
    """Of each quantile that has enough customers on either side."""
    dominated: bool
    """Whether one customer or two make nearly all of the sum that the mean is of."""

    @property
    def widest(self) -> float | None:
        """The widest step of a quantile; None where none may be told."""
        return max(self.quantiles.values(), default=None)


def reach(
    values: Matrix, out: Mask, least: int, shares: dict[str, float] = QUARTILES, *, spread: bool = False
) -> Reach:
    """Of the known values of a group, (customers,); who is `out`, (customers,), counts in no mean.

    `spread`: the step is also for the standard deviation, of which one customer moves the square by R² / n at most.
    """
    known = ~np.isnan(values)
    near = values[known & ~out]
    every = np.sort(values[known])
    near = every if not len(near) else near
    moved = float(np.ptp(near)) / len(near) if len(near) else 0.0
    deviation = float(near.std()) if len(near) else 0.0
    if spread and deviation > 0:
        moved = max(moved, float(np.ptp(near)) ** 2 / (2 * len(near) * deviation))
    return Reach(step_of(moved), _quantiles(every, least, shares), dominated(np.sort(near)))


def reaches(values: Matrix, out: Mask, groups: Labels, count: int, least: int) -> list[Reach]:
    """Of each of `count` groups, by the group (0…; −1 is none) of each customer, (customers,)."""
    order = np.argsort(groups, kind="stable")
    bounds = np.searchsorted(groups[order], np.arange(count + 1))
    parts = [order[start:stop] for start, stop in pairwise(bounds)]
    return [reach(values[part], out[part], least) for part in parts]


def _quantiles(ordered: Matrix, least: int, shares: Mapping[str, float]) -> dict[str, float]:
    size, half = len(ordered), -(-least // 2)
    spread = float(ordered.std()) if size else 0.0
    found = {}
    for name, share in shares.items():
        if min(share, 1 - share) * size < least:
            continue
        rank = share * (size - 1)
        below, above = max(int(np.floor(rank)) - half, 0), min(int(np.ceil(rank)) + half, size - 1)
        middle = float(np.quantile(ordered, share))
        step = step_of(max(float(ordered[above]) - middle, middle - float(ordered[below])))
        # Wider than the values stray it would say nothing of them.
        if step <= spread:
            found[name] = step
    return found


def dominated(ordered: Matrix) -> bool:
    """Whether one or two of these values, ascending, make too much of their sum."""
    amounts = ordered if not len(ordered) or ordered[0] >= 0 else np.sort(np.abs(ordered))
    total = float(amounts.sum())
    if total <= 0:
        return False
    return float(amounts[-2:].sum()) >= TWO_LARGEST * total


def moved_share(parts: Matrix) -> float:
    """How far one customer moves a share of the sum of all parts, (customers,)."""
    total = float(parts.sum())
    return float(parts.max()) / total if total > 0 else 0.0


def any_dominated(values: Matrix, groups: Labels) -> bool:
    """Whether one or two customers make too much of any group's sum, by group (0…) of each customer, (customers,)."""
    return any(dominated(np.sort(values[groups == group])) for group in np.unique(groups))
