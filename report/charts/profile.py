"""How one segment differs from all other customers, column by column, with the other segments as grey ticks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from analysis.contract import Contract, Feature, FeatureProfile, Level, Segment, WithheldProfile
from analysis.language import gettext, gettext_noop
from analysis.language.words import listed
from analysis.wording.typical import tells
from report.captions.caption import Caption
from report.captions.pictured import has_figures
from report.captions.profile_table import MOST_NAMED, table_heads, table_row
from report.captions.strength import is_rated, limits, stands_out, strength
from report.captions.words import Words, together, withheld
from report.charts import grammar as alt
from report.charts.context import SMALL, ChartContext
from report.charts.kind import ChartKind
from report.charts.rows import RowLayout, data, name_space, pixel_scale, pixels_down, stacked
from report.style.scales import quiet_x, rounded, span
from report.style.theme import INK, INK_2

PALE = 0.3
"""Opacity of a bar whose difference is too small or too uncertain."""
# The same expression for any data: Vega writes the sign, except for zero.
SIGNED = "datum.value == 0 ? '0' : format(datum.value, '+~g')"


def charts(contract: Contract) -> Iterator[tuple[str, Segment]]:
    """A chart for each segment with figures, if any proper segment has some."""
    if has_figures(contract):
        yield from ((name_of(segment), segment) for segment in contract.segments if segment.figures)


def name_of(segment: Segment) -> str:
    """`profile-<segment slug>`."""
    return f"profile-{segment.slug}"


def caption(words: Words, segment: Segment) -> Caption:
    """One segment against all other customers; the takeaway names its differences, strongest first."""
    ordered = sorted(segment.figures, key=lambda one: -abs(strength(one)))
    gaps = [one for one in segment.profile if isinstance(one, WithheldProfile)]
    parts = [
        gettext(standing, columns=listed([words.label(one.feature) for one in group]))
        for standing, group in groupby(ordered[:MOST_NAMED], key=_standing)
    ]
    seen = [words.stated(one) for one in ordered] + [words.missing(one.feature) for one in gaps]
    return Caption(
        name=name_of(segment),
        page=f"segments/{segment.slug}",
        takeaway=together(*parts),
        subtitle=together(
            gettext("Difference from all other customers in standard deviations. Grey ticks: the other segments."),
            gettext("Lines: 95% intervals.") if any(limits(one) for one in ordered) else "",
            gettext("Pale bars: difference too small or too uncertain to count."),
        ),
        description=together(
            gettext("{segment}: {differences}.", segment=segment.name, differences=listed(seen)),
            gettext("Bars to the left of the middle are below average, bars to the right are above."),
        ),
        columns=table_heads(words),
        rows=(*(table_row(words, one) for one in ordered), *(table_row(words, one) for one in gaps)),
        small=True,
    )  # fmt: skip


_LEVELS: Mapping[Level, str] = {
    "very low": gettext_noop("Very low: {columns}."),
    "low": gettext_noop("Low: {columns}."),
    "medium": gettext_noop("No clear difference: {columns}."),
    "high": gettext_noop("High: {columns}."),
    "very high": gettext_noop("Very high: {columns}."),
}
_DOUBTFUL: Mapping[Level, str] = {
    "very low": gettext_noop("Possibly very low: {columns}."),
    "low": gettext_noop("Possibly low: {columns}."),
    "high": gettext_noop("Possibly high: {columns}."),
    "very high": gettext_noop("Possibly very high: {columns}."),
}
_HIGHER, _LOWER = gettext_noop("Somewhat higher: {columns}."), gettext_noop("Somewhat lower: {columns}.")


def _standing(one: FeatureProfile) -> str:
    """The sentence for columns in which a segment has this level; large differences may be chance: `Possibly low`."""
    if not is_rated(one):
        return _LEVELS[one.level]
    if not stands_out(one):
        doubtful = not one.marker and tells(one, strength(one))
        return _DOUBTFUL.get(one.level, _LEVELS["medium"]) if doubtful else _LEVELS["medium"]
    if one.level == "medium":
        return _HIGHER if strength(one) > 0 else _LOWER
    return _LEVELS[one.level]


def draw(context: ChartContext, segment: Segment) -> alt.LayerChart:
    """Bars in standard deviations from all other customers, with intervals; pale bars are too small or uncertain."""
    ordered = sorted(segment.figures, key=lambda one: -abs(strength(one)))
    columns = [*(one.feature for one in ordered), *segment.withheld]
    names = [context.feature(column).label for column in columns]
    rows = RowLayout(tuple(names), context.narrow, pitch=54 if context.narrow else 44, rise=21)
    start, width = name_space(names, context.narrow, widest=165), context.width(SMALL)
    end = width - 104
    others = [_ticks(context, segment, one, rows.middle(i)) for i, one in enumerate(columns)]
    values = [_value(context, segment, one, rows.middle(i)) for i, one in enumerate(ordered)]
    ends = [end for one in ordered for end in (limits(one) or ())]
    farthest = max([abs(tick["z"]) for group in [values, *others] for tick in group] + [abs(end) for end in ends])
    across = span(-max(farthest, 0.9), max(farthest, 0.9), 3, margin=0.04)
    x = alt.X("z:Q", scale=pixel_scale(across.domain, start, end),
              axis=alt.Axis(**quiet_x(across, labelExpr=SIGNED)))  # fmt: skip
    base = alt.Chart(data(values)).encode(y=pixels_down(rows.height), tooltip=alt.Tooltip("tip:N"))
    ticks = alt.Chart(data([tick for group in others for tick in group])).mark_tick(
        orient="vertical", size=16, thickness=1.5, color=INK_2, opacity=0.55, aria=False
    )
    zero = alt.Chart(data([{"z": 0}])).mark_rule(color=INK_2)
    bars = base.mark_bar(height=14, cornerRadiusEnd=3, color=context.colour(segment.id)).encode(
        x=x, x2=alt.X2(datum=0), opacity=alt.Opacity("opacity:Q", scale=None, legend=None)
    )
    written = [*(value["text"] for value in values), *(context.nothing for _ in segment.withheld)]
    return stacked(
        bars, ticks.encode(x=x, y=pixels_down(rows.height)), zero.encode(x=x), *_whiskers(ordered, rows, x),
        rows.names(width if context.narrow else start - 16),
        rows.figures(written, width, align="right", color="var(--sa-ink)"),
        width=width, height=rows.height,
    )  # fmt: skip


def _value(context: ChartContext, segment: Segment, one: FeatureProfile, y: float) -> dict[str, Any]:
    feature = context.feature(one.feature)
    typical = context.written(feature, one.typical)
    difference = context.formats.signed_difference(feature, one.difference, one.ratio)
    tip = context.tip(
        feature.label,
        *_typical(feature, context.name(segment.id), typical, _usual(context, feature)),
        gettext("Difference: {difference}", difference=difference),
        context.distance(strength(one)),
        context.interval(limits(one)),
    )
    opacity = PALE if is_rated(one) and not stands_out(one) else 1
    return {"py": y, "z": rounded(strength(one)), "text": difference, "tip": tip, "opacity": opacity}


def _typical(feature: Feature, segment: str, own: str, usual: str) -> tuple[str, str]:
    """The figures of the segment and of all customers."""
    if feature.typical == "median":
        return (
            gettext("{segment}, median: {figure}", segment=segment, figure=own),
            gettext("All customers, median: {figure}", figure=usual),
        )
    return (
        gettext("{segment}, mean: {figure}", segment=segment, figure=own),
        gettext("All customers, mean: {figure}", figure=usual),
    )


def _usual(context: ChartContext, feature: Feature) -> str:
    return withheld() if feature.usual is None else context.written(feature, feature.usual)


def _whiskers(ordered: Sequence[FeatureProfile], rows: RowLayout, x: alt.X) -> list[alt.Chart]:
    values = [
        {"py": rows.middle(place), "z": rounded(bounds[0]), "z2": rounded(bounds[1])}
        for place, one in enumerate(ordered) if (bounds := limits(one))
    ]  # fmt: skip
    if not values:
        return []
    rule = alt.Chart(data(values)).mark_rule(color=INK, strokeWidth=1.5, aria=False)
    return [rule.encode(x=x, x2=alt.X2("z2:Q"), y=pixels_down(rows.height))]


def _ticks(context: ChartContext, segment: Segment, feature: str, y: float) -> list[dict[str, Any]]:
    return [
        {"py": y, "z": rounded(strength(one))}
        for other in context.segments
        if other.id != segment.id
        for one in other.figures
        if one.feature == feature
    ]


KIND = ChartKind(charts, caption, draw)
