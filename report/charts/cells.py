"""Cells of heat maps: boxes in seven colours on which figures have enough contrast in both colour schemes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from report.charts import grammar as alt
from report.charts.rows import across_pixels, data, pixels_down
from report.style.theme import DIVERGING, DIVERGING_INK, INK_2, SOFT

Record = dict[str, Any]
"""`px`, `px2`, `py`, `py2`: a box in pixels; `mx`, `my`: its middle; `fill`, `ink`, `text`, `tip`."""


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
