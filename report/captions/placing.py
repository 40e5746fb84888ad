"""Captions of the segment map and of the segments' sizes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from analysis.basics.letters import capital, in_sentence
from analysis.basics.listed import listed
from analysis.contract import Feature, Segment, SegmentMap
from report.captions.axes import at_the_edge, shows_points
from report.captions.caption import Caption
from report.captions.words import Words, about, quoted

CLOSE = 0.75
"""Two segments whose means lie nearer than this, in standard deviations on both axes together, overlap on the map."""
APART = 0.9
"""A difference of means, in standard deviations, that tells two segments apart."""
NOTICEABLE = 0.2
"""A difference from everybody, in standard deviations, that is worth a word (Cohen 1988: a small effect)."""


def segment_map(words: Words) -> Caption:
    """The map's words; its table holds the typical figures that the map cannot show exactly."""
    chart_map = _map(words)
    across, up = words.label(chart_map.x), words.label(chart_map.y)
    axes = (words.feature(chart_map.x), words.feature(chart_map.y))
    kind, told = "A scatter plot", "colour and shape tell the segments"
    gaps = any(axis.missing for axis in axes)
    mark = "Each mark is one customer for whom both are known" if gaps else "Each mark is one customer"
    if not shows_points(words.contract):
        kind, told = "A map of boxes", "colour tells the segments"
        mark = "Marks are medians, boxes the middle half of a segment in each column"
    seen, edge = " ".join(_seen(words, chart_map)), _at_the_edge(words, chart_map)
    return Caption(
        name="segment-map",
        takeaway=_takeaway(words, chart_map),
        subtitle=f"{mark}, by {across} and {up}; {told}{edge}",
        description=f"{kind} of {across} (across) and {up} (up), marked by segment{edge}. {seen}",
        columns=("Segment", "Customers", *(f"{axis.label}, {_figure(words, axis)}" for axis in axes)),
        rows=tuple(
            (one.name, words.figures.number(one.size), *_typical(words, one, chart_map))
            for one in words.contract.segments
        ),
        controls=(words.segment_buttons(),),
    )  # fmt: skip


def _at_the_edge(words: Words, chart_map: SegmentMap) -> str:
    count = at_the_edge(words.contract, (chart_map.x, chart_map.y))
    who, are = ("customer", "is") if count == 1 else ("customers", "are")
    return f"; {words.figures.number(count)} {who} far outside {are} drawn at the edge" if count else ""


def segment_sizes(words: Words) -> Caption:
    """Customers beside value, where value is estimated."""
    segments = words.contract.segments
    percent = words.figures.percent
    budget = words.contract.budget
    label = in_sentence(budget.value_label.split(" (")[0]) if budget else words.value
    valued = any(one.value_share is not None for one in segments)
    rows = []
    for one in segments:
        row = [one.name, words.figures.number(one.size), percent(one.share, 1)]
        rows.append((*row, "–" if one.value_share is None else percent(one.value_share, 1)) if valued else tuple(row))
    proper = words.contract.proper
    largest, smallest = max(proper, key=lambda one: one.size), min(proper, key=lambda one: one.size)
    return Caption(
        name="segment-sizes",
        takeaway=_sizes_takeaway(words, label),
        subtitle=f"Bars: share of customers{f'; diamonds: share of {label}' if valued else ''}",
        description=(
            f"A bar for each of {len(proper)} segments{_and_none(words)}. The largest is {largest.name} with "
            f"{percent(largest.share, 1)} of customers, the smallest {smallest.name} with {percent(smallest.share, 1)}."
        ),
        columns=("Segment", "Customers", "Share of customers", f"Share of {label}")[: 4 if valued else 3],
        rows=tuple(rows),
    )


def _and_none(words: Words) -> str:
    return ", and one for the customers in none" if len(words.contract.proper) < len(words.contract.segments) else ""


