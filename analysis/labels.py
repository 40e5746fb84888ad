"""From a header to what people read: `Annual Income (k$)` → “Annual income”, money, in thousands of dollars."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from analysis.headers import unit_of

SYMBOLS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR"}
CODES = ("usd", "eur", "gbp", "chf", "jpy", "inr", "cad", "aud", "sek", "nok", "dkk", "pln")
SCALES = {"": 1.0, "k": 1e3, "t": 1e3, "tsd": 1e3, "m": 1e6, "mio": 1e6, "mn": 1e6}
TIMES = {
    "years": {"year", "years", "yr", "yrs", "y", "jahre", "ans", "anos", "años", "anni"},
    "months": {"month", "months", "monate", "mois"},
    "days": {"day", "days", "tage", "jours", "días", "dias", "giorni"},
}
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
    """A header as a label: words parted, its unit left out, written like a sentence."""
    words = re.sub(r"\s+in$", "", unit_of(header)[0].strip(" _"), flags=re.IGNORECASE)
    words = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=\w)[_.](?=\w)|_", " ", words)
    parted = words.split() or [header]
    shouting = all(word.isupper() for word in parted) and any(len(word) > 3 for word in parted)
    if shouting:
        parted = [word.lower() for word in parted]
    elif all(word.isascii() and not CAPITAL_NOUNS.search(word) for word in parted):
        parted = [word.lower() if word.istitle() else word for word in parted]
    return shortened(parted[0][:1].upper() + " ".join(parted)[1:])


def shortened(label: str) -> str:
    """A label that a chart has room for; what is longer ends in dots, at a word where there is one."""
    if len(label) <= LONGEST:
        return label
    cut = label[: LONGEST - 1]
    return (cut.rpartition(" ")[0] if " " in cut[LONGEST // 2 :] else cut).rstrip(" ,.;:-") + "…"


def unit_in(header: str) -> Unit:
    """The unit that a header states in brackets or as its last word."""
    said = unit_of(header)[1].casefold().removeprefix("in ").strip()
    if not said:
        return Unit()
    if said in {"%", "percent", "per cent", "pct", "prozent"}:
        return Unit(format="percent")
    if money := _money(said):
        return money
    for unit, words in TIMES.items():
        if said in words:
            return Unit(unit=unit)
    if ends := re.fullmatch(r"([01])\s*(?:-|–|to|bis)\s*(\d+)", said):
        return Unit(unit=f"of {ends[2]}", bounds=(float(ends[1]), float(ends[2])))
    named = len(said) <= 12 and any(character.isalpha() for character in said)
    return Unit(unit=unit_of(header)[1]) if named else Unit()


def _money(said: str) -> Unit | None:
    for sign, currency in (*SYMBOLS.items(), *((code, code.upper()) for code in CODES)):
        if sign in said:
            scale = SCALES.get(said.replace(sign, "").strip(" .'"))
            return Unit(format="money", scale=scale, currency=currency) if scale else None
    return None
