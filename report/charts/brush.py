"""The linked brush of the Explore page: draw a box on the map, and see which segments those customers belong to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from analysis.contract import Contract, Feature, SegmentMap
from report.captions.axes import Axis, brush_axes, reach, shows_points, single
from report.captions.table import brush as caption
from report.charts.context import ChartContext
from report.charts.kind import one_chart
from report.charts.rows import data, stacked
from report.charts.segment_map import marks, within
from report.style.lettering import LINE, wrapped
from report.style.scales import rounded, shown
from report.style.theme import AREAS, CARD, CLEAR, INK, INK_2, SOFT, TEXT

RIGHT, FOOT = "width", "height"
"""Where a plot ends, as Vega-Lite says it: the page draws the live chart as large as its picture is shown."""
FINE = 0.2
"""Part of an axis that a rectangle of the map may span before its centre says too little."""
BOX = alt.BrushConfig(fill=INK, fillOpacity=0.08, stroke=INK_2, strokeOpacity=0.6)

TWO_LINES = 58.0
"""Pixels between bars whose names take two lines."""


def brush(context: ChartContext) -> alt.VConcatChart | alt.HConcatChart:
    """A scatter with an interval selection; bars with a segment's customers inside the box, before all of its own."""
    axes = brush_axes(context.contract)
    chosen = _start(context, axes)
    rows = _rows(context, axes)
    box = alt.selection_interval(name="brush", encodings=["x", "y"], mark=BOX)
    scatter, bars = _scatter(context, rows, box), _bars(context, rows, box)
    both = alt.vconcat(scatter, bars, spacing=30) if context.narrow else alt.hconcat(scatter, bars, spacing=40)
    return both.add_params(*chosen)


def _start(context: ChartContext, axes: tuple[Axis, ...]) -> list[alt.Parameter]:
    chart_map = context.contract.exploration.map
    first = {axis.feature: axis for axis in axes}
    x, y = (first[chart_map.x], first[chart_map.y]) if chart_map else axes[:2]
    return [
        alt.param(name=name, value=value)
        for way, axis in (("across", x), ("up", y))
        for name, value in ((way, axis.field), (f"{way}_label", axis.label), (f"{way}_format", axis.format))
    ]


def _rows(context: ChartContext, axes: tuple[Axis, ...]) -> list[dict[str, Any]]:
    points = context.contract.exploration.points
    if points and shows_points(context.contract):
        drawn = [(one.field, context.feature(one.feature), reach(context.contract, one.feature)) for one in axes]
        return [
            {**_values(drawn, [points[axis.feature][place] for axis in axes]), "s": segment, "n": 1}
            for place, (_, segment) in enumerate(single(points))
        ]
    chart_map = context.contract.exploration.map
    if chart_map is None:
        return []
    fields = {axis.feature: axis.field for axis in axes}
    return [
        {fields[chart_map.x]: row["x"], fields[chart_map.y]: row["y"], "s": row["s"], "n": row["n"]}
        for row in marks(context, chart_map.x, chart_map.y)
    ]


def _values(drawn: Sequence[tuple[str, Feature, tuple[float, float]]], row: Sequence[float | None]) -> dict[str, float]:
    """The figures of one customer by (field, column, ends); a field that is not there is not known."""
    return {
        field: shown(feature, within(value, ends))
        for (field, feature, ends), value in zip(drawn, row, strict=True)
        if value is not None
    }


def _scatter(context: ChartContext, rows: list[dict[str, Any]], box: alt.Parameter) -> alt.LayerChart:
    ids = [segment.id for segment in context.segments]
    single = all(row["n"] == 1 for row in rows)
    width, height = (262, 260) if context.narrow else (352, 320)
    base = _placed(rows)
    colours = {"domain": ids, "range": [context.colour(one) for one in ids]}
    shapes = alt.Scale(domain=ids, range=[context.shape(one) for one in ids] if single else ["square"])
    count = 4
    # Altair's `condition` would look at every part of them anew.
    inside = {"param": box.name, "field": "s", "type": "nominal", "scale": colours, "legend": None}
    encoding: dict[str, Any] = {
        "x": alt.X("x:Q", scale=alt.Scale(zero=False, nice=True, padding=8), axis=_axis("across", count)),
        "y": alt.Y("y:Q", scale=alt.Scale(zero=False, nice=True, padding=8), axis=_axis("up", count)),
        "color": alt.ColorValue(INK_2, condition=inside),
        "opacity": alt.OpacityValue(0.2, condition={"param": box.name, "value": 0.86}),
        "shape": alt.Shape("s:N", scale=shapes, legend=None),
    }
    if not single:
        most = max(row["n"] for row in rows)
        encoding["size"] = alt.Size("n:Q", scale=alt.Scale(domain=[0, most], range=[20, 420]), legend=None)
    else:
        areas = alt.Scale(domain=ids, range=[AREAS[context.shape(one)] * 0.85 for one in ids])
        encoding["size"] = alt.Size("s:O", scale=areas, legend=None)
    points = base.mark_point(filled=True, stroke=CARD, strokeWidth=0.6, aria=False).encode(**encoding)
    words = [_word("up", -34, 0, dy=-20), _word("across", RIGHT, FOOT, dy=36)]
    # An empty plot catches the pointer only where it is painted, be it with nothing to see.
    ground = alt.ViewBackground(fill=CLEAR, cursor="crosshair")
    return stacked(points.add_params(box), *words, width=width, height=height, view=ground)


