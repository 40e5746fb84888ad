"""The linked brush of the Explore page: draw a box on the map, and see which segments those customers belong to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from analysis.basics.listed import listed
from analysis.contract import Contract, Feature, SegmentMap
from report.captions.caption import Caption, Control, Option
from report.captions.points import at_the_edge, reach, shows_points, single
from report.captions.words import Words
from report.charts.context import ChartContext
from report.charts.kind import one_chart
from report.charts.rows import data, stacked
from report.charts.segment_map import marks, within
from report.style.lettering import LINE, shorten, wrapped
from report.style.scales import axis_format, round_span, rounded, shown
from report.style.theme import AREAS, CARD, CLEAR, INK, INK_2, SOFT, TEXT

NAME, PAGE = "brush", "explore"
BRUSHED = "Draw a box on the map: the bars then count the customers inside it, grey bars all of the segment."
WIDEST = 230
"""Pixels that an axis' title may take on a phone."""
FINE = 0.2
"""Part of an axis that a rectangle of the map may span before its centre says too little."""
RIGHT, FOOT = "width", "height"
"""Where a plot ends, as Vega-Lite says it: the page draws the live chart as large as its picture is shown."""
BOX = alt.BrushConfig(fill=INK, fillOpacity=0.08, stroke=INK_2, strokeOpacity=0.6)

TWO_LINES = 58.0
"""Pixels between bars whose names take two lines."""


@dataclass(frozen=True)
class Axis:
    """A column on an axis: its name in the table, in the specification, on the page, and how its ticks read."""

    feature: str
    field: str
    label: str
    format: str


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


def brush_axes(contract: Contract) -> tuple[Axis, ...]:
    """Every numeric column where single customers may be shown, else the two columns of the segment map."""
    exploration = contract.exploration
    chart_map = exploration.map
    if chart_map is None:
        return ()
    here = set(exploration.points or ()) if shows_points(contract) else {chart_map.x, chart_map.y}
    shown_features = [one for one in contract.data.features if one.kind == "numeric" and one.name in here]
    return tuple(_offered(feature, index) for index, feature in enumerate(shown_features))


def _offered(feature: Feature, index: int) -> Axis:
    low, high = feature.p05 or 0.0, feature.p95 or 1.0
    ticks = round_span(shown(feature, low), shown(feature, high), 5)
    return Axis(feature.name, f"f{index}", shorten(feature.titled, WIDEST, TEXT), axis_format(feature, ticks))


def caption(words: Words) -> Caption:
    """The linked brush; without scripts its picture is a second map beside the sizes."""
    axes = brush_axes(words.contract)
    chart_map = words.contract.exploration.map
    if chart_map is None:
        raise ValueError("this contract has no segment map")
    controls = [
        Control("select", param, label, tuple(
            Option(axis.field, axis.label, format=axis.format, selected=axis.feature == chosen) for axis in axes
        ))
        for param, label, chosen in (("across", "Across", chart_map.x), ("up", "Up", chart_map.y))
        if len(axes) > 2
    ]  # fmt: skip
    takeaway, found = _upper_quarter(words, chart_map.x)
    edge = at_the_edge(words.contract, [axis.feature for axis in axes])
    return Caption(
        name=NAME,
        page=PAGE,
        takeaway=takeaway,
        subtitle="Customers by two columns, and how many of them each segment has"
                 f"{'; customers far outside are drawn at the edge' * bool(edge)}",
        description=f"Left, customers by {words.label(chart_map.x)} and {words.label(chart_map.y)}; right, a bar a "
                    f"segment with its customers. {found}",
        columns=("Segment", "Customers", "Share of customers"),
        rows=tuple((one.name, words.formats.number(one.size), words.formats.percent(one.share, 1))
                   for one in words.contract.segments),
        controls=(Control("words", "brush", BRUSHED), *controls, Control("reset", "brush", "Clear the box")),
    )  # fmt: skip


def _called(words: Words, number: int) -> str:
    segment = words.segment(number)
    return segment.name if segment.kind == "segment" else "in no segment"


def _upper_quarter(words: Words, name: str) -> tuple[str, str]:
    """Who the customers at the upper end of the first axis are; only where single customers may be looked at."""
    points, q3 = words.contract.exploration.points, words.feature(name).q3
    if not points or q3 is None:
        labels = listed([words.label(axis.feature) for axis in brush_axes(words.contract)])
        return f"Where each segment lies on {labels}, and how many customers it has.", ""
    inside = [segment for (value,), segment in single(points, name) if value >= q3]
    counted = sorted(((inside.count(s), -s) for s in set(inside)), reverse=True)[:2]
    parts = [f"{words.formats.percent(n / len(inside))} are {_called(words, -s)}" for n, s in counted]
    sentence = f"Of customers with {words.label(name)} of {words.of(name, q3)} or more, {listed(parts)}."
    return sentence, sentence


def draw(context: ChartContext) -> alt.VConcatChart | alt.HConcatChart:
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


KIND = one_chart(NAME, called_for, caption, draw)
