"""How figures are written for people: one formatter for the analysis' phrases and the report's pages.

Numbers follow the configured locale through Babel, which carries the CLDR's patterns.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property, lru_cache
from unicodedata import digit

from babel import Locale
from babel.numbers import (
    format_compact_currency,
    format_compact_decimal,
    format_currency,
    format_decimal,
    format_percent,
    get_currency_precision,
)

from analysis.basics.locales import NO_CURRENCY, check_currency, check_locale
from analysis.contract import Feature, FeatureProfile
from analysis.errors import ConfigurationError
from analysis.language import ngettext, words

MINUS = "−"
EXACT = 1e-9
"""Distance from none and from all that is an error of floating point."""
NO_BREAK = "\u00a0"
MOST_PLACES = 6
DIVIDED_BELOW = 20
"""Numbers below this are not rounded to whole ones: readers divide them."""
WITH_CENTS = 100
"""Amounts of a column whose typical figure is below this are told with cents."""
SHORTENED = 10_000
"""Amounts from which a short form is one."""
SHORT_FROM, SHORT_UP_TO = 4, 16
"""Powers of ten that short forms are looked up for: from ten thousand on."""
TIMES_FROM = 1.0
"""Ratio from which a multiple reads better than a per cent: `3 times`, not `200% more`."""
_NO_CURRENCY = re.compile(r"[\s\u200e\u200f]*¤\s*")


def _rounded(value: float, decimals: int) -> Decimal:
    """Halves away from zero, as people round; −0 becomes 0.

    Of fifteen digits: 0.375 that came of a subtraction is 0.37499999999999994, and would be 37% beside 38%.
    """
    step = Decimal(1).scaleb(-decimals)
    return Decimal(f"{float(value):.15g}").quantize(step, ROUND_HALF_UP) + 0


# Charts and pages write the same few figures many times over.
_written, _written_percent, _written_money = (
    lru_cache(maxsize=4096)(way) for way in (format_decimal, format_percent, format_currency)
)


def _compact(amount: Decimal | int, locale: str, currency: str | None, digits: int = 0) -> str:
    """The locale's short form of an amount, or of a plain number where there is no currency."""
    if currency is None:
        return format_compact_decimal(amount, locale=locale, fraction_digits=digits)
    return without_no_currency(format_compact_currency(amount, currency, locale=locale, fraction_digits=digits))


@lru_cache(maxsize=256)
def _short_unit(locale: str, currency: str | None, power: int) -> int | None:
    """The power of ten that the locale's short form counts such amounts in: 3 for `K`, 4 for `万`, 5 for `L`."""
    for each in range(power, 2, -1):
        if sum(sign.isdigit() for sign in _compact(10**each, locale, currency)) == 1:
            return each
    return None


@dataclass(frozen=True)
class ShortForm:
    """How a locale writes large figures in short: from `least` on, in units of `unit`, `1,5` before ` Mio. €`."""

    least: int
    unit: int
    before: str
    after: str


@lru_cache(maxsize=64)
def _short_forms(locale: str, currency: str | None) -> tuple[ShortForm, ...]:
    forms: list[ShortForm] = []
    for power in range(SHORT_FROM, SHORT_UP_TO):
        unit = _short_unit(locale, currency, power)
        if unit is None or (forms and forms[-1].unit == 10**unit):
            continue
        before, after = re.split(r"\d", _compact(10**unit, locale, currency))
        forms.append(ShortForm(10**power, 10**unit, before, after))
    return tuple(forms)


