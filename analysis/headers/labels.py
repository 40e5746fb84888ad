"""From a header to what people read: `Annual Income (k$)` → “Annual income”, money, in thousands of dollars."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from analysis.basics.letters import capital
from analysis.headers.headers import BRACKETED, unit_at_end
from analysis.headers.label_words import QUARTER, in_words, parted
from analysis.headers.vocabulary import words_of

SYMBOLS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR"}
CURRENCIES = {
    "euro": "EUR", "euros": "EUR", "dollar": "USD", "dollars": "USD", "us dollars": "USD", "us$": "USD",
    "pound": "GBP", "pounds": "GBP", "yen": "JPY", "rupees": "INR", "rs": "INR", "francs": "CHF", "zł": "PLN",
}  # fmt: skip
WORDS = {"ALL", "TOP", "PEN", "TRY", "MAD", "COP", "GEL", "SOS", "BAM", "LAK"}
"""Codes of currencies that are words as well, and more likely those."""
SCALES = {
    "": 1.0, "k": 1e3, "t": 1e3, "tsd": 1e3, "thousand": 1e3, "thousands": 1e3, "m": 1e6, "mio": 1e6, "mn": 1e6,
    "million": 1e6, "millions": 1e6,
}  # fmt: skip
TIMES = {
    "years": {"year", "years", "yr", "yrs", "y", "jahre", "jahren", "ans", "anos", "años", "anni"},
    "months": {"month", "months", "mo", "mths", "monate", "monaten", "mois", "meses", "mesi"},
    "weeks": {"week", "weeks", "wk", "wks", "wochen", "semaines", "semanas", "settimane"},
    "days": {"day", "days", "d", "tage", "tagen", "jours", "días", "dias", "giorni"},
    "hours": {"hour", "hours", "h", "hr", "hrs", "std", "stunden", "heures", "horas", "ore"},
    "min": {"min", "mins", "minute", "minutes", "minuten", "minutos", "minuti"},
    "s": {"s", "sec", "secs", "second", "seconds", "sek", "sekunden", "secondes", "segundos", "secondi"},
}
MEASURES = frozenset(
    {
        "km", "m", "cm", "mm", "mi", "mile", "miles", "ft", "feet", "in", "inch", "inches", "yd", "nm", "kg", "g", "mg",
        "t", "lb", "lbs", "oz", "l", "ml", "cl", "hl", "gal", "m2", "m²", "qm", "sqm", "sq m", "sqft", "sq ft", "ft2",
        "ft²", "m3", "m³", "ha", "km²", "km2", "°c", "°f", "°", "k", "kwh", "wh", "mwh", "kw", "w", "v", "a", "hz",
        "mhz", "ghz", "kb", "mb", "gb", "tb", "mbps", "gbit", "km/h", "kmh", "mph", "m/s", "bpm", "kcal", "cal", "kj",
        "ms", "µs", "ppm", "db", "bar", "pa", "kpa", "mmhg", "kg/m²", "kg/m2", "mg/dl", "mmol/l", "pts", "points",
        "punkte", "stars", "sterne", "pcs", "pieces", "units", "stk", "stück", "items", "sessions", "visits", "orders",
        "clicks", "views", "persons", "people", "nights", "nächte", "miles/h", "l/100km", "‰", "bps", "pp",
    }
)  # fmt: skip
"""Units that are none of money, time or share; a bracket with anything else belongs to the name."""
_LENGTHS = (
    "dist", "length", "height", "width", "depth", "altitude", "elevation", "radius", "lange", "laenge", "hohe", "hoehe",
    "breite", "tiefe", "strecke", "entfern", "longueur", "hauteur", "largeur", "altura", "largo", "ancho", "lunghezza",
    "altezza", "walk", "run",
)  # fmt: skip
_WEIGHTS = ("weight", "mass", "gewicht", "poids", "peso", "tonnage", "fat", "sugar", "protein", "load", "menge", "waga")
_TIMES = (
    "time", "dur", "dauer", "zeit", "delay", "latency", "age", "tenure", "usage", "session", "wait", "length", "exper",
    "recency", "call", "watch", "tiempo", "tempo", "alter", "online", "since", "response", "temps", "laufzeit", "play",
    "listen", "work", "sleep", "seit", "frist", "term", "visit", "stay", "czas", "tijd",
)  # fmt: skip
_VOLUMES = ("vol", "consum", "capacity", "verbrauch", "fuel", "tank", "water", "wasser", "liter", "litre", "inhalt")
LETTERS: dict[str, tuple[str, ...]] = {
    "m": _LENGTHS, "g": _WEIGHTS, "t": _WEIGHTS, "l": _VOLUMES, "s": _TIMES, "h": _TIMES, "d": _TIMES, "y": _TIMES,
    "w": ("power", "leistung", "puissance", "potencia", "potenza", "watt"), "v": ("volt", "spannung", "tension"),
    "a": ("current", "amp", "strom", "courant"), "k": ("temp",),
}  # fmt: skip
"""Units of one letter, and how words begin of what is measured in them."""
LONGEST = 60
"""Characters of a label; a question of a survey is often longer."""
# Nouns of a language that writes them with a capital.
CAPITAL_NOUNS = re.compile(
    r"(?i)einkommen|ausgabe|umsatz|gehalt|lohn|kauf|bestell|alter|punkte|kunde|anzahl|betrag|konto|guthaben|kredit|"
    r"vertrag|beitrag|besuch|menge|preis|rabatt"
)


@dataclass(frozen=True)
class Unit:
    """What a header says of its figures."""

    format: Literal["number", "money", "percent"] = "number"
    scale: float = 1.0
    unit: str | None = None
    currency: str | None = None
    bounds: tuple[float, float] | None = None
    """The ends of the scale of a score: `(1-100)`."""


def label_of(header: str) -> str:
    """A header as a label: words parted, its unit left out, written like a sentence.

    What stands in brackets and is no unit belongs to the name: `Spend (30 days)`, `orders[0].total`.
    """
    own, unit = _parted(header)
    if unit is None and re.search(r"\w\[", header):
        return shortened(header)
    words = re.sub(r"\s+in$", "", own.strip(" _"), flags=re.IGNORECASE)
    words = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=\w)[_.](?=\w)|_", " ", parted(words))
    parts = words.split() or [header]
    shouting = all(word.isupper() for word in parts) and any(len(word) > 3 for word in parts)
    if shouting:
        parts = [word.lower() for word in parts]
    foreign = any(not word.isascii() or CAPITAL_NOUNS.search(word) for word in parts)
    if not foreign:
        parts = in_words([_small(word) if len(parts) > 1 else word for word in parts])
        parts = [_small(word) for word in parts]
    return shortened(capital(" ".join(parts)))


def _small(word: str) -> str:
    """A word in small letters; a letter that names something, `(A)`, and a quarter stay."""
    named = len(word.strip("()[]")) == 1 or QUARTER.fullmatch(word.casefold())
    return word.lower() if word.istitle() and not named else word


def shortened(label: str) -> str:
    """A label that a chart has room for; what is longer ends in dots, at a word where there is one."""
    if len(label) <= LONGEST:
        return label
    cut = label[: LONGEST - 1]
    return (cut.rpartition(" ")[0] if " " in cut[LONGEST // 2 :] else cut).rstrip(" ,.;:-") + "…"


def unit_in(header: str) -> Unit:
    """The unit that a header states in brackets or as its last word."""
    return _parted(header)[1] or Unit()


def _parted(header: str) -> tuple[str, Unit | None]:
    """A header's name and its unit; None where neither its brackets nor its last word is one."""
    for bracketed in BRACKETED.finditer(header):
        written = bracketed[0][1:-1].strip()
        if (unit := _unit(written)) and _fits(written, header[: bracketed.start()]):
            return header[: bracketed.start()] + " " + header[bracketed.end() :], unit
    words = unit_at_end(header)
    unit = _unit(words[1]) if words else None
    return (header[: words.start()], unit) if words and unit else (header, None)


