"""Are the segments stable? How far two resamples agree, by number of segments, beside random tables without groups."""

from __future__ import annotations

from typing import Any

from analysis.contract import Candidate, Contract, Spread
from analysis.contract.stability import DOUBTFUL
from analysis.language import gettext, ngettext
from analysis.language.words import listed
from report.captions.caption import Caption
from report.captions.strength import span_of
from report.captions.words import Words, together
from report.charts import grammar as alt
from report.charts.context import ChartContext
from report.charts.kind import one_chart
from report.charts.rows import data, stacked
from report.style.lettering import text_width
from report.style.scales import decimals, rounded, span
from report.style.theme import ACCENT, CARD, INK_2, SOFT
from report.style.theme import SMALL as SMALL_TEXT

NAME, PAGE = "stability", "method"
ALIKE = 0.02
"""Agreements that differ by less count as the same."""
GREY = 0.22
"""How dark the range of the random tables is drawn."""
AXIS = 46
"""Pixels for the vertical axis."""


def called_for(contract: Contract) -> bool:
    """Whether the agreement of resamples was measured."""
    return any(one.agreement is not None for one in contract.selection.candidates)


def caption(words: Words) -> Caption:
    """How far resamples agree at the number used, and whether random tables without groups reach the same."""
    selection, number = words.contract.selection, words.formats.number
    tried = [one for one in selection.candidates if one.agreement is not None]
    taken = next((one for one in tried if one.k == selection.k), None)
    means = [
        gettext("{agreement} with {k}", k=one.k, agreement=number(one.agreement.mean, 2))
        for one in tried
        if one.agreement
    ]
    return Caption(
        name=NAME,
        page=PAGE,
        takeaway=_takeaway(words, taken) if taken else gettext("Agreement of resamples, by number of segments."),
        subtitle=together(
            gettext("Boxes: the middle half of the pairs of resamples, with the median. Lines: 90% of the pairs."),
            gettext("Grey: the range of most random tables without groups.") if any(map(_chance, tried)) else "",
            _dots(tried),
        ),
        description=together(
            gettext("A box plot for each number of segments."),
            gettext("Mean agreement by number of segments: {figures}.", figures=listed(means)),
        ),
        columns=(
            gettext("Segments"), gettext("Agreement, mean"), gettext("Lower quartile"), gettext("Median"),
            gettext("Upper quartile"), gettext("Single clouds, mean"), gettext("Even boxes, mean"),
            gettext("Weakest segment"),
        ),
        rows=tuple(_spread(words, one) for one in tried),
    )  # fmt: skip


def _dots(tried: list[Candidate]) -> str:
    measured = any(each.stability is not None for one in tried for each in one.segments)
    return gettext("Below: one dot for each segment; hollow dots are not stable.") if measured else ""


def _spread(words: Words, one: Candidate) -> tuple[str, ...]:
    def figure(value: float | None) -> str:
        return "–" if value is None else words.formats.number(value, 2)

    own = one.agreement
    spread = (own.mean, own.q1, own.median, own.q3) if own else (None,) * 4
    chance = (kind.mean if kind else None for kind in (one.agreement_normal, one.agreement_box))
    return (words.formats.number(one.k), *(figure(value) for value in (*spread, *chance, one.weakest)))


def _chance(one: Candidate) -> float | None:
    """The agreement that 95% of random tables without groups stay below, for the kind of table with the highest."""
    return max((kind.p95 for kind in (one.agreement_normal, one.agreement_box) if kind), default=None)


def _takeaway(words: Words, taken: Candidate) -> str:
    number = words.formats.number
    own = taken.agreement.mean if taken.agreement else 0.0
    chance = _chance(taken)
    said = ngettext(
        "With {count} segment, two resamples agree to {agreement} on average (1: fully).",
        "With {count} segments, two resamples agree to {agreement} on average (1: fully).",
        taken.k, count=taken.k, agreement=number(own, 2),
    )  # fmt: skip
    if chance is None:
        return said
    limit = number(chance, 2)
    if own > chance + ALIKE:
        return together(said, gettext("95% of random tables without groups stay below {limit}.", limit=limit))
    if round(own, 2) > round(chance, 2):
        return together(said, gettext(
            "That is only slightly more than random tables without groups: 95% of them stay below {limit}.",
            limit=limit,
        ))  # fmt: skip
    return together(said, gettext(
        "Random tables without groups can reach this as well: 5% of them reach {limit}.", limit=limit
    ))  # fmt: skip


