"""Which columns of a table of sales say what was bought together, when, and what it was."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from analysis.columns.appearance import Look
from analysis.headers.sales_words import (
    BOUGHT_ON,
    DESCRIBING,
    LATER,
    LINES,
    NEVER,
    ORDERS,
    PRICES,
    PRODUCTS,
    QUANTITIES,
    TOTALS,
    names_a_number,
    names_buyers,
    names_orders,
    speaks_of,
)
from analysis.headers.vocabulary import groups, is_birth, is_code, roles_of, words_of
from analysis.proposal.buyer import Buyer
from analysis.proposal.evidence import FEWEST_ORDERS, MOSTLY, ColumnEvidence
from analysis.proposal.row_types import is_of_types

PLAIN = frozenset({"order", "orders", "invoice", "orderid", "orderno", "invoiceno", "ordernumber", "receipt", "ticket"})
NOT_ORDERS = frozenset(
    {"status", "type", "date", "time", "source", "channel", "method", "note", "notes", "currency", "count", "reference",
     "items", "country", "state", "stage", "created", "at", "url", "tags", "last", "first", "previous", "average"}
)  # fmt: skip
NO_ORDER = frozenset(
    {"first", "export", "exported", "extract", "extracted", "import", "imported", "sync", "synced", "report", "printed",
     "processed", "approved", "confirmed", "return", "returned", "packed", "picked", "dispatch", "dispatched",
     "despatch", "arrival", "received", "completed", "cancel", "cancelled", "storno", "expiry", "end", "until",
     "lieferung", "zustellung", "entrega", "expedition", "consegna", "levering", "verzending", "wysylki", "retour",
     "start", "modification", "anderung", "maj", "actualizacion", "aggiornamento", "faelligkeit", "falligkeit",
     "echeance", "vencimiento", "scadenza", "vervaldatum"}
)  # fmt: skip
"""Words of a day on which nobody ordered, where another column says when somebody did."""
JOINED = frozenset(
    {"joined", "join", "joining", "signup", "signed", "registered", "registration", "enrolled", "enrolment",
     "enrollment", "subscribed", "since", "member", "membership", "seit", "beitritt", "eintritt", "registrierung",
     "registriert", "mitglied", "inscrit", "inscription", "adhesion", "depuis", "alta", "inscripcion", "registro",
     "desde", "iscritto", "iscrizione", "registrazione", "inschrijving", "registratie", "lid", "rejestracja",
     "rejestracji", "cadastro", "inscricao"}
)  # fmt: skip
"""Words of the day on which somebody became a customer."""
OPENED = frozenset(
    {"opened", "open", "opening", "issued", "issue", "activated", "activation", "start", "started", "created", "valid",
     "expiry", "expires", "eroffnet", "eroffnung", "eroeffnet", "beginn", "ausgestellt", "ouverture", "ouvert",
     "apertura", "emision", "emissione", "inizio", "inicio", "debut", "begin", "geopend", "otwarcia"}
)  # fmt: skip
"""Words of the day from which an account, a card or a contract holds."""
PAYMENTS = frozenset(
    {"payment", "payments", "zahlung", "zahldatum", "zahlungsdatum", "bezahldatum", "paiement", "reglement", "pago",
     "pagamento", "betaling", "betaaldatum", "platnosci", "zaplaty", "capture", "captured", "charge", "deposit"}
)  # fmt: skip
"""Words of the day of the payment."""
ORDERED = (
    "order", "purchas", "bought", "invoice", "sale", "sold", "auftrag", "bestell", "kauf", "rechnung", "achat",
    "commande", "factur", "fattur", "compra", "pedido", "venta", "vendita", "vente", "acquist", "ordine", "verkoop",
    "zamowieni", "zakup", "placed",
)  # fmt: skip
"""How words begin that name an order, a purchase or its invoice."""
SHUT = frozenset({"payment", "close", "closed", "status"})
NAMES = frozenset({"name", "nom", "naam", "nombre", "nome", "nazwa"})
CONSTANT = 0.95
SEVERAL = 1.2
"""Orders a customer, on average, from which customers are known to come again."""
NO_LEVELS_FROM = 10
"""Different numbers from which they are no levels of something."""
LENGTHS = 2
"""Lengths of the numbers of orders: one, or two where they reach a further digit."""
PAIR = 2
HALF = 0.5
NUMERIC = NEVER - {"number", "no", "nr", "id", "code", "list"}


def find_date(evidence: ColumnEvidence, apart: Collection[str] = ()) -> Look | None:
    """The day on which somebody bought, of all columns of dates that are no birthdays and not among `apart`."""
    dated = [look for look in evidence.looks if look.dates and not is_birth(look.header) and look.header not in apart]
    return max(dated, key=lambda look: (_bought_on(look), look.present, -dated.index(look)), default=None)


def _bought_on(look: Look) -> int:
    """Larger for the day of an order than for that of a payment, of what came later, or of what a customer began."""
    header = look.header
    if look.constant or speaks_of(header, LATER | NO_ORDER | JOINED):
        return 0
    if speaks_of(header, PAYMENTS) and not speaks_of(header, frozenset({"sale", "sold", "purchase", "purchased"})):
        return 1
    named = any(word.startswith(ORDERED) for word in words_of(header)) and not speaks_of(header, SHUT)
    return 4 if named else 3 if speaks_of(header, BOUGHT_ON) else 2


def customers_own_days(evidence: ColumnEvidence, order: str | None, buyer: Buyer) -> list[str]:
    """The columns of days that are the customer's, such as that of joining: one day for all of a customer's orders.

    Where no number tells orders apart, the rows of a customer may be those of one order, and the name must say it too.
    """
    keys = buyer.accounts(evidence)
    bought = evidence.texts(order)[keys.index].groupby(keys).nunique() if order else keys.value_counts()
    again = bought.index[bought > 1]
    if len(again) < FEWEST_ORDERS:
        return []
    dated = [look.header for look in evidence.looks if look.dates and not look.constant]
    return [
        header
        for header in dated
        if (order or speaks_of(header, JOINED))
        and (evidence.texts(header)[keys.index].groupby(keys).nunique()[again] <= 1).mean() >= MOSTLY
    ]


def find_order(evidence: ColumnEvidence, date: str | None) -> str | None:
    """The column that says what was bought together; none where there is none, or it is empty or a figure.

    Of several the plainest name, then the one with fewer values, for an order holds lines and not the other way round.
    """
    found = [look for look in evidence.looks if _may_be(look) and _of_one_day(evidence, look, date)]
    return _plainest(found)


def order_of_one(evidence: ColumnEvidence, buyer: str) -> str | None:
    """The order's number that stands on several days and for one customer alone: parts sent or paid back later."""
    found = [look for look in evidence.looks if look.header != buyer and _may_be(look)]
    found = [look for look in found if names_a_number(look.header) or speaks_of(look.header, PLAIN)]
    return _plainest([look for look in found if _of_one_customer(evidence, look, buyer)])


