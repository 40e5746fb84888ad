"""How the customers are spread over the levels of an ordinal column: a bar a level, under its own word."""

from __future__ import annotations

from typing import Any

import altair as alt

from analysis.contract import Distribution, Feature, HistogramBin
from report.captions.levels import level
from report.charts.context import SMALL, ChartContext
from report.charts.rows import PALE, SHOWN, Rows, chosen_together, data, name_space, pixel_scale, pixels_down, stacked
from report.style.scales import quiet_x, span
from report.style.theme import ACCENT, INK_2

BAR: dict[str, Any] = {"height": 16, "cornerRadiusEnd": 3, "color": ACCENT, "aria": False}


def levels(context: ChartContext, one: Distribution) -> alt.LayerChart:
    """Customers by level, the lowest on top; chosen segments are filled in when the reader asks for them."""
    feature = context.feature(one.feature)
    names = [level(feature, bin_) for bin_ in one.bins]
    rows = Rows(tuple(names), context.narrow, pitch=44 if context.narrow else 32)
    start, width = name_space(names, context.narrow, widest=170), context.width(SMALL)
    across = span(0, max([1, *(bin_.count for bin_ in one.bins)]) * 1.02, 3)
    x = alt.X(
        "n:Q", scale=pixel_scale(across.domain, start, width - 96), axis=alt.Axis(**quiet_x(across, format=",.0f"))
    )
    y = pixels_down(rows.height)
    base = alt.Chart(data([_bar(context, feature, bin_, rows.middle(i)) for i, bin_ in enumerate(one.bins)]))
    bars = base.mark_bar(**BAR).encode(x=x, x2=alt.X2(datum=0), y=y, tooltip=alt.Tooltip("tip:N"), opacity=PALE)
    return stacked(
        bars, *_chosen(one, rows, x, y), rows.names(width if context.narrow else start - 16),
        rows.figures(_figures(context, one), width, align="right", color=INK_2),
        width=width, height=rows.height, params=[SHOWN],
    )  # fmt: skip


def _bar(context: ChartContext, feature: Feature, bin_: HistogramBin, y: float) -> dict[str, Any]:
    return {"py": y, "n": bin_.count, "tip": f"{level(feature, bin_)}\nCustomers: {context.figures.number(bin_.count)}"}


def _chosen(one: Distribution, rows: Rows, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    values = [
        {"py": rows.middle(place), "n": count, "s": segment}
        for place, bin_ in enumerate(one.bins)
        for segment, count in sorted(bin_.by_segment.items())
    ]
    if not values:
        return []
    filled = chosen_together(values, ["py"]).mark_bar(**BAR)
    return [filled.encode(x=x, x2=alt.X2(datum=0), y=y)]


def _figures(context: ChartContext, one: Distribution) -> list[str]:
    total = sum(bin_.count for bin_ in one.bins)
    return [f"{context.figures.number(b.count)} · {context.figures.percent(b.count / total)}" for b in one.bins]
