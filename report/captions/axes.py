"""The columns a reader may choose for the axes of the linked brush, under names that no data can change."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from analysis.contract import Contract, Feature, Points
from report.style.lettering import shorten
from report.style.scales import axis_format, round_span, shown
from report.style.theme import TEXT

WIDEST = 230
"""Pixels that an axis' title may take on a phone."""
MOST_POINTS = 1500
"""Above this a picture of single customers is neither light nor legible; squares take their place."""


@dataclass(frozen=True)
class Axis:
    """A column on an axis: its name in the table, in the specification, on the page, and how its ticks read."""

    feature: str
    field: str
    label: str
    format: str


def shows_points(contract: Contract) -> bool:
    """Whether marks are single customers: only in open mode, and only while they are few enough to be told apart."""
    points = contract.exploration.points
    return points is not None and 0 < len(points["segment"]) <= MOST_POINTS


def reach(contract: Contract, name: str) -> tuple[float, float]:
    """Between which values of a column single customers are drawn: those beyond its histogram stand at the edge.

    One income of 666,666 would press all the others into a corner of the map.
    """
    bins = next((one.bins for one in contract.exploration.distributions if one.feature == name), ())
    low = bins[0].lower if bins and bins[0].beyond else -math.inf
    high = bins[-1].upper if bins and bins[-1].beyond else math.inf
    return low, high


def at_the_edge(contract: Contract, names: Iterable[str]) -> int:
    """Single customers who are drawn at the edge of a map of these columns; 0 where no single ones are."""
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


def brush_axes(contract: Contract) -> tuple[Axis, ...]:
    """Every numeric column where single customers may be shown, else the two columns of the segment map."""
    exploration = contract.exploration
    chart_map = exploration.map
    if chart_map is None:
        return ()
    here = set(exploration.points or ()) if shows_points(contract) else {chart_map.x, chart_map.y}
    shown_features = [one for one in contract.data.features if one.kind == "numeric" and one.name in here]
    return tuple(_axis(feature, index) for index, feature in enumerate(shown_features))


def _axis(feature: Feature, index: int) -> Axis:
    low, high = feature.p05 or 0.0, feature.p95 or 1.0
    ticks = round_span(shown(feature, low), shown(feature, high), 5)
    return Axis(feature.name, f"f{index}", shorten(feature.titled, WIDEST, TEXT), axis_format(feature, ticks))
