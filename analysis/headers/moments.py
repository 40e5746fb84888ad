"""Whether a header speaks of a point in time, such as `Last order` or `created_at`, or of a part of the calendar."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from analysis.headers.vocabulary import SINCE, is_birth, time_unit, words_of

# Ends of a word that name a date in one language or another: orderdate, Kaufdatum.
DATED = (
    "date", "dates", "datetime", "datum", "zeitpunkt", "zeitstempel", "timestamp", "tijdstip", "fecha", "paivamaara",
    "tarih", "tarihi", "дата", "日付", "日期", "日時", "날짜",
)  # fmt: skip
FOREIGN = ("datum", "zeitpunkt", "zeitstempel", "tijdstip", "fecha", "tarih", "tarihi", "дата", "dato")
"""Those of languages that write the day first."""
FOREIGN_EVENTS = (
    "kauf", "bestell", "rechnung", "geburt", "achat", "commande", "naissance", "compra", "pedido", "nascimento",
    "nascita", "acquist", "ordin", "aankoop", "geboorte",
)  # fmt: skip
UNDATED = ("candidate", "mandate", "consolidate", "validate", "mandat", "update")
TIMES = frozenset({"date", "dt", "ts", "time", "uhrzeit", "dato", "horodatage", "birthday", "geburtstag", "updated"})
ITALIAN = frozenset(
    {
        "di", "do", "da", "de", "del", "della", "dell", "ordine", "acquisto", "ultimo", "ultima", "compra", "pedido",
        "cadastro", "registrazione", "iscrizione", "nascita", "nascimento", "zakupu", "zamowienia", "urodzenia",
        "rejestracji",
    }
)  # fmt: skip
"""What follows `data` where it means the date, as in Italian, Portuguese and Polish."""
LAST = frozenset(
    {
        "last", "first", "latest", "recent", "letzte", "letzter", "letztes", "erste", "erster", "erstes", "dernier",
        "derniere", "premier", "premiere", "ultimo", "ultima", "primer", "primera", "primo", "prima", "primeira",
        "laatste", "eerste",
    }
)  # fmt: skip
EVENTS = (
    "purchas", "order", "visit", "login", "logon", "seen", "activ", "contact", "transaction", "payment", "click",
    "open", "session", "kauf", "bestell", "besuch", "anmeld", "zahlung", "achat", "command", "visite", "connexion",
    "compra", "pedido", "visita", "acquist", "ordin", "aankoop", "bezoek", "invoice", "rechnung", "engag", "sale",
)  # fmt: skip
"""How the words begin that name what happened, beside `last` or `first`."""
BEGUN = (
    "signup", "signedup", "joined", "join", "registered", "registration", "enrolled", "enrolment", "enrollment",
    "created", "creation", "subscribed", "activated", "onboarded", "expires", "expiry", "expiration", "cancelled",
    "canceled", "churned", "closed", "opened", "renewed", "renewal", "beitritt", "registriert", "registrierung",
    "anmeldung", "erstellt", "angelegt", "eintritt", "austritt", "kundigung", "inscription", "inscrit", "creation",
    "registro", "alta", "inscripcion", "iscrizione", "registrazione", "cadastro",
)  # fmt: skip
"""Words that alone name the moment at which something began or ended."""
MEASURED = frozenset(
    {
        "amount", "value", "total", "count", "number", "no", "nr", "num", "price", "revenue", "status", "channel",
        "source", "id", "code", "score", "rate", "days", "day", "weeks", "months", "month", "years", "year", "age",
        "qty", "quantity", "cost", "fee", "discount", "sum", "avg", "average", "mean", "betrag", "wert", "summe",
        "anzahl", "preis", "umsatz", "montant", "valeur", "nombre", "prix", "importe", "valor", "precio", "importo",
        "valore", "prezzo", "bedrag", "aantal", "points", "flag", "orders", "purchases", "visits", "sales", "logins",
        "sessions", "income", "balance", "hour", "hours", "minutes", "seconds", "duration", "spend", "spent", "tage",
        "ltv", "zahl", "gap", "interval", "size", "basket", "items", "bounce", "usage", "times", "offset",
    }
)  # fmt: skip
"""Words that make anything else a figure: `last order value`."""


class CalendarPart(NamedTuple):
    """A part of the calendar: what it is, and the numbers it goes by."""

    what: str
    low: int
    high: int


DAY, MONTH, WEEKDAY = (
    CalendarPart("day of the month", 1, 31),
    CalendarPart("month", 1, 12),
    CalendarPart("day of the week", 0, 7),
)
QUARTER, WEEK, HOUR = (
    CalendarPart("quarter", 1, 4),
    CalendarPart("week of the year", 0, 53),
    CalendarPart("hour of the day", 0, 24),
)
YEAR = CalendarPart("year", 1900, 2100)
CALENDAR: dict[str, CalendarPart] = {
    **dict.fromkeys(("day", "tag", "jour", "dia", "giorno", "dag", "dom"), DAY),
    **dict.fromkeys(("month", "monat", "mois", "mes", "mese", "maand", "miesiac"), MONTH),
    **dict.fromkeys(("weekday", "wochentag", "dow", "dayofweek", "weekdag", "semaine"), WEEKDAY),
    **dict.fromkeys(("quarter", "quartal", "trimestre", "kwartaal", "qtr"), QUARTER),
    **dict.fromkeys(("week", "woche", "kw", "semana", "settimana", "weeknumber"), WEEK),
    **dict.fromkeys(("hour", "stunde", "heure", "hora", "ora", "uur"), HOUR),
    **dict.fromkeys(("year", "jahr", "annee", "ano", "anno", "jaar", "yr"), YEAR),
}
BESIDE = frozenset(
    {
        "of", "the", "in", "de", "du", "des", "la", "le", "del", "di", "der", "number", "no", "num", "nr",
        "customer", "user", "client", "peak", "best", "favourite", "favorite", "preferred", "top", "fiscal", "calendar",
        "birth", "start", "end", "at", "due", "billing", "event", "reference", "observation", "campaign", "join",
    }
)  # fmt: skip
"""Words that may stand beside a part of the calendar; beside any other it may be a span of time, or `per month`."""
WEEKDAYS = ("of week", "of the week", "der woche", "de la semaine", "de la semana", "della settimana")


def is_moment(header: str) -> bool:
    """Whether numbers under a header could be dates by its words; a duration or an amount is none."""
    words = words_of(header)
    if is_birth(header):
        return not _measured(words, but=frozenset({"day", "year"}))
    if time_unit(header) or _measured(words):
        return False
    dated = any((word.endswith(DATED) and word not in UNDATED) or word in TIMES for word in words)
    if dated or (len(words) > 1 and words[-1] in {"at", "on"}):
        return True
    if words[:1] == ["data"] and (len(words) == 1 or ITALIAN.intersection(words[1:])):
        return True
    return _happened(words)


def is_of_another_language(header: str) -> bool:
    """Whether a header of dates is in a language that writes the day first, as any but English does."""
    words = words_of(header)
    if words[:1] == ["data"] and (len(words) == 1 or ITALIAN.intersection(words[1:])):
        return True
    return any(word.endswith(FOREIGN) or word.startswith(FOREIGN_EVENTS) for word in words)


def _happened(words: list[str]) -> bool:
    """Whether words name what happened at some moment: `last order`, `sign up`, `customer since`."""
    if LAST.intersection(words) and (len(words) == 1 or any(word.startswith(EVENTS) for word in words)):
        return True
    joined = {*words, *(one + other for one, other in pairwise(words))}
    return bool(joined.intersection(BEGUN)) or bool(set(SINCE).intersection(words))


def _measured(words: list[str], but: frozenset[str] = frozenset()) -> bool:
    return bool((MEASURED - but).intersection(words))


def calendar_part(header: str) -> CalendarPart | None:
    """The part of the calendar that a header names: `month`, `contact_day`; None for a span of time."""
    words = words_of(header)
    named = [CALENDAR[word] for word in words if word in CALENDAR]
    others = [word for word in words if word not in CALENDAR and word not in BESIDE and not word.isdigit()]
    if not named or not all(word in LAST or word in BEGUN or word.startswith(EVENTS) for word in others):
        return None
    if any(word in {"orders", "purchases", "visits", "logins", "sessions", "transactions", "sales"} for word in words):
        return None
    text = " ".join(words)
    if DAY in named and (WEEK in named or any(phrase in text for phrase in WEEKDAYS)):
        return WEEKDAY
    if DAY in named and YEAR in named:
        return CalendarPart("day of the year", 0, 366)
    return named[0]
