"""Small panels side by side, one for each segment, with a line over the builds: all on one scale."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.language import gettext
from report.captions.editions import edition_name
from report.captions.trend_words import figure, short_names, written
from report.captions.trends import Measure, Trend, TrendPoint, editions, places
from report.charts import grammar as alt
from report.charts.context import ChartContext
from report.charts.rows import across_pixels, data, pixels_down, stacked
from report.style.lettering import LINE as LINE_OF_TEXT
from report.style.lettering import plain, text_width, wrapped
from report.style.scales import Span, rounded, span
from report.style.theme import INK, INK_2, LINE, SMALL, TEXT, segment_colour

LEFT, BETWEEN, FOOT, EDGE = 42.0, 18.0, 36.0, 5.0


@dataclass(frozen=True)
class Panels:
    """How panels stand: so many side by side, each with a plot of that height."""

    context: ChartContext
    measure: Measure
    trends: Sequence[Trend]
    beside: int
    plot: float

    @property
    def wide(self) -> float:
        """Width of one panel."""
        return (self.context.width() - LEFT - BETWEEN * (self.beside - 1)) / self.beside

    @property
    def head(self) -> float:
        """Room above a plot: two lines for the name, on a phone another for the figure."""
        return 52.0 if self.context.narrow else 38.0

    @property
    def pitch(self) -> float:
        """From one row of panels to the next."""
        return self.head + self.plot + FOOT

    @property
    def height(self) -> float:
        """Of all panels."""
        return self.pitch * -(-len(self.trends) // self.beside) - 14

    def corner(self, index: int) -> tuple[float, float]:
        """Left and top edge of a panel's plot."""
        down, across = divmod(index, self.beside)
        return LEFT + across * (self.wide + BETWEEN), down * self.pitch + self.head

    def scale(self) -> Span:
        """From zero to the highest figure or end of an interval."""
        told = [point for one in self.trends for point in one.told]
        highest = max(max(point.value or 0.0, point.ends[1] if point.ends else 0.0) for point in told)
        roof = (highest or 1.0) * 1.04
        return span(0, roof if self.measure == "size" else min(1.0, roof), 3)

    def at(self, index: int, place: float, value: float, up: Span) -> tuple[float, float]:
        """Where a figure stands: pixels from the left and from the top."""
        left, top = self.corner(index)
        clipped = min(max(value, up.low), up.high)
        return (
            rounded(left + EDGE + place * (self.wide - 2 * EDGE)),
            rounded(top + self.plot - up.place(clipped, self.plot)),
        )


def drawn(panels: Panels) -> alt.LayerChart:
    """Grid, bands, lines, points and words."""
    up, width = panels.scale(), float(panels.context.width())
    x, y = across_pixels("px", width), pixels_down(panels.height)
    colour = alt.Color("colour:N", scale=None, legend=None)
    points = [row for index, one in enumerate(panels.trends) for row in _points(panels, index, one, up)]
    joined = [row for row in points if row["joined"]]
    banded = [row for row in points if "low" in row]
    base = alt.Chart(data(points))
    layers = [_grid(panels, up, x, y, width)]
    if banded:
        bands = alt.Chart(data(banded))
        layers += [
            bands.mark_area(opacity=0.18, aria=False).encode(
                x=x, y=pixels_down(panels.height, "high"), y2=alt.Y2("low:Q"), detail=alt.Detail("run:N"), color=colour
            )
        ]
        lone = [row for row in banded if not row["joined"]]
        if lone:
            rules = alt.Chart(data(lone)).mark_rule(opacity=0.4, strokeWidth=3, aria=False)
            high = pixels_down(panels.height, "high")
            layers.append(rules.encode(x=x, y=high, y2=alt.Y2("low:Q"), color=colour))
    if joined:
        lines = alt.Chart(data(joined)).mark_line(strokeWidth=2, aria=False)
        layers.append(lines.encode(x=x, y=y, detail=alt.Detail("run:N"), color=colour))
    layers.append(
        base.mark_point(filled=True, opacity=1).encode(
            x=x, y=y, fill=alt.Fill("colour:N", scale=None, legend=None),
            size=alt.Size("size:Q", scale=None, legend=None), tooltip=alt.Tooltip("tip:N"),
        )
    )  # fmt: skip
    return stacked(*layers, *_words(panels, up, x, y), width=width, height=panels.height)


