"""The silhouette plot: how much nearer each segment's customers are to their own segment than to the next.

Rousseeuw (1987), Journal of Computational and Applied Mathematics 20:53. Drawn from percentiles, so that no single
customer is shown: a segment's block is as tall as it has customers, the clearest on top.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import altair as alt

from analysis.contract import Contract, Segment
from report.captions.certainty import silhouettes as caption
from report.charts.context import ChartContext
from report.charts.kind import one_chart
from report.charts.rows import data, name_space, pixel_scale, pixels_down, stacked
from report.style.lettering import lined, shorten, wrapped
from report.style.scales import decimals, quiet_x, rounded, span
from report.style.theme import INK, INK_2, TEXT

TALL, LEAST, BETWEEN = 250.0, 18.0, 10.0
"""Pixels for all customers together, for a segment at least, and between segments."""


@dataclass(frozen=True)
class Place:
    """Where a segment's block stands, in pixels from the top."""

    segment: Segment
    top: float
    height: float

    @property
    def middle(self) -> float:
        """The block's middle."""
        return self.top + self.height / 2


def silhouettes(context: ChartContext) -> alt.LayerChart:
    """A block a segment, with the mean of all customers as a dashed line."""
    places, height = _places(context)
    names = [context.name(one.segment.id) for one in places]
    left, width = name_space(names, context.narrow, widest=180), context.width()
    points = [point for one in places for point in _outline(context, one)]
    low, high = min(0.0, *(p["v"] for p in points)), max(0.5, *(p["v"] for p in points))
    across = span(low * 1.04, high * 1.04, 4)
    step = across.ticks[1] - across.ticks[0] if len(across.ticks) > 1 else 0.1
    scale = pixel_scale(across.domain, left, width - 44)
    x = alt.X("v:Q", scale=scale, axis=alt.Axis(**quiet_x(across, format=f".{decimals(step)}f")))
    y = pixels_down(height)
    blocks = alt.Chart(data(points)).mark_area(orient="horizontal", opacity=0.9).encode(
        x=x, x2=alt.X2("zero:Q"), y=y, color=alt.Color("colour:N", scale=None, legend=None),
        detail=alt.Detail("s:N"), tooltip=alt.Tooltip("tip:N"))  # fmt: skip
    mean = alt.Chart(data([{"v": rounded(context.contract.selection.silhouette)}]))
    return stacked(
        blocks, mean.mark_rule(color=INK, strokeDash=[4, 3], strokeWidth=1.5).encode(x=x),
        _names(context, places, left, y), _means(context, places, width, y), width=width, height=height,
    )  # fmt: skip


def _places(context: ChartContext) -> tuple[list[Place], float]:
    measured = [one for one in context.contract.proper if one.silhouettes]
    above = 18.0 if context.narrow else 0.0
    heights = [max(LEAST, TALL * one.share) for one in measured]
    tops = accumulate((h + BETWEEN + above for h in heights), initial=0.0)
    places = [Place(one, top + above, h) for one, top, h in zip(measured, tops, heights, strict=False)]
    return places, places[-1].top + places[-1].height + 2


def _outline(context: ChartContext, place: Place) -> list[dict[str, Any]]:
    values = sorted(place.segment.silhouettes, reverse=True)
    shares = [0.0, *((i + 1) / (len(values) + 1) for i in range(len(values))), 1.0]
    number = context.figures.number
    middle = values[len(values) // 2]
    tip = (
        f"{context.name(place.segment.id)}\nMean silhouette: {number(place.segment.silhouette, 2)}\n"
        f"Half of its customers: above {number(middle, 2)}"
    )
    return [
        {"py": rounded(place.top + share * place.height), "v": rounded(value), "zero": 0, "s": place.segment.id,
         "colour": context.colour(place.segment.id), "tip": tip}
        for share, value in zip(shares, [values[0], *values, values[-1]], strict=True)
    ]  # fmt: skip


def _names(context: ChartContext, places: list[Place], left: float, y: alt.Y) -> alt.Chart:
    limit = context.width() if context.narrow else left - 16
    rows = [
        {"py": height, "text": line}
        for one in places
        for height, line in lined(_lines(context.name(one.segment.id), limit, context), _height(one, context))
    ]
    mark = alt.Chart(data(rows)).mark_text(align="left", baseline="middle", color=INK, aria=False)
    drawn: alt.Chart = mark.encode(x=alt.XValue(0), y=y, text=alt.Text("text:N"))
    return drawn


def _lines(name: str, limit: float, context: ChartContext) -> list[str]:
    """A name beside its block may take two lines; above it one."""
    return [shorten(name, limit, TEXT)] if context.narrow else wrapped(name, limit, TEXT)


def _height(one: Place, context: ChartContext) -> float:
    return one.top - 9 if context.narrow else one.middle


def _means(context: ChartContext, places: list[Place], width: float, y: alt.Y) -> alt.Chart:
    rows = [{"py": one.middle, "text": context.figures.number(one.segment.silhouette, 2)} for one in places]
    mark = alt.Chart(data(rows)).mark_text(align="right", baseline="middle", color=INK_2, aria=False)
    drawn: alt.Chart = mark.encode(x=alt.XValue(width), y=y, text=alt.Text("text:N"))
    return drawn


def called_for(contract: Contract) -> bool:
    """Whether silhouettes of some segment are told."""
    return any(one.silhouettes for one in contract.proper)


KIND = one_chart("silhouettes", called_for, caption, silhouettes)
