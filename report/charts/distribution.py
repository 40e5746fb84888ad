"""The distribution of one column over all customers; the reader can highlight segments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from analysis.contract import Contract, Distribution, Feature, HistogramBin
from analysis.language import gettext, ngettext
from report.captions.bars import ARROWS, Bars
from report.captions.caption import Caption
from report.captions.words import Words, together
from report.charts import grammar as alt
from report.charts import levels
from report.charts.context import SMALL, ChartContext
from report.charts.kind import ChartKind
from report.charts.locale import axis_figures
from report.charts.rows import chosen_together, data, pale, pressed, stacked
from report.style.lettering import plain
from report.style.scales import decimals, round_span, rounded, shown, span, tick_count
from report.style.theme import ACCENT, CARD, INK, TEXT

PAGE = "explore"
LONG_TAIL = 0.5
"""Skewness above which one side of a histogram is clearly longer."""
HEIGHT = 200
BAR: dict[str, Any] = {"color": ACCENT, "stroke": CARD, "strokeWidth": 1.5, "cornerRadiusEnd": 2, "aria": False}
OPEN: dict[str, Any] = {"fillOpacity": 0.45, "stroke": ACCENT, "strokeDash": [3, 2], "strokeWidth": 1}
"""The look of an open bar, whose drawn width is not its range."""


def charts(contract: Contract) -> Iterator[tuple[str, Distribution]]:
    """A chart for each column with a published histogram."""
    features = {feature.name: feature for feature in contract.data.features}
    yield from ((name_of(features[one.feature]), one) for one in contract.exploration.distributions if one.bins)


def name_of(feature: Feature) -> str:
    """`distribution-<feature slug>`."""
    return f"distribution-{feature.slug}"


def caption(words: Words, one: Distribution) -> Caption:
    """The range of the middle half of all customers."""
    feature = words.feature(one.feature)
    if feature.levels:
        return levels.caption(words, one, name_of(feature), PAGE)
    label, bars = words.label(one.feature), Bars(feature, one, words.formats)
    return Caption(
        name=name_of(feature),
        page=PAGE,
        takeaway=_takeaway(words, feature, bars),
        subtitle=together(
            gettext("Customers by {column}. The dashed line is the median.", column=label), bars.legend()
        ),
        description=together(
            ngettext("A histogram of {column} with {count} bar.", "A histogram of {column} with {count} bars.",
                     len(one.bins), column=label, count=len(one.bins)),
            gettext("The median is {median}.", median=words.of(one.feature, feature.median)),
            _tallest(words, bars), *bars.told(), _tail(one.skewness),
        ),
        columns=(gettext("From"), gettext("To (not included)"), gettext("Customers")),
        rows=tuple(bars.row(bin_) for bin_ in one.bins),
        controls=words.choice(one), small=True,
    )  # fmt: skip


def _takeaway(words: Words, feature: Feature, bars: Bars) -> str:
    if feature.q1 is None or feature.q3 is None:
        return gettext("{column}: the tallest bar is {range}.", column=feature.label, range=bars.range(bars.tallest))
    ends = words.ends(feature.name, feature.q1, feature.q3)
    return gettext("{column}: half of all customers are between {low} and {high}.", column=feature.label, **ends)


def _tallest(words: Words, bars: Bars) -> str:
    count = bars.tallest.count
    return ngettext(
        "The tallest bar is {range}, with {count} customer.", "The tallest bar is {range}, with {count} customers.",
        count, range=bars.range(bars.tallest), count=words.formats.number(count),
    )  # fmt: skip


def _tail(skewness: float) -> str:
    if abs(skewness) <= LONG_TAIL:
        return gettext("Neither side has a long tail.")
    if skewness > 0:
        return gettext("There is a long tail towards high values.")
    return gettext("There is a long tail towards low values.")


def draw(context: ChartContext, one: Distribution) -> alt.LayerChart:
    """A histogram with the median marked; a bar's area is its number of customers.

    A bar with an arrow above it includes all customers beyond. Ordinal columns have one bar for each level.
    """
    feature = context.feature(one.feature)
    if feature.levels:
        return levels.draw(context, one)
    width = context.width(SMALL) - 44
    low, high = one.bins[0].lower, one.bins[-1].upper
    count = tick_count(feature, context.written(feature, high), width)
    across = span(shown(feature, low), shown(feature, high), count)
    bars = Bars(feature, one, context.formats)
    up = round_span(0, max([1, *map(bars.height, one.bins)]) * (1.16 if bars.open else 1.08), 4)
    x = alt.X(
        "x:Q", scale=alt.Scale(domain=across.domain, nice=False, zero=False),
        axis=alt.Axis(values=list(across.ticks), **axis_figures(feature, across, context.formats), grid=False,
                      title=context.titled(feature, width - 20) + " →", titleAnchor="end"),
    )  # fmt: skip
    y = alt.Y(
        "n:Q", scale=alt.Scale(domain=up.domain, nice=False),
        axis=alt.Axis(values=list(up.ticks), format=f",.{decimals(up.ticks[1])}f",
                      title=f"↑ {plain(bars.counted)}", titleAngle=0, titleAlign="left", titleAnchor="end",
                      titleX=-22, titleY=-18),
    )  # fmt: skip
    ends = {"x": x, "x2": alt.X2("x2:Q"), "y": y, "y2": alt.Y2(datum=0), "tooltip": alt.Tooltip("tip:N")}
    layers: list[alt.Chart] = []
    for some, look in ((bars.closed, BAR), (bars.open, BAR | OPEN)):
        if some:
            drawn = alt.Chart(data([_bar(feature, bars, bin_) for bin_ in some])).mark_bar(**look)
            layers.append(drawn.encode(**ends, opacity=pale()))
    chosen = _by_segment(feature, bars)
    if chosen:
        layers.append(_chosen(chosen, x, y))
    if bars.open:
        layers.append(_arrows(feature, bars, x, y))
    layers += _median(context, feature, across.place(shown(feature, feature.median or 0), width), x)
    return stacked(*layers, width=width, height=HEIGHT, params=[pressed()])


def _bar(feature: Feature, bars: Bars, one: HistogramBin) -> dict[str, Any]:
    tip = plain(ChartContext.tip(bars.range(one), gettext("Customers: {count}", count=bars.row(one)[-1])))
    return {**_ends(feature, one), "n": rounded(bars.height(one)), "tip": tip}


def _ends(feature: Feature, one: HistogramBin) -> dict[str, Any]:
    return {"x": shown(feature, one.lower), "x2": shown(feature, one.upper)}


def _arrows(feature: Feature, bars: Bars, x: alt.X, y: alt.Y) -> alt.Chart:
    """Arrows above open bars."""
    rows = [
        {"x": shown(feature, (one.lower + one.upper) / 2), "n": rounded(bars.height(one)), "text": ARROWS[one.beyond]}
        for one in bars.open
        if one.beyond
    ]
    mark = alt.Chart(data(rows)).mark_text(baseline="bottom", dy=-2, fontSize=TEXT, color=INK, aria=False)
    drawn: alt.Chart = mark.encode(x=x, y=y, text=alt.Text("text:N"))
    return drawn


def _by_segment(feature: Feature, bars: Bars) -> list[dict[str, Any]]:
    return [
        {**_ends(feature, one), "n": rounded(bars.height(one, count)), "s": segment}
        for one in bars.bins
        for segment, count in sorted(one.by_segment.items())
    ]


def _chosen(values: list[dict[str, Any]], x: alt.X, y: alt.Y) -> alt.Chart:
    bars = chosen_together(values, ["x", "x2"]).mark_bar(**BAR)
    drawn: alt.Chart = bars.encode(x=x, x2=alt.X2("x2:Q"), y=y, y2=alt.Y2(datum=0))
    return drawn


def _median(context: ChartContext, feature: Feature, place: float, x: alt.X) -> list[alt.Chart]:
    if feature.median is None:
        return []
    text = gettext("median {figure}", figure=context.written(feature, feature.median))
    right = place > (context.width(SMALL) - 44) * 0.6
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


KIND = ChartKind(charts, caption, draw, row=lambda _: "all")
