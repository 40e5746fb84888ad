"""How strongly numeric columns are correlated, pair by pair."""

from __future__ import annotations

from typing import Any

from analysis.contract import Contract, Correlation
from analysis.language import gettext, gettext_noop, ngettext
from report.captions.caption import Caption
from report.captions.words import Words, together, withheld
from report.charts import grammar as alt
from report.charts.cells import cells, coloured, heads, step_of
from report.charts.context import SMALL, ChartContext
from report.charts.kind import one_chart
from report.charts.rows import RowLayout, name_space, stacked
from report.style.theme import TEXT

NAME, PAGE = "correlations", "explore"
NEXT_TO_NONE, WEAK = 0.15, 0.4
"""Correlations below which columns count as not correlated, and as weakly correlated."""
BOUNDS = (-0.7, -0.4, -0.15, 0.15, 0.4, 0.7)
"""Correlations between the seven classes; the middle class counts as not correlated."""
_WEAK_TOGETHER = gettext_noop("{one} and {other} rise together weakly ({figure}).")
_WEAK_AGAINST = gettext_noop("{one} and {other} move weakly in opposite directions ({figure}).")
_CLEAR_TOGETHER = gettext_noop("{one} and {other} clearly rise together ({figure}).")
_CLEAR_AGAINST = gettext_noop("{one} and {other} clearly move in opposite directions ({figure}).")


def called_for(contract: Contract) -> bool:
    """Whether any correlation is published."""
    return any(one.pearson is not None for one in contract.exploration.correlations)


def caption(words: Words) -> Caption:
    """The strongest pair, or that there is none."""
    pairs = words.contract.exploration.correlations
    told = [(one, one.pearson) for one in pairs if one.pearson is not None]
    strongest, largest = max(told, key=lambda each: abs(each[1]))
    count = sum(abs(pearson) >= NEXT_TO_NONE for _, pearson in told)
    gaps = len(pairs) - len(told)
    return Caption(
        name=NAME,
        page=PAGE,
        takeaway=_takeaway(words, strongest, largest),
        subtitle=gettext(
            "Pearson’s correlation, from −1 (one falls when the other rises) through 0 to +1 (both rise together)."
        ),
        description=together(
            ngettext("A triangle with {count} cell, for a pair of columns.",
                     "A triangle with {count} cells, one for each pair of columns.", len(pairs), count=len(pairs)),
            ngettext("{count} correlation is {limit} or stronger.", "{count} correlations are {limit} or stronger.",
                     count, count=words.formats.number(count), limit=words.formats.number(NEXT_TO_NONE, 2)),
            gettext("The strongest is {figure}.", figure=words.formats.signed(largest, 2)),
            gettext("Withheld: {count}.", count=words.formats.number(gaps)) if gaps else "",
        ),
        columns=(gettext("Column"), gettext("Other column"), gettext("Pearson"), gettext("Spearman")),
        rows=tuple((*(words.feature(name).label for name in (one.a, one.b)),
                    *(_signed(words, value) for value in (one.pearson, one.spearman))) for one in pairs),
        small=True,
    )  # fmt: skip


def _signed(words: Words, value: float | None) -> str:
    return words.nothing if value is None else words.formats.signed(value, 2)


def _takeaway(words: Words, one: Correlation, pearson: float) -> str:
    a, b, figure = words.feature(one.a).label, words.label(one.b), words.formats.signed(pearson, 2)
    if abs(pearson) < NEXT_TO_NONE:
        if any(each.pearson is None for each in words.contract.exploration.correlations):
            return gettext(
                "No two columns are correlated in the published figures: the strongest correlation is {figure}.",
                figure=figure,
            )
        return gettext("No two columns are correlated: the strongest correlation is {figure}.", figure=figure)
    if pearson > 0:
        sentence = _WEAK_TOGETHER if pearson < WEAK else _CLEAR_TOGETHER
    else:
        sentence = _WEAK_AGAINST if pearson > -WEAK else _CLEAR_AGAINST
    return gettext(sentence, one=a, other=b, figure=figure)


def draw(context: ChartContext) -> alt.LayerChart:
    """The lower triangle of the matrix, each pair once, its figure written in the cell."""
    pairs = {frozenset((one.a, one.b)): one.pearson for one in context.contract.exploration.correlations}
    seen = dict.fromkeys(name for one in context.contract.exploration.correlations for name in (one.a, one.b))
    names = list(seen)
    labels = [context.feature(name).label for name in names]
    down = RowLayout(tuple(labels[1:]), context.narrow, pitch=62 if context.narrow else 46, rise=25)
    start, width = name_space(labels[1:], context.narrow, widest=130), context.width(SMALL)
    cell = min(130.0, (width - start) / (len(names) - 1))
    values = []
    for row, one in enumerate(names[1:]):
        for column, other in enumerate(names[: row + 1]):
            left, middle = start + column * cell, down.middle(row)
            half = 15 if context.narrow else 20
            box = {"px": left + 2, "px2": left + cell - 2, "py": middle - half, "py2": middle + half}
            values.append({**box, "mx": left + cell / 2, "my": middle, **_cell(context, one, other, pairs)})
    middles = [start + (column + 0.5) * cell for column in range(len(names) - 1)]
    return stacked(
        *cells(values, width, down.height, TEXT + 1),
        *heads(labels[:-1], middles, width, cell - 6),
        down.names(width if context.narrow else start - 16),
        width=width,
        height=down.height,
    )


def _cell(context: ChartContext, one: str, other: str, pairs: dict[frozenset[str], float | None]) -> dict[str, Any]:
    value = pairs.get(frozenset((one, other)))
    text = withheld() if value is None else context.formats.signed(value, 2)
    columns = gettext("{one} and {other}", one=context.feature(other).label, other=context.feature(one).label)
    tip = context.tip(columns, gettext("Correlation: {figure}", figure=text))
    step = None if value is None else step_of(value, BOUNDS)
    return {**coloured(step), "text": text, "tip": tip}


KIND = one_chart(NAME, called_for, caption, draw)
