"""Distributions, comparisons and the segment map without single customers and small groups.

A histogram and a comparison by bands of the same column share their edges, so that the difference of a bar and a band
tells no small count either.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from analysis.contract import Comparison, Contract, Distribution, Exploration, Feature, HistogramBin, SegmentMap
from analysis.contract.runs import merged
from analysis.rounding.random_rounding import telling
from report.disclosure.answers import columns_of_two, correlation, tells_few
from report.disclosure.cells import rare, small
from report.disclosure.columns import OTHERS
from report.disclosure.gaps import few_lack, map_leaves_few
from report.disclosure.moments import solved
from report.disclosure.segment_map import segment_map

BAND = re.compile(r"(-?\d+)–(-?\d+)")

Edges = tuple[float, ...]
"""Increasing values at which it is published how many customers lie below."""


def exploration(
    contract: Contract, features: Sequence[Feature], untold: Mapping[int, frozenset[str]], few: frozenset[str]
) -> Exploration:
    """The published exploration; `features` are the published columns, `untold` those withheld of a segment.

    Columns of which `few` customers have one of two or three values are withheld of everybody.
    """
    found, least = contract.exploration, contract.privacy.min_cell
    answers = columns_of_two(contract)
    by_name = {feature.name: feature for feature in features}
    lacking = few_lack(contract)
    counted = {name: feature for name, feature in by_name.items() if name not in lacking}
    raw = {one.feature: one for one in found.distributions if one.feature in counted}
    comparisons = [
        one
        for one in found.comparisons
        if one.feature in counted.keys() - few
        and _agrees(one, raw, counted)
        and not (one.feature in answers and any(tells_few(group, answers[one.feature], least) for group in one.groups))
        and not (not counted[one.feature].harmless and any(group.constant for group in one.groups))
        and not any(group.concealed for group in one.groups)
    ]
    banded = {one.by: one for one in comparisons if by_name[one.by].kind == "numeric"}
    edges = {name: _edges(one, banded.get(name), least) for name, one in raw.items()}
    drawn = [_distribution(one, by_name[name], edges[name], contract) for name, one in raw.items()]
    distributions = tuple(one for one in drawn if one is not None)
    return found.model_copy(
        update={
            "distributions": distributions,
            "correlations": tuple(
                correlation(one, contract, few, answers)
                for one in found.correlations
                if one.a in by_name and one.b in by_name
            ),
            "comparisons": _comparisons(comparisons, by_name, edges, least),
            "map": found.map and _map(found.map, {one.feature: one for one in distributions}, untold, contract),
            "points": None,
        }
    )


def _map(
    drawn: SegmentMap,
    distributions: Mapping[str, Distribution],
    untold: Mapping[int, frozenset[str]],
    contract: Contract,
) -> SegmentMap | None:
    """None as well where an axis is a column that is withheld of some segment, and where few are not on the map."""
    axes = {drawn.x, drawn.y}
    if any(axes & names for names in untold.values()) or map_leaves_few(drawn, contract):
        return None
    if any(one.feature in axes and not one.middle_half for each in contract.segments for one in each.figures):
        return None  # where the middle half of a segment's customers lies is drawn round it
    return segment_map(drawn, distributions, contract.privacy.min_cell)


def bounds(comparison: Comparison) -> list[tuple[float, float]] | None:
    """The bands of whole numbers as half-open intervals, `10–19` as [10, 20); None where they do not follow on."""
    found = [BAND.fullmatch(one.group) for one in comparison.groups]
    bands = [(float(match[1]), float(match[2]) + 1) for match in found if match]
    follow = all(a[1] <= b[0] for a, b in pairwise(bands))
    return bands if bands and len(bands) == len(found) and follow else None


def _agrees(comparison: Comparison, raw: Mapping[str, Distribution], features: Mapping[str, Feature]) -> bool:
    """Whether a comparison by bands counts the histogram's customers, so that differences of the two tell nothing."""
    if comparison.by not in features or features[comparison.by].kind == "category":
        return comparison.by in features
    histogram = raw.get(comparison.by)
    counted = sum(one.count for one in comparison.groups)
    return histogram is not None and counted == sum(one.count for one in histogram.bins)


def _edges(distribution: Distribution, banded: Comparison | None, least: int) -> Edges:
    """Inner edges at which the number of customers below may be known: the bands', then the bars' between them."""
    below = _below({one.lower: one.count for one in distribution.bins})
    total = sum(one.count for one in distribution.bins)
    bands = bounds(banded) if banded else None
    if banded is None or bands is None:
        return _parted(below, total, least)
    counts = {start: group.count for (start, _), group in zip(bands, banded.groups, strict=True)}
    outer = _parted(_below(counts), total, least)
    below |= _below(counts)
    inner: list[float] = []
    for start, end in pairwise((-math.inf, *outer, math.inf)):
        first, last = below.get(start, 0), below.get(end, total)
        within = {edge: held - first for edge, held in below.items() if start < edge < end}
        inner += _parted(within, last - first, least)
    return tuple(sorted((*outer, *inner)))


def _parted(below: Mapping[float, int], total: int, least: int) -> Edges:
    """Those of the edges between which at least `least` customers lie; `below` is edge → customers below it."""
    edges = sorted(below)
    counts = [high - low for low, high in pairwise((0, *(below[edge] for edge in edges), total))]
    return tuple(edges[run.start - 1] for run in merged(counts, least)[1:])


