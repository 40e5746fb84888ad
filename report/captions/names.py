"""Which charts a contract calls for; pages, captions and pictures all go by these names."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.contract import Comparison, Contract, Feature, SegmentMap, Selection
from report.captions.axes import shows_points
from report.captions.pictured import has_middles

FINE = 0.2
"""Part of an axis that a rectangle of the map may span before its centre says too little."""


ABREAST = 3
"""Charts in a row from which each is as narrow as on a phone."""
TOLD = 0.5
"""Share of the customers whose way from one number of segments to the next must be told to be drawn."""


def names(contract: Contract) -> tuple[str, ...]:
    """Every chart's name, in the order of the pages."""
    return tuple(_names(contract))


def crowded(contract: Contract) -> frozenset[str]:
    """The charts of which at least three stand side by side: on most screens there is no room for the wide picture."""
    exploration = contract.exploration
    features = {feature.name: feature for feature in contract.data.features}
    compared = [one for one in exploration.comparisons if one.groups]
    rows = [
        [distribution_name(features[one.feature]) for one in exploration.distributions if one.bins],
        *([comparison_name(contract, one) for one in compared if one.by == by] for by in {one.by for one in compared}),
    ]
    return frozenset(name for row in rows if len(row) >= ABREAST for name in row)


def comparison_name(contract: Contract, one: Comparison) -> str:
    """`comparison-<feature slug>-by-<by slug>`."""
    slugs = {feature.name: feature.slug for feature in contract.data.features}
    return f"comparison-{slugs[one.feature]}-by-{slugs[one.by]}"


def distribution_name(feature: Feature) -> str:
    """`distribution-<feature slug>`."""
    return f"distribution-{feature.slug}"


def _differences(contract: Contract) -> Iterator[str]:
    if any(segment.figures for segment in contract.proper):
        yield from ("segment-heatmap", "segment-profiles")
        if has_middles(contract):
            yield "segment-ranges"
        yield from (f"profile-{segment.slug}" for segment in contract.segments if segment.figures)


def _names(contract: Contract) -> Iterator[str]:
    exploration = contract.exploration
    features = {feature.name: feature for feature in contract.data.features}
    if exploration.map is not None and (exploration.map.bins or exploration.points):
        yield "segment-map"
    if contract.segments:
        yield "segment-sizes"
        yield from _differences(contract)
        if any(segment.evaluation for segment in contract.segments):
            yield "segment-evaluation"
    yield from (distribution_name(features[one.feature]) for one in exploration.distributions if one.bins)
    if any(one.pearson is not None for one in exploration.correlations):
        yield "correlations"
    yield from (comparison_name(contract, one) for one in exploration.comparisons if one.groups)
    if exploration.map is not None and (shows_points(contract) or _fine(exploration.map)):
        yield "brush"
    yield from _solutions(contract.selection)
    if any(one.silhouettes for one in contract.proper):
        yield "silhouettes"
    if contract.scoring is not None:
        yield "rfm-grid"
    if contract.lifetime and contract.lifetime.held_out:
        yield "lifetime"


def _solutions(selection: Selection) -> Iterator[str]:
    """Charts of the numbers of segments that were tried."""
    tried = selection.candidates
    if len(tried) > 1:
        yield "candidates"
    if sum(one.gap is not None for one in tried) > 1:
        yield "gap"
    if any(one.agreement is not None for one in tried):
        yield "stability"
    if _flowing(selection):
        yield "persistence"


def _flowing(selection: Selection) -> bool:
    """Whether enough is told of who passes from one number to the next; in public mode small flows are withheld."""
    steps = sum(bool(one.segments) for one in selection.candidates) - 1
    taken = any(one.k == selection.k and one.segments for one in selection.candidates)
    return taken and steps > 0 and sum(flow.share or 0 for flow in selection.flows) >= TOLD * steps


def _fine(chart_map: SegmentMap) -> bool:
    """Whether every rectangle is small enough that its centre tells where its customers are."""
    bins = chart_map.bins
    if not bins:
        return False
    width = max(one.x1 for one in bins) - min(one.x0 for one in bins)
    height = max(one.y1 for one in bins) - min(one.y0 for one in bins)
    return all(one.x1 - one.x0 <= width * FINE and one.y1 - one.y0 <= height * FINE for one in bins)
