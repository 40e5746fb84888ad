"""From a chart to JSON: what the press draws, and what the reader's browser is sent."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from altair.utils.schemapi import debug_mode

from report.charts.registry import chart
from report.charts.sheet import Sheet
from report.charts.theme import PRESS_FONT, READER_FONT, configuration

_ESCAPED = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def specification(sheet: Sheet, name: str) -> dict[str, Any]:
    """The chart's Vega-Lite, with its data inside, without `$schema`, set in the press's font."""
    # Altair's validation costs more than the drawing; the tests validate every chart instead.
    with debug_mode(False):
        spec: dict[str, Any] = chart(sheet, name).to_dict(validate=False)
    spec.pop("$schema", None)
    spec["config"] = configuration(PRESS_FONT)
    return spec


def interactive(wide: Mapping[str, Any], narrow: Mapping[str, Any], locale: Mapping[str, Any]) -> str:
    """The file `charts/<name>.json`; safe inside a script element too, should anybody put it there."""
    config = configuration(READER_FONT)
    whole = {"wide": {**wide, "config": config}, "narrow": {**narrow, "config": config}, "formatLocale": locale}
    return safe_json(whole)


def safe_json(value: object) -> str:
    """Compact JSON in which no character can end a script or be read as HTML."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for character, escaped in _ESCAPED.items():
        text = text.replace(character, escaped)
    return text
