"""What customer tables call things, in several languages: words of a header → the role it speaks of."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from analysis.configuration.column import Role
from analysis.headers.not_money import takes_away, takes_spending_away

PHRASE, STEM, WORD = 3, 2, 1
MONEY: tuple[Role, ...] = ("income", "spending", "monetary")

# Strongest first: a phrase anywhere in the header, the beginning or part of a word, a whole word.
PHRASES: Mapping[Role, tuple[str, ...]] = {
    "recency": (
        "days since", "months since", "weeks since", "last purchase", "last order", "last visit", "tage seit",
        "letzter kauf", "letzte bestellung", "letzter besuch", "jours depuis", "dernier achat", "derniere commande",
        "dias desde", "ultima compra", "ultimo acquisto",
    ),
    "frequency": (
        "purchase count", "order count", "visit count", "number of purchases", "number of orders", "number of visits",
        "no of orders", "no of purchases", "num orders", "num purchases", "anzahl kaufe", "anzahl bestellungen",
        "anzahl kaeufe", "nombre achats", "nombre d achats", "nombre de commandes", "numero de compras",
    ),
    "monetary": (
        "total spend", "total spent", "total spending", "amount spent", "total amount", "purchase amount",
        "total charges", "order value", "basket value", "lifetime value", "total revenue", "total sales",
        "chiffre d affaires", "gesamtumsatz",
    ),
}  # fmt: skip
STEMS: Mapping[Role, tuple[str, ...]] = {
    "income": (
        "income", "einkommen", "einkunft", "salar", "gehalt", "verdienst", "ingreso", "reddito", "inkomen", "inkomst",
        "dochod", "earning", "доход", "зарплат", "年収", "收入", "소득",
    ),
    "spending": ("spending", "ausgabe", "depense", "gasto", "uitgave", "wydat", "spesa", "расход", "支出", "消费"),
    "recency": ("recency", "recence", "recencia", "rezenz", "recentheid"),
    "frequency": ("frequen", "haufigkeit", "haeufigkeit", "frecuen", "czestotl", "частот"),
    "monetary": ("monetar", "umsatz", "turnover", "ventas", "fatturato", "omzet", "facturacion", "выручк"),
    "gender": ("gender", "geschlecht", "geslacht"),
    "channel": ("channel", "kanal", "canale"),
}  # fmt: skip
WORDS: Mapping[Role, tuple[str, ...]] = {
    "age": (
        "age", "ages", "alter", "lebensalter", "edad", "idade", "eta", "leeftijd", "wiek", "alder", "ika", "yas",
        "возраст", "年齢", "年龄", "나이",
    ),
    "income": ("wage", "wages", "lohn", "revenu", "revenus", "renda", "salaire", "lon"),
    "spending": ("spend", "spent", "spese"),
    "frequency": (
        "orders", "purchases", "visits", "transactions", "bestellungen", "kaufe", "kaeufe", "einkaufe", "besuche",
        "commandes", "achats", "visites", "compras", "pedidos", "ordini", "acquisti",
    ),
    "monetary": (
        "revenue", "sales", "amount", "betrag", "montant", "importe", "mrr", "arr", "ltv", "clv", "clv12", "amt",
        "mnt",
    ),
    "gender": ("sex", "genre", "sexe", "genero", "sexo", "genere", "sesso", "plec", "пол", "性別", "性别"),
    "channel": ("canal",),
}  # fmt: skip

GENDERS = frozenset(
    {
        "male", "female", "m", "f", "w", "man", "woman", "mann", "frau", "maennlich", "mannlich", "weiblich",
        "homme", "femme", "h", "hombre", "mujer", "masculino", "femenino", "feminino", "masculin", "feminin",
        "uomo", "donna", "maschio", "femmina", "maschile", "femminile", "vrouw", "mezczyzna", "kobieta", "男", "女",
        "男性", "女性", "муж", "жен", "мужскои", "женскои", "м", "ж",
    }
)  # fmt: skip
OTHER_GENDERS = frozenset(
    {
        "other", "others", "divers", "diverse", "d", "x", "u", "unknown", "nonbinary", "autre", "otro", "outro",
        "altro", "unbekannt", "inconnu",
    }
)  # fmt: skip

CUSTOMERS = frozenset(
    {
        "customer", "customers", "client", "clients", "kunde", "kunden", "member", "user", "person", "cust",
        "cliente", "klant", "klient", "kund", "shopper",
    }
)  # fmt: skip
IDENTIFIERS = frozenset(
    {
        "id", "ids", "uid", "uuid", "guid", "identifier", "kennung", "identifiant", "identificador",
    }
)  # fmt: skip
NUMBERS = frozenset(
    {
        "number", "no", "nr", "num", "code", "key", "nummer", "numero", "index", "ref", "reference", "matricule",
        "numer", "kod", "#",
    }
)  # fmt: skip
KEYS = frozenset(
    {
        "email", "mail", "kundennummer", "kundennr", "kundenid", "customerid", "clientid", "userid", "memberid",
        "customerno", "klantnummer", "klantnr", "custid", "custno", "custnum", "custnr", "clientno", "clientnum",
        "debitornr", "debitornummer", "debitorennr", "debitorennummer", "mitgliedsnummer", "mitgliedsnr",
        "versichertennummer", "versichertennr", "patientid", "patientnumber", "patientennummer", "mrn", "codcliente",
        "numcliente", "idcliente", "kundnummer", "kundnr", "kdnr", "kdnummer", "guestid", "memberno", "accountid",
    }
)  # fmt: skip
# Figures that name a place or a thing and measure nothing.
CODES = frozenset(
    {
        "zip", "zipcode", "postcode", "postal", "plz", "postleitzahl", "cep", "phone", "tel", "telephone",
        "telefon", "mobile", "fax", "account", "iban", "konto", "latitude", "longitude", "lat", "lon", "lng", "ssn",
        "vat", "handy", "cell", "cellphone", "whatsapp", "telefone", "telefono", "mobil", "telefoon", "bic", "swift",
        "sic", "naics", "nace", "fips", "insee", "naf", "geoid", "passport", "cpf", "dni",
        "nif", "siren", "siret", "imei", "msisdn", "postnummer",
    }
)  # fmt: skip

BIRTHS = ("birth", "born", "dob", "geburt", "geboren", "naissance", "nacimiento", "nascita", "nascimento", "geboorte")
# What goes by numbers and measures nothing, where the numbers are few.
GROUPS = frozenset(
    {
        "region", "store", "shop", "branch", "filiale", "country", "land", "pays", "pais", "city", "state", "zone",
        "group", "gruppe", "groupe", "grupo", "type", "typ", "category", "kategorie", "categorie", "categoria", "class",
        "cluster", "segment", "label", "campaign", "source", "status", "occupation", "profession", "job", "department",
        "marital", "familienstand", "religion", "race", "ethnicity", "nationality", "language", "sprache", "sector",
        "industry", "branche", "brand", "district", "county", "province", "bundesland", "warehouse", "tarif",
        "departement", "dept", "canton", "kanton", "comune", "commune", "gemeinde", "bezirk",
    }
)  # fmt: skip


def unaccented(text: str) -> str:
    """Small, without accents; the Polish ł has none that could be taken off."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("ł", "l"))
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def words_of(header: str) -> list[str]:
    """A header's words, small, without accents: `AnnualIncome_2` → annual, income, 2."""
    return list(_words_of(header))