def draw(context: ChartContext) -> alt.VConcatChart:
    """Box plots of the agreement of resamples over k; below, where it was measured, a dot for each segment."""
    tried = context.contract.selection.candidates
    panels = [_agreement(context, [one for one in tried if one.agreement is not None])]
    if any(each.stability is not None for one in tried for each in one.segments):
        panels.append(_segments(context, tried))
    return alt.vconcat(*panels, spacing=30)


def reference(one: Candidate) -> tuple[float, float] | None:
    """The range of the middle 90% of random tables without groups, both kinds together; None without them."""
    kinds = [kind for kind in (one.agreement_normal, one.agreement_box) if kind is not None]
    return (min(kind.p05 for kind in kinds), max(kind.p95 for kind in kinds)) if kinds else None


def _agreement(context: ChartContext, tried: list[Candidate]) -> alt.LayerChart:
    boxes = [_box(context, one, one.agreement) for one in tried if one.agreement is not None]
    greys = [
        {"k": one.k, "low": rounded(ends[0]), "high": rounded(ends[1])} for one in tried if (ends := reference(one))
    ]
    lowest = min(row["low"] for row in [*boxes, *greys])
    up = span(min(0.5, lowest), 1.0, 4, margin=0.02)
    x, width, pitch = _across(context)
    y = _upright("low", up.domain, up.ticks)
    base = alt.Chart(data(boxes)).encode(x=x)
    fill = alt.Color("colour:N", scale=None, legend=None)
    layers = [
        base.mark_rule(strokeWidth=1.5).encode(y=y, y2=alt.Y2("high:Q"), color=fill),
        base.mark_bar(size=pitch * 0.34, cornerRadius=2, opacity=1).encode(
            y=alt.Y("q1:Q"), y2=alt.Y2("q3:Q"), color=fill, tooltip=alt.Tooltip("tip:N")),
        base.mark_tick(orient="horizontal", size=pitch * 0.34, thickness=2, color=CARD, aria=False).encode(
            y=alt.Y("median:Q")),
    ]  # fmt: skip
    legend = [(gettext("Your customers"), ACCENT, 1.0)]
    if greys:
        grey = alt.Chart(data(greys)).mark_bar(size=pitch * 0.72, cornerRadius=2, color=INK_2, opacity=GREY, aria=False)
        layers.insert(0, grey.encode(x=x, y=y, y2=alt.Y2("high:Q")))
        legend.append((gettext("Random tables"), INK_2, GREY))
    title = alt.TitleParams(gettext("Agreement of two resamples (1: the same segments)"), anchor="start",
                            fontSize=SMALL_TEXT + 1, offset=8)  # fmt: skip
    return stacked(*layers, *_legend(legend, -28 if context.narrow else 0), width=width, height=190, title=title)


def _box(context: ChartContext, one: Candidate, spread: Spread) -> dict[str, Any]:
    number = context.formats.number
    ends = reference(one)
    tip = context.tip(
        ngettext("{count} segment", "{count} segments", one.k, count=one.k),
        gettext("Mean agreement: {figure}", figure=number(spread.mean, 2)),
        gettext("Middle half: {range}", range=span_of(number(spread.q1, 2), number(spread.q3, 2))),
        gettext("Random tables without groups: {range}", range=span_of(*(number(end, 2) for end in ends)))
        if ends else "",
    )  # fmt: skip
    chosen = one.k == context.contract.selection.k
    return {
        "k": one.k, "low": rounded(spread.p05), "q1": rounded(spread.q1), "median": rounded(spread.median),
        "q3": rounded(spread.q3), "high": rounded(spread.p95), "colour": ACCENT if chosen else INK_2,
        "tip": tip,
    }  # fmt: skip


