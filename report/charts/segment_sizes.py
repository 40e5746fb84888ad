"""How many customers each segment has, beside its part of the value."""

from __future__ import annotations

from typing import Any

import altair as alt

from analysis.contract import Contract
from report.captions.placing import segment_sizes as caption
from report.charts.context import ChartContext
from report.charts.kind import one_chart
from report.charts.rows import Rows, data, name_space, pixel_scale, pixels_down, stacked
from report.style.scales import quiet_x, rounded, span
from report.style.theme import CARD, INK, INK_2


def segment_sizes(context: ChartContext) -> alt.LayerChart:
    """A bar for the share of customers, a diamond for the share of value, the figures in a column of their own."""
    names = [context.name(segment.id) for segment in context.segments]
    rows = Rows(tuple(names), context.narrow, pitch=48 if context.narrow else 38)
    start, width = name_space(names, context.narrow), context.width()
    end = width - (66 if context.narrow else 118)
    values = _values(context, rows)
    most = max(max(one["share"], one.get("value", 0)) for one in values)
    across = span(0, most * 1.02, 3 if context.narrow else 5)
    x = alt.X("share:Q", scale=pixel_scale(across.domain, start, end), axis=alt.Axis(**quiet_x(across, format=".0%")))
    base = alt.Chart(data(values)).encode(y=pixels_down(rows.height), tooltip=alt.Tooltip("tip:N"))
    color = alt.Color("colour:N", scale=None, legend=None)
    bars = base.mark_bar(height=16, cornerRadiusEnd=3).encode(x=x, x2=alt.X2(datum=0), color=color)
    layers: list[alt.Chart] = [bars]
    if any("value" in one for one in values):
        diamond = base.mark_point(
            shape="diamond", filled=True, opacity=1, size=90, fill=INK, stroke=CARD, strokeWidth=1.5
        )
        layers.append(diamond.encode(x=alt.X("value:Q")))
    texts = [_figure(context, index) for index in range(len(names))]
    figures = rows.figures(texts, width, align="right", color=INK_2)
    names_layer = rows.names(context.width() if context.narrow else start - 16)
    return stacked(*layers, names_layer, figures, width=width, height=rows.height)


def _values(context: ChartContext, rows: Rows) -> list[dict[str, Any]]:
    values = []
    for index, segment in enumerate(context.segments):
        share = context.figures.percent(segment.share, 1)
        tip = f"{context.name(segment.id)}\nCustomers: {context.figures.number(segment.size)} ({share})"
        one: dict[str, Any] = {
            "py": rows.middle(index), "share": rounded(segment.share), "colour": context.colour(segment.id)
        }  # fmt: skip
        if segment.value_share is not None:
            one["value"] = rounded(segment.value_share)
            tip += f"\nShare of value: {context.figures.percent(segment.value_share, 1)}"
        values.append({**one, "tip": tip})
    return values


def _figure(context: ChartContext, index: int) -> str:
    segment = context.segments[index]
    share = context.figures.percent(segment.share, 0 if context.narrow else 1)
    return f"{context.figures.number(segment.size)} · {share}"


def called_for(contract: Contract) -> bool:
    """Whether there are segments."""
    return bool(contract.segments)


KIND = one_chart("segment-sizes", called_for, caption, segment_sizes)