@dataclass(frozen=True)
class NumberFormat:
    """Writes numbers for one locale and one currency; amounts in none (`NO_CURRENCY`) bear no sign.

    Raises ConfigurationError where Babel knows neither.
    """

    locale: str
    currency: str

    def __post_init__(self) -> None:
        for key, check, given in (("locale", check_locale, self.locale), ("currency", check_currency, self.currency)):
            try:
                check(given)
            except ValueError as error:
                raise ConfigurationError(f"site.{key}: {error}.") from None

    @cached_property
    def _places(self) -> dict[int, str]:
        return {places: "#,##0" + ("." + "0" * places if places else "") for places in range(MOST_PLACES + 1)}

    @cached_property
    def _numbers(self) -> dict[int, str]:
        """Patterns by decimals, with the locale's own groups of digits: `12,34,567` in India."""
        standard: str = Locale.parse(self.locale).decimal_formats[None].pattern.split(";")[0].split(".")[0]
        grouped = standard if standard.endswith("#,##0") else "#,##0"
        return {places: grouped.replace("#,##0", pattern) for places, pattern in self._places.items()}

    @property
    def money_unit(self) -> str:
        """The currency, where there is one."""
        return "" if self.currency == NO_CURRENCY else self.currency

    def number(self, value: float, decimals: int = 0) -> str:
        """`1,234.5` with exactly so many decimals."""
        return _written(_rounded(value, decimals), self._numbers[decimals], locale=self.locale).replace("-", MINUS)

    def index(self, value: float) -> str:
        """An index in three digits, which is as many as a public site tells of one: `589`, `1.37`, `0.29`, `0.011`."""
        size = abs(value)
        return self.number(value, 0 if size >= 100 else 1 if size >= 10 else 2 if size >= 0.1 or not size else 3)

    def signed(self, value: float, decimals: int = 0) -> str:
        """`+1.2`, `−1.2`, or `0.0` without a sign."""
        return self._sign(round(value, decimals)) + self.number(abs(value), decimals)

    def percent(self, share: float, decimals: int = 0) -> str:
        """A share of 1 as a per cent, in the locale's own pattern.

        Not all is never written as 100 %, and not none never as 0 %: `>99%`, `<1%`.
        """
        written, step = self._percent(share, decimals), 10.0 ** -(decimals + 2)
        if EXACT < share < 1 - EXACT:
            if written == self._percent(1, decimals):
                return f">{self._percent(1 - step, decimals)}"
            if written == self._percent(0, decimals):
                return f"<{self._percent(step, decimals)}"
        return written

    def _percent(self, share: float, decimals: int) -> str:
        pattern = self._percent_pattern.replace("#,##0", self._places[decimals])
        return _written_percent(_rounded(share, decimals + 2), pattern, locale=self.locale).replace("-", MINUS)

    def money(self, amount: float, decimals: int = 0) -> str:
        """An amount in whole units of the currency, `$12,300`, or with exactly so many decimals."""
        written = _written_money(
            _rounded(amount, decimals), self.currency, locale=self.locale, decimal_quantization=False,
            currency_digits=False, format=self._money_pattern.replace("#,##0", self._places[decimals]),
        )  # fmt: skip
        return without_no_currency(written).replace("-", MINUS)

    def money_each(self, amount: float) -> str:
        """An amount for one customer: `$123`, and `$1.20` where whole units would say too little."""
        return self.money(amount, 2 if 0 < abs(amount) < 10 else 0)

    def money_short(self, amount: float) -> str:
        """An amount of money that fits a card, in two digits or more that count.

        `$87K` in English, `₹2.8L` in India, `87.300 €` where the locale has no short form.
        """
        if abs(amount) < SHORTENED:
            return self.money(amount)
        power = _short_unit(self.locale, self.currency, math.floor(math.log10(abs(amount))))
        if power is None:
            return self.money(amount)
        digits = 1 if power >= 6 or abs(amount) < 10 ** (power + 1) else 0
        rounded = _rounded(amount, digits - power)
        compact = _compact(rounded, self.locale, self.currency, digits)
        # Some locales have no short form for thousands and answer with bare digits; grouped digits read better.
        return self.money(amount) if str(rounded) in compact else compact.replace("-", MINUS)

    def short_forms(self, *, money: bool) -> tuple[ShortForm, ...]:
        """The short forms of amounts or of plain numbers, smallest first; below the first, figures are in full."""
        return _short_forms(self.locale, self.currency if money else None)

    def of(self, feature: Feature, value: float, *, short: bool = False, unit: bool = True) -> str:
        """A value of a column, in the column's own format, scaled and with its unit."""
        scaled = value * feature.scale
        if feature.format == "money":
            return self.money_short(scaled) if short and abs(scaled) >= SHORTENED else self._plain(feature, scaled)
        if feature.format == "percent":
            return self.percent(scaled, feature.decimals or 0)
        return self._plain(feature, scaled, unit=unit)

    def exactly(self, feature: Feature, value: float, *, short: bool = False, unit: bool = True) -> str:
        """A figure that the reader is to compare with, such as the bound of a rule, with all decimals that it has."""
        places = _places(value * feature.scale)
        if feature.format == "percent":
            places = max(0, places - 2)
        elif feature.format == "money":
            places = self._cents if places else 0
        return self.of(feature.model_copy(update={"decimals": places}), value, short=short, unit=unit)

    def ends(
        self, feature: Feature, interval: tuple[float, float], *, short: bool = False, unit: bool = True
    ) -> tuple[str, str]:
        """Both ends of an interval of a column, with as many decimals: `5.3` and `7.0`."""
        if feature.format != "percent":
            decimals = max(self._decimals(feature, end * feature.scale) for end in interval)
            feature = feature.model_copy(update={"decimals": decimals})
        lower, upper = (self.of(feature, end, short=short, unit=unit) for end in interval)
        return lower, upper

    def everybody(self, feature: Feature, figure: FeatureProfile, *, unit: bool = True) -> str:
        """The figure that a segment's is held against, the same as tables tell."""
        usual = figure.typical - figure.difference if feature.usual is None else feature.usual
        return self.of(feature, usual, unit=unit)

    def middle(self, feature: Feature, value: float) -> str:
        """A median or a quartile of a column: of an ordinal one the word of its level, `Bachelor` and not `5 of 6`."""
        if not feature.levels:
            return self.of(feature, value)
        return feature.levels[min(max(round(value), 1), len(feature.levels)) - 1]

    def difference(self, feature: Feature, difference: float, ratio: float | None) -> str:
        """How far from everybody, without a sign: `43%`, or `3 years` where the column compares by difference.

        Shares of yes differ by per cent points, and ordinal columns by levels. Nearly nothing is not 100 % less.
        """
        if feature.compare == "ratio" and ratio is not None and not self.in_figures(feature, ratio):
            return self._percent(abs(ratio), 0)
        if feature.measure == "boolean" or feature.format == "percent":
            decimals = feature.decimals or 0
            points = abs(self._as_written(feature, difference, decimals + 2)) * 100
            return _with_unit(self.number(points, decimals), "points", points if decimals == 0 else None)
        if feature.measure == "ordinal":
            feature = feature.model_copy(update={"unit": "levels"})
        figures = [((feature.usual or 0.0) + each) * feature.scale for each in (difference, 0.0)]
        decimals = max(self._decimals(feature, figure) for figure in figures)
        return self._plain(feature, abs(self._as_written(feature, difference, decimals)), decimals)

    def times(self, feature: Feature, ratio: float | None) -> str | None:
        """How many times everybody's figure, `2`, `3.4`, `15`; None where a per cent reads better."""
        if feature.compare != "ratio" or ratio is None or ratio < TIMES_FROM:
            return None
        multiple = 1 + ratio
        whole = multiple >= 10 or round(multiple, 1) == round(multiple)
        return self.number(multiple, 0 if whole else 1)

    @staticmethod
    def _as_written(feature: Feature, difference: float, decimals: int) -> float:
        """The difference between the two figures as they are written, so that readers who subtract find the same."""
        if feature.usual is None:
            return difference * feature.scale
        own, everybody = ((feature.usual + each) * feature.scale for each in (difference, 0.0))
        return float(_rounded(own, decimals) - _rounded(everybody, decimals))

    def in_figures(self, feature: Feature, ratio: float | None) -> bool:
        """Whether a difference that should be a per cent is none that can be told as such."""
        return feature.compare == "ratio" and (ratio is None or self._percent(-ratio, 0) == self._percent(1, 0))

    def alike(self, feature: Feature, own: float, ratio: float | None) -> bool:
        """Whether a segment's typical figure and everybody's are the same as they, or their difference, are written."""
        if feature.usual is None:
            return False
        same = self.of(feature, own) == self.of(feature, feature.usual)
        return same or is_nought(self.difference(feature, own - feature.usual, ratio))

    def signed_difference(self, feature: Feature, difference: float, ratio: float | None) -> str:
        """How far from everybody, with its sign, `+43%`, or as a multiple, `3.4×`; no sign where it is nought.

        Two figures that are written the same do not differ.
        """
        if times := self.times(feature, ratio):
            return f"{times}×"
        if feature.usual is not None and self.alike(feature, feature.usual + difference, ratio):
            difference, ratio = 0.0, None if ratio is None else 0.0
        written = self.difference(feature, difference, ratio)
        return written if is_nought(written) else self._sign(difference) + written

    @cached_property
    def _percent_pattern(self) -> str:
        standard: str = Locale.parse(self.locale).percent_formats[None].pattern.split(";")[0]
        return standard

    @cached_property
    def _money_pattern(self) -> str:
        standard: str = Locale.parse(self.locale).currency_formats["standard"].pattern.split(";")[0]
        return standard.replace("#,##0.00", "#,##0")

    def _plain(self, feature: Feature, scaled: float, decimals: int | None = None, *, unit: bool = True) -> str:
        """A scaled amount or number of a column, in full."""
        decimals = self._decimals(feature, scaled) if decimals is None else decimals
        if feature.format == "money":
            return self.money(scaled, decimals)
        text = self.number(scaled, decimals)
        return _with_unit(text, feature.unit, scaled if decimals == 0 else None) if unit and feature.unit else text

    @cached_property
    def _cents(self) -> int:
        return min(2, get_currency_precision(self.currency))

    def _decimals(self, feature: Feature, value: float) -> int:
        """Two digits that count, and a tenth of what customers differ by: `3.7` beside `10.8`, `0.093` beside `0.103`.

        Of figures that were rounded for a public site no more than they have.
        """
        if feature.decimals is not None:
            return feature.decimals
        if feature.format == "money":
            return self._cents if _has_cents(feature, value) else 0
        if value == int(value) or feature.role == "age":
            return 0  # three visits are not 3.00
        if feature.format == "integer":
            half = value * 2 == int(value * 2)  # a median of whole numbers
            return 0 if abs(value) >= (DIVIDED_BELOW if half else 10) else 1 if abs(value) >= 1 else 2
        own = 0 if abs(value) >= DIVIDED_BELOW else 1 if abs(value) >= 1 else 2  # a mean of few is no whole number
        spread = (feature.standard_deviation or 0.0) * feature.scale
        if spread <= 0:
            return 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
        places = min(MOST_PLACES, max(own, math.ceil(1 - math.log10(spread))))
        return min(places, _places(value)) if feature.rounded_to else places

    @staticmethod
    def _sign(value: float) -> str:
        return "+" if value > 0 else MINUS if value < 0 else ""


