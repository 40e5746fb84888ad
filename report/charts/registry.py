"""Every chart by its name."""

from __future__ import annotations

from collections.abc import Callable

import altair as alt

from analysis.contract import Contract
from report.captions.names import comparison_name, names
from report.charts.brush import brush
from report.charts.candidates import candidates
from report.charts.comparison import comparison
from report.charts.context import ChartContext
from report.charts.correlations import correlations
from report.charts.distribution import distribution
from report.charts.evaluation import segment_evaluation
from report.charts.gap import gap
from report.charts.heatmap import segment_heatmap
from report.charts.lifetime import lifetime
from report.charts.persistence import persistence
from report.charts.profile import profile
from report.charts.ranges import segment_ranges
from report.charts.rfm_grid import rfm_grid
from report.charts.segment_map import segment_map
from report.charts.segment_profiles import segment_profiles
from report.charts.segment_sizes import segment_sizes
from report.charts.silhouettes import silhouettes
from report.charts.stability import stability

Chart = alt.LayerChart | alt.HConcatChart | alt.VConcatChart
_SINGLE: dict[str, Callable[[ChartContext], Chart]] = {
    "segment-map": segment_map,
    "segment-sizes": segment_sizes,
    "segment-heatmap": segment_heatmap,
    "segment-profiles": segment_profiles,
    "segment-ranges": segment_ranges,
    "segment-evaluation": segment_evaluation,
    "correlations": correlations,
    "brush": brush,
    "candidates": candidates,
    "gap": gap,
    "stability": stability,
    "persistence": persistence,
    "silhouettes": silhouettes,
    "rfm-grid": rfm_grid,
    "lifetime": lifetime,
}


def chart(context: ChartContext, name: str) -> Chart:
    """The chart of that name on that paper. Raises KeyError where `names(contract)` does not hold it."""
    if name in _SINGLE:
        return _SINGLE[name](context)
    return _made_for(context.contract, name)(context)


def _made_for(contract: Contract, name: str) -> Callable[[ChartContext], Chart]:
    for segment in contract.segments:
        if name == f"profile-{segment.slug}":
            return lambda context: profile(context, segment)
    slugs = {feature.name: feature.slug for feature in contract.data.features}
    for spread in contract.exploration.distributions:
        if name == f"distribution-{slugs[spread.feature]}":
            return lambda context: distribution(context, spread)
    for groups in contract.exploration.comparisons:
        if name == comparison_name(contract, groups):
            return lambda context: comparison(context, groups)
    raise KeyError(name)


__all__ = ["Chart", "chart", "names"]
