"""The gap statistic over the number of segments, with its standard error (Tibshirani, Walther & Hastie 2001)."""

from __future__ import annotations

from typing import Any, NamedTuple

from analysis.contract import Contract, Selection
from analysis.language import gettext, ngettext
from report.captions.caption import Caption
from report.captions.words import Words, together
from report.charts import grammar as alt
from report.charts.context import SMALL, ChartContext
from report.charts.kind import one_chart
from report.charts.rows import data, stacked
from report.style.scales import decimals, rounded, span
from report.style.theme import ACCENT, CARD, INK, INK_2

NAME, PAGE = "gap", "method"


class GapStep(NamedTuple):
    """The gap statistic at one number of segments."""

    k: int
    value: float
    error: float | None


def gap_steps(selection: Selection) -> list[GapStep]:
    """The gap for every number of segments where it is known, the whole table first."""
    whole = selection.undivided
    first = [] if whole is None else [GapStep(1, whole.gap, whole.gap_error)]
    return first + [GapStep(one.k, one.gap, one.gap_error) for one in selection.candidates if one.gap is not None]


def called_for(contract: Contract) -> bool:
    """Whether the gap is known for several numbers of segments."""
    return sum(one.gap is not None for one in contract.selection.candidates) > 1


def caption(words: Words) -> Caption:
    """Where the gap statistic stops, and its value at the number used."""
    selection, number = words.contract.selection, words.formats.number
    steps = gap_steps(selection)
    taken = next((one for one in steps if one.k == selection.k), None)
    return Caption(
        name=NAME,
        page=PAGE,
        takeaway=_takeaway(words, selection.preferred.get("gap"), taken),
        subtitle=gettext(
            "How much tighter the segments are than those of random tables without groups. Band: one standard error. "
            "Dashed line: the number used. Diamond: where the statistic stops (1: no segmentation)."
        ),
        description=gettext(
            "A line with an error band. From {first} to {last} segments the gap goes from {start} to {end}.",
            first=steps[0].k, last=steps[-1].k, start=number(steps[0].value, 2), end=number(steps[-1].value, 2),
        ),
        columns=(gettext("Segments"), gettext("Gap"), gettext("Standard error")),
        rows=tuple((number(one.k), number(one.value, 2), "–" if one.error is None else words.formats.index(one.error))
                   for one in steps),
        small=True,
    )  # fmt: skip


def _takeaway(words: Words, stops: int | None, taken: GapStep | None) -> str:
    here = "" if taken is None else ngettext(
        "With {count} segment the gap is {gap}.", "With {count} segments the gap is {gap}.",
        taken.k, count=taken.k, gap=_gap(words, taken),
    )  # fmt: skip
    if stops is None:
        return here or gettext("The gap statistic by number of segments.")
    if stops == 1:
        return together(gettext("The gap statistic prefers a single segment, the whole table."), here)
    if stops == words.contract.selection.k:
        return ngettext(
            "The gap statistic stops at {count} segment, too: one more brings no clear gain.",
            "The gap statistic stops at {count} segments, too: one more brings no clear gain.", stops, count=stops,
        )  # fmt: skip
    stopped = ngettext(
        "The gap statistic stops at {count} segment.", "The gap statistic stops at {count} segments.",
        stops, count=stops,
    )  # fmt: skip
    return together(stopped, here)


def _gap(words: Words, one: GapStep) -> str:
    error = "" if one.error is None else f" ± {words.formats.index(one.error)}"
    return f"{words.formats.number(one.value, 2)}{error}"


def draw(context: ChartContext) -> alt.LayerChart:
    """A line in its error band; dashed: the number used; diamond: where the statistic's own rule stops."""
    selection = context.contract.selection
    rows = [_row(context, one.k, one.value, one.error or 0.0) for one in gap_steps(selection)]
    up = span(min(row["low"] for row in rows), max(row["high"] for row in rows), 4, margin=0.06)
    step = up.ticks[1] - up.ticks[0] if len(up.ticks) > 1 else 0.1
    ks = [row["k"] for row in rows]
    x = alt.X("k:Q", scale=alt.Scale(domain=[min(ks) - 0.4, max(ks) + 0.4], nice=False, zero=False),
              axis=alt.Axis(values=ks if len(ks) <= 12 else ks[::2], format="d", title=None))  # fmt: skip
    scale = alt.Scale(domain=up.domain, nice=False, zero=False)
    axis = alt.Axis(values=list(up.ticks), format=f".{decimals(step)}f", title=None, minExtent=30, maxExtent=30)
    base = alt.Chart(data(rows)).encode(x=x)
    low, high = alt.Y("low:Q", scale=scale, axis=axis), alt.Y2("high:Q")
    chosen = alt.Chart(data([{"k": selection.k}])).mark_rule(color=ACCENT, strokeWidth=1.5, strokeDash=[4, 3])
    return stacked(
        base.mark_area(color=INK_2, opacity=0.2, aria=False).encode(y=low, y2=high),
        chosen.encode(x=x),
        base.mark_line(color=INK_2, strokeWidth=1.5, aria=False).encode(y=alt.Y("v:Q", scale=scale)),
        base.mark_point(filled=True, opacity=1, strokeWidth=1.5, stroke=CARD).encode(
            y=alt.Y("v:Q", scale=scale), tooltip=alt.Tooltip("tip:N"),
            shape=alt.Shape("shape:N", scale=None, legend=None), size=alt.Size("size:Q", scale=None, legend=None),
            fill=alt.Fill("fill:N", scale=None, legend=None),
        ),
        width=context.width(SMALL) - 46, height=180,
    )  # fmt: skip


def _row(context: ChartContext, k: int, value: float, error: float) -> dict[str, Any]:
    selection, figures = context.contract.selection, context.formats
    favourite, chosen = selection.preferred.get("gap") == k, selection.k == k
    tip = context.tip(
        ngettext("{count} segment", "{count} segments", k, count=k)
        if k > 1 else gettext("A single segment: the whole table"),
        gettext("Gap: {gap} ± {error}", gap=figures.number(value, 2), error=figures.index(error)),
        gettext("Number used") if chosen else "",
        gettext("The gap statistic stops here") if favourite else "",
    )  # fmt: skip
    return {
        "k": k, "v": rounded(value), "low": rounded(value - error), "high": rounded(value + error),
        "tip": tip, "shape": "diamond" if favourite else "circle",
        "size": 150 if favourite else 90 if chosen else 40, "fill": ACCENT if chosen else INK if favourite else INK_2,
    }  # fmt: skip


KIND = one_chart(NAME, called_for, caption, draw)