def _legend(entries: list[tuple[str, str, float]], at: float) -> list[alt.Chart]:
    """Swatches with their words above the plot, side by side from `at`."""
    layers = []
    for words, colour, opacity in entries:
        swatch = alt.Chart(data([{}])).mark_point(shape="square", filled=True, size=110, color=colour, opacity=opacity,
                                                  aria=False)  # fmt: skip
        text = alt.Chart(data([{}])).mark_text(
            text=words, align="left", baseline="middle", color=INK_2, fontSize=SMALL_TEXT, aria=False
        )
        layers.append(swatch.encode(x=alt.XValue(at + 5), y=alt.YValue(-14)))
        layers.append(text.encode(x=alt.XValue(at + 16), y=alt.YValue(-14)))
        at += max(154, 26 + text_width(words, SMALL_TEXT))
    return layers


def _segments(context: ChartContext, tried: tuple[Candidate, ...]) -> alt.LayerChart:
    rows = [_dot(context, one, each.id, each.stability) for one in tried for each in one.segments
            if each.stability is not None]  # fmt: skip
    x, width, _ = _across(context)
    low = min(0.5, *(row["v"] for row in rows)) - 0.05
    y = _upright("v", [max(0.0, low), 1.03], [tick for tick in (0, 0.25, 0.5, 0.75, 1) if tick >= low])
    band = alt.Chart(data([{"v": DOUBTFUL, "high": 1.03}])).mark_rect(fill=SOFT, aria=False).encode(
        x=alt.XValue(0), x2=alt.X2Value(width), y=y, y2=alt.Y2("high:Q"))  # fmt: skip
    dots = alt.Chart(data(rows)).mark_point(filled=True, size=52, opacity=1, strokeWidth=1.5).encode(
        x=x, y=y, fill=alt.Fill("fill:N", scale=None, legend=None), tooltip=alt.Tooltip("tip:N"),
        stroke=alt.Stroke("colour:N", scale=None, legend=None))  # fmt: skip
    title = alt.TitleParams(gettext("Stability of each segment (shaded: stable)"), anchor="start",
                            fontSize=SMALL_TEXT + 1, offset=10)  # fmt: skip
    return stacked(band, dots, width=width, height=120, title=title)


def _dot(context: ChartContext, one: Candidate, number: int, value: float) -> dict[str, Any]:
    chosen = one.k == context.contract.selection.k
    colour = ACCENT if chosen else INK_2
    own = chosen and len(one.segments) == len(context.segments)
    name = context.name(number) if own else gettext("Segment {number}", number=number)
    tip = context.tip(
        ngettext("{count} segment", "{count} segments", one.k, count=one.k),
        gettext("{what}: {figure}", what=name, figure=context.formats.number(value, 2)),
    )
    return {"k": one.k, "v": rounded(value), "colour": colour, "fill": colour if value > DOUBTFUL else CARD, "tip": tip}


def _across(context: ChartContext) -> tuple[alt.X, float, float]:
    """The channel of the number of segments, the plot's width, and the pixels from one number to the next."""
    ks = [one.k for one in context.contract.selection.candidates]
    width = context.width() - AXIS
    low, high = min(ks) - 0.5, max(ks) + 0.5
    marked = ks if len(ks) <= 12 else ks[::2]
    axis = alt.Axis(values=marked, format="d", title=None)
    x = alt.X("k:Q", scale=alt.Scale(domain=[low, high], range=[0, width], nice=False, zero=False), axis=axis)
    return x, width, min(60.0, width / (high - low))


def _upright(field: str, domain: list[float], ticks: Any) -> alt.Y:  # noqa: ANN401 (any sequence of figures)
    step = ticks[1] - ticks[0] if len(ticks) > 1 else 0.1
    return alt.Y(
        f"{field}:Q",
        scale=alt.Scale(domain=domain, nice=False, zero=False, clamp=True),
        axis=alt.Axis(values=list(ticks), format=f".{decimals(step)}f", title=None, minExtent=30, maxExtent=30),
    )


KIND = one_chart(NAME, called_for, caption, draw)
