"""Purchases that the model of repeat buying expected, held against those that came (Fader et al. 2005, fig. 5)."""

from __future__ import annotations

from typing import Any

import altair as alt

from analysis.contract import Contract, FrequencyClass, HeldOut
from report.captions.caption import Caption
from report.captions.held_out import is_rough
from report.captions.words import WITHHELD, Words
from report.charts.context import SMALL, ChartContext
from report.charts.kind import one_chart
from report.charts.rows import data, stacked
from report.style.scales import decimals, rounded, span
from report.style.theme import ACCENT, CARD, INK_2, SOFT

NAME, PAGE = "lifetime", "method"
CLOSE = 0.1
"""Difference of the totals, as a share of the actual one, up to which the model is said to come close."""


def called_for(contract: Contract) -> bool:
    """Whether the model was held against purchases that it had not seen."""
    return contract.lifetime is not None and contract.lifetime.held_out is not None


def caption(words: Words) -> Caption:
    """How many purchases were expected of the second half, and how many came."""
    check = _held_out(words.contract)
    number = words.formats.number
    return Caption(
        name=NAME,
        page=PAGE,
        takeaway=_takeaway(words, check),
        subtitle="Purchases a customer in the second half of the time, by purchases after the first one in the first "
                 "half. Bars: what came; dots: what the model expected that knew the first half only",
        description=f"A bar and a dot for each of {len(check.classes)} classes of customers. "
                    + " ".join(
                        f"{_class_name(one).capitalize()}: expected {number(one.expected, 2)}, came "
                        f"{number(one.actual, 2)}." for one in check.classes
                    ),
        columns=("Purchases after the first", "Customers", "Expected each", "Came each"),
        rows=tuple((_class_name(one), WITHHELD if one.customers is None else number(one.customers),
                    number(one.expected, 2), number(one.actual, 2)) for one in check.classes),
        small=True,
    )  # fmt: skip


def _held_out(contract: Contract) -> HeldOut:
    """The check that the chart is of."""
    found = contract.lifetime
    if found is None or found.held_out is None:
        raise KeyError(NAME)
    return found.held_out


def _class_name(one: FrequencyClass) -> str:
    """`none`, `2`, `3 to 4`, `7 or more`."""
    if one.upper is None:
        return f"{one.lower} or more"
    if one.lower == one.upper:
        return str(one.lower) if one.lower else "none"
    return f"{one.lower} to {one.upper}"


def _takeaway(words: Words, check: HeldOut) -> str:
    off, missed, worst = check.total_error, check.class_error, check.worst
    where = f"where {_class_name(worst)} had followed the first purchase"
    each = "{} expected each, {} came".format(*(words.formats.number(one, 2) for one in (worst.expected, worst.actual)))
    if off is None or missed is None:
        return f"The model was farthest off {where}: {each}. By how much it missed all purchases together is withheld."
    if is_rough(check):
        part = words.formats.percent(missed)
        return f"The model missed the second half of the time by {part}, most {where}: {each}."
    if abs(off) <= CLOSE:
        return "In the second half of the time nearly as many purchases came as the model expected from the first."
    part, least = words.formats.percent(abs(off)), "fewer" if off < 0 else "more"
    return f"From the first half of the time the model expected {part} {least} purchases in the second than came."


def draw(context: ChartContext) -> alt.LayerChart:
    """A bar for what came and a dot for what was expected, a class of frequency each."""
    rows = [_row(context, one) for one in _held_out(context.contract).classes]
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
    number = context.formats.number
    name = "0" if one.upper == 0 else _class_name(one).replace(" or more", "+").replace(" to ", "–")
    return {
        "class": name, "came": rounded(one.actual), "expected": rounded(one.expected),
        "tip": f"Purchases after the first: {_class_name(one)}\nExpected: {number(one.expected, 2)} a customer\n"
               f"Came: {number(one.actual, 2)}",
    }  # fmt: skip


KIND = one_chart(NAME, called_for, caption, draw)
