"""The segment map: every customer, or each segment's middle half, on the two columns that separate segments best."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from analysis.contract import Contract, Feature, MapBin, Points, Segment, SegmentMap
from analysis.language import gettext, ngettext
from analysis.language.words import listed
from report.captions.caption import Caption
from report.captions.points import at_the_edge, reach, shows_points, single
from report.captions.words import Words, of_level, quoted, together, with_figure
from report.charts import grammar as alt
from report.charts.context import ChartContext
from report.charts.kind import one_chart
from report.charts.locale import axis_figures
from report.charts.placement import Box, Label, place
from report.charts.rows import data as inline
from report.charts.rows import pressed, stacked
from report.style.lettering import lined
from report.style.scales import Span, rounded, shown, span, tick_count
from report.style.theme import AREAS, CARD, INK_2, TEXT

NAME, PAGE = "segment-map", "index"
CLOSE = 0.75
"""Two segments overlap on the map if their means are closer than this, in standard deviations on both axes together."""
APART = 0.9
"""A difference of means, in standard deviations, that separates two segments."""
NOTICEABLE = 0.2
"""A difference from all customers, in standard deviations, that is worth mentioning (Cohen 1988: a small effect)."""
EDGE = (0, 0.25, 0.5, 0.75, 1)
"""Places along a box's side."""
CHOSEN = "!length(shown) || indexof(shown, datum.s) >= 0"


def called_for(contract: Contract) -> bool:
    """Whether the contract has a map with something to show."""
    found = contract.exploration
    return found.map is not None and bool(found.map.bins or found.points)


def caption(words: Words) -> Caption:
    """The map's words; its table has the typical figures, which the map cannot show exactly."""
    chart_map = _map(words.contract)
    across, up = words.label(chart_map.x), words.label(chart_map.y)
    axes = (words.feature(chart_map.x), words.feature(chart_map.y))
    edge = _at_the_edge(words, chart_map)
    return Caption(
        name=NAME,
        page=PAGE,
        takeaway=_takeaway(words, chart_map),
        subtitle=together(_marked(words, axes, across, up), edge),
        description=together(_kind(words, across, up), edge, *_seen(words, chart_map)),
        columns=(
            gettext("Segment"), gettext("Customers"), *(with_figure(axis.label, _figure(words, axis)) for axis in axes)
        ),
        rows=tuple(
            (one.name, words.formats.number(one.size), *_typical(words, one, chart_map))
            for one in words.contract.segments
        ),
        controls=(words.segment_buttons(),),
    )  # fmt: skip


def _marked(words: Words, axes: tuple[Feature, Feature], across: str, up: str) -> str:
    """What marks, boxes and colours show."""
    if not shows_points(words.contract):
        return gettext(
            "Each mark shows a segment’s medians of {across} and {up}. Each box shows the middle half of the segment "
            "in each column. Colour shows the segment.", across=across, up=up,
        )  # fmt: skip
    if any(axis.missing for axis in axes):
        return gettext(
            "Each mark is one customer whose {across} and {up} are both known. Colour and shape show the segment.",
            across=across, up=up,
        )  # fmt: skip
    return gettext(
        "Each mark is one customer, by {across} and {up}. Colour and shape show the segment.", across=across, up=up
    )


def _kind(words: Words, across: str, up: str) -> str:
    """Which kind of chart it is, for those who cannot see it."""
    if shows_points(words.contract):
        return gettext(
            "A scatter plot of {across} (horizontal) and {up} (vertical), with a colour and shape for each segment.",
            across=across, up=up,
        )  # fmt: skip
    return gettext("A map of {across} (horizontal) and {up} (vertical), with a box for each segment.", across=across,
                   up=up)  # fmt: skip


def _at_the_edge(words: Words, chart_map: SegmentMap) -> str:
    count = at_the_edge(words.contract, (chart_map.x, chart_map.y))
    if not count:
        return ""
    return ngettext(
        "{count} customer far outside this range is drawn at the edge.",
        "{count} customers far outside this range are drawn at the edge.",
        count, count=words.formats.number(count),
    )  # fmt: skip