@lru_cache(maxsize=16_384)
def _words_of(header: str) -> tuple[str, ...]:
    """The same, kept: each of many columns is compared with all others."""
    plural = re.sub(r"(?<![A-Z])([A-Z]{2,})s(?![a-z])", r" \1S ", header)  # IDs, SKUs, URLs
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", plural)
    composed = unicodedata.normalize("NFC", unaccented(parted))  # Korean syllables back in one piece
    return tuple(re.findall(r"[^\W_]+|#", composed))


TIMES = frozenset(
    {
        "hour", "hours", "hr", "hrs", "minute", "minutes", "mins", "second", "seconds", "sec", "secs", "time",
        "stunde", "stunden", "minuten", "sekunden", "zeit", "heure", "heures", "temps", "hora", "horas", "minutos",
        "tiempo", "tempo", "ore", "minuti", "uren", "tijd", "godziny", "czas",
    }
)  # fmt: skip
"""Words that make time of what is spent."""


def roles_of(header: str) -> dict[Role, int]:
    """The roles that a header speaks of, each with how plainly (`PHRASE`, `STEM`, `WORD`)."""
    words = words_of(header)
    text = f" {' '.join(words)} "
    found: dict[Role, int] = {}
    for role, parts in WORDS.items():
        if any(word in parts for word in words):
            found[role] = WORD
    for role, parts in STEMS.items():
        if any(part in word for part in parts for word in words):
            found[role] = STEM
    for role, parts in PHRASES.items():
        if any(f" {part} " in text for part in parts):
            found[role] = PHRASE
    return {role: plain for role, plain in found.items() if role not in _taken_away(header, words)}


