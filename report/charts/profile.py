"""How one segment differs from everybody, column by column, with the other segments as quiet ticks behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import altair as alt

from analysis.basics.letters import capital
from analysis.basics.listed import listed
from analysis.contract import Contract, Feature, FeatureProfile, Segment, WithheldProfile
from analysis.wording.typical import tells
from report.captions.caption import Caption
from report.captions.pictured import has_figures
from report.captions.profile_table import MOST_NAMED, table_heads, table_row
from report.captions.strength import is_rated, limits, signed_range, stands_out, strength
from report.captions.words import WITHHELD, Words
from report.charts.context import SMALL, ChartContext
from report.charts.kind import ChartKind
from report.charts.rows import RowLayout, data, name_space, pixel_scale, pixels_down, stacked
from report.style.scales import quiet_x, rounded, span
from report.style.theme import INK, INK_2

PALE = 0.3
"""Opacity of a bar whose difference does not count."""
# The same words for any data: Vega writes the sign, except before nought.
SIGNED = "datum.value == 0 ? '0' : format(datum.value, '+~g')"


def charts(contract: Contract) -> Iterator[tuple[str, Segment]]:
    """A chart for each segment whose figures are told, if they are of a proper one at least."""
    if has_figures(contract):
        yield from ((name_of(segment), segment) for segment in contract.segments if segment.figures)


def name_of(segment: Segment) -> str:
    """`profile-<segment slug>`."""
    return f"profile-{segment.slug}"


def caption(words: Words, segment: Segment) -> Caption:
    """One segment against everybody else; the takeaway says on what it stands out, strongest first."""
    ordered = sorted(segment.figures, key=lambda one: -abs(strength(one)))
    gaps = [one for one in segment.profile if isinstance(one, WithheldProfile)]
    parts = [
        f"{standing} {listed([words.label(one.feature) for one in group])}"
        for standing, group in groupby(ordered[:MOST_NAMED], key=_standing)
    ]
    seen = [f"{words.label(one.feature)} {words.against(one)}" for one in ordered]
    seen += [f"{words.label(one.feature)} {words.nothing}" for one in gaps]
    whiskers = "; lines: 95% intervals" if any(limits(one) for one in ordered) else ""
    return Caption(
        name=name_of(segment),
        page=f"segments/{segment.slug}",
        takeaway=f"{capital(', '.join(parts))}.",
        subtitle=f"Standard deviations from everybody else; grey ticks: the other segments{whiskers}; pale: "
                 "too small, or too uncertain, to count",
        description=f"{segment.name}: {listed(seen)}. Bars run left of the middle for below average, right for above.",
        columns=table_heads(words),
        rows=(*(table_row(words, one) for one in ordered), *(table_row(words, one) for one in gaps)),
        small=True,
    )  # fmt: skip


def _standing(one: FeatureProfile) -> str:
    """How the segment stands on a column, in a word or two; a large difference that may be chance is `perhaps low`."""
    if not is_rated(one):
        return "ordinary" if one.level == "medium" else one.level
    if not stands_out(one):
        doubtful = one.level != "medium" and not one.marker and tells(one, strength(one))
        return f"perhaps {one.level}" if doubtful else "ordinary"
    if one.level == "medium":
        return "somewhat higher" if strength(one) > 0 else "somewhat lower"
    return one.level


def draw(context: ChartContext, segment: Segment) -> alt.LayerChart:
    """Bars in standard deviations from everybody else, with their intervals; pale ones do not count."""
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
    tip = (
        f"{feature.label}\n{context.name(segment.id)}, {feature.typical}: {typical}\nEverybody, {feature.typical}: "
        f"{_usual(context, feature)}\nDifference: {difference}\n"
        f"From everybody else: {context.formats.signed(strength(one), 2)} standard deviations"
    )
    if bounds := limits(one):
        tip += f"\n95% interval: {signed_range(context.formats, bounds)}"
    opacity = PALE if is_rated(one) and not stands_out(one) else 1
    return {"py": y, "z": rounded(strength(one)), "text": difference, "tip": tip, "opacity": opacity}


def _usual(context: ChartContext, feature: Feature) -> str:
    return WITHHELD if feature.usual is None else context.written(feature, feature.usual)


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
