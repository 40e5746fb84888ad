"""What happens inside the drawing process; the only module that starts vl-convert's engine.

It sets an environment variable of its own process for a moment, past the effects: the engine reads it from there alone.
"""

from __future__ import annotations

import logging
import os
from functools import cache
from pathlib import Path
from typing import Any

from report.charts.bundle import vega_bundle
from report.charts.errors import PictureError

FONTS = Path(__file__).parent / "fonts"
FONTCONFIG = "FONTCONFIG_FILE"
Specification = dict[str, Any]
"""A chart as Vega-Lite."""
Drawn = tuple[str | None, str]
"""SVG, wide and narrow; no wide one where three charts are side by side."""


def warm() -> None:
    """Starts the engine with the smallest drawing there is."""
    _svg({"data": {"values": []}, "mark": "bar"}, {})


def bundle(cache: Path | None = None) -> str:
    """The Vega bundle, from that folder or the user's cache, or newly made."""
    return vega_bundle(cache)


def draw(name: str, wide: Specification | None, narrow: Specification, locale: dict[str, Any]) -> Drawn:
    """The pictures of a chart, wide (if any) and narrow, as Vega makes them. Raises PictureError naming the chart."""
    try:
        return None if wide is None else _svg(wide, locale), _svg(narrow, locale)
    except Exception as error:
        raise undrawn(name, error) from error


def undrawn(name: str, error: Exception) -> PictureError:
    """The error for a chart that failed."""
    return PictureError(f"The chart “{name}” could not be drawn: {type(error).__name__}: {error}")


@cache
def _engine() -> Any:  # noqa: ANN401 (a module)
    import vl_convert  # noqa: PLC0415 (by the drawing process alone, not by the process that sends it work)

    # It warns that a picture has no window with a mouse, which is expected.
    logging.getLogger("vl_convert").setLevel(logging.ERROR)
    # Read when the engine first looks for fonts; without fontconfig it has no effect. It is reset, so that programs
    # started later find their own.
    before = os.environ.get(FONTCONFIG)
    os.environ[FONTCONFIG] = str(FONTS / "fonts.conf")
    try:
        vl_convert.register_font_directory(str(FONTS))
    finally:
        if before is None:
            del os.environ[FONTCONFIG]
        else:
            os.environ[FONTCONFIG] = before
    # No specification can make the build fetch anything. With a memory limit, V8 collects garbage earlier and uses a
    # quarter less, at no cost of time. A chart of fifty thousand marks needs a fifth of the limit.
    vl_convert.configure(base_url=False, allowed_base_urls=[], max_v8_heap_size_mb=512)
    return vl_convert


def _svg(spec: Specification, locale: dict[str, Any]) -> str:
    svg: str = _engine().vegalite_to_svg(spec, format_locale=locale or None)
    return svg
