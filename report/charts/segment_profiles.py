"""The segment profile plot: one panel for each segment, one row for each column, marker variables highlighted.

After Dolnicar, Grün & Leisch (2018), Market Segmentation Analysis, ch. 8: what sets a segment apart should be visible
at once, so only its marker variables are filled and have their figure. Columns have different units, so the scale is
the effect size that decides on markers (Hedges’ g against all other customers).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from analysis.basics.letters import capital
from analysis.contract import FeatureProfile, Segment
from analysis.language import gettext, ngettext
from analysis.language.words import listed
from report.captions.caption import Caption
from report.captions.pictured import has_figures
from report.captions.profile_table import MOST_NAMED, table_heads, table_row
from report.captions.strength import limits, stands_out, strength
from report.captions.words import Words, together, with_figure
from report.charts import grammar as alt
from report.charts.context import ChartContext
from report.charts.kind import one_chart
from report.charts.rows import across_pixels, data, name_space, pixels_down, stacked
from report.style.lettering import lined, text_width, wrapped
from report.style.scales import Span, rounded, span
from report.style.theme import CARD, INK, INK_2, LINE, SMALL, SOFT, TEXT

NAME, PAGE = "segment-profiles", "segments"
BESIDE = 3
GAP = 26.0
NAME_GAP, IN_TWO_LINES = 14.0, 33.0
"""Pixels: between a column's name and the panel; from row to row where a name takes two lines."""
HEAD = 28.0
FOOT = 24.0
BETWEEN = 18.0
"""Pixels between two lines of panels."""
WORTH = 0.5
"""|Hedges’ g| below which a difference is too small to count; the band is shaded."""
Record = dict[str, Any]


def caption(words: Words) -> Caption:
    """The profile plot's words: the column that marks most segments; the table has every figure and its interval."""
    segments = words.contract.segments
    return Caption(
        name=NAME,
        page=PAGE,
        takeaway=_takeaway(words),
        subtitle=gettext(
            "Difference from all other customers (the vertical line) in standard deviations, with 95% intervals. "
            "Filled dots set the segment apart; the figure is the difference from all customers. Shaded: too small to "
            "count."
        ),
        description=" ".join(_told(words, segment) for segment in segments),
        columns=(gettext("Segment"), *table_heads(words)),
        rows=tuple((segment.name, *table_row(words, one)) for segment in segments for one in segment.profile),
    )  # fmt: skip


def _takeaway(words: Words) -> str:
    """The columns that set most segments apart: `Spending score clearly sets 5 of 6 segments apart`."""
    segments = words.contract.proper
    marked = Counter(one.feature for segment in segments for one in segment.figures if stands_out(one))
    if not marked:
        if words.withholds:
            return gettext("No column with published figures clearly sets a segment apart from all other customers.")
        return gettext("No column clearly sets a segment apart from all other customers.")
    most = max(marked.values())
    leading = [one.feature for one in segments[0].profile if marked[one.feature] == most]
    names = capital(listed([words.label(name) for name in leading[:MOST_NAMED]]))
    return together(
        ngettext(
            "{columns} clearly sets {count} of {all} segments apart from all other customers.",
            "{columns} each clearly set {count} of {all} segments apart from all other customers.",
            len(leading), columns=names, count=most, all=len(segments),
        ),
        gettext("Only published figures are counted.") if words.withholds else "",
    )  # fmt: skip


def _told(words: Words, segment: Segment) -> str:
    told = [words.stated(one) for one in segment.figures if stands_out(one)]
    told += [words.missing(name) for name in segment.withheld]
    if not told:
        return gettext("{segment}: no clear difference.", segment=segment.name)
    return gettext("{segment}: {differences}.", segment=segment.name, differences=listed(told))


def draw(context: ChartContext) -> alt.LayerChart:
    """Panels side by side on a wide picture, one below the other on a phone, all on one scale."""
    grid = _grid(context)
    panels = [_Panel(context, grid, segment, place) for place, segment in enumerate(context.segments)]
    return stacked(
        *_grounds(panels, grid), _whiskers(panels, grid), *_dots(panels, grid), *_words(panels, grid),
        width=grid.width, height=grid.height,
    )  # fmt: skip