def _taken_away(header: str, words: list[str]) -> set[Role]:
    """The roles that a header's other words take back."""
    # `last_order_id` names the order, and says nothing of its day.
    named = words[-1:] and words[-1] in IDENTIFIERS | NUMBERS
    away: set[Role] = {"recency"} if is_tenure(header) or named else set()
    if TIMES.intersection(words) or takes_spending_away(words):
        away |= {"spending", "monetary"}
    return away | {*MONEY} if takes_away(words, header) else away


def identifies(header: str) -> int:
    """How much a header sounds like an identifier: 3 `Customer ID`, 2 `ID`, 1 `No.`, 0 not at all."""
    words = words_of(header)
    if (words[-1:] and words[-1] in COUNTED) or "number of" in " ".join(words):
        return 0
    if KEYS.intersection(words):
        return 1 if {"email", "mail"}.intersection(words) else 3
    if IDENTIFIERS.intersection(words):
        return 3 if CUSTOMERS.intersection(words) else 2
    if NUMBERS.intersection(words) and "of" not in words:
        return 3 if CUSTOMERS.intersection(words) else 1
    return 0


def is_code(header: str) -> bool:
    """Whether a header speaks of a code, such as a postcode or a telephone number; `Account balance` does not."""
    words = words_of(header)
    return bool(CODES.intersection(words)) and words[-1] in CODES | NUMBERS | IDENTIFIERS


def is_birth(header: str) -> bool:
    """Whether a header speaks of a day or year of birth."""
    return any(word.startswith(BIRTHS) for word in words_of(header))


def groups(header: str) -> Role | None:
    """The role of a column whose numbers are names: `channel`, or any other `category`; None for a measure."""
    if "channel" in roles_of(header):
        return "channel"
    return "category" if GROUPS.intersection(words_of(header)) else None


def are_genders(values: frozenset[str]) -> bool:
    """Whether the values (small, without accents) are genders, two at least of the usual ones."""
    return len(values & GENDERS) >= 2 and values <= GENDERS | OTHER_GENDERS


# What is counted from: days since … a purchase or visit are recency, since anything else tenure.
SINCE = ("since", "seit", "depuis", "desde", "sinds", "dal", "dalla")
BOUGHT = (
    "purchas", "order", "buy", "bought", "visit", "transaction", "recency", "sale", "spend", "spent", "invoice",
    "kauf", "bestell", "besuch", "umsatz", "rechnung", "achat", "command", "visite", "compra", "pedido", "acquist",
    "ordin", "aankoop", "bezoek",
)  # fmt: skip
BARE = frozenset(
    {
        "last", "latest", "most", "recent", "the", "their", "days", "day", "weeks", "months", "years", "letzte",
        "letzter", "letztem", "letzten", "dem", "der", "dernier", "derniere", "ultima", "ultimo", "la", "el",
        "le", "l",
    }
)  # fmt: skip
UNITS_OF_TIME = {
    "days": ("day", "days", "tage", "tagen", "jours", "dias", "giorni", "dagen"),
    "weeks": ("week", "weeks", "wochen", "semaines", "semanas", "settimane", "weken"),
    "months": ("month", "months", "monate", "monaten", "mois", "meses", "mesi", "maanden"),
    "years": ("year", "years", "jahre", "jahren", "ans", "annees", "anos", "anni", "jaren"),
}
COUNTED = frozenset({"count", "counts", "total", "anzahl", "qty", "quantity"})
"""Words at the end of a header that make any other word a count: `ID count`."""


def is_tenure(header: str) -> bool:
    """Whether a header speaks of the time since something that is no purchase: `days since enrolment`."""
    words = words_of(header)
    place = next((place for place, word in enumerate(words) if word in SINCE), None)
    if place is None or time_unit(header) is None:
        return False
    event = [word for word in words[place + 1 :] if word not in BARE]
    return bool(event) and not any(word.startswith(BOUGHT) for word in event)


def time_unit(header: str) -> str | None:
    """The unit in which a header counts time since something: `months since …` → months."""
    words = words_of(header)
    if not any(word in SINCE for word in words) and "recency" not in words:
        return None
    return next((unit for unit, names in UNITS_OF_TIME.items() if any(word in names for word in words)), None)