def overlapping(words: Words, chart_map: SegmentMap) -> tuple[Segment, Segment, str] | None:
    """Two segments that overlap on the map and a column in which they differ clearly; the clearest case of several.

    Columns of which figures are withheld may differ more.
    """
    found = []
    for one, other in combinations(words.contract.proper, 2):
        mine, theirs = ({p.feature: p.effect for p in segment.figures} for segment in (one, other))
        gap = sum((mine[axis] - theirs[axis]) ** 2 for axis in (chart_map.x, chart_map.y)) ** 0.5
        rest = [
            (abs(mine[name] - theirs[name]), name) for name in mine.keys() & theirs.keys() - {chart_map.x, chart_map.y}
        ]
        if gap < CLOSE and rest and max(rest)[0] > APART:
            found.append((max(rest)[0], one, other, max(rest)[1]))
    return max(found, key=lambda case: case[0])[1:] if found else None


def _map(contract: Contract) -> SegmentMap:
    chart_map = contract.exploration.map
    if chart_map is None:
        raise ValueError("this contract has no segment map")
    return chart_map


def _takeaway(words: Words, chart_map: SegmentMap) -> str:
    case = overlapping(words, chart_map)
    farthest = _farthest(words, chart_map)
    if case:
        one, other, feature = case
        return gettext(
            "{one} and {other} overlap on this map. They differ clearly in {column}.",
            one=quoted(one.name), other=quoted(other.name), column=words.label(feature),
        )  # fmt: skip
    axes = [one for axis in (chart_map.x, chart_map.y) for one in farthest.figures if one.feature == axis]
    strongest = max(abs(one.effect) for one in axes)
    told = [one for one in axes if abs(one.effect) >= min(NOTICEABLE, strongest)]
    return gettext(
        "Farthest from average on this map: {segment}, with {differences}.",
        segment=quoted(farthest.name), differences=listed([words.stated(one) for one in told]),
    )  # fmt: skip


def _farthest(words: Words, chart_map: SegmentMap) -> Segment:
    def out(segment: Segment) -> float:
        return sum(one.effect**2 for one in segment.figures if one.feature in {chart_map.x, chart_map.y})

    return max(words.contract.proper, key=lambda segment: (out(segment), -segment.id))


def _seen(words: Words, chart_map: SegmentMap) -> Iterator[str]:
    """The level of each segment on both axes; segments with the same levels share a sentence."""
    alike: dict[tuple[str, str], list[str]] = {}
    for one in words.contract.segments:
        levels = {profile.feature: profile.level for profile in one.figures}
        across, up = (of_level(words.label(axis), levels[axis]) for axis in (chart_map.x, chart_map.y))
        alike.setdefault((across, up), []).append(one.name)
    for (across, up), names in alike.items():
        yield gettext("{segments}: {across}, {up}.", segments=listed(names), across=across, up=up)


def _figure(words: Words, axis: Feature) -> str:
    """Which figure of an axis the table has: the one that the map shows, which is the median for boxes."""
    return axis.typical if shows_points(words.contract) else "median"


def _typical(words: Words, one: Segment, chart_map: SegmentMap) -> tuple[str, str]:
    drawn = {profile.feature: profile for profile in one.figures}
    x, y = (
        drawn[axis].median if _figure(words, words.feature(axis)) == "median" else drawn[axis].typical
        for axis in (chart_map.x, chart_map.y)
    )
    return words.of(chart_map.x, x), words.of(chart_map.y, y)


