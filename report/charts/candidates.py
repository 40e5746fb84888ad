"""The numbers of segments that were tried, by several indices, with the one used and the one each index prefers."""

from __future__ import annotations

from typing import Any

from analysis.basics.letters import capital
from analysis.contract import Candidate, Contract
from analysis.contract.indices import DRAWN, Key
from analysis.language import gettext, ngettext
from analysis.language.words import listed
from report.captions.caption import Caption
from report.captions.words import Words, together
from report.charts import grammar as alt
from report.charts.context import ChartContext
from report.charts.kind import one_chart
from report.charts.rows import data, stacked
from report.style.scales import decimals, span
from report.style.theme import ACCENT, CARD, INK, INK_2
from report.style.theme import SMALL as SMALL_TEXT

NAME, PAGE = "candidates", "method"
MOST_MARKED = 6
"""If there are more numbers of segments, every second one is labelled."""


def called_for(contract: Contract) -> bool:
    """Whether several numbers of segments were tried."""
    return len(contract.selection.candidates) > 1


def caption(words: Words) -> Caption:
    """The number used, and the number that each index prefers."""
    selection, figures = words.contract.selection, words.formats
    tried = selection.candidates
    return Caption(
        name=NAME,
        page=PAGE,
        takeaway=together(_chosen(words), *_preferences(words)),
        subtitle=gettext(
            "Each index by number of segments. Dashed line: the number used. Diamond: the best number by that index."
        ),
        description=together(
            gettext("One small line chart for each index, for {first} to {last} segments.", first=tried[0].k,
                    last=tried[-1].k),
            ngettext("With {count} segment the mean silhouette is {silhouette}.",
                     "With {count} segments the mean silhouette is {silhouette}.",
                     selection.k, count=selection.k, silhouette=figures.number(selection.silhouette, 2)),
            *_preferences(words),
        ),
        columns=(
            gettext("Segments"), *(gettext(index.name) for index in DRAWN.values()), gettext("Inertia"),
        ),
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


def _chosen(words: Words) -> str:
    k = words.contract.selection.k
    if words.contract.selection.mode == "kept":
        return ngettext(
            "{count} segment is kept from an earlier build.", "{count} segments are kept from an earlier build.", k,
            count=k,
        )  # fmt: skip
    if words.contract.selection.mode == "fixed":
        return ngettext("The team set {count} segment.", "The team set {count} segments.", k, count=k)
    return ngettext(
        "{count} segment was chosen from the data.", "{count} segments were chosen from the data.", k, count=k
    )


def _preferences(words: Words) -> list[str]:
    """Which numbers the indices prefer, a sentence a number, the one used first."""
    selection = words.contract.selection
    by_k: dict[int, list[str]] = {}
    drawn = {str(key): index.inside for key, index in DRAWN.items()}
    for key, k in selection.preferred.items():
        if key in drawn:
            by_k.setdefault(k, []).append(drawn[key])
    if not by_k:
        return [gettext("No index was measured for other numbers.")]
    order = sorted(by_k, key=lambda k: (k != selection.k, k))
    return [_preference(by_k[k], k, selection.k) for k in order]


def _preference(indices: list[str], k: int, taken: int) -> str:
    """Which number these indices prefer."""
    names, number = capital(listed(indices)), len(indices)
    if k == taken:
        return ngettext(
            "{indices} prefers this number, too.", "{indices} prefer this number, too.", number, indices=names
        )
    if k == 1:
        return ngettext(
            "{indices} prefers a single segment, the whole table.",
            "{indices} prefer a single segment, the whole table.", number, indices=names,
        )  # fmt: skip
    return ngettext("{indices} prefers {k}.", "{indices} prefer {k}.", number, indices=names, k=k)


def draw(context: ChartContext) -> alt.VConcatChart:
    """One line for each index over k; the k used is a dashed line, each index's preferred k a diamond."""
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
    title = alt.TitleParams(
        gettext("{index} ({reading})", index=gettext(DRAWN[key].name), reading=gettext(DRAWN[key].read)),
        anchor="start", fontSize=SMALL_TEXT + 1, offset=8,
    )  # fmt: skip
    return stacked(*layers, width=width, height=96, title=title)


def _value(context: ChartContext, key: Key, one: Candidate, best: int | None) -> dict[str, Any]:
    value = getattr(one, key)
    chosen, favourite = one.k == context.contract.selection.k, one.k == best
    written = context.formats.number(value, DRAWN[key].places)
    tip = context.tip(
        ngettext("{count} segment", "{count} segments", one.k, count=one.k),
        gettext("{what}: {figure}", what=gettext(DRAWN[key].name), figure=written),
        gettext("Number used") if chosen else "",
        gettext("Best number by this index") if favourite else "",
    )
    return {
        "k": one.k, "v": float(f"{value:.6g}"), "tip": tip, "shape": "diamond" if favourite else "circle",
        "size": 150 if favourite else 90 if chosen else 40,
        "fill": ACCENT if chosen else INK if favourite else INK_2,
    }  # fmt: skip


KIND = one_chart(NAME, called_for, caption, draw)
