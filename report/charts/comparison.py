"""One column over the groups that another makes: spending by age, spending by gender."""

from __future__ import annotations

from typing import Any

import altair as alt

from analysis.contract import Comparison, Feature, GroupSummary
from report.captions.pictured import drawn_half
from report.captions.words import WITHHELD
from report.charts.context import SMALL, ChartContext
from report.charts.rows import Rows, data, name_space, pixel_scale, pixels_down, stacked
from report.style.lettering import plain, shorten
from report.style.scales import axis_format, quiet_x, shown, span, tick_count
from report.style.theme import ACCENT, CARD, INK, INK_2, TEXT


def comparison(context: ChartContext, one: Comparison) -> alt.LayerChart:
    """The middle half of each group as a bar, its median as a dot with the figure beside the row."""
    feature = context.feature(one.feature)
    names = [f"{group.group} ({context.figures.number(group.count)})" for group in one.groups]
    rows = Rows(tuple(names), context.narrow, pitch=46 if context.narrow else 36)
    start, width = name_space(names, context.narrow, widest=150), context.width(SMALL)
    end = width - (110 if feature.levels else 74)
    written = [_median(context, feature, group, width - end - 4) for group in one.groups]
    halves = [(index, group, half) for index, group in enumerate(one.groups) if (half := drawn_half(group))]
    low, high = min(half[0] for *_, half in halves), max(half[2] for *_, half in halves)
    count = tick_count(feature, context.written(feature, high), end - start, 4)
    across = span(shown(feature, low), shown(feature, high), count, margin=0.08)
    axis = quiet_x(across, format=axis_format(feature, across), labels=not feature.levels)
    x = alt.X("q1:Q", scale=pixel_scale(across.domain, start, end), axis=alt.Axis(**axis))
    values = [_value(context, feature, group, half, rows.middle(index)) for index, group, half in halves]
    base = alt.Chart(data(values)).encode(y=pixels_down(rows.height), tooltip=alt.Tooltip("tip:N"))
    layers: list[alt.Chart] = []
    if feature.median is not None:
        layers.append(_everybody(shown(feature, feature.median), rows, x))
    layers.append(base.mark_bar(height=9, cornerRadius=4.5, color=ACCENT, opacity=0.35).encode(x=x, x2=alt.X2("q3:Q")))
    layers.append(
        base.mark_point(filled=True, opacity=1, size=120, fill=ACCENT, stroke=CARD, strokeWidth=1.5).encode(
            x=alt.X("median:Q")
        )
    )
    layers.append(rows.names(width if context.narrow else start - 16))
    layers.append(rows.figures(written, width, align="right", color=INK))
    return stacked(*layers, width=width, height=rows.height)


def _everybody(median: float, rows: Rows, x: alt.X) -> alt.Chart:
    """The median of all as a dashed line; where names stand above their rows it leaves those out."""
    whole = [{"q1": median, "py": 0, "py2": rows.height}]
    beside = [{"q1": median, "py": rows.middle(i) - 9, "py2": rows.middle(i) + 12} for i in range(len(rows.labels))]
    rule = alt.Chart(data(beside if rows.narrow else whole)).mark_rule(color=INK_2, strokeDash=[3, 3])
    drawn: alt.Chart = rule.encode(x=x, y=pixels_down(rows.height), y2=alt.Y2("py2:Q"))
    return drawn


def _median(context: ChartContext, feature: Feature, group: GroupSummary, room: float) -> str:
    if group.median is None:
        return shorten(WITHHELD, room, TEXT)
    return shorten(context.figures.middle(feature, group.median), room, TEXT)


def _value(
    context: ChartContext, feature: Feature, group: GroupSummary, half: tuple[float, float, float], y: float
) -> dict[str, Any]:
    q1, middle, q3 = (plain(context.figures.middle(feature, value)) for value in half)
    between = f"{q1} to {q3}" if group.middle_half else WITHHELD
    tip = f"{group.group}\n{feature.label}, median: {middle}\nMiddle half: {between}\nCustomers: {group.count}"
    drawn = dict(zip(("q1", "median", "q3"), (shown(feature, value) for value in half), strict=True))
    return {"py": y, **drawn, "tip": tip}
