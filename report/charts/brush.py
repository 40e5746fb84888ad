"""The linked brush on the Explore page: a box drawn on the map shows which segments those customers belong to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from analysis.contract import Contract, Feature, SegmentMap
from analysis.language import gettext, gettext_noop
from analysis.language.words import listed
from report.captions.caption import Caption, Control, Option
from report.captions.points import at_the_edge, reach, shows_points, single
from report.captions.words import Words, together
from report.charts import grammar as alt
from report.charts.context import ChartContext
from report.charts.kind import one_chart
from report.charts.locale import short_label
from report.charts.rows import data, stacked
from report.charts.segment_map import marks, within
from report.style.lettering import LINE, shorten, wrapped
from report.style.scales import SHORT, SHORT_MONEY, axis_format, round_span, rounded, shown
from report.style.theme import AREAS, CARD, CLEAR, INK, INK_2, SOFT, TEXT

NAME, PAGE = "brush", "explore"
BRUSHED = gettext_noop(
    "Draw a box on the map. Coloured bars then show the customers inside it, grey bars all customers of the segment."
)
WIDEST = 230
"""Largest width of an axis' title on a phone, in pixels."""
TICKS = 4
FINE = 0.2
"""Largest share of an axis that a rectangle of the map may span for its centre to be precise enough."""
RIGHT, FOOT = "width", "height"
"""Where a plot ends, in Vega-Lite's terms: the live chart is as large as its picture is shown."""

TWO_LINES = 58.0
"""Pixels between bars whose names take two lines."""


@dataclass(frozen=True)
class Axis:
    """A column on an axis: its name in the table, in the specification, on the page, and how its ticks are written."""

    feature: str
    field: str
    label: str
    format: str


def called_for(contract: Contract) -> bool:
    """Whether single customers are shown, or the map's rectangles are precise enough."""
    found = contract.exploration.map
    return found is not None and (shows_points(contract) or _fine(found))


def _fine(chart_map: SegmentMap) -> bool:
    """Whether every rectangle is so small that its centre shows where its customers are."""
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
    """The linked brush; without scripts, its picture is a second map beside the sizes."""
    axes = brush_axes(words.contract)
    chart_map = words.contract.exploration.map
    if chart_map is None:
        raise ValueError("this contract has no segment map")
    controls = [
        Control("select", param, label, tuple(
            Option(axis.field, axis.label, format=axis.format, selected=axis.feature == chosen) for axis in axes
        ))
        for param, label, chosen in (
            ("across", gettext("Horizontal"), chart_map.x), ("up", gettext("Vertical"), chart_map.y)
        )
        if len(axes) > 2
    ]  # fmt: skip
    found = _upper_quarter(words, chart_map.x)
    edge = at_the_edge(words.contract, [axis.feature for axis in axes])
    return Caption(
        name=NAME,
        page=PAGE,
        takeaway=found or _offered_columns(words),
        subtitle=together(
            gettext("Customers by two columns, and how many of them each segment has."),
            gettext("Customers far outside this range are drawn at the edge.") if edge else "",
        ),
        description=together(
            gettext(
                "On the left, customers by {across} and {up}. On the right, a bar for each segment with its number of "
                "customers.", across=words.label(chart_map.x), up=words.label(chart_map.y),
            ),
            found,
        ),
        columns=(gettext("Segment"), gettext("Customers"), gettext("Share of customers")),
        rows=tuple((one.name, words.formats.number(one.size), words.formats.percent(one.share, 1))
                   for one in words.contract.segments),
        controls=(
            Control("words", "brush", gettext(BRUSHED)), *controls, Control("reset", "brush", gettext("Clear the box"))
        ),
    )  # fmt: skip


def _offered_columns(words: Words) -> str:
    labels = listed([words.label(axis.feature) for axis in brush_axes(words.contract)])
    return gettext("Where each segment is by {columns}, and how many customers it has.", columns=labels)


def _portion(words: Words, share: str, number: int) -> str:
    segment = words.segment(number)
    if segment.kind == "segment":
        return gettext("{share} in {segment}", share=share, segment=segment.name)
    return gettext("{share} in no segment", share=share)


def _upper_quarter(words: Words, name: str) -> str:
    """Who the customers at the upper end of the first axis are; empty where single customers may not be shown."""
    points, q3 = words.contract.exploration.points, words.feature(name).q3
    if not points or q3 is None:
        return ""
    inside = [segment for (value,), segment in single(points, name) if value >= q3]
    counted = sorted(((inside.count(s), -s) for s in set(inside)), reverse=True)[:2]
    parts = [_portion(words, words.formats.percent(n / len(inside)), -s) for n, s in counted]
    return gettext(
        "Customers with {column} of {value} or more: {parts}.",
        column=words.label(name), value=words.of(name, q3), parts=listed(parts),
    )  # fmt: skip


def draw(context: ChartContext) -> alt.VConcatChart | alt.HConcatChart:
    """A scatter plot with an interval selection; bars of customers in the box, in front of each segment's total."""
    axes = brush_axes(context.contract)
    chosen = _start(context, axes)
    rows = _rows(context, axes)
    look = alt.BrushConfig(fill=INK, fillOpacity=0.08, stroke=INK_2, strokeOpacity=0.6)
    box = alt.selection_interval(name="brush", encodings=["x", "y"], mark=look)
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
    """The figures of one customer by (field, column, ends); unknown ones have no field."""
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
    # Altair's `condition` would look at every part of them anew.
    inside = {"param": box.name, "field": "s", "type": "nominal", "scale": colours, "legend": None}
    encoding: dict[str, Any] = {
        "x": alt.X("x:Q", scale=alt.Scale(zero=False, nice=True, padding=8), axis=_axis(context, "across")),
        "y": alt.Y("y:Q", scale=alt.Scale(zero=False, nice=True, padding=8), axis=_axis(context, "up")),
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
    # An empty plot receives pointer events only where it is painted, even if transparent.
    ground = alt.ViewBackground(fill=CLEAR, cursor="crosshair")
    return stacked(points.add_params(box), *words, width=width, height=height, view=ground)


def _placed(rows: list[dict[str, Any]]) -> alt.Chart:
    """The customers with the two chosen columns as `x` and `y`; the parameters hold field names, never labels.

    A customer without a value in one of them has no mark and is in no box: Vega would read it as 0.
    """
    placed = alt.Chart(data(rows)).transform_calculate(x="datum[across]", y="datum[up]")
    gaps = len({len(row) for row in rows}) > 1
    return placed.transform_filter("isValid(datum.x) && isValid(datum.y)") if gaps else placed


def _axis(context: ChartContext, way: str) -> alt.Axis:
    written = f"format(datum.value, {way}_format)"
    for chosen, money in ((SHORT, False), (SHORT_MONEY, True)):
        # No longer than it has to be: most tables have no figures in the millions.
        if any(axis.format == chosen for axis in brush_axes(context.contract)):
            written = f"{way}_format == '{chosen}' ? ({short_label(context.formats, money=money)}) : {written}"
    return alt.Axis(title=None, grid=True, tickCount=TICKS, labelOverlap=True, labelExpr=written)


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
