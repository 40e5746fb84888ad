"""The roles that a column may have by its header: a word alone says less than all of them together."""

from __future__ import annotations

import re
from collections.abc import Iterable

from analysis.columns.money_words import bare, speaks_barely_of
from analysis.configuration.column import Role
from analysis.headers.sales_words import DISCOUNTS, FEES, REFUNDS, TAXES
from analysis.headers.vocabulary import CUSTOMERS, WORDS, roles_of, time_unit, words_of

STOCKS = frozenset(
    {
        "balance", "credit", "limit", "debt", "price", "avg", "average", "mean", "income", "salary", "budget", "loan",
        "shipping", "freight", "cost", "costs", "saldo", "kredit", "schulden", "preis", "durchschnitt", "versand",
        "versandkosten", "fracht", "kosten", "solde", "prix", "moyen", "moyenne", "precio", "medio", "promedio",
        "prezzo", "tip", "tips", "trinkgeld", "cashback", "claim", "claims", "claimed", "schaden", "sinistre",
        "sinistres", "siniestro", "siniestros", "sinistro", "sinistri", "schade", "max", "min", "median", "last",
        "first", "per", "predicted", "expected", "potential", "deposit", "target", "targets", "goal", "plan",
        "planned", "quota", "forecast", "forecasted", "projected", "estimate", "estimated", "due", "overdue",
        "outstanding", "owed", "owing", "unpaid", "unbilled", "payable", "receivable", "open", "mortgage", "ziel",
        "soll", "geplant", "prognose", "plafond", "limite", "limiet", "kreditlimit", "offen", "offene", "offener",
        "offenes", "ausstehend", "fallig", "darlehen", "objectif", "prevision", "previsto", "prevu", "impaye",
        "objetivo", "presupuesto", "pendiente", "prestamo", "obiettivo", "doel", "openstaand", "lening", "lost",
        "pipeline", "latest", "previous", "letzter", "letzte", "dernier", "derniere", "ultimo", "ultima",
    }
)  # fmt: skip
"""Words of money that is not what a customer has spent in all: not to be added to it."""
BESIDE = DISCOUNTS | REFUNDS | TAXES | FEES
"""Words of what is taken off or put on what was bought, as in tables of sales."""
LATELY = re.compile(
    r"\b(?:last|past|letzten?|derniers?|ultim[oaie]s?|laatste) [0-9]+ ?"
    r"(?:d|days?|w|weeks?|m|months?|y|years?|tagen?|wochen?|monaten?|jahren?|jours|mois|meses|mesi|maanden)\b"
)
"""Money of the last months is spent, as money of the last order is not in all."""

