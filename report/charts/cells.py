"""Cells of heat maps: boxes in seven colours on which figures have enough contrast in both colour schemes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from report.charts import grammar as alt
from report.charts.rows import across_pixels, data, pixels_down
from report.style.lettering import LINE, lined, wrapped
from report.style.theme import DIVERGING, DIVERGING_INK, INK_2, SMALL, SOFT

Record = dict[str, Any]
"""`px`, `px2`, `py`, `py2`: a box in pixels; `mx`, `my`: its middle; `fill`, `ink`, `text`, `tip`."""
HEAD, UPRIGHT, UPRIGHT_LINE = -12.0, 150.0, 12.0
"""Pixels: the middle of the labels above the rows; how far an upright label may rise, and from one line to the next."""


def step_of(value: float, bounds: Sequence[float]) -> int:
    """Class 0…6 of a value by the six bounds between the classes."""
    return sum(value > bound for bound in bounds)


def coloured(step: int | None) -> dict[str, str]:
    """Colours of a cell and its figure; grey if the figure is withheld."""
    if step is None:
        return {"fill": SOFT, "ink": INK_2}
    return {"fill": DIVERGING[step], "ink": DIVERGING_INK[step]}


def cells(values: list[Record], width: float, height: float, size: float, **box: Any) -> list[alt.Chart]:  # noqa: ANN401 (mark options are Vega-Lite's)
    """The boxes with the look `box`, and in the middle of each its figure, `size` pixels high."""
    base = alt.Chart(data(values)).encode(tooltip=alt.Tooltip("tip:N"))
    words = base.mark_text(baseline="middle", fontSize=size, aria=False).encode(
        x=across_pixels("mx", width), y=alt.Y("my:Q", axis=None), text=alt.Text("text:N"),
        color=alt.Color("ink:N", scale=None, legend=None),
    )  # fmt: skip
    return [boxes(base, width, height, **box), words]


def boxes(base: alt.Chart, width: float, height: float, **box: Any) -> alt.Chart:  # noqa: ANN401 (as above)
    """The coloured boxes of these records."""
    drawn: alt.Chart = base.mark_rect(cornerRadius=4, **box, aria=False).encode(
        x=across_pixels("px", width), x2=alt.X2("px2:Q"), y=pixels_down(height), y2=alt.Y2("py2:Q"),
        fill=alt.Fill("fill:N", scale=None, legend=None),
    )  # fmt: skip
    return drawn


def heads(labels: Sequence[str], middles: Sequence[float], width: float, room: float) -> list[alt.Chart]:
    """The columns' labels above the rows, each in so much room; upright if some would be cut otherwise."""
    lying = [wrapped(label, room, SMALL) for label in labels]
    if any(line.endswith("…") for lines in lying for line in lines):
        standing = [lined(wrapped(label, UPRIGHT, SMALL), 0) for label in labels]
        found = [
            {"mx": mx + aside * UPRIGHT_LINE / LINE, "text": line}
            for mx, lines in zip(middles, standing, strict=True)
            for aside, line in lines
        ]
        return [_heads(found, width, -6.0, upright=True)]
    at = [
        (y, {"mx": mx, "text": line})
        for mx, lines in zip(middles, lying, strict=True)
        for y, line in lined(lines, HEAD)
    ]
    # A layer for each height: above the rows nothing else has one.
    return [_heads([one for y, one in at if y == height], width, height) for height in sorted({y for y, _ in at})]


def _heads(values: list[Record], width: float, y: float, *, upright: bool = False) -> alt.Chart:
    mark = alt.Chart(data(values)).mark_text(
        baseline="middle", fontSize=SMALL, color=INK_2, aria=False,
        angle=270 if upright else 0, align="left" if upright else "center",
    )  # fmt: skip
    drawn: alt.Chart = mark.encode(x=across_pixels("mx", width), y=alt.YValue(y), text=alt.Text("text:N"))
    return drawn
