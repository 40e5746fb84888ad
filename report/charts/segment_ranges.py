"""The range of each segment in each column: the middle half of its customers, and their median."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from analysis.contract import Feature, FeatureProfile, Segment
from analysis.language import gettext, gettext_noop
from analysis.language.words import listed
from report.captions.caption import Caption
from report.captions.pictured import MOST_RANGES, barless, drawn_half, has_middles, of_most, ranged, spread
from report.captions.strength import span_of
from report.captions.words import Words, quoted, together, withheld
from report.charts import grammar as alt
from report.charts.context import ChartContext
from report.charts.kind import one_chart
from report.charts.locale import axis_figures
from report.charts.rows import RowLayout, data, name_space, pixel_scale, pixels_down, stacked
from report.style.scales import Span, quiet_x, shown, span, tick_count
from report.style.theme import CARD, INK, INK_2, TEXT

NAME, PAGE = "segment-ranges", "segments"

MiddleHalf = tuple[float, float, float]
"""Lower quartile, median, upper quartile."""
MOST_BESIDE = 3
GAP = 26
_DIFFER = gettext_noop(
    "The segments differ most in {column}: medians range from {low} ({lowest}) to {high} ({highest})."
)
_SOME_DIFFER = gettext_noop(
    "The segments differ most in {column}: published medians range from {low} ({lowest}) to {high} ({highest})."
)
_ENDS = gettext_noop("In {column} the lowest median is {low} ({lowest}), and the highest is {high} ({highest}).")
_SOME_ENDS = gettext_noop(
    "In {column} the lowest published median is {low} ({lowest}), and the highest is {high} ({highest})."
)
SECOND_LINE: dict[str, Any] = {"subtitleColor": INK, "subtitleFontSize": TEXT, "subtitleFontWeight": 600}
"""The look of a panel's second title line, that of its first."""


def caption(words: Words) -> Caption:
    """The column in which the segments differ most, and the range of its medians."""
    segments = words.contract.segments
    features, drawn = ranged(words.contract), spread(words.contract)
    strongest = _strongest(words, features)
    told = [
        (segment, one.median)
        for segment in words.contract.proper
        if (one := _profile(segment, strongest)) and one.median is not None
    ]
    low, high = min(told, key=lambda each: each[1]), max(told, key=lambda each: each[1])
    ends = {"low": words.of(strongest, low[1]), "high": words.of(strongest, high[1])}
    some = len(told) < len(words.contract.proper)
    return Caption(
        name=NAME,
        page=PAGE,
        takeaway=gettext(_SOME_DIFFER if some else _DIFFER, column=words.label(strongest), **ends,
                         lowest=quoted(low[0].name), highest=quoted(high[0].name)),
        subtitle=together(
            gettext(
                "Dots are medians. Bars show the middle half of the segment’s customers. The dashed line is the median "
                "of all customers."
            ),
            barless([one for segment in segments for one in segment.figures if one.feature in features]),
            of_most(len(drawn), MOST_RANGES),
        ),
        description=together(
            gettext("One panel for each column, with a row for each segment. The columns are {columns}.",
                    columns=listed([words.label(name) for name in features])),
            gettext(_SOME_ENDS if some else _ENDS, column=words.label(strongest), **ends, lowest=low[0].name,
                    highest=high[0].name),
            *_gaps(words, features),
        ),
        columns=(
            gettext("Segment"), gettext("Column"), gettext("Lower quartile"), gettext("Median"),
            gettext("Upper quartile"),
        ),
        rows=tuple(
            (segment.name, words.feature(one.feature).label,
             *(words.of(one.feature, value) for value in (one.q1, one.median, one.q3)))
            for segment in segments for one in segment.profile if one.feature in drawn
        ),
    )  # fmt: skip


def _strongest(words: Words, features: list[str]) -> str:
    """The column in which segments differ most; columns with figures of all segments come first."""
    proper = words.contract.proper

    def apart(name: str) -> tuple[bool, float]:
        drawn = [(segment.share, one) for segment in proper if (one := _profile(segment, name)) and drawn_half(one)]
        return len(drawn) == len(proper), sum(share * one.effect**2 for share, one in drawn)

    return max(features, key=apart)


def _gaps(words: Words, features: list[str]) -> Iterator[str]:
    """Which figures of these columns are withheld, one sentence for each column: `Withheld: churn of A and B`."""
    for name in features:
        segments = [one.name for one in words.contract.segments if name in one.withheld]
        if segments:
            yield gettext("Withheld: {column} of {segments}.", column=words.label(name), segments=listed(segments))


def _profile(segment: Segment, feature: str) -> FeatureProfile | None:
    return next((one for one in segment.figures if one.feature == feature), None)


