"""Purchases that the model of repeat buying expected, compared with those made (Fader et al. 2005, fig. 5)."""

from __future__ import annotations

from typing import Any

from analysis.contract import Contract, FrequencyClass, HeldOut
from analysis.language import gettext, ngettext
from report.captions.caption import Caption
from report.captions.held_out import is_rough
from report.captions.strength import span_of
from report.captions.words import Words, together, withheld
from report.charts import grammar as alt
from report.charts.context import SMALL, ChartContext
from report.charts.kind import one_chart
from report.charts.rows import data, stacked
from report.style.scales import decimals, rounded, span
from report.style.theme import ACCENT, CARD, INK_2, SOFT

NAME, PAGE = "lifetime", "method"
CLOSE = 0.1
"""Difference of the totals, as a share of the actual one, up to which the model counts as close."""


def called_for(contract: Contract) -> bool:
    """Whether the model was tested on purchases that it was not fitted to."""
    return contract.lifetime is not None and contract.lifetime.held_out is not None


def caption(words: Words) -> Caption:
    """How many purchases were expected in the second half, and how many were made."""
    check = _held_out(words.contract)
    number = words.formats.number
    return Caption(
        name=NAME,
        page=PAGE,
        takeaway=_takeaway(words, check),
        subtitle=gettext(
            "Purchases per customer in the second half of the period, by the number of purchases after the first one "
            "in the first half. Bars: purchases made. Dots: purchases expected by the model, which knew the first half "
            "only."
        ),
        description=together(
            ngettext("A bar and a dot for {count} group of customers.",
                     "A bar and a dot for each of {count} groups of customers.", len(check.classes),
                     count=len(check.classes)),
            *(gettext("Purchases after the first: {purchases}. Expected {expected} per customer, made {actual}.",
                      purchases=_class_name(one), expected=number(one.expected, 2), actual=number(one.actual, 2))
              for one in check.classes),
        ),
        columns=(
            gettext("Purchases after the first"), gettext("Customers"), gettext("Expected per customer"),
            gettext("Made per customer"),
        ),
        rows=tuple((_class_name(one), withheld() if one.customers is None else number(one.customers),
                    number(one.expected, 2), number(one.actual, 2)) for one in check.classes),
        small=True,
    )  # fmt: skip


def _held_out(contract: Contract) -> HeldOut:
    """The check that the chart shows."""
    found = contract.lifetime
    if found is None or found.held_out is None:
        raise KeyError(NAME)
    return found.held_out


def _class_name(one: FrequencyClass) -> str:
    """`none`, `2`, `3 to 4`, `7 or more`."""
    if one.upper is None:
        return gettext("{number} or more", number=one.lower)
    if one.lower == one.upper:
        return str(one.lower) if one.lower else gettext("none")
    return span_of(str(one.lower), str(one.upper))


def _short_name(one: FrequencyClass) -> str:
    """`0`, `2`, `3–4`, `7+`."""
    if one.upper is None:
        return f"{one.lower}+"
    return str(one.lower) if one.lower == one.upper else f"{one.lower}–{one.upper}"


def _takeaway(words: Words, check: HeldOut) -> str:
    off, missed, worst = check.total_error, check.class_error, check.worst
    largest = gettext(
        "Largest error (purchases after the first: {purchases}): {expected} expected per customer, {actual} made.",
        purchases=_class_name(worst), expected=words.formats.number(worst.expected, 2),
        actual=words.formats.number(worst.actual, 2),
    )  # fmt: skip
    if off is None or missed is None:
        return together(largest, gettext("The error over all purchases is withheld."))
    if is_rough(check):
        share = words.formats.percent(missed)
        missed_by = gettext("The model was off by {share} in the second half of the period.", share=share)
        return together(missed_by, largest)
    if abs(off) <= CLOSE:
        return gettext(
            "In the second half of the period, the total number of purchases was close to what the model expected from "
            "the first half."
        )
    share = words.formats.percent(abs(off))
    if off < 0:
        return gettext(
            "From the first half of the period, the model expected {share} fewer purchases in the second half than "
            "were made.", share=share,
        )  # fmt: skip
    return gettext(
        "From the first half of the period, the model expected {share} more purchases in the second half than were "
        "made.", share=share,
    )  # fmt: skip


def draw(context: ChartContext) -> alt.LayerChart:
    """A bar for purchases made and a dot for purchases expected, for each class of frequency."""
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
    return {
        "class": _short_name(one), "came": rounded(one.actual), "expected": rounded(one.expected),
        "tip": context.tip(
            gettext("Purchases after the first: {purchases}", purchases=_class_name(one)),
            gettext("Expected: {figure} per customer", figure=number(one.expected, 2)),
            gettext("Made: {figure} per customer", figure=number(one.actual, 2)),
        ),
    }  # fmt: skip


KIND = one_chart(NAME, called_for, caption, draw)
