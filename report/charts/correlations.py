"""How strongly the numeric columns go together, two by two."""

from __future__ import annotations

from typing import Any

import altair as alt

from analysis.contract import Contract, Correlation
from report.captions.caption import Caption
from report.captions.words import WITHHELD, Words
from report.charts.cells import cells, coloured, step_of
from report.charts.context import SMALL, ChartContext
from report.charts.kind import one_chart
from report.charts.rows import RowLayout, across_pixels, data, name_space, stacked
from report.style.lettering import shorten
from report.style.theme import INK_2, TEXT
from report.style.theme import SMALL as SMALL_TEXT

NAME, PAGE = "correlations", "explore"
NEXT_TO_NONE, WEAK = 0.15, 0.4
"""Correlations up to which columns do not move together, and up to which they do so weakly."""
BOUNDS = (-0.7, -0.4, -0.15, 0.15, 0.4, 0.7)
"""Correlations between the seven classes; the middle class is “next to none”."""


def called_for(contract: Contract) -> bool:
    """Whether some correlation is told."""
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
        subtitle="Pearson’s correlation, from −1 (one falls as the other rises) over 0 to +1 (both rise together)",
        description=f"A triangle of {len(pairs)} cells, one a pair of columns. Of them {words.formats.number(count)} "
                    f"{'is' if count == 1 else 'are'} {words.formats.number(NEXT_TO_NONE, 2)} or stronger; the "
                    f"strongest is {words.formats.signed(largest, 2)}."
                    f"{f' Withheld: {words.formats.number(gaps)}.' if gaps else ''}",
        columns=("Column", "Column beside it", "Pearson", "Spearman"),
        rows=tuple((*(words.feature(name).label for name in (one.a, one.b)),
                    *(_signed(words, value) for value in (one.pearson, one.spearman))) for one in pairs),
        small=True,
    )  # fmt: skip


def _signed(words: Words, value: float | None) -> str:
    return words.nothing if value is None else words.formats.signed(value, 2)


def _takeaway(words: Words, one: Correlation, pearson: float) -> str:
    a, b, figure = words.feature(one.a).label, words.label(one.b), words.formats.signed(pearson, 2)
    if abs(pearson) < NEXT_TO_NONE:
        withheld = any(each.pearson is None for each in words.contract.exploration.correlations)
        published = " as far as is published" if withheld else ""
        return f"No two columns move together{published}: the strongest correlation is {figure}."
    strength = "weakly" if abs(pearson) < WEAK else "clearly"
    way = "together" if pearson > 0 else "against each other"
    return f"{a} and {b} move {strength} {way} ({figure})."


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
    titles = [{"mx": start + (i + 0.5) * cell, "text": shorten(label, cell - 6, SMALL_TEXT)}
              for i, label in enumerate(labels[:-1])]  # fmt: skip
    return stacked(
        *cells(values, width, down.height, TEXT + 1),
        _titles(titles, width),
        down.names(width if context.narrow else start - 16),
        width=width,
        height=down.height,
    )


def _cell(context: ChartContext, one: str, other: str, pairs: dict[frozenset[str], float | None]) -> dict[str, Any]:
    value = pairs.get(frozenset((one, other)))
    text = WITHHELD if value is None else context.formats.signed(value, 2)
    tip = f"{context.feature(other).label} and {context.feature(one).label}\nCorrelation: {text}"
    step = None if value is None else step_of(value, BOUNDS)
    return {**coloured(step), "text": text, "tip": tip}


def _titles(values: list[dict[str, Any]], width: float) -> alt.Chart:
    mark = alt.Chart(data(values)).mark_text(baseline="middle", fontSize=SMALL_TEXT, color=INK_2, aria=False)
    drawn: alt.Chart = mark.encode(x=across_pixels("mx", width), y=alt.YValue(-10), text=alt.Text("text:N"))
    return drawn


KIND = one_chart(NAME, called_for, caption, draw)
