"""Every kind of chart, in the order of the pages; names, captions and drawings are looked up here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from analysis.contract import Contract
from analysis.wording.number_format import NumberFormat
from report.captions.caption import Caption
from report.captions.words import Words
from report.charts import (
    brush,
    candidates,
    comparison,
    correlations,
    distribution,
    gap,
    lifetime,
    moves,
    persistence,
    profile,
    rfm_grid,
    segment_evaluation,
    segment_heatmap,
    segment_map,
    segment_profiles,
    segment_ranges,
    segment_sizes,
    segment_trend,
    silhouettes,
    stability,
    trend,
)
from report.charts.context import ChartContext
from report.charts.kind import Chart, ChartKind

ABREAST = 3
"""With so many charts in a row, each is as narrow as on a phone."""
KINDS: tuple[ChartKind[Any], ...] = (
    segment_map.KIND,
    segment_sizes.KIND,
    segment_heatmap.KIND,
    segment_profiles.KIND,
    segment_ranges.KIND,
    profile.KIND,
    segment_trend.KIND,
    segment_evaluation.KIND,
    moves.KIND,
    trend.KIND,
    distribution.KIND,
    correlations.KIND,
    comparison.KIND,
    brush.KIND,
    candidates.KIND,
    gap.KIND,
    stability.KIND,
    persistence.KIND,
    silhouettes.KIND,
    rfm_grid.KIND,
    lifetime.KIND,
)


def names(contract: Contract) -> tuple[str, ...]:
    """The name of every chart that the contract calls for, in the order of the pages."""
    return tuple(name for name, _, _ in _charts(contract))


def captions(contract: Contract, formats: NumberFormat) -> dict[str, Caption]:
    """The words and numbers around each chart in `names(contract)`, in that order."""
    words = Words(contract, formats)
    return {name: kind.caption(words, subject) for name, kind, subject in _charts(contract)}


def chart(context: ChartContext, name: str) -> Chart:
    """The chart of that name. Raises KeyError if `names(contract)` does not contain it."""
    for each, kind, subject in _charts(context.contract):
        if each == name:
            return kind.draw(context, subject)
    raise KeyError(name)


def crowded(contract: Contract) -> frozenset[str]:
    """The charts with at least three side by side: most screens have no room for their wide picture."""
    rows = {name: (kind, kind.row(subject)) for name, kind, subject in _charts(contract) if kind.row}
    beside = Counter(rows.values())
    return frozenset(name for name, row in rows.items() if beside[row] >= ABREAST)


def _charts(contract: Contract) -> Iterator[tuple[str, ChartKind[Any], Any]]:
    """Name, kind and subject of every chart."""
    for kind in KINDS:
        for name, subject in kind.charts(contract):
            yield name, kind, subject
