"""How one segment differs from everybody, column by column, with the other segments as quiet ticks behind it."""

from __future__ import annotations

from typing import Any

import altair as alt

from analysis.contract import FeatureProfile, Segment
from report.charts.rows import Rows, data, name_space, pixel_scale, pixels_down, stacked
from report.charts.scales import quiet_x, rounded, span
from report.charts.sheet import SMALL, Sheet
from report.charts.theme import INK_2

# The same words for any data: Vega writes the sign, except before nought.
SIGNED = "datum.value == 0 ? '0' : format(datum.value, '+~g')"


def profile(sheet: Sheet, segment: Segment) -> alt.LayerChart:
    """Bars in standard deviations from the average customer; the figures stand in a column on the right."""
    ordered = sorted(segment.profile, key=lambda one: -abs(one.effect))
    names = [sheet.feature(one.feature).label for one in ordered]
    rows = Rows(tuple(names), sheet.narrow, pitch=52 if sheet.narrow else 44)
    start, width = name_space(names, sheet.narrow, widest=130), sheet.width(SMALL)
    end = width - 104
    others = [_ticks(sheet, segment, one.feature, rows.middle(i)) for i, one in enumerate(ordered)]
    values = [_value(sheet, segment, one, rows.middle(i)) for i, one in enumerate(ordered)]
    farthest = max(abs(tick["z"]) for group in [values, *others] for tick in group)
    across = span(-max(farthest, 0.9), max(farthest, 0.9), 3, margin=0.04)
    x = alt.X("z:Q", scale=pixel_scale(across.domain, start, end),
              axis=alt.Axis(**quiet_x(across, labelExpr=SIGNED)))  # fmt: skip
    base = alt.Chart(data(values)).encode(y=pixels_down(rows.height), tooltip=alt.Tooltip("tip:N"))
    ticks = alt.Chart(data([tick for group in others for tick in group])).mark_tick(
        orient="vertical", size=20, thickness=1.5, color=INK_2, opacity=0.55, aria=False
    )
    zero = alt.Chart(data([{"z": 0}])).mark_rule(color=INK_2)
    bars = base.mark_bar(height=14, cornerRadiusEnd=3, color=sheet.colour(segment.id))
    return stacked(
        bars.encode(x=x, x2=alt.X2(datum=0)), ticks.encode(x=x, y=pixels_down(rows.height)), zero.encode(x=x),
        rows.names(width if sheet.narrow else start - 16),
        rows.figures([value["text"] for value in values], width, align="right", color="var(--sa-ink)"),
        width=width, height=rows.height,
    )  # fmt: skip


def _value(sheet: Sheet, segment: Segment, one: FeatureProfile, y: float) -> dict[str, Any]:
    feature = sheet.feature(one.feature)
    mean = sheet.written(feature, one.mean)
    difference = sheet.figures.signed_difference(feature, one.difference, one.ratio)
    tip = (
        f"{feature.label}\n{sheet.name(segment.id)}, mean: {mean}\nEverybody, mean: "
        f"{sheet.written(feature, feature.mean or 0)}\nDifference: {difference}"
    )
    return {"py": y, "z": rounded(one.effect), "text": difference, "tip": tip}


def _ticks(sheet: Sheet, segment: Segment, feature: str, y: float) -> list[dict[str, Any]]:
    return [
        {"py": y, "z": rounded(one.effect)}
        for other in sheet.segments
        if other.id != segment.id
        for one in other.profile
        if one.feature == feature
    ]
