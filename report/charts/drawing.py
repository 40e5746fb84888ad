"""What happens inside the press; the only module that starts vl-convert's engine."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

from analysis.contract import Contract
from analysis.figures import Figures
from report.charts.bundle import vega_bundle
from report.charts.errors import PictureError
from report.charts.locale import format_locale
from report.charts.sheet import Sheet
from report.charts.svg import clean
from report.importing import uncollected

# Imported when the press is warmed, not when this process only sends it work.
# ruff: noqa: PLC0415

FONTS = Path(__file__).parent / "fonts"
Parts = tuple[str, str, str]


def warm() -> None:
    """Imports what drawing needs, and starts the engine with the smallest drawing there is."""
    with uncollected():
        import_module("report.charts.specification")
    _svg({"data": {"values": []}, "mark": "bar"}, {})


def bundle() -> str:
    """The Vega bundle, from the cache or made here."""
    return vega_bundle()


def draw(contract_json: str, locale: str, currency: str, name: str) -> Parts:
    """Wide picture, narrow picture and interactive JSON of a chart. Raises PictureError naming the chart."""
    try:
        return _draw(_contract(contract_json), Figures(locale, currency), name)
    except Exception as error:
        raise PictureError(f"The chart “{name}” could not be drawn: {type(error).__name__}: {error}") from error


def _draw(contract: Contract, figures: Figures, name: str) -> Parts:
    # Altair, and the modules that need it, are imported in the press alone.
    from report.charts.specification import interactive, specification

    locale = format_locale(figures.locale, figures.currency)
    wide, narrow = (specification(Sheet(contract, figures, narrow=flag), name) for flag in (False, True))
    pictures = (clean(_svg(spec, locale), f"{name}-{size}") for spec, size in ((wide, "w"), (narrow, "n")))
    return (*pictures, interactive(wide, narrow, locale))  # type: ignore[return-value]


@lru_cache(maxsize=1)
def _contract(contract_json: str) -> Contract:
    return Contract.model_validate_json(contract_json)


@cache
def _engine() -> Any:  # noqa: ANN401 (a module)
    import vl_convert

    vl_convert.register_font_directory(str(FONTS))
    return vl_convert


def _svg(spec: dict[str, Any], locale: dict[str, Any]) -> str:
    # No base URL is allowed, so that no specification can make the build fetch anything.
    svg: str = _engine().vegalite_to_svg(spec, format_locale=locale or None, allowed_base_urls=[])
    return svg
