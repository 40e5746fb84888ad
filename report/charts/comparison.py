"""One column compared between the groups of another: spending by age, spending by gender."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from analysis.contract import Comparison, Contract, Feature, GroupSummary
from analysis.language import gettext, gettext_noop
from analysis.language.words import listed
from report.captions.caption import Caption
from report.captions.pictured import barless, drawn_half
from report.captions.strength import span_of
from report.captions.words import Words, together, withheld
from report.charts import grammar as alt
from report.charts.context import SMALL, ChartContext
from report.charts.kind import ChartKind
from report.charts.locale import axis_figures
from report.charts.rows import RowLayout, data, name_space, pixel_scale, pixels_down, stacked
from report.style.lettering import plain, shorten
from report.style.scales import quiet_x, shown, span, tick_count
from report.style.theme import ACCENT, CARD, INK, INK_2, TEXT

PAGE = "explore"
SLIGHT = 0.2
"""Medians differ only slightly if they are closer than this share of the interquartile range of all customers."""
_SAME = gettext_noop("The median of {column} is the same in every group: {median}.")
_SAME_SHOWN = gettext_noop("The median of {column} is the same in every group that is shown: {median}.")
_SLIGHT = gettext_noop(
    "Medians of {column} differ only slightly by {by}: from {least} ({lowest}) to {most} ({highest})."
)
_DIFFER = gettext_noop("Medians of {column} differ by {by}: from {least} ({lowest}) to {most} ({highest}).")
_COARSE = gettext_noop(
    "Medians of {column} are rounded too coarsely to show whether they differ by {by}: {least} ({lowest}) to {most} "
    "({highest})."
)


def charts(contract: Contract) -> Iterator[tuple[str, Comparison]]:
    """A chart for each column and grouping with published figures."""
    yield from ((name_of(contract, one), one) for one in contract.exploration.comparisons if one.groups)


def name_of(contract: Contract, one: Comparison) -> str:
    """`comparison-<feature slug>-by-<by slug>`."""
    slugs = {feature.name: feature.slug for feature in contract.data.features}
    return f"comparison-{slugs[one.feature]}-by-{slugs[one.by]}"


def caption(words: Words, one: Comparison) -> Caption:
    """The groups with the highest and lowest median; very small groups are drawn but not mentioned."""
    feature, by = words.feature(one.feature), words.label(one.by)
    return Caption(
        name=name_of(words.contract, one),
        page=PAGE,
        takeaway=_takeaway(words, one),
        subtitle=together(
            gettext(
                "Dots are medians. Bars show the middle half of the group. The number of customers is in brackets. The "
                "dashed line is the median of all customers."
            ),
            barless(one.groups),
        ),
        description=together(
            gettext("{column} by {by}, with a row for each group.", column=feature.label, by=by),
            gettext("Medians: {medians}.", medians=listed([_named(words, one, group) for group in one.groups])),
        ),
        columns=(
            words.feature(one.by).label, gettext("Customers"), gettext("Mean"), gettext("Lower quartile"),
            gettext("Median"), gettext("Upper quartile"),
        ),
        rows=tuple((g.group, words.formats.number(g.count),
                    words.of(one.feature, g.mean), *(words.middle(one.feature, v) for v in (g.q1, g.median, g.q3)))
                   for g in one.groups),
        small=True,
    )  # fmt: skip


def _named(words: Words, one: Comparison, group: GroupSummary) -> str:
    return gettext("{figure} ({group})", group=group.group, figure=words.middle(one.feature, group.median))


def _takeaway(words: Words, one: Comparison) -> str:
    feature, label = words.feature(one.feature), words.label(one.feature)
    groups = _spoken(one.groups, words.contract.privacy.min_cell)
    medians = [(group.median, group) for group in groups if group.median is not None]
    (lowest, low), (highest, high) = min(medians, key=lambda each: each[0]), max(medians, key=lambda each: each[0])
    least, most = (words.middle(one.feature, median) for median in (lowest, highest))
    spread = (feature.q3 or 0) - (feature.q1 or 0)
    if least == most:
        same = _SAME_SHOWN if words.contract.privacy.mode == "public" else _SAME
        return gettext(same, column=label, median=least)
    if spread and (highest - lowest) / spread < SLIGHT:
        sentence = _SLIGHT
    elif highest - lowest <= (low.quantiles_rounded_to or 0.0) + (high.quantiles_rounded_to or 0.0):
        sentence = _COARSE
    else:
        sentence = _DIFFER
    return gettext(
        sentence, column=label, by=words.label(one.by), least=least, lowest=low.group, most=most, highest=high.group
    )


def _spoken(groups: tuple[GroupSummary, ...], least: int) -> tuple[GroupSummary, ...]:
    # “(all others)” and “(missing)” are not groups that a sentence can be about.
    told = tuple(group for group in groups if group.median is not None)
    large = tuple(group for group in told if group.count >= least and not group.group.startswith("("))
    return large if len(large) > 1 else told


def draw(context: ChartContext, one: Comparison) -> alt.LayerChart:
    """The middle half of each group as a bar, its median as a dot, and the figure beside the row."""
    feature = context.feature(one.feature)
    names = [f"{group.group} ({context.formats.number(group.count)})" for group in one.groups]
    rows = RowLayout(tuple(names), context.narrow, pitch=46 if context.narrow else 36)
    start, width = name_space(names, context.narrow, widest=150), context.width(SMALL)
    end = width - (110 if feature.levels else 74)
    written = [_median(context, feature, group, width - end - 4) for group in one.groups]
    halves = [(index, group, half) for index, group in enumerate(one.groups) if (half := drawn_half(group))]
    low, high = min(half[0] for *_, half in halves), max(half[2] for *_, half in halves)
    count = tick_count(feature, context.written(feature, high), end - start, 4)
    across = span(shown(feature, low), shown(feature, high), count, margin=0.08)
    axis = quiet_x(across, **axis_figures(feature, across, context.formats), labels=not feature.levels)
    x = alt.X("q1:Q", scale=pixel_scale(across.domain, start, end), axis=alt.Axis(**axis))
    values = [_value(context, feature, group, half, rows.middle(index)) for index, group, half in halves]
    base = alt.Chart(data(values)).encode(y=pixels_down(rows.height), tooltip=alt.Tooltip("tip:N"))
    layers: list[alt.Chart] = []
    if feature.median is not None:
        layers.append(_everybody(shown(feature, feature.median), rows, x))
    layers.append(base.mark_bar(height=9, cornerRadius=4.5, color=ACCENT, opacity=0.35).encode(x=x, x2=alt.X2("q3:Q")))
    layers.append(
        base.mark_point(filled=True, opacity=1, size=120, fill=ACCENT, stroke=CARD, strokeWidth=1.5).encode(
            x=alt.X("median:Q")
        )
    )
    layers.append(rows.names(width if context.narrow else start - 16))
    layers.append(rows.figures(written, width, align="right", color=INK))
    return stacked(*layers, width=width, height=rows.height)


def _everybody(median: float, rows: RowLayout, x: alt.X) -> alt.Chart:
    """The median of all as a dashed line; where names are above their rows, the line skips them."""
    whole = [{"q1": median, "py": 0, "py2": rows.height}]
    beside = [{"q1": median, "py": rows.middle(i) - 9, "py2": rows.middle(i) + 12} for i in range(len(rows.labels))]
    rule = alt.Chart(data(beside if rows.narrow else whole)).mark_rule(color=INK_2, strokeDash=[3, 3])
    drawn: alt.Chart = rule.encode(x=x, y=pixels_down(rows.height), y2=alt.Y2("py2:Q"))
    return drawn


def _median(context: ChartContext, feature: Feature, group: GroupSummary, room: float) -> str:
    if group.median is None:
        return shorten(withheld(), room, TEXT)
    return shorten(context.formats.middle(feature, group.median), room, TEXT)


def _value(
    context: ChartContext, feature: Feature, group: GroupSummary, half: tuple[float, float, float], y: float
) -> dict[str, Any]:
    q1, middle, q3 = (plain(context.formats.middle(feature, value)) for value in half)
    tip = context.tip(
        group.group, gettext("{column}, median: {figure}", column=feature.label, figure=middle),
        gettext("Middle half: {range}", range=span_of(q1, q3) if group.middle_half else withheld()),
        gettext("Customers: {count}", count=context.formats.number(group.count)),
    )  # fmt: skip
    drawn = dict(zip(("q1", "median", "q3"), (shown(feature, value) for value in half), strict=True))
    return {"py": y, **drawn, "tip": tip}


KIND = ChartKind(charts, caption, draw, row=lambda one: one.by)
