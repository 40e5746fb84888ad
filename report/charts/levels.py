"""How the customers are spread over the levels of an ordinal column: a bar a level, under its own word."""

from __future__ import annotations

from typing import Any

import altair as alt

from analysis.contract import Distribution, Feature, HistogramBin
from report.captions.caption import Caption
from report.captions.words import Words
from report.charts.context import SMALL, ChartContext
from report.charts.rows import (
    PALE,
    SHOWN,
    RowLayout,
    chosen_together,
    data,
    name_space,
    pixel_scale,
    pixels_down,
    stacked,
)
from report.style.scales import quiet_x, span
from report.style.theme import ACCENT, INK_2

BAR: dict[str, Any] = {"height": 16, "cornerRadiusEnd": 3, "color": ACCENT, "aria": False}


def level(feature: Feature, one: HistogramBin) -> str:
    """What a bar is called: its level, or its first and last where levels go together."""
    held = feature.levels[max(round(one.lower), 1) - 1 : round(one.upper) - 1]
    return held[0] if len(held) == 1 else f"{held[0]} to {held[-1]}"


def caption(words: Words, one: Distribution, name: str, page: str) -> Caption:
    """Between which levels the middle half of all customers lies."""
    feature = words.feature(one.feature)
    label, total = words.label(one.feature), sum(bin_.count for bin_ in one.bins)
    shares = [words.formats.percent(bin_.count / total, 1) for bin_ in one.bins]
    fullest = max(range(len(one.bins)), key=lambda place: one.bins[place].count)
    return Caption(
        name=name,
        page=page,
        takeaway=f"{feature.label}: {_middle(words, feature)}.",
        subtitle=f"Customers by {label}, in its order, the lowest level on top",
        description=f"A bar for each of {len(one.bins)} levels of {label}. The longest is "
                    f"{level(feature, one.bins[fullest])}, with {words.formats.number(one.bins[fullest].count)} "
                    f"customers. The median is {words.middle(one.feature, feature.median)}.",
        columns=("Level", "Customers", "Share of customers"),
        rows=tuple((level(feature, bin_), words.formats.number(bin_.count), share)
                   for bin_, share in zip(one.bins, shares, strict=True)),
        controls=words.choice(one), small=True,
    )  # fmt: skip


def _middle(words: Words, feature: Feature) -> str:
    low, high = (words.middle(feature.name, end) for end in (feature.q1, feature.q3))
    if feature.q1 is None or feature.q3 is None:
        return f"the median is {words.middle(feature.name, feature.median)}"
    return (
        f"at least half of all customers are at {low}"
        if low == high
        else (f"at least half of all customers lie between {low} and {high}")
    )


def draw(context: ChartContext, one: Distribution) -> alt.LayerChart:
    """Customers by level, the lowest on top; chosen segments are filled in when the reader asks for them."""
    feature = context.feature(one.feature)
    names = [level(feature, bin_) for bin_ in one.bins]
    rows = RowLayout(tuple(names), context.narrow, pitch=44 if context.narrow else 32)
    start, width = name_space(names, context.narrow, widest=170), context.width(SMALL)
    across = span(0, max([1, *(bin_.count for bin_ in one.bins)]) * 1.02, 3)
    x = alt.X(
        "n:Q", scale=pixel_scale(across.domain, start, width - 96), axis=alt.Axis(**quiet_x(across, format=",.0f"))
    )
    y = pixels_down(rows.height)
    base = alt.Chart(data([_bar(context, feature, bin_, rows.middle(i)) for i, bin_ in enumerate(one.bins)]))
    bars = base.mark_bar(**BAR).encode(x=x, x2=alt.X2(datum=0), y=y, tooltip=alt.Tooltip("tip:N"), opacity=PALE)
    return stacked(
        bars, *_chosen(one, rows, x, y), rows.names(width if context.narrow else start - 16),
        rows.figures(_figures(context, one), width, align="right", color=INK_2),
        width=width, height=rows.height, params=[SHOWN],
    )  # fmt: skip


def _bar(context: ChartContext, feature: Feature, bin_: HistogramBin, y: float) -> dict[str, Any]:
    return {"py": y, "n": bin_.count, "tip": f"{level(feature, bin_)}\nCustomers: {context.formats.number(bin_.count)}"}


def _chosen(one: Distribution, rows: RowLayout, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    values = [
        {"py": rows.middle(place), "n": count, "s": segment}
        for place, bin_ in enumerate(one.bins)
        for segment, count in sorted(bin_.by_segment.items())
    ]
    if not values:
        return []
    filled = chosen_together(values, ["py"]).mark_bar(**BAR)
    return [filled.encode(x=x, x2=alt.X2(datum=0), y=y)]


def _figures(context: ChartContext, one: Distribution) -> list[str]:
    total = sum(bin_.count for bin_ in one.bins)
    return [f"{context.formats.number(b.count)} · {context.formats.percent(b.count / total)}" for b in one.bins]