def draw(context: ChartContext) -> alt.LayerChart:
    """Marks by segment in colour and shape, each segment named beside its own marks."""
    chart_map = _map(context.contract)
    if shows_points(context.contract):
        rows = marks(context, chart_map.x, chart_map.y)
        frame = Frame(context, chart_map.x, chart_map.y, rows)
        layers = [frame.marks(rows), *_names(context, frame, rows)]
    else:
        rows, edges = _boxes(context, chart_map)
        frame = Frame(context, chart_map.x, chart_map.y, edges)
        layers = [_box_layer(context, rows), frame.marks(rows), *_names(context, frame, [*rows, *edges])]
    return stacked(*layers, width=frame.width, height=frame.height, params=[pressed()])


def marks(context: ChartContext, x: str, y: str) -> list[dict[str, Any]]:
    """One record a mark: `x`, `y` in shown units, `s` the segment's id, `n` its customers, `tip` its words."""
    points = context.contract.exploration.points
    if points and shows_points(context.contract):
        return _points(context, points, x, y)
    chart_map = context.contract.exploration.map
    return _squares(context, chart_map) if chart_map else []


class Frame:
    """The map's two scales, and how a mark looks on them."""

    def __init__(self, context: ChartContext, x: str, y: str, rows: list[dict[str, Any]]) -> None:
        self.context = context
        self.features = context.feature(x), context.feature(y)
        self.width, self.height = (262, 300) if context.narrow else (574, 390)
        widest = context.written(self.features[0], max((row["x"] for row in rows), default=1) / self.features[0].scale)
        self.x = _cover([row["x"] for row in rows], tick_count(self.features[0], widest, self.width))
        self.y = _cover([row["y"] for row in rows], 5)
        self.largest = max((row["n"] for row in rows), default=1)

    @property
    def single(self) -> bool:
        """Whether a mark is one customer."""
        return self.largest == 1

    def radius(self, count: int) -> float:
        """A mark's radius in pixels; its area follows the customers it stands for."""
        return 3.2 if self.single else 3 + 9 * (count / self.largest) ** 0.5

    def pixel(self, row: dict[str, Any]) -> tuple[float, float]:
        """Where a mark falls, from the top left."""
        return self.x.place(row["x"], self.width), self.height - self.y.place(row["y"], self.height)

    def axes(self) -> tuple[alt.X, alt.Y]:
        """The two axes, their titles where the eye starts to read them."""
        across, up = self.features
        x_axis = alt.Axis(
            values=list(self.x.ticks), **axis_figures(across, self.x, self.context.formats),
            title=self.context.titled(across, self.width - 20) + " →", titleAnchor="end", grid=True,
        )  # fmt: skip
        y_axis = alt.Axis(
            values=list(self.y.ticks), **axis_figures(up, self.y, self.context.formats),
            title="↑ " + self.context.titled(up, self.width),
            titleAngle=0, titleAlign="left", titleAnchor="end", titleX=-30, titleY=-18,
        )  # fmt: skip
        return (
            alt.X("x:Q", scale=alt.Scale(domain=self.x.domain, nice=False, zero=False), axis=x_axis),
            alt.Y("y:Q", scale=alt.Scale(domain=self.y.domain, nice=False, zero=False), axis=y_axis),
        )

    def marks(self, rows: list[dict[str, Any]]) -> alt.Chart:
        """The layer of customers."""
        x, y = self.axes()
        ids = [segment.id for segment in self.context.segments]
        colours = alt.Scale(domain=ids, range=[self.context.colour(one) for one in ids])
        shapes = alt.Scale(domain=ids, range=[self.context.shape(one) for one in ids] if self.single else ["square"])
        encoding: dict[str, Any] = {
            "x": x, "y": y, "tooltip": alt.Tooltip("tip:N"),
            "color": alt.Color("s:N", scale=colours, legend=None),
            "shape": alt.Shape("s:N", scale=shapes, legend=None),
            "opacity": alt.OpacityValue(0.08, condition={"test": CHOSEN, "value": 0.86}),
        }  # fmt: skip
        if self.single:
            areas = alt.Scale(domain=ids, range=[AREAS[self.context.shape(one)] for one in ids])
            encoding["size"] = alt.Size("s:O", scale=areas, legend=None)
        else:
            sizes = [round(4 * self.radius(n) ** 2) for n in (0, self.largest)]
            scale = alt.Scale(domain=[0, self.largest], range=sizes)
            encoding["size"] = alt.Size("n:Q", scale=scale, legend=None)
        mark = alt.Chart(inline(rows)).mark_point(filled=True, strokeWidth=0.6, stroke=CARD, aria=False)
        drawn: alt.Chart = mark.encode(**encoding)
        return drawn


