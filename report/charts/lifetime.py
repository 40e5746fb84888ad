"""Purchases that the model of repeat buying expected, held against those that came (Fader et al. 2005, fig. 5)."""

from __future__ import annotations

from typing import Any

import altair as alt

from analysis.contract import Contract, FrequencyClass
from report.captions.lifetime import class_name
from report.captions.lifetime import lifetime as caption
from report.charts.context import SMALL, ChartContext
from report.charts.kind import one_chart
from report.charts.rows import data, stacked
from report.style.scales import decimals, rounded, span
from report.style.theme import ACCENT, CARD, INK_2, SOFT


def lifetime(context: ChartContext) -> alt.LayerChart:
    """A bar for what came and a dot for what was expected, a class of frequency each."""
    found = context.contract.lifetime
    if found is None or found.held_out is None:
        raise KeyError("lifetime")
    rows = [_row(context, one) for one in found.held_out.classes]
    up = span(0, max(max(row["came"], row["expected"]) for row in rows) * 1.06, 4)
    step = up.ticks[1] - up.ticks[0] if len(up.ticks) > 1 else 1
    scale = alt.Scale(domain=up.domain, nice=False)
    axis = alt.Axis(values=list(up.ticks), format=f".{decimals(step)}f", title=None, grid=True, minExtent=30)
    x = alt.X("class:N", sort=None, scale=alt.Scale(paddingInner=0.35, paddingOuter=0.2),
              axis=alt.Axis(title=None, labelAngle=0))  # fmt: skip
    base = alt.Chart(data(rows)).encode(x=x, tooltip=alt.Tooltip("tip:N"))
    return stacked(
        base.mark_bar(color=SOFT, stroke=INK_2, strokeWidth=1).encode(y=alt.Y("came:Q", scale=scale, axis=axis)),
        base.mark_point(filled=True, opacity=1, size=80, fill=ACCENT, stroke=CARD, strokeWidth=1.5).encode(
            y=alt.Y("expected:Q", scale=scale)
        ),
        width=context.width(SMALL) - 46, height=200,
    )  # fmt: skip


def _row(context: ChartContext, one: FrequencyClass) -> dict[str, Any]:
    number = context.figures.number
    name = "0" if one.upper == 0 else class_name(one).replace(" or more", "+").replace(" to ", "–")
    return {
        "class": name, "came": rounded(one.actual), "expected": rounded(one.expected),
        "tip": f"Purchases after the first: {class_name(one)}\nExpected: {number(one.expected, 2)} a customer\n"
               f"Came: {number(one.actual, 2)}",
    }  # fmt: skip


def called_for(contract: Contract) -> bool:
    """Whether the model was held against purchases that it had not seen."""
    return contract.lifetime is not None and contract.lifetime.held_out is not None


KIND = one_chart("lifetime", called_for, caption, lifetime)
