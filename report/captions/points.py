"""Single customers on a map: whether they may be drawn, and where."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from analysis.contract import Contract, Points

MOST_POINTS = 1500
"""With more points, a map is slow to load and hard to read; it then shows aggregates."""


def shows_points(contract: Contract) -> bool:
    """Whether marks are single customers: only in open mode, and only while they are few enough to be distinguished."""
    points = contract.exploration.points
    return points is not None and 0 < len(points["segment"]) <= MOST_POINTS


def reach(contract: Contract, name: str) -> tuple[float, float]:
    """The range of a column in which customers are drawn: customers beyond its histogram are drawn at the edge.

    Otherwise one income of 666,666 would squeeze all others into a corner of the map.
    """
    bins = next((one.bins for one in contract.exploration.distributions if one.feature == name), ())
    low = bins[0].lower if bins and bins[0].beyond else -math.inf
    high = bins[-1].upper if bins and bins[-1].beyond else math.inf
    return low, high


def at_the_edge(contract: Contract, names: Iterable[str]) -> int:
    """How many customers are drawn at the edge of a map of these columns; 0 where it shows no single customers."""
    points = contract.exploration.points
    if points is None or not shows_points(contract):
        return 0
    ends = [(points[name], *reach(contract, name)) for name in names]
    return sum(
        any(value is not None and not low <= value <= high for value, (_, low, high) in zip(row, ends, strict=True))
        for row in zip(*(values for values, *_ in ends), strict=True)
    )


def single(points: Points, *names: str) -> Iterator[tuple[tuple[float, ...], int]]:
    """The values of each customer who has one in all of these columns, and the number of the segment."""
    for *values, segment in zip(*(points[name] for name in (*names, "segment")), strict=True):
        known = tuple(value for value in values if value is not None)
        if len(known) == len(names):
            yield known, int(segment or 0)
