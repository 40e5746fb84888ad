"""Captions of the table before any segment: distributions, correlations, comparisons, and the linked brush."""

from __future__ import annotations

from analysis.basics.listed import listed
from analysis.contract import Comparison, Correlation, Distribution, GroupSummary
from report.captions.axes import at_the_edge, brush_axes, single
from report.captions.bars import Bars
from report.captions.caption import Caption, Control, Option
from report.captions.levels import levels
from report.captions.names import comparison_name, distribution_name
from report.captions.pictured import barless
from report.captions.words import Words

NEXT_TO_NONE, WEAK = 0.15, 0.4
LONG_TAIL = 0.5
"""Skewness beyond which one side of a histogram is plainly longer."""
BRUSHED = "Draw a box on the map: the bars then count the customers inside it, grey bars all of the segment."
HARDLY = 0.2
"""Medians nearer than this share of everybody's interquartile range hardly differ."""


def distribution(words: Words, one: Distribution) -> Caption:
    """Where the middle half of all customers lies."""
    feature = words.feature(one.feature)
    if feature.levels:
        return levels(words, one)
    label, bars = words.label(one.feature), Bars(feature, one, words.figures)
    tallest, number = bars.tallest, words.figures.number
    middle = f"half of all customers lie between {words.between(one.feature, feature.q1, feature.q3)}"
    known = feature.q1 is not None and feature.q3 is not None
    return Caption(
        name=distribution_name(feature),
        takeaway=f"{feature.label}: {middle if known else f'the fullest range is {bars.range(tallest)}'}.",
        subtitle=f"Customers by {label}; dashed: the median{bars.legend()}",
        description=f"A histogram of {label} with {len(one.bins)} bars. The median is "
                    f"{words.of(one.feature, feature.median)}; the tallest bar is {bars.range(tallest)}, with "
                    f"{number(tallest.count)} {'customer' if tallest.count == 1 else 'customers'}.{bars.told()} "
                    f"{_tail(one.skewness)}",
        columns=("From", "To, not including", "Customers"),
        rows=tuple(bars.row(bin_) for bin_ in one.bins),
        controls=words.choice(one), small=True,
    )  # fmt: skip


def _tail(skewness: float) -> str:
    if abs(skewness) <= LONG_TAIL:
        return "Neither side has a long tail."
    return f"There is a long tail {'upwards' if skewness > 0 else 'downwards'}."


def correlations(words: Words) -> Caption:
    """The strongest pair, or that there is none."""
    pairs = words.contract.exploration.correlations
    told = [(one, one.pearson) for one in pairs if one.pearson is not None]
    strongest, largest = max(told, key=lambda each: abs(each[1]))
    count = sum(abs(pearson) >= NEXT_TO_NONE for _, pearson in told)
    gaps = len(pairs) - len(told)
    return Caption(
        name="correlations",
        takeaway=_correlation_takeaway(words, strongest, largest),
        subtitle="Pearson’s correlation, from −1 (one falls as the other rises) over 0 to +1 (both rise together)",
        description=f"A triangle of {len(pairs)} cells, one a pair of columns. Of them {words.figures.number(count)} "
                    f"{'is' if count == 1 else 'are'} {words.figures.number(NEXT_TO_NONE, 2)} or stronger; the "
                    f"strongest is {words.figures.signed(largest, 2)}."
                    f"{f' Withheld: {words.figures.number(gaps)}.' if gaps else ''}",
        columns=("Column", "Column beside it", "Pearson", "Spearman"),
        rows=tuple((*(words.feature(name).label for name in (one.a, one.b)),
                    *(_signed(words, value) for value in (one.pearson, one.spearman))) for one in pairs),
        small=True,
    )  # fmt: skip


def comparison(words: Words, one: Comparison) -> Caption:
    """The groups with the highest and the lowest median; very small groups are drawn but not spoken of."""
    feature, by = words.feature(one.feature), words.label(one.by)
    return Caption(
        name=comparison_name(words.contract, one),
        takeaway=_comparison_takeaway(words, one),
        subtitle="Dot: median; bar: the middle half of the group (its customers in brackets); dashed: everybody’s "
                 "median" + barless(one.groups),
        description=f"{feature.label} by {by}, a row a group. Medians: "
                    f"{listed([f'{g.group} {words.middle(one.feature, g.median)}' for g in one.groups])}.",
        columns=(words.feature(one.by).label, "Customers", "Mean", "Lower quartile", "Median", "Upper quartile"),
        rows=tuple((g.group, words.figures.number(g.count),
                    words.of(one.feature, g.mean), *(words.middle(one.feature, v) for v in (g.q1, g.median, g.q3)))
                   for g in one.groups),
        small=True,
    )  # fmt: skip