def draw(context: ChartContext) -> alt.VConcatChart:
    """One panel for each column, up to three side by side; on a phone one below the other."""
    names = [context.name(segment.id) for segment in context.segments]
    panels = [context.feature(name) for name in ranged(context.contract)]
    beside = 1 if context.narrow else min(MOST_BESIDE, len(panels))
    start = name_space(names, narrow=False, widest=124 if context.narrow else 170)
    room = (context.width() - start - 24 - GAP * (beside - 1)) / beside
    lines = [panels[first : first + beside] for first in range(0, len(panels), beside)]
    return alt.vconcat(*(_line(context, names, line, start, room) for line in lines), spacing=28)


def _line(context: ChartContext, names: list[str], line: list[Feature], start: float, room: float) -> alt.HConcatChart:
    drawn = []
    for place, feature in enumerate(line):
        left = start if place == 0 else 0.0
        rows = RowLayout(tuple(names), narrow=False, pitch=26 if context.narrow else 32)
        if rows.in_two_lines(start - 16):
            rows = replace(rows, pitch=36)
        drawn.append(_panel(context, feature, rows, left, room))
    return alt.hconcat(*drawn, spacing=GAP)


def _panel(context: ChartContext, feature: Feature, rows: RowLayout, left: float, room: float) -> alt.LayerChart:
    told = [(i, segment, one) for i, segment in enumerate(context.segments) if (one := _middle_half(segment, feature))]
    ranges = [one for _, _, one in told]
    across = _across(feature, ranges, tick_count(feature, context.written(feature, ranges[0][2]), room, 4))
    values = [_value(context, feature, segment, one, rows.middle(i)) for i, segment, one in told]
    scale = pixel_scale(across.domain, left, left + room)
    axis = alt.Axis(**quiet_x(across, **axis_figures(feature, across, context.formats)))
    x = alt.X("q1:Q", scale=scale, axis=axis)
    base = alt.Chart(data(values)).encode(y=pixels_down(rows.height), tooltip=alt.Tooltip("tip:N"))
    color = alt.Color("colour:N", scale=None, legend=None)
    layers: list[alt.Chart] = []
    if feature.median is not None:
        everybody = alt.Chart(data([{"q1": shown(feature, feature.median)}]))
        layers.append(everybody.mark_rule(color=INK_2, strokeDash=[3, 3]).encode(x=x))
    layers.append(base.mark_bar(height=8, cornerRadius=4, opacity=0.45).encode(x=x, x2=alt.X2("q3:Q"), color=color))
    layers.append(base.mark_point(filled=True, opacity=1, size=110, stroke=CARD, strokeWidth=1.5).encode(
        x=alt.X("median:Q"), fill=alt.Fill("colour:N", scale=None, legend=None)))  # fmt: skip
    if len(told) < len(context.segments):
        drawn = {i for i, *_ in told}
        gaps = [
            context.nothing
            if i not in drawn and (feature.name in segment.withheld or _profile(segment, feature.name))
            else ""
            for i, segment in enumerate(context.segments)
        ]
        layers.append(rows.figures(gaps, left + 4))
    if left:
        layers.append(rows.names(left - 16))
    lines = context.headed(feature, room)
    second = {"subtitle": lines[1], **SECOND_LINE} if lines[1:] else {}
    title = alt.TitleParams(lines[0], anchor="start", dx=left, **second)
    return stacked(*layers, width=left + room, height=rows.height, title=title)


def _middle_half(segment: Segment, feature: Feature) -> MiddleHalf | None:
    one = _profile(segment, feature.name)
    return drawn_half(one) if one else None


def _across(feature: Feature, ranges: list[MiddleHalf], count: int) -> Span:
    low, high = min(one[0] for one in ranges), max(one[2] for one in ranges)
    return span(shown(feature, low), shown(feature, high), count, margin=0.06)


def _value(context: ChartContext, feature: Feature, segment: Segment, one: MiddleHalf, y: float) -> dict[str, Any]:
    q1, middle, q3 = (context.written(feature, value) for value in one)
    profile = _profile(segment, feature.name)
    between = span_of(q1, q3) if profile and profile.middle_half else withheld()
    return {
        "py": y, **dict(zip(("q1", "median", "q3"), (shown(feature, value) for value in one), strict=True)),
        "colour": context.colour(segment.id),
        "tip": context.tip(
            context.name(segment.id), gettext("{column}, median: {figure}", column=feature.label, figure=middle),
            gettext("Middle half: {range}", range=between),
        ),
    }  # fmt: skip


KIND = one_chart(NAME, has_middles, caption, draw)