def _placed(rows: list[dict[str, Any]]) -> alt.Chart:
    """The customers with the two chosen columns as `x` and `y`; the parameters hold field names, never labels.

    Who has no value in one of them has no mark, and lies in no box: Vega would take it for 0.
    """
    placed = alt.Chart(data(rows)).transform_calculate(x="datum[across]", y="datum[up]")
    gaps = len({len(row) for row in rows}) > 1
    return placed.transform_filter("isValid(datum.x) && isValid(datum.y)") if gaps else placed


def _axis(way: str, count: int) -> alt.Axis:
    return alt.Axis(
        title=None, grid=True, tickCount=count, labelOverlap=True, labelExpr=f"format(datum.value, {way}_format)"
    )


def _word(way: str, x: float | str, y: float | str, dy: float) -> alt.Chart:
    expression = "'↑ ' + up_label" if way == "up" else "across_label + ' →'"
    style: dict[str, Any] = {"align": "left" if way == "up" else "right", "baseline": "middle", "fontSize": TEXT}
    mark = alt.Chart(data([{}])).mark_text(text=alt.ExprRef(expression), dy=dy, color=INK_2, aria=False, **style)
    drawn: alt.Chart = mark.encode(x=alt.XValue(x), y=alt.YValue(y))
    return drawn


def _bars(context: ChartContext, rows: list[dict[str, Any]], box: alt.Parameter) -> alt.LayerChart:
    ids = [segment.id for segment in context.segments]
    pitch = 38.0 if context.narrow else max(34.0, min(52.0, 320 / len(ids)))
    width = 270 if context.narrow else 166
    total = {one: sum(row["n"] for row in rows if row["s"] == one) for one in ids}
    y = alt.Y("s:O", scale=alt.Scale(domain=ids), axis=None)
    x_scale = alt.Scale(domain=[0, max(total.values(), default=1) or 1], nice=False)
    x = alt.X("n:Q", scale=x_scale, axis=None)
    names = {one: wrapped(context.name(one), width, TEXT) for one in ids}
    two = any(len(lines) > 1 for lines in names.values())
    pitch = max(pitch, TWO_LINES) if two else pitch
    everybody = alt.Chart(data([
        {"s": one, "n": total[one], "text": lines[-1], **({"above": " ".join(lines[:-1])} if two else {})}
        for one, lines in names.items()
    ]))  # fmt: skip
    above = everybody.mark_text(align="left", baseline="middle", dy=-7 - LINE, color=INK, aria=False).encode(
        x=alt.XValue(0), y=y, text=alt.Text("above:N"))  # fmt: skip
    inside = _placed(rows).transform_filter(box).transform_aggregate(n="sum(n)", groupby=["s"])
    colours = alt.Scale(domain=ids, range=[context.colour(one) for one in ids])
    return stacked(
        everybody.mark_bar(height=10, cornerRadiusEnd=3, color=SOFT, yOffset=8, aria=False).encode(x=x, y=y),
        inside.mark_bar(height=10, cornerRadiusEnd=3, yOffset=8, aria=False).encode(
            x=x, y=y, color=alt.Color("s:N", scale=colours, legend=None)),
        everybody.mark_text(align="left", baseline="middle", dy=-7, color=INK, aria=False).encode(
            x=alt.XValue(0), y=y, text=alt.Text("text:N")),
        *([above] if two else []),
        inside.mark_text(align="left", baseline="middle", dx=8, dy=8, color=INK_2, aria=False).encode(
            x=alt.XValue(RIGHT), y=y, text=alt.Text("n:Q", format=",.0f")),
        width=width, height=rounded(pitch * len(ids,
    )))  # fmt: skip


def called_for(contract: Contract) -> bool:
    """Whether single customers are shown, or the map's rectangles say closely enough where they are."""
    found = contract.exploration.map
    return found is not None and (shows_points(contract) or _fine(found))


def _fine(chart_map: SegmentMap) -> bool:
    """Whether every rectangle is small enough that its centre tells where its customers are."""
    bins = chart_map.bins
    if not bins:
        return False
    width = max(one.x1 for one in bins) - min(one.x0 for one in bins)
    height = max(one.y1 for one in bins) - min(one.y0 for one in bins)
    return all(one.x1 - one.x0 <= width * FINE and one.y1 - one.y0 <= height * FINE for one in bins)


KIND = one_chart("brush", called_for, caption, brush)
