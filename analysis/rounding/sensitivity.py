"""How far one customer can move a figure, which is how precisely it may be told on a public site.

Of a mean of n customers whose values span a range of R, one customer moves it by R / n at most. Of a quantile what
counts is how far its neighbours lie: within one step of it there are `least` customers or more, so that it is nobody's
own value. No figure that is more than nothing is told as 0. Where two customers make nine tenths of a sum nothing of
the column is told (Hundepool et al. 2012, Statistical Disclosure Control, chapter 4). Wherever the second largest could
tell the largest to within a tenth (the p % rule) the two make more than 1 / 1.1 of the sum, so that rule asks for
nothing more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from analysis.basics.arrays import Labels, Mask, Matrix
from analysis.rounding.random_rounding import LAST_DIGIT, Rounding, multiple, step_of

QUARTILES = {"q1": 0.25, "median": 0.5, "q3": 0.75}
TWO_LARGEST = 0.9
"""Part of a sum from which on its two largest are too much of it."""
TOO_MUCH = 0.1
"""By how much shares of a sum may add up to too much or too little since none is told as nothing, nor as all."""


@dataclass(frozen=True)
class Reach:
    """The steps of the figures of one column within one group of customers."""

    mean: float
    """Of the mean."""
    deviation: float
    """Of the standard deviation."""
    quantiles: dict[str, float]
    """Of each quantile that has enough customers on either side."""
    dominated: bool
    """Whether one customer or two make nearly all of the sum that the mean is of."""
    above: bool
    """Whether none of the values that the mean is of is below 0."""

    def told_mean(self, mean: float, rounding: Rounding) -> float:
        """The mean as it is told; of amounts one step at least, since 0 would say that there are none."""
        told = rounding.figure(mean, self.mean)
        return max(told, self.mean) if self.above and mean > 0 and not rounding.open else told

    @property
    def widest(self) -> float | None:
        """The widest step of a quantile; None where none may be told."""
        return max(self.quantiles.values(), default=None)


def reach(values: Matrix, out: Mask, least: int, shares: dict[str, float] = QUARTILES) -> Reach:
    """Of the known values of a group, (customers,); who is `out`, (customers,), counts in no mean.

    One customer moves the square of the standard deviation by R² / n at most.
    """
    known = ~np.isnan(values)
    near = values[known & ~out]
    every = np.sort(values[known])
    near = every if not len(near) else near
    moved = float(np.ptp(near)) / len(near) if len(near) else 0.0
    deviation = float(near.std()) if len(near) else 0.0
    strayed = max(moved, float(np.ptp(near)) ** 2 / (2 * len(near) * deviation)) if deviation > 0 else moved
    return Reach(
        mean=step_of(moved),
        deviation=step_of(strayed),
        quantiles=_quantiles(every, least, shares),
        dominated=dominated(np.sort(near)),
        above=bool(len(near)) and float(near.min()) >= 0,
    )


def reaches(values: Matrix, out: Mask, groups: Labels, count: int, least: int) -> list[Reach]:
    """Of each of `count` groups, by the group (0…; −1 is none) of each customer, (customers,)."""
    order = np.argsort(groups, kind="stable")
    bounds = np.searchsorted(groups[order], np.arange(count + 1))
    parts = [order[start:stop] for start, stop in pairwise(bounds)]
    return [reach(values[part], out[part], least) for part in parts]


def _quantiles(ordered: Matrix, least: int, shares: Mapping[str, float]) -> dict[str, float]:
    size, half = len(ordered), -(-least // 2)
    spread = float(ordered.std()) if size else 0.0
    half_of_all = float(np.subtract(*np.quantile(ordered, (0.75, 0.25)))) if size else 0.0
    found = {}
    for name, share in shares.items():
        if min(share, 1 - share) * size < least:
            continue
        rank = share * (size - 1)
        below, above = max(int(np.floor(rank)) - half, 0), min(int(np.ceil(rank)) + half, size - 1)
        middle = float(np.quantile(ordered, share))
        step = step_of(max(float(ordered[above]) - middle, middle - float(ordered[below])))
        # Wider than the values stray it would say nothing of them, nor where the figure may come out as 0.
        inner = 0.25 <= share <= 0.75
        wide = step > (min(spread, half_of_all) if inner else spread)
        if not wide and not (ordered[0] >= 0 and 0 < middle < step):
            found[name] = step
    return found


def told_quantiles(own: Mapping[str, float | None], found: Reach, rounding: Rounding) -> dict[str, float | None]:
    """Name → rounded quantile, none on the wrong side of the median; None for those that may not be told.

    One that is moved to the median still lies within the wider of both steps of the truth.
    """
    told = {
        name: rounding.figure(value, found.quantiles[name])
        for name, value in own.items()
        if value is not None and name in found.quantiles
    }
    ordered = sorted(told, key=lambda name: own[name] or 0.0)
    middle = ordered.index("median") if "median" in ordered else 0
    for place in range(middle - 1, -1, -1):
        told[ordered[place]] = min(told[ordered[place]], told[ordered[place + 1]])
    for place in range(middle + 1, len(ordered)):
        told[ordered[place]] = max(told[ordered[place]], told[ordered[place - 1]])
    return {name: told.get(name) for name in own}


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


def value_step(parts: Matrix, groups: Labels) -> float | None:
    """The step of the shares that groups (0…, (customers,)) have of the sum of all parts, (customers,).

    None where none may be told: one customer or two make nearly all of a group's, or the step is so wide that groups
    which have less than it would be told to have far more.
    """
    if any_dominated(parts, groups):
        return None
    step = step_of(moved_share(parts))
    total = float(parts.sum())
    shares = [float(parts[groups == group].sum()) / total for group in np.unique(groups)] if total > 0 else []
    over = sum(max(step - min(share, 1 - share), 0.0) for share in shares if 0 < share < 1)
    return None if over > TOO_MUCH else step


def told_shares(shares: Sequence[float | None], step: float | None, rounding: Rounding) -> list[float | None]:
    """Shares of one sum that add up as told, as near as the step allows: 0 only of nothing, and 1 only of all.

    Each goes to the multiple above or below by itself; where all of them come to too much or too little, those go the
    other way that were moved furthest (controlled rounding, Cox 1987). None without a step.
    """
    if step is None:
        return [None] * len(shares)
    known = [share for share in shares if share is not None]
    if rounding.open or step <= 0 or len(known) < len(shares):
        return list(shares)
    return list(_adding_up(known, [max(rounding.figure(share, step), step) if share else 0.0 for share in known], step))


def _adding_up(shares: Sequence[float], told: list[float], step: float) -> list[float]:
    # Where it lies half a step off, either side is as near: to go on would be to go to and fro.
    while abs(over := (sum(told) - sum(shares)) / step) > 0.5 + LAST_DIGIT:
        back = 1 if over > 0 else -1
        free = [place for place, one in enumerate(told) if shares[place] and (over < 0 or one > step * 1.5)]
        if not free:
            break
        furthest = max(free, key=lambda place: back * (told[place] - shares[place]))
        told[furthest] = multiple(round(told[furthest] / step) - back, step)
    return told