def _below(counts: Mapping[float, int]) -> dict[float, int]:
    """Inner edge → customers below it; `counts` is by lower edge."""
    below, held = {}, 0
    for place, (edge, count) in enumerate(counts.items()):
        if place:
            below[edge] = held
        held += count
    return below


def _distribution(
    distribution: Distribution, feature: Feature, edges: Edges, contract: Contract
) -> Distribution | None:
    """Bars between the published edges that are bars' edges.

    None where only one bar would be left, and where the column's mean and spread tell what bars put together hide.
    """
    cuts = [one.lower for one in distribution.bins[1:] if one.lower in edges]
    if not cuts or solved(distribution, len(cuts) + 1):
        return None
    lows, highs = (distribution.bins[0].lower, *cuts), (*cuts, distribution.bins[-1].upper)
    bars = [_bar(distribution, low, high) for low, high in zip(lows, highs, strict=True)]
    if not feature.levels:
        bars = _capped(bars)
    least = contract.privacy.min_cell
    levels = (feature.levels or feature.two_values) and not feature.harmless
    if any(small(count, least) for count in _by_segment(bars, contract)) or (levels and _told_of_all(bars, contract)):
        bars = [bar.model_copy(update={"by_segment": {}}) for bar in bars]
    return distribution.model_copy(update={"bins": tuple(bars)})


def _by_segment(bars: Sequence[HistogramBin], contract: Contract) -> list[int]:
    """The counts of bars by segment, and what they leave of each segment."""
    told = [count for bar in bars for count in bar.by_segment.values()]
    return told + [one.size - sum(bar.by_segment.get(one.id, 0) for bar in bars) for one in contract.segments]


def _told_of_all(bars: Sequence[HistogramBin], contract: Contract) -> bool:
    """Whether the bars tell that nearly all or none of a segment have a level."""
    least, ids = contract.privacy.min_cell, [one.id for one in contract.segments]
    sizes = {number: sum(bar.by_segment.get(number, 0) for bar in bars) for number in ids}
    return any(telling(bar.by_segment.get(number, 0), sizes[number], least) for bar in bars for number in ids)


def _capped(bars: Sequence[HistogramBin]) -> list[HistogramBin]:
    """The outermost bars no wider than those beside them; the levels of an order are known, values are not.

    Few values lie far out, and an edge that follows the largest would tell it. A bar that was wider holds everybody
    beyond its edge, and says so.
    """
    first, last = bars[0], bars[-1]
    inner = [one.upper - one.lower for one in bars[1:-1]] or [min(first.upper - first.lower, last.upper - last.lower)]
    low, high = first.upper - inner[0], last.lower + inner[-1]
    if first.lower < low:
        first = first.model_copy(update={"lower": low, "beyond": "below"})
    if last.upper > high:
        last = last.model_copy(update={"upper": high, "beyond": "above", "closed": False})
    return [first, *bars[1:-1], last]


def _bar(distribution: Distribution, low: float, high: float) -> HistogramBin:
    inside = [one for one in distribution.bins if low <= one.lower < high]
    ids = sorted({segment for one in inside for segment in one.by_segment})
    by_segment = {segment: sum(one.by_segment.get(segment, 0) for one in inside) for segment in ids}
    beyond = next((one.beyond for one in inside if one.beyond), None)
    return HistogramBin(
        lower=low,
        upper=high,
        count=sum(one.count for one in inside),
        by_segment=by_segment,
        beyond=beyond,
        closed=inside[-1].closed,
    )


def _comparisons(
    found: Sequence[Comparison], features: Mapping[str, Feature], edges: Mapping[str, Edges], least: int
) -> tuple[Comparison, ...]:
    kept = [
        _by_band(one, edges.get(one.by, ()))
        if features[one.by].kind == "numeric"
        else _by_category(one, features, least)
        for one in found
    ]
    return tuple(one for one in kept if sum(1 for group in one.groups if group.middle_half) > 1)


def _by_band(comparison: Comparison, edges: Edges) -> Comparison:
    """The bands whose both ends are published edges."""
    starts = [start for start, _ in bounds(comparison) or []]
    ends = (-math.inf, *starts[1:], math.inf)
    known = {-math.inf, math.inf, *edges}
    groups = zip(comparison.groups, pairwise(ends), strict=False)
    return comparison.model_copy(update={"groups": tuple(one for one, ends in groups if known.issuperset(ends))})


def _by_category(comparison: Comparison, features: Mapping[str, Feature], least: int) -> Comparison:
    """Groups that are published categories, unless what is left of them elsewhere would be a small count."""
    published = features[comparison.by].categories
    counts = {one.group: one.count for one in comparison.groups}
    hidden = rare(counts, least) | {name for name in counts if name not in published and name != OTHERS}
    gaps = [published[name] - count for name, count in counts.items() if name in published and name != OTHERS]
    gaps.append(sum(published.values()) - sum(counts.values()) - sum(gaps))
    rest = sum(counts[name] for name in hidden)
    if small(rest, least) or any(small(gap, least) for gap in gaps):
        return comparison.model_copy(update={"groups": ()})
    return comparison.model_copy(update={"groups": tuple(one for one in comparison.groups if one.group not in hidden)})