def brush(words: Words) -> Caption:
    """The linked brush; without scripts its picture is a second map beside the sizes."""
    axes = brush_axes(words.contract)
    chart_map = words.contract.exploration.map
    if chart_map is None:
        raise ValueError("this contract has no segment map")
    controls = [
        Control("select", param, label, tuple(
            Option(axis.field, axis.label, format=axis.format, selected=axis.feature == chosen) for axis in axes
        ))
        for param, label, chosen in (("across", "Across", chart_map.x), ("up", "Up", chart_map.y))
        if len(axes) > 2
    ]  # fmt: skip
    takeaway, found = _upper_quarter(words, chart_map.x)
    edge = at_the_edge(words.contract, [axis.feature for axis in axes])
    return Caption(
        name="brush",
        takeaway=takeaway,
        subtitle="Customers by two columns, and how many of them each segment has"
                 f"{'; customers far outside are drawn at the edge' * bool(edge)}",
        description=f"Left, customers by {words.label(chart_map.x)} and {words.label(chart_map.y)}; right, a bar a "
                    f"segment with its customers. {found}",
        columns=("Segment", "Customers", "Share of customers"),
        rows=tuple((one.name, words.figures.number(one.size), words.figures.percent(one.share, 1))
                   for one in words.contract.segments),
        controls=(Control("words", "brush", BRUSHED), *controls, Control("reset", "brush", "Clear the box")),
    )  # fmt: skip


def _signed(words: Words, value: float | None) -> str:
    return words.nothing if value is None else words.figures.signed(value, 2)


def _correlation_takeaway(words: Words, one: Correlation, pearson: float) -> str:
    a, b, figure = words.feature(one.a).label, words.label(one.b), words.figures.signed(pearson, 2)
    if abs(pearson) < NEXT_TO_NONE:
        withheld = any(each.pearson is None for each in words.contract.exploration.correlations)
        published = " as far as is published" if withheld else ""
        return f"No two columns move together{published}: the strongest correlation is {figure}."
    strength = "weakly" if abs(pearson) < WEAK else "clearly"
    way = "together" if pearson > 0 else "against each other"
    return f"{a} and {b} move {strength} {way} ({figure})."


def _comparison_takeaway(words: Words, one: Comparison) -> str:
    feature, label = words.feature(one.feature), words.label(one.feature)
    groups = _spoken(one.groups, words.contract.privacy.min_cell)
    medians = [(group.median, group) for group in groups if group.median is not None]
    (lowest, low), (highest, high) = min(medians, key=lambda each: each[0]), max(medians, key=lambda each: each[0])
    least, most = (words.middle(one.feature, median) for median in (lowest, highest))
    spread = (feature.q3 or 0) - (feature.q1 or 0)
    if least == most:
        shown = " that is shown" if words.contract.privacy.mode == "public" else ""
        return f"The median of {label} is the same in every group{shown}: {least}."
    hardly = "hardly " if spread and (highest - lowest) / spread < HARDLY else ""
    ends = f"{least} ({low.group}) to {most} ({high.group})"
    if not hardly and highest - lowest <= (low.quantiles_rounded_to or 0.0) + (high.quantiles_rounded_to or 0.0):
        by = words.label(one.by)
        return f"Medians of {label} are rounded too coarsely to tell whether they differ by {by}: {ends}."
    return f"Medians of {label} {hardly}differ by {words.label(one.by)}: from {ends}."


def _spoken(groups: tuple[GroupSummary, ...], least: int) -> tuple[GroupSummary, ...]:
    # “(all others)” and “(missing)” are no group that a sentence could be about.
    told = tuple(group for group in groups if group.median is not None)
    large = tuple(group for group in told if group.count >= least and not group.group.startswith("("))
    return large if len(large) > 1 else told


def _called(words: Words, number: int) -> str:
    segment = words.segment(number)
    return segment.name if segment.kind == "segment" else "in no segment"


def _upper_quarter(words: Words, name: str) -> tuple[str, str]:
    """Who the customers at the upper end of the first axis are; only where single customers may be looked at."""
    points, q3 = words.contract.exploration.points, words.feature(name).q3
    if not points or q3 is None:
        labels = listed([words.label(axis.feature) for axis in brush_axes(words.contract)])
        return f"Where each segment lies on {labels}, and how many customers it has.", ""
    inside = [segment for (value,), segment in single(points, name) if value >= q3]
    counted = sorted(((inside.count(s), -s) for s in set(inside)), reverse=True)[:2]
    parts = [f"{words.figures.percent(n / len(inside))} are {_called(words, -s)}" for n, s in counted]
    sentence = f"Of customers with {words.label(name)} of {words.of(name, q3)} or more, {listed(parts)}."
    return sentence, sentence
