"""Levels in words for standardised differences: the one place that says what “high” means.

A segment's mean is compared with everybody's, in standard deviations of everybody (`effect`). Half a standard
deviation is the usual threshold of a medium effect (Cohen 1988, Statistical Power Analysis, ch. 2); three times as
much is called “very”.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import get_args

from analysis.contract import Level

LEVELS: tuple[Level, ...] = get_args(Level)
_UPPER_EDGES = (-1.5, -0.5, 0.5, 1.5)
TYPICAL: dict[Level, float] = dict(zip(LEVELS, (-2.0, -1.0, 0.0, 1.0, 2.0), strict=True))
"""The middle of each level's band, in standard deviations (the open bands: as far beyond their edge)."""


def level_of(effect: float) -> Level:
    """Very low < −1.5 ≤ low < −0.5 ≤ medium ≤ 0.5 < high ≤ 1.5 < very high."""
    if effect < 0:
        return LEVELS[0] if effect < _UPPER_EDGES[0] else LEVELS[1] if effect < _UPPER_EDGES[1] else LEVELS[2]
    return LEVELS[4] if effect > _UPPER_EDGES[3] else LEVELS[3] if effect > _UPPER_EDGES[2] else LEVELS[2]


def level_at_floor(effect: float) -> Level:
    """The level of a count whose typical customer in the segment has the least there is, such as one purchase.

    Standard deviations of skewed counts are wide, so that one purchase may lie within half a one of a mean of three.
    It is low all the same, and at most medium where a few customers raise the segment's mean above everybody's.
    """
    level = level_of(effect)
    return "medium" if level in {"high", "very high"} else "low" if level == "medium" else level


def standing(effect: float, level: Level) -> float:
    """The effect, or the middle of the level's band where the level was not taken from it."""
    return effect if level_of(effect) == level else TYPICAL[level]


def depth(effect: float, allowed: Iterable[Level]) -> float:
    """How far `effect` lies inside the unbroken run of allowed levels around it, in standard deviations, 0 at the edge.

    `effect` must be at one of the levels allowed. Where every level is allowed the depth is infinite.
    """
    wanted = {LEVELS.index(level) for level in allowed}
    first = last = LEVELS.index(level_of(effect))
    while first - 1 in wanted:
        first -= 1
    while last + 1 in wanted:
        last += 1
    below = effect - _UPPER_EDGES[first - 1] if first > 0 else float("inf")
    above = _UPPER_EDGES[last] - effect if last < len(LEVELS) - 1 else float("inf")
    return min(below, above)
