"""How one column is spread over all customers; chosen segments are filled in when the reader asks for them."""

from __future__ import annotations

from typing import Any

import altair as alt

from analysis.contract import Distribution, Feature
from report.charts.levels import levels
from report.charts.rows import PALE, SHOWN, chosen_together, data, stacked
from report.charts.scales import axis_format, round_span, shown, span, tick_count
from report.charts.sheet import SMALL, Sheet
from report.charts.theme import ACCENT, CARD, INK, TEXT

HEIGHT = 200
BAR: dict[str, Any] = {"color": ACCENT, "stroke": CARD, "strokeWidth": 1.5, "cornerRadiusEnd": 2, "aria": False}


def distribution(sheet: Sheet, one: Distribution) -> alt.LayerChart:
    """A histogram with the median marked; every bar is a range of values, its height a number of customers.

    Of ordinal columns a bar a level.
    """
    feature = sheet.feature(one.feature)
    if feature.levels:
        return levels(sheet, one)
    width = sheet.width(SMALL) - 44
    low, high = one.bins[0].lower, one.bins[-1].upper
    count = tick_count(feature, sheet.written(feature, high), width)
    across = span(shown(feature, low), shown(feature, high), count)
    up = round_span(0, max([1, *(bin_.count for bin_ in one.bins)]) * 1.08, 4)
    x = alt.X(
        "x:Q", scale=alt.Scale(domain=across.domain, nice=False, zero=False),
        axis=alt.Axis(values=list(across.ticks), format=axis_format(feature, across), grid=False,
                      title=sheet.titled(feature, width - 20) + " →", titleAnchor="end"),
    )  # fmt: skip
    y = alt.Y(
        "n:Q", scale=alt.Scale(domain=up.domain, nice=False),
        axis=alt.Axis(values=list(up.ticks), format=",.0f", title="↑ Customers", titleAngle=0, titleAlign="left",
                      titleAnchor="end", titleX=-22, titleY=-18),
    )  # fmt: skip
    bars = alt.Chart(data([_bar(sheet, feature, one, place) for place in range(len(one.bins))])).mark_bar(**BAR)
    layers: list[alt.Chart] = [
        bars.encode(x=x, x2=alt.X2("x2:Q"), y=y, y2=alt.Y2(datum=0), tooltip=alt.Tooltip("tip:N"), opacity=PALE)
    ]  # fmt: skip
    chosen = _by_segment(feature, one)
    if chosen:
        layers.append(_chosen(chosen, x, y))
    layers += _median(sheet, feature, across.place(shown(feature, feature.median or 0), width), x)
    return stacked(*layers, width=width, height=HEIGHT, params=[SHOWN])


def _bar(sheet: Sheet, feature: Feature, one: Distribution, place: int) -> dict[str, Any]:
    bin_ = one.bins[place]
    tip = f"{_values(sheet, feature, one, place)}\nCustomers: {sheet.figures.number(bin_.count)}"
    return {"x": shown(feature, bin_.lower), "x2": shown(feature, bin_.upper), "n": bin_.count, "tip": tip}


def _values(sheet: Sheet, feature: Feature, one: Distribution, place: int) -> str:
    """`20 to 30`; of an outermost bar that also holds what lies beyond, `below 30` or `20 and above`."""
    bin_ = one.bins[place]
    if one.open_ended and place == 0:
        return f"below {sheet.written(feature, bin_.upper)}"
    if one.open_ended and place == len(one.bins) - 1:
        return f"{sheet.written(feature, bin_.lower)} and above"
    return f"{sheet.written(feature, bin_.lower)} to {sheet.written(feature, bin_.upper)}"


def _by_segment(feature: Feature, one: Distribution) -> list[dict[str, Any]]:
    return [
        {"x": shown(feature, bin_.lower), "x2": shown(feature, bin_.upper), "n": count, "s": segment}
        for bin_ in one.bins
        for segment, count in sorted(bin_.by_segment.items())
    ]


def _chosen(values: list[dict[str, Any]], x: alt.X, y: alt.Y) -> alt.Chart:
    bars = chosen_together(values, ["x", "x2"]).mark_bar(**BAR)
    drawn: alt.Chart = bars.encode(x=x, x2=alt.X2("x2:Q"), y=y, y2=alt.Y2(datum=0))
    return drawn


def _median(sheet: Sheet, feature: Feature, place: float, x: alt.X) -> list[alt.Chart]:
    if feature.median is None:
        return []
    text = f"median {sheet.written(feature, feature.median)}"
    right = place > (sheet.width(SMALL) - 44) * 0.6
    value = alt.Chart(data([{"x": shown(feature, feature.median), "text": text}]))
    rule = value.mark_rule(color=INK, strokeWidth=1.5, strokeDash=[4, 3]).encode(x=x)
    word = value.mark_text(
        align="right" if right else "left",
        dx=-6 if right else 6,
        baseline="bottom",
        fontSize=TEXT,
        color=INK,
        aria=False,
    )
    return [rule, word.encode(x=x, y=alt.YValue(-4), text=alt.Text("text:N"))]