def _points(panels: Panels, index: int, one: Trend, up: Span) -> Iterator[dict[str, Any]]:
    """The points that are told; those of one run are joined, because no build between them lacks its figure."""
    builds = editions(panels.context.contract)
    across, run, before = places(builds), 0, None
    told = one.told
    following = {point.place for point in told}
    for point in told:
        run += before is not None and point.place != before + 1
        before = point.place
        px, py = panels.at(index, across[point.place], point.value or 0.0, up)
        yield {
            "px": px, "py": py, "run": f"{one.segment.id}-{run}", "colour": segment_colour(one.segment.colour),
            "joined": bool({point.place - 1, point.place + 1} & following),
            "size": 44 if point is told[-1] else 12,
            "tip": panels.context.tip(
                plain(one.segment.name), edition_name(builds[point.place].number, builds[point.place].date),
                written(panels.context.formats, panels.measure, point),
            ),
            **_band(panels, index, across[point.place], point, up),
        }  # fmt: skip


def _band(panels: Panels, index: int, place: float, point: TrendPoint, up: Span) -> dict[str, float]:
    if point.ends is None:
        return {}
    low, high = (panels.at(index, place, end, up)[1] for end in point.ends)
    return {"low": low, "high": high}


def _grid(panels: Panels, up: Span, x: alt.X, y: alt.Y, width: float) -> alt.Chart:
    rows = []
    for index in range(len(panels.trends)):
        left, _ = panels.corner(index)
        rows += [
            {"px": rounded(left), "right": rounded(left + panels.wide), "py": panels.at(index, 0, tick, up)[1]}
            for tick in up.ticks
        ]
    del width
    made: alt.Chart = alt.Chart(data(rows)).mark_rule(color=LINE, aria=False).encode(x=x, x2=alt.X2("right:Q"), y=y)
    return made


def _words(panels: Panels, up: Span, x: alt.X, y: alt.Y) -> Iterator[alt.Chart]:
    """Names over their panels with the last figure, the scale at the left, the first and last build below."""
    context, builds = panels.context, editions(panels.context.contract)
    start, end = short_names(builds)
    rows: dict[tuple[str, bool], list[dict[str, Any]]] = {}

    def add(text: str, px: float, py: float, align: str = "left", *, strong: bool = False) -> None:
        rows.setdefault((align, strong), []).append({"px": rounded(px), "py": rounded(py), "text": text})

    for index, one in enumerate(panels.trends):
        left, top = panels.corner(index)
        last = one.told[-1]
        gone = last.place < len(builds) - 1
        told = gettext("gone") if gone else figure(context.formats, panels.measure, last.value or 0.0)
        room = panels.wide - (0 if context.narrow else text_width(told, TEXT, bold=True) + 10)
        for place, line in enumerate(wrapped(one.segment.name, room, SMALL)):
            add(line, left, top - panels.head + 11 + place * LINE_OF_TEXT)
        add(told, left + panels.wide, top - 13, "right", strong=True)
        add(start, left, top + panels.plot + 12)
        add(end, left + panels.wide, top + panels.plot + 12, "right")
        if index % panels.beside == 0:
            for tick in up.ticks:
                add(figure_of_tick(panels, up, tick), left - 8, panels.at(index, 0, tick, up)[1], "right")
    for (align, strong), values in rows.items():
        mark = alt.Chart(data(values)).mark_text(
            align="right" if align == "right" else "left", baseline="middle", fontSize=TEXT if strong else SMALL,
            fontWeight=600 if strong else 400, color=INK if strong else INK_2, aria=False,
        )  # fmt: skip
        yield mark.encode(x=x, y=y, text=alt.Text("text:N"))


def figure_of_tick(panels: Panels, up: Span, tick: float) -> str:
    """A line of the scale: as its figures, with the decimals that its steps need."""
    formats, step = panels.context.formats, up.ticks[1] - up.ticks[0] if len(up.ticks) > 1 else 1.0
    if panels.measure in {"share", "value"}:
        return formats.percent(tick, 0 if step >= 0.01 else 1)
    return formats.number(tick, 0 if step >= 1 else 1)
