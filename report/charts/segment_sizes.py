"""How many customers each segment has, and its share of the value."""

from __future__ import annotations

from typing import Any

from analysis.contract import Contract
from analysis.language import gettext, gettext_noop, ngettext
from report.captions.caption import Caption
from report.captions.words import Words, quoted, together
from report.charts import grammar as alt
from report.charts.context import ChartContext
from report.charts.kind import one_chart
from report.charts.rows import RowLayout, data, name_space, pixel_scale, pixels_down, stacked
from report.style.scales import quiet_x, rounded, span
from report.style.theme import CARD, INK, INK_2

NAME, PAGE = "segment-sizes", "segments"
SAME_SIZE = {
    (True, True): gettext_noop("Both segments have about the same size."),
    (False, True): gettext_noop("All {count} segments have about the same size."),
    (True, False): gettext_noop("Both segments have the same size."),
    (False, False): gettext_noop("All {count} segments have the same size."),
}
"""Of segments of one size, by whether there are two, and whether counts are rounded: then the same only about."""


def called_for(contract: Contract) -> bool:
    """Whether there are segments."""
    return bool(contract.segments)


def caption(words: Words) -> Caption:
    """Customers and, where it is estimated, value."""
    segments = words.contract.segments
    percent = words.formats.percent
    label = words.value_name
    valued = any(one.value_share is not None for one in segments)
    rows = []
    for one in segments:
        row = [one.name, words.formats.number(one.size), percent(one.share, 1)]
        rows.append((*row, "–" if one.value_share is None else percent(one.value_share, 1)) if valued else tuple(row))
    proper = words.contract.proper
    largest, smallest = max(proper, key=lambda one: one.size), min(proper, key=lambda one: one.size)
    return Caption(
        name=NAME,
        page=PAGE,
        takeaway=_takeaway(words, label),
        subtitle=together(
            gettext("Bars: share of customers."), gettext("Diamonds: share of {value}.", value=label) if valued else ""
        ),
        description=together(
            ngettext("A bar chart of {count} segment.", "A bar chart of {count} segments.", len(proper),
                     count=len(proper)),
            _and_none(words),
            gettext(
                "The largest segment is {largest}, with {most} of customers. The smallest is {smallest}, with {least}.",
                largest=largest.name, most=percent(largest.share, 1), smallest=smallest.name,
                least=percent(smallest.share, 1),
            ),
        ),
        columns=(
            gettext("Segment"), gettext("Customers"), gettext("Share of customers"),
            *([gettext("Share of {value}", value=label)] if valued else []),
        ),
        rows=tuple(rows),
    )  # fmt: skip


def _and_none(words: Words) -> str:
    if len(words.contract.proper) == len(words.contract.segments):
        return ""
    return gettext("One more bar shows the customers in no segment.")


def _takeaway(words: Words, label: str) -> str:
    segments, percent = words.contract.proper, words.formats.percent
    valued = [(one.value_share - one.share, one) for one in segments if one.value_share is not None]
    gap, one = max(valued, key=lambda pair: pair[0], default=(0.0, segments[0]))
    if gap >= 0.03 and one.value_share is not None:
        return gettext(
            "{segment}: {share} of customers, {value_share} of {value}.",
            segment=quoted(one.name), share=percent(one.share), value_share=percent(one.value_share), value=label,
        )  # fmt: skip
    largest, smallest = max(segments, key=lambda s: s.size), min(segments, key=lambda s: s.size)
    if largest.size == smallest.size:
        return gettext(SAME_SIZE[len(segments) == 2, bool(words.contract.privacy.rounding_base)], count=len(segments))
    return gettext(
        "The largest segment is {largest}, with {most} of customers. The smallest is {smallest}, with {least}.",
        largest=quoted(largest.name), most=percent(largest.share), smallest=quoted(smallest.name),
        least=percent(smallest.share),
    )  # fmt: skip


def draw(context: ChartContext) -> alt.LayerChart:
    """A bar for the share of customers, a diamond for the share of value, and a column of figures."""
    names = [context.name(segment.id) for segment in context.segments]
    rows = RowLayout(tuple(names), context.narrow, pitch=48 if context.narrow else 38)
    start, width = name_space(names, context.narrow), context.width()
    end = width - (66 if context.narrow else 118)
    values = _values(context, rows)
    most = max(max(one["share"], one.get("value", 0)) for one in values)
    across = span(0, most * 1.02, 3 if context.narrow else 5)
    x = alt.X("share:Q", scale=pixel_scale(across.domain, start, end), axis=alt.Axis(**quiet_x(across, format=".0%")))
    base = alt.Chart(data(values)).encode(y=pixels_down(rows.height), tooltip=alt.Tooltip("tip:N"))
    color = alt.Color("colour:N", scale=None, legend=None)
    bars = base.mark_bar(height=16, cornerRadiusEnd=3).encode(x=x, x2=alt.X2(datum=0), color=color)
    layers: list[alt.Chart] = [bars]
    if any("value" in one for one in values):
        diamond = base.mark_point(
            shape="diamond", filled=True, opacity=1, size=90, fill=INK, stroke=CARD, strokeWidth=1.5
        )
        layers.append(diamond.encode(x=alt.X("value:Q")))
    texts = [_figure(context, index) for index in range(len(names))]
    figures = rows.figures(texts, width, align="right", color=INK_2)
    names_layer = rows.names(context.width() if context.narrow else start - 16)
    return stacked(*layers, names_layer, figures, width=width, height=rows.height)


def _values(context: ChartContext, rows: RowLayout) -> list[dict[str, Any]]:
    values = []
    for index, segment in enumerate(context.segments):
        share = context.formats.percent(segment.share, 1)
        size = context.formats.number(segment.size)
        lines = [
            context.name(segment.id), gettext("Customers: {count} ({share})", count=size, share=share)
        ]  # fmt: skip
        one: dict[str, Any] = {
            "py": rows.middle(index), "share": rounded(segment.share), "colour": context.colour(segment.id)
        }  # fmt: skip
        if segment.value_share is not None:
            one["value"] = rounded(segment.value_share)
            lines.append(gettext("Share of value: {share}", share=context.formats.percent(segment.value_share, 1)))
        values.append({**one, "tip": context.tip(*lines)})
    return values


def _figure(context: ChartContext, index: int) -> str:
    segment = context.segments[index]
    share = context.formats.percent(segment.share, 0 if context.narrow else 1)
    return f"{context.formats.number(segment.size)} · {share}"


KIND = one_chart(NAME, called_for, caption, draw)