def overlapping(words: Words, chart_map: SegmentMap) -> tuple[Segment, Segment, str] | None:
    """Two segments that share a place on the map and the column that tells them apart, the clearest case first."""
    found = []
    for one, other in combinations(words.contract.proper, 2):
        mine, theirs = ({p.feature: p.effect for p in segment.figures} for segment in (one, other))
        gap = sum((mine[axis] - theirs[axis]) ** 2 for axis in (chart_map.x, chart_map.y)) ** 0.5
        rest = [
            (abs(mine[name] - theirs[name]), name) for name in mine.keys() & theirs.keys() - {chart_map.x, chart_map.y}
        ]
        if gap < CLOSE and rest and max(rest)[0] > APART:
            found.append((max(rest)[0], one, other, max(rest)[1]))
    return max(found, key=lambda case: case[0])[1:] if found else None


def _map(words: Words) -> SegmentMap:
    chart_map = words.contract.exploration.map
    if chart_map is None:
        raise ValueError("this contract has no segment map")
    return chart_map


def _takeaway(words: Words, chart_map: SegmentMap) -> str:
    case = overlapping(words, chart_map)
    farthest = _farthest(words, chart_map)
    if case:
        one, other, feature = case
        return f"{quoted(one.name)} and {quoted(other.name)} overlap here; {words.label(feature)} tells them apart."
    axes = [one for axis in (chart_map.x, chart_map.y) for one in farthest.figures if one.feature == axis]
    strongest = max(abs(one.effect) for one in axes)
    told = [one for one in axes if abs(one.effect) >= min(NOTICEABLE, strongest)]
    where = " and ".join(f"{words.label(one.feature)} {words.against(one)}" for one in told)
    return f"Farthest out: {quoted(farthest.name)}, with {where}."


def _farthest(words: Words, chart_map: SegmentMap) -> Segment:
    def out(segment: Segment) -> float:
        return sum(one.effect**2 for one in segment.figures if one.feature in {chart_map.x, chart_map.y})

    return max(words.contract.proper, key=lambda segment: (out(segment), -segment.id))


def _seen(words: Words, chart_map: SegmentMap) -> Iterator[str]:
    """Where each segment lies, in words; segments of one level on both axes share a sentence."""
    together: dict[tuple[str, str], list[str]] = {}
    for one in words.contract.segments:
        levels = {profile.feature: profile.level for profile in one.figures}
        together.setdefault((levels[chart_map.x], levels[chart_map.y]), []).append(one.name)
    for (across, up), names in together.items():
        yield capital(f"{listed(names)}: {across} {words.label(chart_map.x)}, {up} {words.label(chart_map.y)}.")


def _figure(words: Words, axis: Feature) -> str:
    """What the table has of an axis: what the map shows of it, which of boxes is the median."""
    return axis.typical if shows_points(words.contract) else "median"


def _typical(words: Words, one: Segment, chart_map: SegmentMap) -> tuple[str, str]:
    drawn = {profile.feature: profile for profile in one.figures}
    x, y = (
        drawn[axis].median if _figure(words, words.feature(axis)) == "median" else drawn[axis].typical
        for axis in (chart_map.x, chart_map.y)
    )
    return words.of(chart_map.x, x), words.of(chart_map.y, y)


def _sizes_takeaway(words: Words, label: str) -> str:
    segments, percent = words.contract.proper, words.figures.percent
    valued = [(one.value_share - one.share, one) for one in segments if one.value_share is not None]
    gap, one = max(valued, key=lambda pair: pair[0], default=(0.0, segments[0]))
    if gap >= 0.03 and one.value_share is not None:
        return f"{quoted(one.name)}: {percent(one.share)} of customers, {percent(one.value_share)} of {label}."
    largest, smallest = max(segments, key=lambda s: s.size), min(segments, key=lambda s: s.size)
    if largest.size == smallest.size:
        every = "Both" if len(segments) == 2 else f"All {len(segments)}"
        return f"{every} segments have {about(words.contract)}the same size."
    return (
        f"The largest segment is {quoted(largest.name)}, with {percent(largest.share)} of customers, the smallest "
        f"{quoted(smallest.name)}, with {percent(smallest.share)}."
    )
