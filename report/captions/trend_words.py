"""How the figures of a trend are written, what its charts say, and the table of its numbers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from analysis.contract import PastEdition
from analysis.language import gettext
from analysis.language.dates import brief_day, brief_month
from analysis.wording.number_format import NumberFormat
from report.captions.editions import edition_name
from report.captions.strength import to
from report.captions.trends import Measure, Trend, TrendPoint, by_date, editions
from report.captions.words import Words, quoted, together, withheld

MONTHS_FROM = 60
"""Days between the first and the last build from which on months are written instead of days."""


def figure(formats: NumberFormat, measure: Measure, value: float) -> str:
    """A value as people read it."""
    if measure == "size":
        return formats.number(value)
    return formats.number(value, 2) if measure == "stability" else formats.percent(value)


def written(formats: NumberFormat, measure: Measure, point: TrendPoint) -> str:
    """A point with its interval: `20% (17–23%)`."""
    if point.value is None:
        return withheld()
    told = figure(formats, measure, point.value)
    if point.ends is None:
        return told
    low, high = (figure(formats, measure, end) for end in point.ends)
    return gettext(
        "{figure} ({range})", figure=told, range=to(low.removesuffix("%").rstrip() if high.endswith("%") else low, high)
    )


def called_measure(words: Words, measure: Measure) -> str:
    """What is measured, as a title."""
    if measure == "share":
        return gettext("Share of customers")
    if measure == "size":
        return gettext("Customers")
    if measure == "stability":
        return gettext("Stability")
    return gettext("Share of {value}", value=words.value)


def short_names(builds: Sequence[PastEdition]) -> tuple[str, str]:
    """The first and the last build in a few letters: `Jan 2026`, `3 Jan`, `Build 3`."""
    ends = builds[0], builds[-1]
    if not by_date(builds):
        return tuple(gettext("Build {number}", number=one.number) for one in ends)  # type: ignore[return-value]
    first, last = (date.fromisoformat(one.date or "") for one in ends)
    written_day = brief_month if (last - first).days >= MONTHS_FROM else brief_day
    return written_day(first), written_day(last)


def development(words: Words, measure: Measure, one: Trend) -> str:
    """From which figure a segment came to which: `from 20% in build 1 to 26%`."""
    builds = editions(words.contract)
    first, last = one.told[0], one.told[-1]
    start, end = (figure(words.formats, measure, point.value or 0) for point in (first, last))
    slots = {"segment": quoted(one.segment.name), "first": builds[first.place].number, "start": start, "end": end}
    if first.place == last.place:
        return gettext("{segment} is known in build {first} only, with {end}.", **slots)
    if last.place < len(builds) - 1:
        return gettext("{segment} went from {start} in build {first} to {end} in build {last}, its last.",
                       **slots, last=builds[last.place].number)  # fmt: skip
    if start == end:
        return gettext("{segment} is at {end}, as in build {first}.", **slots)
    return gettext("{segment} went from {start} in build {first} to {end} now.", **slots)


def most_changed(trends: Sequence[Trend], last: int) -> Trend:
    """The segment of this build whose figure has changed most since it was first known; any other without one."""
    here = [one for one in trends if one.told[-1].place == last] or list(trends)
    return max(here, key=lambda one: round(abs((one.told[-1].value or 0) - (one.told[0].value or 0)), 9))


def table(words: Words, measure: Measure, trends: Sequence[Trend]) -> tuple[tuple[str, ...], ...]:
    """A row for each build with the figure of each segment; a dash where the build did not have it."""
    found = {(one.segment.id, point.place): point for one in trends for point in one.points}
    rows = []
    for place, build in enumerate(editions(words.contract)):
        cells = (found.get((one.segment.id, place)) for one in trends)
        told = ("–" if point is None else written(words.formats, measure, point) for point in cells)
        rows.append((edition_name(build.number, build.date), *told))
    return tuple(rows)


def legend(measure: Measure, trends: Sequence[Trend]) -> str:
    """What bands and gaps mean, where there are any."""
    bands = any(point.ends for one in trends for point in one.points)
    gaps = any(point.value is None for one in trends for point in one.points)
    return together(
        gettext("Bands: 95% intervals.") if bands else "",
        gettext("No interval is kept of earlier builds.") if measure in {"size", "value"} else "",
        gettext("Gaps: withheld, or not measured.") if gaps else "",
    )