def order_by_values(evidence: ColumnEvidence, date: str, buyers: Sequence[str]) -> str | None:
    """The column that tells orders apart by its values, whatever its name; None where none or several do.

    Numbers or codes of one form, each on one day and of one customer, of whom many have several. In a table of lines a
    number that no two rows share may be the line's own.
    """
    lines = any(speaks_of(look.header, PRODUCTS | QUANTITIES | LINES) for look in evidence.looks)
    found = [
        look
        for look in evidence.looks
        if look.header not in (date, *buyers)
        and _is_numbered(evidence, look)
        and not (lines and look.unique == 1)
        and _of_one_day(evidence, look, date)
        and _of_one_customer(evidence, look, buyers[0])
    ]
    return found[0].header if len(found) == 1 else None


def _plainest(found: Collection[Look]) -> str | None:
    return min(found, key=lambda look: (-_plainness(look), look.distinct)).header if found else None


def _of_one_customer(evidence: ColumnEvidence, look: Look, buyer: str) -> bool:
    """Whether a number stands for one customer alone, and customers have several."""
    return evidence.constant_within(look.header, buyer) >= MOSTLY and evidence.each(buyer, look.header) >= SEVERAL


def _is_numbered(evidence: ColumnEvidence, look: Look) -> bool:
    """Whether all cells are codes of one form, such as 5001 or RE-0412, and no figures that measure something."""
    if look.dates or look.present < look.rows or look.distinct < NO_LEVELS_FROM or (look.numeric and not look.whole):
        return False
    measures = speaks_of(look.header, PRODUCTS | LINES | QUANTITIES | PRICES | TOTALS | DESCRIBING | NUMERIC | NAMES)
    if measures or names_buyers(look.header) or groups(look.header) or is_code(look.header) or roles_of(look.header):
        return False
    forms = evidence.texts(look.header).str.strip().str.replace(r"[0-9]+", "0", regex=True)
    lengths = evidence.texts(look.header).str.strip().str.len()
    one_form = forms.nunique() == 1 and "0" in forms.iloc[0] and " " not in forms.iloc[0]
    # Figures that measure something differ in length and order; numbers are counted up.
    return bool(one_form and lengths.nunique() <= LENGTHS and (not look.numeric or _counted_up(look)))