def _fits(written: str, name: str) -> bool:
    """Whether a unit of one letter is of what the header names: `Distance (m)`; in `Size (M)` it names a size."""
    if len(written) > 1 or not written.isalpha():
        return True
    quantities = LETTERS.get(written.casefold(), ())
    return any(word.startswith(quantity) for word in words_of(name) for quantity in quantities)


def _unit(written: str) -> Unit | None:
    """What a unit says of figures; None where it is none."""
    said = written.casefold().removeprefix("in ").strip(" .")
    if said in {"%", "percent", "per cent", "pct", "prozent", "pourcent", "por ciento", "percentage"}:
        return Unit(format="percent")
    if money := _money(written.removeprefix("in ").strip(" .")):
        return money
    for unit, words in TIMES.items():
        if said in words:
            return Unit(unit=unit)
    if ends := re.fullmatch(r"([01])\s*(?:-|–|—|to|bis|à|a)\s*(\d+)", said):
        return Unit(unit=f"of {ends[2]}", bounds=(float(ends[1]), float(ends[2])))
    return Unit(unit=written) if said in MEASURES else None


def _money(written: str) -> Unit | None:
    """An amount of money in a known currency, maybe in thousands: `k$`, `T€`, `in kUSD`, `million EUR`."""
    said = written.casefold()
    for sign, currency in (*SYMBOLS.items(), *CURRENCIES.items(), *_codes(written).items()):
        if sign in said:
            scale = SCALES.get(said.replace(sign, "", 1).strip(" .'"))
            if scale:
                return Unit(format="money", scale=scale, currency=currency)
    return None


def _codes(written: str) -> dict[str, str]:
    """The code at the beginning or the end of a unit, if a currency has it."""
    from babel.numbers import is_currency  # noqa: PLC0415 (not needed for a header without a unit)

    ends = {written[:3], written[-3:]} if 3 <= len(written) <= 14 else set()
    codes = {end.casefold(): end.upper() for end in sorted(ends) if end.upper() not in WORDS}
    return {code: known for code, known in codes.items() if is_currency(known)}
