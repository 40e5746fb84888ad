"""Each segment's figures over the builds that are remembered, and which segments have been shrinking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal

from analysis.contract import Contract, Interval, PastEdition, PastSegment, Segment
from analysis.history.edition import LONGEST, in_short
from report.captions.editions import KnownSegment, known_segments
from report.captions.share_changes import between, told_apart

Measure = Literal["share", "size", "value", "stability"]
MEASURES: tuple[Measure, ...] = ("share", "size", "value", "stability")
FEWEST = 3
"""Builds from which on figures are drawn as lines."""
IN_A_ROW = 3
"""Builds in a row in which a segment shrank, from which on it is told."""
MOST_PANELS = 24


@dataclass(frozen=True)
class TrendPoint:
    """A segment's figure in one build; `value` is None where it is withheld or was not measured."""

    place: int
    """Of the build among those drawn, from 0."""
    value: float | None
    ends: tuple[float, float] | None = None


@dataclass(frozen=True)
class Trend:
    """A segment's figure over the builds that had the segment."""

    segment: KnownSegment
    points: tuple[TrendPoint, ...]

    @property
    def told(self) -> tuple[TrendPoint, ...]:
        """The points with a figure."""
        return tuple(one for one in self.points if one.value is not None)


@dataclass(frozen=True)
class Shrinking:
    """A segment whose share fell in each of the last three builds."""

    segment: KnownSegment
    first: float
    now: float
    by_chance: bool
    """Whether chance alone may explain the whole of it, or that is not known."""


def editions(contract: Contract) -> tuple[PastEdition, ...]:
    """The builds that are drawn, the oldest first, this one last; none where the site remembers nothing."""
    if contract.edition is None:
        return ()
    return (*contract.past, in_short(contract))[-LONGEST:]


def trends(contract: Contract, measure: Measure) -> list[Trend]:
    """One line for each segment of this build in its order, then for those that are gone, the latest first."""
    builds = editions(contract)
    found = [
        Trend(known, tuple(_points(builds, known.id, measure)))
        for known in known_segments(contract).values()
        if any(one.id == known.id for build in builds for one in build.segments)
    ]
    told = [one for one in found if one.told]
    return sorted(told, key=lambda one: 0 if one.segment.lives else 1 + len(builds) - one.told[-1].place)


def places(builds: Sequence[PastEdition]) -> list[float]:
    """Where each build stands from 0 to 1: by its date where all have one and they rise, else by its number."""
    days = [date.fromisoformat(one.date).toordinal() for one in builds if one.date]
    at = days if by_date(builds) else [one.number for one in builds]
    reach = max(1, at[-1] - at[0])
    return [(one - at[0]) / reach for one in at]


def by_date(builds: Sequence[PastEdition]) -> bool:
    """Whether builds stand at their dates: all have one, no two the same, in the order of their numbers."""
    days = [one.date for one in builds if one.date]
    return len(days) == len(builds) and days == sorted(set(days))


def shrinking(contract: Contract) -> list[Shrinking]:
    """Segments of this build whose share of customers fell in each of the last three builds."""
    builds = editions(contract)[-IN_A_ROW - 1 :]
    if len(builds) <= IN_A_ROW:
        return []
    known = known_segments(contract)
    return [found for one in contract.proper if (found := _shrinking(builds, known[one.id]))]


def _shrinking(builds: Sequence[PastEdition], segment: KnownSegment) -> Shrinking | None:
    row = [one for build in builds if (one := _of(build, segment.id))]
    shares = [one.share for one in row if one.share is not None]
    if len(shares) < len(builds) or any(b >= a for a, b in pairwise(shares)):
        return None
    return Shrinking(segment, shares[0], shares[-1], by_chance=told_apart(between(row[0], row[-1])) != "shrunk")


def _points(builds: Sequence[PastEdition], number: int, measure: Measure) -> list[TrendPoint]:
    found = [(place, one) for place, build in enumerate(builds) if (one := _of(build, number))]
    return [TrendPoint(place, *_figure(one, measure)) for place, one in found]


def _of(build: PastEdition, number: int) -> PastSegment | None:
    return next((one for one in build.segments if one.id == number), None)


def _figure(one: PastSegment | Segment, measure: Measure) -> tuple[float | None, tuple[float, float] | None]:
    if measure == "share":
        return one.share, _ends(one.share_interval)
    if measure == "size":
        return one.size, None
    if measure == "value":
        return one.value_share, None
    return one.stability, _ends(one.stability_interval)


def _ends(interval: Interval | None) -> tuple[float, float] | None:
    return None if interval is None else (interval.lower, interval.upper)
