"""The site's locale in d3's terms, for the figures that Vega writes itself: those on axes."""

from __future__ import annotations

from typing import Any

from babel import Locale
from babel.numbers import get_currency_symbol

from analysis.wording.number_format import without_no_currency

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


def _affix(part: str, symbol: str) -> str:
    return part.replace("¤", symbol).replace("\u200f", "").replace("\u200e", "")
