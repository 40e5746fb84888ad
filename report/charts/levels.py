"""The distribution of an ordinal column over all customers: one bar for each level, with the level's name."""

from __future__ import annotations

from typing import Any

from analysis.contract import Distribution, Feature, HistogramBin
from analysis.language import gettext, ngettext
from report.captions.caption import Caption
from report.captions.strength import span_of
from report.captions.words import Words, together
from report.charts import grammar as alt
from report.charts.context import SMALL, ChartContext
from report.charts.rows import (
    RowLayout,
    chosen_together,
    data,
    name_space,
    pale,
    pixel_scale,
    pixels_down,
    pressed,
    stacked,
)
from report.style.scales import quiet_x, span
from report.style.theme import ACCENT, INK_2

BAR: dict[str, Any] = {"height": 16, "cornerRadiusEnd": 3, "color": ACCENT, "aria": False}


def level(feature: Feature, one: HistogramBin) -> str:
    """The name of a bar: its level, or its first and last level where levels are merged."""
    held = feature.levels[max(round(one.lower), 1) - 1 : round(one.upper) - 1]
    return held[0] if len(held) == 1 else span_of(held[0], held[-1])


def caption(words: Words, one: Distribution, name: str, page: str) -> Caption:
    """The levels of the middle half of all customers."""
    feature = words.feature(one.feature)
    label, total = words.label(one.feature), sum(bin_.count for bin_ in one.bins)
    shares = [words.formats.percent(bin_.count / total, 1) for bin_ in one.bins]
    fullest = max(range(len(one.bins)), key=lambda place: one.bins[place].count)
    return Caption(
        name=name,
        page=page,
        takeaway=_takeaway(words, feature),
        subtitle=gettext("Customers by {column}, with the lowest level at the top.", column=label),
        description=together(
            ngettext("A bar chart of {column} with {count} bar.", "A bar chart of {column} with {count} bars.",
                     len(one.bins), column=label, count=len(one.bins)),
            _longest(words, feature, one.bins[fullest]),
            gettext("The median is {median}.", median=words.middle(one.feature, feature.median)),
        ),
        columns=(gettext("Level"), gettext("Customers"), gettext("Share of customers")),
        rows=tuple((level(feature, bin_), words.formats.number(bin_.count), share)
                   for bin_, share in zip(one.bins, shares, strict=True)),
        controls=words.choice(one), small=True,
    )  # fmt: skip


def _longest(words: Words, feature: Feature, bin_: HistogramBin) -> str:
    return ngettext(
        "The longest bar is {level}, with {count} customer.", "The longest bar is {level}, with {count} customers.",
        bin_.count, level=level(feature, bin_), count=words.formats.number(bin_.count),
    )  # fmt: skip


def _takeaway(words: Words, feature: Feature) -> str:
    column = feature.label
    if feature.q1 is None or feature.q3 is None:
        median = words.middle(feature.name, feature.median)
        return gettext("{column}: the median is {median}.", column=column, median=median)
    low, high = (words.middle(feature.name, end) for end in (feature.q1, feature.q3))
    if low == high:
        return gettext("{column}: at least half of all customers are at {level}.", column=column, level=low)
    return gettext(
        "{column}: at least half of all customers are between {low} and {high}.", column=column, low=low, high=high
    )


def draw(context: ChartContext, one: Distribution) -> alt.LayerChart:
    """Customers by level, the lowest at the top; the reader can highlight segments."""
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
    bars = base.mark_bar(**BAR).encode(x=x, x2=alt.X2(datum=0), y=y, tooltip=alt.Tooltip("tip:N"), opacity=pale())
    return stacked(
        bars, *_chosen(one, rows, x, y), rows.names(width if context.narrow else start - 16),
        rows.figures(_figures(context, one), width, align="right", color=INK_2),
        width=width, height=rows.height, params=[pressed()],
    )  # fmt: skip


def _bar(context: ChartContext, feature: Feature, bin_: HistogramBin, y: float) -> dict[str, Any]:
    count = gettext("Customers: {count}", count=context.formats.number(bin_.count))
    return {"py": y, "n": bin_.count, "tip": context.tip(level(feature, bin_), count)}


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
