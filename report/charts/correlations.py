"""How strongly the numeric columns go together, two by two."""

from __future__ import annotations

from typing import Any

import altair as alt

from analysis.contract import Contract
from report.captions.table import correlations as caption
from report.captions.words import WITHHELD
from report.charts.context import SMALL, ChartContext
from report.charts.kind import one_chart
from report.charts.rows import Rows, across_pixels, data, name_space, pixels_down, stacked
from report.style.lettering import shorten
from report.style.theme import DIVERGING, DIVERGING_INK, INK_2, SOFT, TEXT
from report.style.theme import SMALL as SMALL_TEXT

BOUNDS = (-0.7, -0.4, -0.15, 0.15, 0.4, 0.7)
"""Correlations between the seven classes; the middle class is “next to none”."""


def correlations(context: ChartContext) -> alt.LayerChart:
    """The lower triangle of the matrix, each pair once, its figure written in the cell."""
    pairs = {frozenset((one.a, one.b)): one.pearson for one in context.contract.exploration.correlations}
    seen = dict.fromkeys(name for one in context.contract.exploration.correlations for name in (one.a, one.b))
    names = list(seen)
    labels = [context.feature(name).label for name in names]
    down = Rows(tuple(labels[1:]), context.narrow, pitch=62 if context.narrow else 46, rise=25)
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
        *_cells(values, down, width),
        _titles(titles, width),
        down.names(width if context.narrow else start - 16),
        width=width,
        height=down.height,
    )


def step_of(correlation: float) -> int:
    """Class 0…6 of a correlation."""
    return sum(correlation > bound for bound in BOUNDS)


def _cell(context: ChartContext, one: str, other: str, pairs: dict[frozenset[str], float | None]) -> dict[str, Any]:
    value = pairs.get(frozenset((one, other)))
    text = WITHHELD if value is None else context.figures.signed(value, 2)
    tip = f"{context.feature(other).label} and {context.feature(one).label}\nCorrelation: {text}"
    if value is None:
        return {"fill": SOFT, "ink": INK_2, "text": text, "tip": tip}
    step = step_of(value)
    return {"fill": DIVERGING[step], "ink": DIVERGING_INK[step], "text": text, "tip": tip}


def _cells(values: list[dict[str, Any]], rows: Rows, width: float) -> list[alt.Chart]:
    base = alt.Chart(data(values)).encode(tooltip=alt.Tooltip("tip:N"))
    boxes = base.mark_rect(cornerRadius=4, aria=False).encode(
        x=across_pixels("px", width), x2=alt.X2("px2:Q"), y=pixels_down(rows.height), y2=alt.Y2("py2:Q"),
        fill=alt.Fill("fill:N", scale=None, legend=None),
    )  # fmt: skip
    words = base.mark_text(baseline="middle", fontSize=TEXT + 1, aria=False).encode(
        x=across_pixels("mx", width), y=alt.Y("my:Q", axis=None), text=alt.Text("text:N"),
        color=alt.Color("ink:N", scale=None, legend=None),
    )  # fmt: skip
    return [boxes, words]


def _titles(values: list[dict[str, Any]], width: float) -> alt.Chart:
    mark = alt.Chart(data(values)).mark_text(baseline="middle", fontSize=SMALL_TEXT, color=INK_2, aria=False)
    drawn: alt.Chart = mark.encode(x=across_pixels("mx", width), y=alt.YValue(-10), text=alt.Text("text:N"))
    return drawn


def called_for(contract: Contract) -> bool:
    """Whether some correlation is told."""
    return any(one.pearson is not None for one in contract.exploration.correlations)


KIND = one_chart("correlations", called_for, caption, correlations)
