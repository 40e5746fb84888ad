"""The numbers of segments that were tried, by four measures, with the one taken and the one each would prefer."""

from __future__ import annotations

from typing import Any

import altair as alt

from analysis.basics.letters import capital
from analysis.basics.listed import listed
from analysis.contract import Candidate, Contract
from analysis.contract.indices import DRAWN, Key
from report.captions.caption import Caption
from report.captions.words import Words
from report.charts.context import ChartContext
from report.charts.kind import one_chart
from report.charts.rows import data, stacked
from report.style.scales import decimals, span
from report.style.theme import ACCENT, CARD, INK, INK_2
from report.style.theme import SMALL as SMALL_TEXT

NAME, PAGE = "candidates", "method"
MOST_MARKED = 6
"""More numbers of segments than these are labelled at every second."""


def called_for(contract: Contract) -> bool:
    """Whether several numbers of segments were tried."""
    return len(contract.selection.candidates) > 1


def caption(words: Words) -> Caption:
    """Which number was taken, and which each index would take."""
    selection, figures = words.contract.selection, words.formats
    tried = selection.candidates
    how = "set by the team" if selection.mode == "fixed" else "chosen from the data"
    return Caption(
        name=NAME,
        page=PAGE,
        takeaway=f"{selection.k} segments were {how}; {_preferences(words)}.",
        subtitle="Each measure by number of segments; dashed: the number taken; diamond: the best by that measure",
        description=(
            f"A small line chart a measure, for {tried[0].k} to {tried[-1].k} segments. At {selection.k} segments the "
            f"mean silhouette is {figures.number(selection.silhouette, 2)}. {capital(_preferences(words))}."
        ),
        columns=("Segments", *(index.name for index in DRAWN.values()), "Inertia"),
        rows=tuple(
            (figures.number(one.k), *(_written(words, one, key) for key in DRAWN), figures.index(one.inertia))
            for one in tried
        ),
    )  # fmt: skip


def _written(words: Words, one: Candidate, key: Key) -> str:
    """An index at one number of segments."""
    value: float | None = getattr(one, key)
    if value is None:
        return "–"
    return words.formats.number(value, 2) if DRAWN[key].bounded else words.formats.index(value)


def _preferences(words: Words) -> str:
    selection = words.contract.selection
    by_k: dict[int, list[str]] = {}
    drawn = {str(key): index.inside for key, index in DRAWN.items()}
    for key, k in selection.preferred.items():
        if key in drawn:
            by_k.setdefault(k, []).append(drawn[key])
    if not by_k:
        return "no measure was taken of other numbers"
    order = sorted(by_k, key=lambda k: (k != selection.k, k))
    parts = []
    for k in order:
        verb = "prefers" if len(by_k[k]) == 1 else "prefer"
        what = "that number too" if k == selection.k else "no division" if k == 1 else k
        parts.append(f"{listed(by_k[k])} {verb} {what}")
    return listed(parts)


def draw(context: ChartContext) -> alt.VConcatChart:
    """A line a measure over k; the chosen k is a rule through all of them, each measure's favourite a diamond."""
    tried = context.contract.selection.candidates
    shown = [key for key in DRAWN if sum(getattr(one, key) is not None for one in tried) > 1]
    beside = 1 if context.narrow else 2
    lines = [shown[first : first + beside] for first in range(0, len(shown), beside)]
    return alt.vconcat(
        *(alt.hconcat(*(_panel(context, key, tried) for key in line), spacing=36) for line in lines), spacing=26
    )


def _panel(context: ChartContext, key: Key, tried: tuple[Candidate, ...]) -> alt.LayerChart:
    measured = [one for one in tried if getattr(one, key) is not None]
    best = context.contract.selection.preferred.get(key)
    values = [_value(context, key, one, best) for one in measured]
    up = span(min(v["v"] for v in values), max(v["v"] for v in values), 3, margin=0.12)
    step = up.ticks[1] - up.ticks[0] if len(up.ticks) > 1 else 1.0
    ks = [one.k for one in tried]
    marked = ks if len(ks) <= MOST_MARKED else ks[::2]
    x = alt.X("k:Q", scale=alt.Scale(domain=[min(ks) - 0.4, max(ks) + 0.4], nice=False, zero=False),
              axis=alt.Axis(values=marked, format="d", title=None))  # fmt: skip
    y = alt.Y("v:Q", scale=alt.Scale(domain=up.domain, nice=False, zero=False),
              axis=alt.Axis(values=list(up.ticks), format=f",.{decimals(step)}f", title=None, minExtent=34,
                            maxExtent=34, labelPadding=6))  # fmt: skip
    base = alt.Chart(data(values)).encode(x=x, y=y)
    chosen = alt.Chart(data([{"k": context.contract.selection.k}]))
    layers = [
        chosen.mark_rule(color=ACCENT, strokeWidth=1.5, strokeDash=[4, 3]).encode(x=x),
        base.mark_line(color=INK_2, strokeWidth=1.5, aria=False),
        base.mark_point(filled=True, opacity=1, strokeWidth=1.5, stroke=CARD).encode(
            tooltip=alt.Tooltip("tip:N"), shape=alt.Shape("shape:N", scale=None, legend=None),
            size=alt.Size("size:Q", scale=None, legend=None), fill=alt.Fill("fill:N", scale=None, legend=None),
        ),
    ]  # fmt: skip
    width = 268 if not context.narrow else 276
    title = alt.TitleParams(f"{DRAWN[key].name} ({DRAWN[key].read})", anchor="start", fontSize=SMALL_TEXT + 1, offset=8)
    return stacked(*layers, width=width, height=96, title=title)


def _value(context: ChartContext, key: Key, one: Candidate, best: int | None) -> dict[str, Any]:
    value = getattr(one, key)
    chosen, favourite = one.k == context.contract.selection.k, one.k == best
    words = [f"{one.k} segments", f"{DRAWN[key].name}: {context.formats.number(value, DRAWN[key].places)}"]
    words += ["the number taken"] * chosen + ["best by this measure"] * favourite
    return {
        "k": one.k, "v": float(f"{value:.6g}"), "tip": "\n".join(words), "shape": "diamond" if favourite else "circle",
        "size": 150 if favourite else 90 if chosen else 40,
        "fill": ACCENT if chosen else INK if favourite else INK_2,
    }  # fmt: skip


KIND = one_chart(NAME, called_for, caption, draw)