def _counted_up(look: Look) -> bool:
    """Whether the numbers grow or fall with the rows, as those of documents do in the order in which they are made."""
    steps = np.diff(look.figures[np.isfinite(look.figures)])
    return bool(len(steps) and max((steps >= 0).mean(), (steps <= 0).mean()) >= CONSTANT)


def own_number(evidence: ColumnEvidence) -> str | None:
    """The only identifier of a table in which each row is a payment of its own; none where rows are lines or goods."""
    if any(speaks_of(look.header, PRODUCTS | QUANTITIES | LINES) for look in evidence.looks):
        return None
    own = [look for look in evidence.looks if words_of(look.header) in (["id"], ["uid"], ["uuid"], ["#"])]
    return next((look.header for look in own if look.unique == 1 and look.present == look.rows), None)


def find_original(evidence: ColumnEvidence, order: str | None, taken: Collection[str | None]) -> str | None:
    """The column by which refunds name the order that they undo: filled in few rows, with the numbers of others."""
    if order is None:
        return None
    numbers = set(evidence.texts(order).dropna())
    for look in evidence.looks:
        if look.header in taken or look.dates or not 0 < look.present < HALF * look.rows:
            continue
        named = evidence.texts(look.header).dropna()
        own = evidence.texts(order)[named.index]
        if bool((named.isin(numbers) & (named != own)).mean() >= CONSTANT):
            return look.header
    return None


def find_product(evidence: ColumnEvidence, taken: Collection[str | None]) -> str | None:
    """The column that says what was bought."""
    texts = [look for look in evidence.looks if look.header not in taken and not look.dates and look.present]
    named = [look for look in texts if speaks_of(look.header, PRODUCTS) and not (look.numeric and not look.whole)]
    named = [look for look in named if not _numbers_lines(look.header) and not is_of_types(look)]
    named = [
        look for look in named if not speaks_of(look.header, QUANTITIES | NUMERIC | frozenset({"price", "status"}))
    ]
    named = [look for look in named if look.distinct < look.present or look.present < 3]
    return named[0].header if named else None


def _numbers_lines(header: str) -> bool:
    """Whether a header is that of the numbers of orders or lines: `Line Item No`; `Item Code` says which article."""
    return speaks_of(header, ORDERS | LINES) and names_a_number(header) and "code" not in words_of(header)


def _may_be(look: Look) -> bool:
    """Whether a column could hold the numbers of orders."""
    if look.dates or (look.numeric and not look.whole) or look.present < HALF * look.rows or look.distinct < 2:
        return False
    words = set(words_of(look.header))
    if not names_orders(look.header) or words & NOT_ORDERS - _beside_a_number(look.header):
        return False
    if speaks_of(look.header, NUMERIC | PRODUCTS | LINES):
        return False
    # `Rechnung` may be all that a number is called; `Total Trans Amt` is a figure.
    plain = not look.numeric or len(words) == 1
    return names_a_number(look.header) or bool(words & PLAIN) or (plain and look.unique > HALF)


def _beside_a_number(header: str) -> frozenset[str]:
    """`Order Reference` is the order's own number, where nothing else of the header says whose it is."""
    return frozenset({"reference"}) if len(words_of(header)) == PAIR and speaks_of(header, PLAIN) else frozenset()


def _plainness(look: Look) -> int:
    return 2 if set(words_of(look.header)) & PLAIN or speaks_of(look.header, PLAIN) else 1


def _of_one_day(evidence: ColumnEvidence, look: Look, date: str | None) -> bool:
    """Whether a number stands on one day alone; credit notes and parts sent later may be few."""
    return date is None or evidence.constant_within(look.header, date) >= CONSTANT
