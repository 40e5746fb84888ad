"""Words beside `sales`, `revenue` or `spend` that make something else of a header than money that was spent."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

NAMED = frozenset(
    {
        "agent", "agents", "area", "rep", "reps", "representative", "ledger", "person", "people", "manager", "advisor",
        "executive", "assistant", "office", "org", "organisation", "organization", "district", "territory", "region",
        "team", "unit", "units", "channel", "stage", "code", "id", "nr", "no", "flag", "status", "type", "method",
        "employee", "employees", "staff", "owner", "department", "country", "route", "vertreter", "gebiet", "kanal",
        "bezirk", "zone", "contact", "contacts", "lead", "leads", "cycle", "funnel", "pitch", "training",
    }
)  # fmt: skip
"""Whoever sells, where, and what they are numbered by."""
COUNTED = frozenset(
    {
        "calls", "call", "visits", "visit", "meetings", "meeting", "emails", "mails", "count", "counts", "qty",
        "quantity", "pieces", "number", "anrufe", "besuche", "stuck", "stueck", "menge",
    }
)  # fmt: skip
NUMBERS = frozenset({"number", "anzahl", "nombre", "cantidad", "numero", "aantal", "liczba"})
COMPARED = frozenset(
    {
        "growth", "change", "trend", "delta", "rank", "ranking", "decile", "quartile", "quintile", "percentile",
        "share", "ratio", "percent", "pct", "percentage", "rate", "index", "%", "wachstum", "veranderung",
        "veraenderung", "anteil", "rang", "quote", "dezil", "quartil", "croissance", "evolution",
        "crecimiento", "cuota", "crescita", "quota", "groei", "aandeel", "wzrost", "udzial", "cagr", "yoy", "mom",
        "momentum", "velocity", "zscore",
    }
)  # fmt: skip
"""Of two figures, or of customers among each other."""
BANDS = frozenset(
    {
        "group", "class", "tier", "band", "bracket", "category", "cat", "segment", "level", "bucket", "range", "bin",
        "klasse", "gruppe", "stufe", "kategorie", "classe", "tranche", "groupe", "grupo", "clase", "tramo", "nivel",
        "gruppo", "fascia", "livello", "groep", "grupa", "klasa", "cluster", "label", "grade",
    }
)  # fmt: skip
SOLD = frozenset({"sales", "sale", "revenue", "turnover", "spend", "spending", "amount", "umsatz"})
SPAN = frozenset(
    {"year", "years", "month", "months", "week", "quarter", "date", "day", "days", "jahr", "monat", "datum"}
)
"""The last word of a header that says when, not how much: `Sales year`."""
WHICH = frozenset(
    {
        "this", "current", "last", "per", "previous", "prior", "a", "each", "every", "past", "to", "ytd", "lfd", "pro",
        "im", "first", "recent", "full", "whole", "one", "laufendes", "laufenden", "letztes", "letzten", "akt",
        "aktuelles", "aktuellen", "dieses", "voriges", "vergangenes", "ganzes", "cur", "curr", "prev",
    }
)  # fmt: skip
"""Words beside a span that make money of it: `Sales this year`."""
BAND_ENDS = ("klasse", "gruppe", "stufe", "kategorie", "segment")
ENDS = (
    "rang", "ziel", "wachstum", "veranderung", "veraenderung", "anteil", "quote",
    "dezil", "quartil", "index", "trend", "code", "kennzeichen", "gebiet", "bereich", "vertreter", "steuer",
)  # fmt: skip
"""Ends of German compounds: `Umsatzklasse`."""
SINGULAR = frozenset(
    {"money", "sale", "sales", "purchase", "purchases", "spending", "revenue", "transaction", "transactions", "order",
     "the", "all", "last", "first", "invoice", "cash", "spend", "payment", "payments", "invoices", "goods"}
)  # fmt: skip
"""Words behind `amount of` that are worth money; anything else is counted."""


def takes_away(words: Sequence[str], header: str) -> bool:
    """Whether a header's words make no income, no spending and no sales of it: `Sales rep`, `Revenue growth %`."""
    known = set(words)
    beside = {other for one, other in pairwise(words) if one in SOLD} | set(words[-1:])
    if beside & (NAMED | COUNTED) or known & (COMPARED | NUMBERS) or "%" in header:
        return True
    if "turnover" in known and known & {"employee", "employees", "staff"}:
        return True
    when = words[-1:] and words[-1] in SPAN and len(words) > 1 and not known & WHICH
    compound = any(word.endswith(ENDS) for word in words)
    return bool(when) or compound or _counts(words)


def takes_spending_away(words: Sequence[str]) -> bool:
    """Whether a header names groups by what was spent: `spend_tier`; a band of income still tells of income."""
    return not BANDS.isdisjoint(words) or any(word.endswith(BAND_ENDS) for word in words)


def _counts(words: Sequence[str]) -> bool:
    """Whether `amount of` stands before something that is counted: `Amount of children`."""
    place = next((place for place, pair in enumerate(pairwise(words)) if pair == ("amount", "of")), None)
    return place is not None and place + 2 < len(words) and words[place + 2] not in SINGULAR