def _boxes(context: ChartContext, chart_map: SegmentMap) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Each segment at its medians with its quartiles around it, and points on the boxes' edges, for names to avoid.

    Where single customers may not be shown, this shows correctly where a segment lies; counts in merged squares do not.
    """
    across, up = context.feature(chart_map.x), context.feature(chart_map.y)
    rows: list[dict[str, Any]] = []
    for segment in context.segments:
        profiles = {profile.feature: profile for profile in segment.figures}
        a, b = profiles[chart_map.x].middle_half, profiles[chart_map.y].middle_half
        if a is None or b is None:
            continue  # too few customers to say where the middle half of them lies
        tip = context.tip(
            context.name(segment.id), gettext("Customers: {count}", count=context.formats.number(segment.size)),
            _middle(context, across, a), _middle(context, up, b),
        )  # fmt: skip
        rows.append(
            {"x": shown(across, a[1]), "x1": shown(across, a[0]), "x2": shown(across, a[2]),
             "y": shown(up, b[1]), "y1": shown(up, b[0]), "y2": shown(up, b[2]),
             "s": segment.id, "n": 1, "tip": tip}
        )  # fmt: skip
    edges = [
        {"x": row["x1"] + (row["x2"] - row["x1"]) * across_edge, "y": row["y1"] + (row["y2"] - row["y1"]) * up_edge,
         "s": row["s"], "n": 1}
        for row in rows for across_edge in EDGE for up_edge in EDGE if {across_edge, up_edge} & {0, 1}
    ]  # fmt: skip
    return rows, edges


def _middle(context: ChartContext, feature: Feature, half: tuple[float, float, float]) -> str:
    low, _, high = (context.written(feature, end) for end in half)
    return gettext("{column}, middle half: {low} to {high}", column=feature.label, low=low, high=high)


def _box_layer(context: ChartContext, rows: list[dict[str, Any]]) -> alt.Chart:
    ids = [segment.id for segment in context.segments]
    colours = alt.Scale(domain=ids, range=[context.colour(one) for one in ids])
    boxes = alt.Chart(inline(rows)).mark_rect(fillOpacity=0.14, strokeWidth=1.2, cornerRadius=4, aria=False)
    layer: alt.Chart = boxes.encode(
        x=alt.X("x1:Q"), x2=alt.X2("x2:Q"), y=alt.Y("y1:Q"), y2=alt.Y2("y2:Q"), tooltip=alt.Tooltip("tip:N"),
        fill=alt.Fill("s:N", scale=colours, legend=None), stroke=alt.Stroke("s:N", scale=colours, legend=None),
        opacity=alt.OpacityValue(0.12, condition={"test": CHOSEN, "value": 1}),
    )  # fmt: skip
    return layer


def _points(context: ChartContext, points: Points, x: str, y: str) -> list[dict[str, Any]]:
    across, up = context.feature(x), context.feature(y)
    ends_x, ends_y = reach(context.contract, x), reach(context.contract, y)
    rows = []
    for (a, b), segment in single(points, x, y):
        tip = context.tip(context.name(segment), context.entry(across, a), context.entry(up, b))
        at = {"x": shown(across, within(a, ends_x)), "y": shown(up, within(b, ends_y))}
        rows.append({**at, "s": segment, "n": 1, "tip": tip})
    return rows


def within(value: float, ends: tuple[float, float]) -> float:
    """The value, limited to the range between these ends."""
    return min(max(value, ends[0]), ends[1])


def _squares(context: ChartContext, chart_map: SegmentMap) -> list[dict[str, Any]]:
    across, up = context.feature(chart_map.x), context.feature(chart_map.y)
    together: dict[tuple[float, float], list[MapBin]] = {}
    for square in chart_map.bins:
        together.setdefault((square.x0, square.y0), []).append(square)
    rows = []
    for group in together.values():
        for place_in_group, square in enumerate(group):
            # Segments that share a square stand side by side in it.
            part = (place_in_group + 1) / (len(group) + 1)
            x = square.x0 + (square.x1 - square.x0) * part
            rows.append(
                {"x": shown(across, x), "y": shown(up, (square.y0 + square.y1) / 2),
                 "s": square.segment, "n": square.count}
            )  # fmt: skip
    return sorted(rows, key=lambda row: -row["n"])


def _cover(values: list[float], count: int) -> Span:
    return span(min(values, default=0), max(values, default=1), count, margin=0.05)


def _names(context: ChartContext, frame: Frame, rows: list[dict[str, Any]]) -> list[alt.Chart]:
    dots = [(*frame.pixel(row), frame.radius(row["n"]) + 1.5, row["s"]) for row in rows]
    here = {row["s"] for row in rows}
    limit = frame.width * (0.6 if context.narrow else 0.36)
    labels = [Label(s.id, context.name(s.id), limit) for s in context.segments if s.id in here]
    placed = place(labels, dots, Box(0, 0, frame.width, frame.height))
    words, leaders = [], []
    for label in placed:
        words += [
            {"x": label.x, "y": y, "text": line, "s": label.key} for y, line in lined(label.text.split("\n"), label.y)
        ]
        if label.leader:
            (x, y), (x2, y2) = label.leader
            leaders.append({"x": x, "y": y, "x2": x2, "y2": y2})
    return _label_layers(context, frame, words, leaders)


def _label_layers(
    context: ChartContext, frame: Frame, words: list[dict[str, Any]], leaders: list[dict[str, Any]]
) -> list[alt.Chart]:
    data = [{**w, "x": _unplace(frame.x, w["x"], frame.width), "y": _unplace_up(frame, w["y"])} for w in words]
    lines = [
        {"x": _unplace(frame.x, line["x"], frame.width), "y": _unplace_up(frame, line["y"]),
         "x2": _unplace(frame.x, line["x2"], frame.width), "y2": _unplace_up(frame, line["y2"])}
        for line in leaders
    ]  # fmt: skip
    ids = [segment.id for segment in context.segments]
    colours = alt.Scale(domain=ids, range=[context.colour(one) for one in ids])
    base = alt.Chart(inline(data)).encode(x=alt.X("x:Q"), y=alt.Y("y:Q"), text=alt.Text("text:N"))
    style: dict[str, Any] = {"fontWeight": 600, "fontSize": TEXT, "aria": False, "baseline": "middle"}
    layers = [
        base.mark_text(**style, stroke=CARD, strokeWidth=4, color=CARD),
        base.mark_text(**style).encode(
            color=alt.Color("s:N", scale=colours, legend=None),
            opacity=alt.OpacityValue(0.25, condition={"test": CHOSEN, "value": 1}),
        ),
    ]
    if lines:
        rule = alt.Chart(inline(lines)).mark_rule(color=INK_2, strokeWidth=1, aria=False)
        layers.insert(0, rule.encode(x=alt.X("x:Q"), y=alt.Y("y:Q"), x2=alt.X2("x2:Q"), y2=alt.Y2("y2:Q")))
    return layers


def _unplace(spanned: Span, pixels: float, length: float) -> float:
    return rounded(spanned.low + pixels / length * (spanned.high - spanned.low))


def _unplace_up(frame: Frame, pixels: float) -> float:
    return _unplace(frame.y, frame.height - pixels, frame.height)


KIND = one_chart(NAME, called_for, caption, draw)
