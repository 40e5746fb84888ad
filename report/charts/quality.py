"""How sure we are of each segment: how well it stands apart, and how often it comes back."""

from __future__ import annotations

from typing import Any

import altair as alt

from analysis.contract import Segment
from report.charts.rows import Rows, data, name_space, pixel_scale, pixels_down, stacked
from report.charts.scales import Span, decimals, quiet_x, rounded, span
from report.charts.sheet import Sheet
from report.charts.theme import CARD, INK_2, SOFT

STABLE = 0.75
"""Hennig (2007): a mean Jaccard of .75 and more speaks of a stable cluster."""
GAP = 34


def segment_quality(sheet: Sheet) -> alt.VConcatChart | alt.HConcatChart:
    """Two panels, separation and stability, with the same rows."""
    names = [sheet.name(segment.id) for segment in sheet.segments]
    measured = any(segment.stability is not None for segment in sheet.segments)
    kinds = ["silhouette", "stability"] if measured else ["silhouette"]
    start = name_space(names, narrow=False, widest=124 if sheet.narrow else 180)
    beside = 1 if sheet.narrow else len(kinds)
    room = (sheet.width() - start - 70 - GAP * (beside - 1) - 44 * (beside - 1)) / beside
    panels = [
        _panel(sheet, names, kind, start if sheet.narrow or place == 0 else 0, room) for place, kind in enumerate(kinds)
    ]
    return alt.vconcat(*panels, spacing=24) if sheet.narrow else alt.hconcat(*panels, spacing=GAP)


def _panel(sheet: Sheet, names: list[str], kind: str, left: float, room: float) -> alt.LayerChart:
    rows = Rows(tuple(names), narrow=False, pitch=28 if sheet.narrow else 34)
    across = _across(sheet, kind, 2 if sheet.narrow else 4)
    x = alt.X("v:Q", scale=pixel_scale(across.domain, left, left + room),
              axis=alt.Axis(**quiet_x(across, format=f".{decimals(_step(across))}f")))  # fmt: skip
    values = [_value(sheet, kind, segment, rows.middle(i)) for i, segment in enumerate(sheet.segments)]
    known = [value for value in values if value["v"] is not None]
    base = alt.Chart(data(known)).encode(y=pixels_down(rows.height), tooltip=alt.Tooltip("tip:N"))
    layers = [_background(x, rows)] if kind == "stability" else []
    layers.append(base.mark_rule(color=INK_2, strokeWidth=1.5, opacity=0.6).encode(x=x, x2=alt.X2(datum=across.low)))
    layers.append(
        base.mark_point(filled=True, opacity=1, size=120, stroke=CARD, strokeWidth=1.5).encode(
            x=x, fill=alt.Fill("colour:N", scale=None, legend=None)
        )
    )
    layers.append(rows.figures([value["text"] for value in values], left + room + 12))
    if left:
        layers.append(rows.names(left - 16))
    words = "Separation (silhouette)" if kind == "silhouette" else "Stability (comes back)"
    title = alt.TitleParams(words, anchor="start", dx=left)
    return stacked(*layers, width=left + room + 44, height=rows.height, title=title)


def _across(sheet: Sheet, kind: str, count: int) -> Span:
    if kind == "stability":
        return span(0, 1, count)
    values = [segment.silhouette for segment in sheet.segments]
    return span(min(0.0, *values) * 1.04, max(0.5, *values) * 1.04, count)


def _step(across: Span) -> float:
    return across.ticks[1] - across.ticks[0] if len(across.ticks) > 1 else 0.1


def _background(x: alt.X, rows: Rows) -> alt.Chart:
    band = alt.Chart(data([{"v": STABLE, "v2": 1}]))
    drawn: alt.Chart = band.mark_rect(fill=SOFT, aria=False).encode(
        x=x, x2=alt.X2("v2:Q"), y=alt.YValue(0), y2=alt.Y2Value(rows.height)
    )
    return drawn


def _value(sheet: Sheet, kind: str, segment: Segment, y: float) -> dict[str, Any]:
    value = segment.silhouette if kind == "silhouette" else segment.stability
    text = "not measured" if value is None else sheet.figures.number(value, 2)
    word = "Silhouette" if kind == "silhouette" else "Stability"
    tip = f"{sheet.name(segment.id)}\n{word}: {text}"
    if kind == "stability" and segment.stability_band:
        tip += f" ({segment.stability_band})"
    return {"py": y, "v": None if value is None else rounded(value), "text": text,
            "colour": sheet.colour(segment.id), "tip": tip}  # fmt: skip