AGES = frozenset(WORDS["age"])
OF_A_PERSON = CUSTOMERS | {
    "guest", "patient", "respondent", "subscriber", "buyer", "owner", "holder", "policyholder", "cardholder",
    "driver", "insured", "employee", "student", "participant", "donor", "visitor", "passenger", "borrower",
    "applicant", "player", "head", "adult", "their", "current", "your", "in", "at", "of", "the", "by", "des", "der",
    "de", "du", "del", "della", "l", "d", "la", "el", "le", "au", "a", "y", "yr", "yrs", "year", "years", "jahre",
    "jahren", "jahr", "ans", "annees", "anos", "anni", "jaren", "lat", "exact", "actual", "approx", "group", "band",
    "bracket", "range", "gruppe", "mean", "reported", "self", "full", "kunden", "kundin", "mitglied", "membre",
    "miembro", "socio", "utente", "gast", "patienten", "patiente", "paciente", "paziente", "teilnehmer", "spender",
    "dem", "aktuelles", "aktuell", "signup", "registration", "enrolment", "enrollment", "join", "joining", "entry",
    "today", "now", "completed", "imputed", "num", "numeric", "cust", "demographics", "person", "persona", "personne",
}  # fmt: skip
"""Words beside which an age is a person's."""
FIGURED = frozenset(
    {
        "amount", "value", "total", "count", "number", "price", "revenue", "sum", "qty", "quantity", "items", "size",
        "discount", "cost", "fee", "amt", "spend", "spent", "betrag", "wert", "summe", "anzahl", "preis", "umsatz",
        "rabatt", "montant", "valeur", "nombre", "prix", "importe", "valor", "precio", "cantidad", "importo", "valore",
        "prezzo", "bedrag", "aantal", "waarde", "status", "channel", "category", "store", "rating", "score", "rate",
        "type", "points", "sales", "margin", "profit", "tax", "weight", "currency", "percent", "pct", "share",
    }
)  # fmt: skip
"""Words that make a figure or a group of a last order."""
PAID_FOR = frozenset(
    {
        "amount", "value", "revenue", "betrag", "wert", "umsatz", "montant", "valeur", "importe", "valor", "importo",
        "valore", "bedrag", "waarde", "spend", "spent", "price", "cost", "amt",
    }
)  # fmt: skip
"""Words that make money of orders."""
BETWEEN = frozenset(
    {"between", "interval", "gap", "zwischen", "abstand", "entre", "tra", "tussen", "since", "until", "till", "seit"}
)
"""Words that make time of orders."""


def plain_roles(header: str) -> dict[Role, int]:
    """The roles that a header speaks of, without those that its other words take away.

    `Last order amount` is money and no day, `Loan amount` is not spent, `Vehicle age` is no person's, and `Days between
    orders` are no orders.
    """
    found, words = roles_of(header), set(words_of(header))
    if is_stock(header):
        found.pop("monetary", None)
    if speaks_barely_of(header, TAXES):
        found.pop("income", None)
    if FIGURED & words and time_unit(header) is None:
        found.pop("recency", None)
    if (PAID_FOR & words and not {"count", "counts", "number", "anzahl", "nombre"} & words) or BETWEEN & words:
        found.pop("frequency", None)
    if not all(word in OF_A_PERSON or word.isdigit() or word in AGES for word in words):
        found.pop("age", None)
    return found


FIRMS = frozenset(
    {"company", "firm", "corporate", "unternehmen", "firmen", "unternehmens", "entreprise",
     "empresa", "azienda", "bedrijf", "organisation", "organization"}
)  # fmt: skip
YEARLY = frozenset({"annual", "yearly", "annualrevenue", "jahresumsatz", "annuel", "anual", "annuo", "jaaromzet"})
STAFF = frozenset(
    {"employees", "employee", "headcount", "staff", "fte", "ftes", "mitarbeiter", "beschaftigte", "beschaeftigte",
     "mitarbeiterzahl", "mitarbeiteranzahl", "effectif", "effectifs", "salaries", "empleados", "dipendenti",
     "medewerkers", "pracownicy", "naics", "sic", "nace"}
)  # fmt: skip
"""Words of columns that describe a firm."""
MINE = frozenset({"with", "us", "our", "bei", "uns", "chez", "nous", "con", "nosotros", "noi"})


def is_firms_own(header: str, headers: Iterable[str]) -> bool:
    """Whether a header may speak of what a customer's firm takes in: `Annual Revenue` beside `Employees`.

    `headers` are those of the whole table.
    """
    words = set(words_of(header))
    if not {"monetary", "income"} & roles_of(header).keys() or words & MINE:
        return False
    if words & FIRMS:
        return True
    return bool(words & YEARLY) and any(STAFF.intersection(words_of(each)) for each in headers)


def is_stock(header: str) -> bool:
    """Whether a header speaks of money that is not what a customer has spent.

    The last 12 months are a span of time, and `Revenue excl. tax` is no tax.
    """
    words = LATELY.sub(" ", " ".join(bare(header))).split()
    return not STOCKS.isdisjoint(words) or speaks_barely_of(header, BESIDE)
