"""The site's locale in d3's and Vega's terms, for the figures that Vega writes itself: those on axes."""

from __future__ import annotations

import json
from typing import Any

from babel import Locale
from babel.numbers import get_currency_symbol

from analysis.contract import Feature
from analysis.wording.number_format import NumberFormat, without_no_currency
from report.style.scales import SHORT, SHORT_MONEY, Span, axis_format

MINUS = "−"


def format_locale(locale: str, currency: str) -> dict[str, Any]:
    """A d3-format locale made of Babel's CLDR data; d3 ships a few dozen locales, CLDR knows them all."""
    known = Locale.parse(locale)
    symbols = known.number_symbols.get("latn", known.number_symbols)
    money = known.currency_formats["standard"]
    symbol = get_currency_symbol(currency, locale=known)
    before, after = (_affix(part, symbol) for part in (money.prefix[0], money.suffix[0]))
    primary, secondary = money.grouping
    percent = known.percent_formats[None].suffix[0]
    return {
        "decimal": str(symbols["decimal"]),
        "thousands": str(symbols["group"]),
        "grouping": [primary] + [secondary] * 4 if primary < 100 else [],
        "currency": [without_no_currency(before), without_no_currency(after)],
        "percent": percent or "%",
        "minus": MINUS,
    }


def axis_figures(feature: Feature, spanned: Span, formats: NumberFormat) -> dict[str, Any]:
    """The options of a column's axis that decide how its figures are written."""
    chosen = axis_format(feature, spanned)
    short = {SHORT: False, SHORT_MONEY: True}
    return {"labelExpr": short_label(formats, money=short[chosen])} if chosen in short else {"format": chosen}


def short_label(formats: NumberFormat, *, money: bool) -> str:
    """A Vega expression that writes a tick as `NumberFormat` writes short amounts: `$1.5M`, `1,5 Mio. €`.

    d3's own short form has English or Greek letters in every locale, before the currency's sign.
    """
    written = f"format(datum.value, '{'$' if money else ''},.0f')"
    for form in formats.short_forms(money=money):
        # Several digits are not grouped, as in the CLDR's short forms.
        figure = f"format(abs(datum.value) / {form.unit}, '.3~f')"
        sign = f"(datum.value < 0 ? '{MINUS}' : '')"
        parts = " + ".join((sign, json.dumps(form.before), figure, json.dumps(form.after)))
        written = f"abs(datum.value) >= {form.least} ? {parts} : {written}"
    return written


def _affix(part: str, symbol: str) -> str:
    return part.replace("¤", symbol).replace("\u200f", "").replace("\u200e", "")