def _with_unit(text: str, unit: str, whole: float | None) -> str:
    """`12 years`, `1 year`, `1.0 years`; `whole`: the number, where it is told without decimals."""
    number = 2 if whole is None else int(_rounded(abs(whole), 0))
    return f"{text}{NO_BREAK}{_units(number).get(unit) or words.unit(unit)}"


def _units(number: int) -> dict[str, str]:
    """The units that are counted, for so many of them."""
    return {
        "days": ngettext("day", "days", number),
        "hours": ngettext("hour", "hours", number),
        "levels": ngettext("level", "levels", number),
        "minutes": ngettext("minute", "minutes", number),
        "months": ngettext("month", "months", number),
        "points": ngettext("point", "points", number),
        "weeks": ngettext("week", "weeks", number),
        "years": ngettext("year", "years", number),
    }


def _has_cents(feature: Feature, amount: float) -> bool:
    """All small amounts of a column alike, but those that were rounded to whole ones for a public site."""
    usual = amount if feature.usual is None else feature.usual * feature.scale
    whole = amount == int(amount) and (feature.rounded_to or not usual)
    return abs(usual) < WITH_CENTS and abs(amount) < 10 * WITH_CENTS and not whole


def _places(value: float) -> int:
    """Decimals that a figure has, as far as any are written."""
    return len(f"{value:.{MOST_PLACES}f}".rstrip("0").partition(".")[2])


def without_no_currency(written: str) -> str:
    """The text without Unicode's sign for a currency without one, which CLDR writes for `NO_CURRENCY`."""
    return _NO_CURRENCY.sub("", written)


def is_nought(written: str) -> bool:
    """Whether a written figure has no digit but 0: `0%`, `0.0 levels`."""
    return not any(digit(sign, 0) for sign in written)
