"""From a chart to JSON, for the drawing process and for the reader's browser."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import altair as alt
from altair.utils import schemapi
from altair.utils.schemapi import debug_mode

from analysis.contract import Contract
from analysis.wording.number_format import NumberFormat
from report.charts.context import ChartContext
from report.charts.locale import format_locale
from report.charts.registry import chart, crowded
from report.style.theme import PICTURE_FONT, READER_FONT, configuration

_ESCAPED = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
PLAIN = {str, int, float, bool, type(None)}
"""Types of values that are JSON as they are."""


@dataclass(frozen=True)
class Specified:
    """A chart ready to be drawn, and the JSON of its interactive form."""

    wide: dict[str, Any] | None
    """None where three charts are side by side, which leaves no room for it on most screens."""
    narrow: dict[str, Any]
    locale: dict[str, Any]
    interactive: str


def specified(contract: Contract, formats: NumberFormat, name: str) -> Specified:
    """The chart of that name in both widths. Raises KeyError if `names(contract)` does not contain it."""
    locale = format_locale(formats.locale, formats.currency)
    narrow = specification(ChartContext(contract, formats, narrow=True), name)
    wide = None if name in crowded(contract) else specification(ChartContext(contract, formats), name)
    return Specified(wide, narrow, locale, interactive(wide, narrow, locale))


def specification(context: ChartContext, name: str) -> dict[str, Any]:
    """The chart's Vega-Lite, with its data inside, without `$schema`, set in the pictures' fonts."""
    # Altair's validation and copying cost more than the drawing; the tests validate every chart instead.
    with debug_mode(False), parts_shared():
        spec: dict[str, Any] = chart(context, name).to_dict(validate=False)
    spec.pop("$schema", None)
    spec["config"] = configuration(PICTURE_FONT)
    return spec


def rehearsed() -> None:
    """Altair has looked for its plugins, which it does with the first chart."""
    with debug_mode(False):
        alt.Chart({"values": []}).mark_bar().encode(x="x:Q").to_dict(validate=False)


@contextmanager
def parts_shared() -> Iterator[None]:
    """While it lasts, copies of a chart share encodings, marks and data, which nobody changes once they are made.

    Altair copies every chart nine times, seventy channels at a time, and asks each plain value whether it is a chart.
    Not to do so saves 13 % of the time of the shipped site's build (median of ten pairs with and without).
    """
    kinds: dict[Any, Any] = {alt.FacetedEncoding: _itself, alt.MarkDef: _itself, alt.Chart: _twin}
    whole = schemapi._todict  # noqa: SLF001 (Altair offers no other place)

    def quick(obj: Any, context: dict[str, Any] | None, np_opt: Any, pd_opt: Any) -> Any:  # noqa: ANN401 (Altair's own)
        return obj if type(obj) in PLAIN else whole(obj, context, np_opt, pd_opt)

    for kind, copied in kinds.items():
        kind.__deepcopy__ = copied
    schemapi._todict = quick  # noqa: SLF001
    try:
        yield
    finally:
        schemapi._todict = whole  # noqa: SLF001
        for kind in kinds:
            del kind.__deepcopy__


def _itself(part: object, _memo: object = None) -> object:
    return part


def _twin(chart: alt.Chart, _memo: object = None) -> alt.Chart:
    """A chart of the same parts; to give one of the two another part leaves the other as it is."""
    twin: alt.Chart = object.__new__(type(chart))
    vars(twin).update(vars(chart), _kwds=dict(chart._kwds))  # noqa: SLF001 (Altair's own copy takes the same two)
    return twin


def interactive(wide: Mapping[str, Any] | None, narrow: Mapping[str, Any], locale: Mapping[str, Any]) -> str:
    """The file `charts/<name>.json`; safe inside a script element too, should anybody put it there."""
    config = configuration(READER_FONT)
    drawn = {"wide": wide, "narrow": narrow}
    whole = {width: {**spec, "config": config} for width, spec in drawn.items() if spec is not None}
    return safe_json({**whole, "formatLocale": locale})


def safe_json(value: object) -> str:
    """Compact JSON in which no character can end a script or be read as HTML."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for character, escaped in _ESCAPED.items():
        text = text.replace(character, escaped)
    return text
