"""The site's colours, type and quiet axes, as Vega-Lite configuration.

Colours are the stylesheet's custom properties, written into the specification as they stand: the picture and the
interactive chart both draw SVG, so that one drawing serves light and dark without being drawn again.
"""

from __future__ import annotations

from typing import Any, Final

PICTURE_FONT: Final = "Segment Atlas Sans"
"""Family under which the drawing process knows the site's own Inter; no machine's installed fonts can take its
place."""
READER_FONT: Final = "Inter, system-ui, sans-serif"

INK: Final = "var(--sa-ink)"
INK_2: Final = "var(--sa-ink-2)"
LINE: Final = "var(--sa-line)"
CARD: Final = "var(--sa-card)"
ACCENT: Final = "var(--sa-accent)"
SOFT: Final = "var(--sa-chart-soft)"
"""A quiet fill behind figures: the part that is not the point."""
CLEAR: Final = "transparent"

TEXT: Final = 12
SMALL: Final = 11

STEPS: Final = 7
"""Classes of the diverging scale; the middle one is “as everybody”."""
DIVERGING: Final = tuple(f"var(--sa-div-{step})" for step in range(1, STEPS + 1))
DIVERGING_INK: Final = tuple(f"var(--sa-div-ink-{step})" for step in range(1, STEPS + 1))

_SALTIRE: Final = "M-1,-.6L-.6,-1L0,-.4L.6,-1L1,-.6L.4,0L1,.6L.6,1L0,.4L-.6,1L-1,.6L-.4,0Z"
_LOZENGE: Final = "M-1,0L0,-.55L1,0L0,.55Z"
SHAPES: Final = (
    "circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-right", "triangle-left", _SALTIRE,
    _LOZENGE,
)  # fmt: skip
"""A shape beside every colour, in the palette's order."""

_LARGE: Final = {"circle": 38, "square": 34, "diamond": 44, "cross": 46, _LOZENGE: 110}
AREAS: Final = {shape: _LARGE.get(shape, 52) for shape in SHAPES}
"""Areas in square pixels at which the shapes look equally large."""


def segment_colour(index: int) -> str:
    """The palette's colour 1…10."""
    return f"var(--sa-seg-{index})"


def configuration(font: str) -> dict[str, Any]:
    """The `config` of every specification, all set in `font`."""
    axis = {
        "domain": False, "ticks": False, "gridColor": LINE, "gridWidth": 1, "tickColor": LINE, "domainColor": LINE,
        "labelColor": INK_2, "labelFontSize": TEXT, "labelPadding": 8, "labelFlush": False,
        # Every limit costs another measurement of every label; labels are figures, or shortened before they come here.
        "labelLimit": 0, "titleLimit": 0,
        "titleColor": INK_2, "titleFontSize": TEXT, "titleFontWeight": 400, "titlePadding": 10,
    }  # fmt: skip
    return {
        "background": CLEAR,
        "font": font,
        "padding": 2,
        "view": {"stroke": None},
        "axis": axis,
        "axisX": {"grid": False},
        "text": {"color": INK, "fontSize": TEXT},
        "rule": {"color": LINE},
        "title": {"color": INK, "fontSize": TEXT, "fontWeight": 600, "anchor": "start", "offset": 10},
    }
