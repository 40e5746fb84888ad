"""Do the segments come back? How alike two redraws are, by number of segments, beside tables without groups."""

from __future__ import annotations

from typing import Any

import altair as alt

from analysis.basics.listed import listed
from analysis.contract import Candidate, Contract, Spread
from analysis.contract.stability import DOUBTFUL
from report.captions.caption import Caption
from report.captions.words import Words
from report.charts.context import ChartContext
from report.charts.kind import one_chart
from report.charts.rows import data, stacked
from report.style.scales import decimals, rounded, span
from report.style.theme import ACCENT, CARD, INK_2, SOFT
from report.style.theme import SMALL as SMALL_TEXT

NAME, PAGE = "stability", "method"
ALIKE = 0.02
"""Agreements nearer than this to each other are told as the same."""
GREY = 0.22
"""How dark the structureless tables are drawn."""
AXIS = 46
"""Pixels that the upright axis takes."""


def called_for(contract: Contract) -> bool:
    """Whether the agreement of redraws was measured."""
    return any(one.agreement is not None for one in contract.selection.candidates)


def caption(words: Words) -> Caption:
    """Whether redraws agree at the number taken, and whether tables without groups would do as well."""
    selection, number = words.contract.selection, words.formats.number
    tried = [one for one in selection.candidates if one.agreement is not None]
    taken = next((one for one in tried if one.k == selection.k), None)
    tables = ". Grey: where most tables without groups lie" if any(map(_chance, tried)) else ""
    return Caption(
        name=NAME,
        page=PAGE,
        takeaway=_takeaway(words, taken) if taken else "How alike redraws are, by number of segments.",
        subtitle="Boxes: the middle half of the pairs of redraws, with the median; lines: nine tenths of them"
                 f"{tables}{_dots(tried)}",
        description="A box plot for each number of segments. Mean agreement: "
                    f"{listed([f'{number(one.agreement.mean, 2)} with {one.k}' for one in tried if one.agreement])}.",
        columns=("Segments", "Agreement, mean", "Lower quartile", "Median", "Upper quartile", "Single clouds, mean",
                 "Even boxes, mean", "Weakest segment"),
        rows=tuple(_spread(words, one) for one in tried),
    )  # fmt: skip


def _dots(tried: list[Candidate]) -> str:
    measured = any(each.stability is not None for one in tried for each in one.segments)
    return ". Below, a dot for each segment; hollow: it does not come back" if measured else ""


def _spread(words: Words, one: Candidate) -> tuple[str, ...]:
    def figure(value: float | None) -> str:
        return "–" if value is None else words.formats.number(value, 2)

    own = one.agreement
    spread = (own.mean, own.q1, own.median, own.q3) if own else (None,) * 4
    chance = (kind.mean if kind else None for kind in (one.agreement_normal, one.agreement_box))
    return (words.formats.number(one.k), *(figure(value) for value in (*spread, *chance, one.weakest)))


def _chance(one: Candidate) -> float | None:
    """What nineteen in twenty tables without groups stay below, of the kind that comes closest."""
    return max((kind.p95 for kind in (one.agreement_normal, one.agreement_box) if kind), default=None)


def _takeaway(words: Words, taken: Candidate) -> str:
    number = words.formats.number
    own = taken.agreement.mean if taken.agreement else 0.0
    chance = _chance(taken)
    said = f"With {taken.k} segments two redraws agree to {number(own, 2)}"
    if chance is None:
        return f"{said}."
    if own > chance + ALIKE:
        return f"{said}; nineteen in twenty tables without groups stay below {number(chance, 2)}."
    if round(own, 2) > round(chance, 2):
        return f"{said}, little more than tables without groups: nineteen in twenty stay below {number(chance, 2)}."
    return f"{said}, which tables without groups can reach as well (one in twenty reaches {number(chance, 2)})."


def draw(context: ChartContext) -> alt.VConcatChart:
    """Box plots of the agreement of redraws over k; below, where it was measured, a dot for each segment."""
    tried = context.contract.selection.candidates
    panels = [_agreement(context, [one for one in tried if one.agreement is not None])]
    if any(each.stability is not None for one in tried for each in one.segments):
        panels.append(_segments(context, tried))
    return alt.vconcat(*panels, spacing=30)


def reference(one: Candidate) -> tuple[float, float] | None:
    """Where the middle nine tenths of the structureless tables lie, both kinds together; None without them."""
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
    legend = [("Your customers, redrawn", ACCENT, 1.0)]
    if greys:
        grey = alt.Chart(data(greys)).mark_bar(size=pitch * 0.72, cornerRadius=2, color=INK_2, opacity=GREY, aria=False)
        layers.insert(0, grey.encode(x=x, y=y, y2=alt.Y2("high:Q")))
        legend.append(("Tables without groups", INK_2, GREY))
    title = alt.TitleParams("How alike two redraws are (1: the same segments)", anchor="start", fontSize=SMALL_TEXT + 1,
                            offset=8)  # fmt: skip
    return stacked(*layers, *_legend(legend, -28 if context.narrow else 0), width=width, height=190, title=title)


def _box(context: ChartContext, one: Candidate, spread: Spread) -> dict[str, Any]:
    number = context.formats.number
    words = [
        f"{one.k} segments",
        f"Mean agreement: {number(spread.mean, 2)}",
        f"Middle half: {number(spread.q1, 2)} to {number(spread.q3, 2)}",
    ]
    if ends := reference(one):
        words.append(f"Tables without groups: {number(ends[0], 2)} to {number(ends[1], 2)}")
    chosen = one.k == context.contract.selection.k
    return {
        "k": one.k, "low": rounded(spread.p05), "q1": rounded(spread.q1), "median": rounded(spread.median),
        "q3": rounded(spread.q3), "high": rounded(spread.p95), "colour": ACCENT if chosen else INK_2,
        "tip": "\n".join(words),
    }  # fmt: skip


def _legend(entries: list[tuple[str, str, float]], at: float) -> list[alt.Chart]:
    """Swatches with their words above the plot, one beside the other from `at` on."""
    layers = []
    for words, colour, opacity in entries:
        swatch = alt.Chart(data([{}])).mark_point(shape="square", filled=True, size=110, color=colour, opacity=opacity,
                                                  aria=False)  # fmt: skip
        text = alt.Chart(data([{}])).mark_text(
            text=words, align="left", baseline="middle", color=INK_2, fontSize=SMALL_TEXT, aria=False
        )
        layers.append(swatch.encode(x=alt.XValue(at + 5), y=alt.YValue(-14)))
        layers.append(text.encode(x=alt.XValue(at + 16), y=alt.YValue(-14)))
        at += 154
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
    title = alt.TitleParams("Each segment’s own stability (shaded: it comes back)", anchor="start",
                            fontSize=SMALL_TEXT + 1, offset=10)  # fmt: skip
    return stacked(band, dots, width=width, height=120, title=title)


def _dot(context: ChartContext, one: Candidate, number: int, value: float) -> dict[str, Any]:
    chosen = one.k == context.contract.selection.k
    colour = ACCENT if chosen else INK_2
    name = context.name(number) if chosen and len(one.segments) == len(context.segments) else f"Segment {number}"
    tip = f"{one.k} segments\n{name}: {context.formats.number(value, 2)}"
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