@dataclass(frozen=True)
class _Grid:
    """Where panels stand in the picture, in pixels, and the scale that they share."""

    width: float
    names: float
    """Room for the columns' names on the left."""
    figures: float
    """Room for figures at the right of each panel."""
    beside: int
    columns: int
    segments: int
    pitch: float
    scale: Span

    @property
    def panel(self) -> float:
        """Width of a panel with its figures."""
        return (self.width - self.names - GAP * (self.beside - 1)) / self.beside

    def named(self, label: str) -> list[str]:
        """A column's name on the lines that it takes on the left."""
        return wrapped(label, self.names - NAME_GAP, TEXT)

    @property
    def plot(self) -> float:
        """Width of a panel's scale."""
        return self.panel - self.figures

    @property
    def line(self) -> float:
        """Height of a line of panels, heads included."""
        return HEAD + self.columns * self.pitch

    @property
    def height(self) -> float:
        """Of the whole picture."""
        lines = -(-self.segments // self.beside)
        return lines * self.line + (lines - 1) * BETWEEN + FOOT


def _grid(context: ChartContext) -> _Grid:
    profiles = [one for segment in context.segments for one in segment.figures]
    ends = [end for one in profiles for end in (strength(one), *(limits(one) or ()))]
    texts = [_difference(context, one) for one in profiles if stands_out(one)]
    texts += [context.nothing for segment in context.segments for _ in segment.withheld]
    labels = [context.feature(one.feature).label for one in context.segments[0].profile]
    count = len(context.segments)
    grid = _Grid(
        width=context.width(),
        names=name_space(labels, narrow=False, widest=96 if context.narrow else 116),
        figures=max((text_width(text, TEXT, bold=True) for text in texts), default=0.0) + 10,
        beside=1 if context.narrow else 2 if count in {2, 4} else min(BESIDE, count),
        columns=len(labels),
        segments=count,
        pitch=24 if context.narrow else 26,
        scale=span(min(-1.0, *ends), max(1.0, *ends), 3, margin=0.05),
    )
    return replace(grid, pitch=IN_TWO_LINES) if any(len(grid.named(label)) > 1 for label in labels) else grid


class _Panel:
    """One segment's place on the grid and what stands in it."""

    def __init__(self, context: ChartContext, grid: _Grid, segment: Segment, place: int) -> None:
        self.context, self.grid, self.segment = context, grid, segment
        row, column = divmod(place, grid.beside)
        self.left = grid.names + column * (grid.panel + GAP)
        self.top = row * (grid.line + BETWEEN) + HEAD
        self.bottom = self.top + grid.columns * grid.pitch
        self.first = column == 0
        self.last = place + grid.beside >= grid.segments

    def x(self, value: float) -> float:
        return round(self.left + self.grid.scale.place(value, self.grid.plot), 2)

    def y(self, index: int) -> float:
        return self.top + (index + 0.5) * self.grid.pitch

    def rows(self) -> list[tuple[FeatureProfile, Record]]:
        """Each column's figures with the record that marks share."""
        colour = self.context.colour(self.segment.id)
        return [
            (
                one,
                {
                    "px": self.x(strength(one)), "py": self.y(index), "tip": self._tip(one),
                    "fill": colour if stands_out(one) else CARD, "ink": colour if stands_out(one) else INK_2,
                    "size": 60 if stands_out(one) else 40,
                },
            )
            for index, one in enumerate(self.segment.profile)
            if isinstance(one, FeatureProfile)
        ]  # fmt: skip

    def gaps(self) -> list[Record]:
        """Where a column's figures are withheld."""
        return [
            {"px": self.left + self.grid.panel, "py": self.y(index), "text": self.context.nothing}
            for index, one in enumerate(self.segment.profile)
            if one.feature in self.segment.withheld
        ]

    def _tip(self, one: FeatureProfile) -> str:
        feature = self.context.feature(one.feature)
        typical = self.context.written(feature, one.typical)
        return self.context.tip(
            self.context.name(self.segment.id),
            gettext("{what}: {figure} ({difference})", what=with_figure(feature.label, feature.typical),
                    figure=typical, difference=_difference(self.context, one)),
            self.context.distance(strength(one)),
            self.context.interval(limits(one)),
            gettext("Marker variable") if stands_out(one) else "",
        )  # fmt: skip


def _difference(context: ChartContext, one: FeatureProfile) -> str:
    return context.formats.signed_difference(context.feature(one.feature), one.difference, one.ratio)


def _grounds(panels: Sequence[_Panel], grid: _Grid) -> list[alt.Chart]:
    """Behind the marks: the band of differences that are too small, and the line of all other customers."""
    bands = [
        {"px": one.x(-WORTH), "px2": one.x(WORTH), "py": one.top, "py2": one.bottom, "mid": one.x(0)}
        for one in panels
    ]  # fmt: skip
    ticks = [
        {"px": one.x(tick), "py": one.top, "py2": one.bottom}
        for one in panels for tick in grid.scale.ticks if tick
    ]  # fmt: skip
    down, down_to = pixels_down(grid.height), alt.Y2("py2:Q")
    base = alt.Chart(data(bands))
    return [
        base.mark_rect(fill=SOFT, aria=False).encode(
            x=across_pixels("px", grid.width), x2=alt.X2("px2:Q"), y=down, y2=down_to
        ),
        alt.Chart(data(ticks)).mark_rule(color=LINE, aria=False).encode(
            x=across_pixels("px", grid.width), y=down, y2=down_to
        ),
        base.mark_rule(color=INK_2, aria=False).encode(x=across_pixels("mid", grid.width), y=down, y2=down_to),
    ]  # fmt: skip


def _whiskers(panels: Sequence[_Panel], grid: _Grid) -> alt.Chart:
    values = [
        {"px": panel.x(bounds[0]), "px2": panel.x(bounds[1]), "py": row["py"], "ink": row["ink"]}
        for panel in panels for one, row in panel.rows() if (bounds := limits(one))
    ]  # fmt: skip
    drawn: alt.Chart = alt.Chart(data(values)).mark_rule(strokeWidth=2.5, opacity=0.75, aria=False).encode(
        x=across_pixels("px", grid.width), x2=alt.X2("px2:Q"), y=pixels_down(grid.height),
        color=alt.Color("ink:N", scale=None, legend=None),
    )  # fmt: skip
    return drawn


def _dots(panels: Sequence[_Panel], grid: _Grid) -> list[alt.Chart]:
    values = [{**row, "px": rounded(row["px"])} for panel in panels for _, row in panel.rows()]
    base = alt.Chart(data(values)).mark_point(shape="circle", filled=True, opacity=1, strokeWidth=1.5)
    return [
        base.encode(
            x=across_pixels("px", grid.width), y=pixels_down(grid.height), tooltip=alt.Tooltip("tip:N"),
            fill=alt.Fill("fill:N", scale=None, legend=None), stroke=alt.Stroke("ink:N", scale=None, legend=None),
            size=alt.Size("size:Q", scale=None, legend=None),
        )
    ]  # fmt: skip


def _words(panels: Sequence[_Panel], grid: _Grid) -> list[alt.Chart]:
    """Heads, columns' names, the markers' figures, and the ticks below the lowest panels."""
    heads, names, figures, ticks, gaps = [], [], [], [], []
    for panel in panels:
        name = wrapped(panel.context.name(panel.segment.id), grid.panel, TEXT + 0.5, bold=True)
        heads += [{"px": panel.left, "py": py, "text": line} for py, line in lined(name, panel.top - HEAD / 2)]
        rows = panel.rows()
        if panel.first:
            labels = [panel.context.feature(one.feature).label for one in panel.segment.profile]
            names += [
                {"px": 0, "py": py, "text": line}
                for index, label in enumerate(labels)
                for py, line in lined(grid.named(label), panel.y(index))
            ]
        figures += [
            {"px": panel.left + grid.panel, "py": row["py"], "text": _difference(panel.context, one)}
            for one, row in rows if stands_out(one)
        ]  # fmt: skip
        gaps += panel.gaps()
        if panel.last:
            ticks += [
                {"px": panel.x(tick), "py": panel.bottom + 13, "text": _tick(panel.context, tick)}
                for tick in grid.scale.ticks
            ]
    return [
        _text(heads, grid, align="left", fontWeight=600, fontSize=TEXT + 0.5, color=INK),
        _text(names, grid, align="left", color=INK),
        _text(figures, grid, align="right", fontWeight=600, color=INK),
        *([_text(gaps, grid, align="right", fontSize=SMALL, color=INK_2)] if gaps else []),
        _text(ticks, grid, align="center", fontSize=SMALL, color=INK_2),
    ]


def _tick(context: ChartContext, value: float) -> str:
    return context.formats.signed(value, 0 if value == int(value) else 1)


def _text(values: list[Record], grid: _Grid, **style: Any) -> alt.Chart:  # noqa: ANN401 (mark options are Vega-Lite's)
    mark = alt.Chart(data(values)).mark_text(baseline="middle", aria=False, **style)
    drawn: alt.Chart = mark.encode(
        x=across_pixels("px", grid.width), y=pixels_down(grid.height), text=alt.Text("text:N")
    )
    return drawn


KIND = one_chart(NAME, has_figures, caption, draw)
