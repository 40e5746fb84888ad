"""Whether a table holds transactions, one row a purchase, and which of its columns say who, when and how much."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from analysis.configuration.site import Site
from analysis.configuration.table import Table as TableSettings
from analysis.looks import Look
from analysis.proposal.proposal import Proposal
from analysis.proposal.settings import ambiguous, counting_in, currency, model, named_by, question, spoken
from analysis.vocabulary import CUSTOMERS, KEYS, identifies, is_birth, words_of

REPEATS = 1.2
"""Rows a customer, on average, from which a table is one of purchases."""
AMOUNTS = frozenset(
    {
        "amount", "total", "value", "revenue", "sales", "paid", "spend", "spent", "turnover", "betrag", "umsatz",
        "summe", "wert", "montant", "valeur", "importe", "valor", "monto", "importo", "bedrag", "gross", "net",
        "dollar", "euro", "payment", "subtotal",
    }
)  # fmt: skip
QUANTITIES = frozenset({"quantity", "qty", "units", "menge", "anzahl", "quantite", "cantidad", "quantita", "aantal"})
PRICES = frozenset({"price", "unitprice", "preis", "einzelpreis", "stuckpreis", "prix", "precio", "prezzo", "prijs"})
INVOICES = frozenset(
    {
        "invoice", "invoiceno", "order", "orderid", "receipt", "transaction", "basket", "rechnung", "rechnungsnummer",
        "bestellung", "beleg", "bon", "facture", "commande", "factura", "pedido", "fattura", "ordine",
    }
)  # fmt: skip
PRODUCTS = frozenset(
    {"product", "stockcode", "sku", "item", "article", "artikel", "produkt", "produit", "producto", "prodotto"}
)


@dataclass(frozen=True)
class Purchases:
    """The columns of a table of transactions, by their headers, and reasons for each choice."""

    settings: dict[str, object]
    """In the words of `transactions`."""
    said: tuple[str, ...]


def purchases(looks: Sequence[Look]) -> Purchases | None:
    """The table as one of transactions; None where it holds customers, one a row."""
    customer = _customer(looks)
    date = _date(looks)
    if customer is None or date is None:
        return None
    others = [look for look in looks if look not in (customer, date)]
    money = _money(others)
    if not money:
        return None
    settings: dict[str, object] = {"customer": customer.header, "date": date.header, **money}
    if date.dates:
        settings["date_format"] = date.dates.pattern
    taken = set(settings.values())
    invoice = _named(others, INVOICES, taken)
    product = _named([look for look in others if look is not invoice], PRODUCTS, taken)
    if invoice:
        settings["invoice"] = invoice.header
        if _credit_notes(invoice):
            settings["cancelled"] = {"column": invoice.header, "prefix": "C"}
    if product:
        settings["product"] = product.header
    return Purchases(settings, _said(settings, customer))


def of_transactions(
    data: TableSettings, looks: Sequence[Look], bought: Purchases, k: int | Literal["auto"], said: list[str]
) -> Proposal:
    """The site that counts each customer's purchases; `said` comes first."""
    money = spoken(looks, [str(bought.settings[key]) for key in ("amount", "price") if key in bought.settings])
    site = Site.model_validate(
        {
            "site": counting_in(money),
            "data": named_by(money, data),
            "transactions": bought.settings,
            "model": model(k),
            "personas": "rfm",
        }
    )
    dated = [look for look in looks if look.header == bought.settings["date"]]
    asked = question(money, str(data.path))
    return Proposal(site, (*said, *asked, *bought.said), {}, currency(money) is not None, ambiguous(dated))


def _customer(looks: Sequence[Look]) -> Look | None:
    """The column whose name is a customer's and whose values come again."""
    named = [look for look in looks if _names_customers(look) and look.present and look.distinct > 1]
    best = max(named, key=lambda look: identifies(look.header), default=None)
    return best if best and best.present >= best.distinct * REPEATS else None


def _names_customers(look: Look) -> bool:
    words = words_of(look.header)
    others = INVOICES | PRODUCTS
    named = bool(CUSTOMERS.intersection(words) or KEYS.intersection(words))
    named = named or (identifies(look.header) >= 2 and not others.intersection(words))
    return named and not look.dates and (not look.numeric or look.whole)


def _date(looks: Sequence[Look]) -> Look | None:
    """The first column of dates that are no birthdays."""
    dated = [look for look in looks if look.dates and not is_birth(look.header)]
    return dated[0] if dated else None


def _money(looks: Sequence[Look]) -> dict[str, object]:
    """What a row is worth: an amount, or a quantity and a price."""
    figures = [look for look in looks if look.numeric]
    quantity, price = _named(figures, QUANTITIES), _named(figures, PRICES)
    amount = _named(figures, AMOUNTS)
    if not amount and quantity and price:
        return {"quantity": quantity.header, "price": price.header}
    signed = next((look for look in figures if look.currencies or {"$", "€", "£"}.intersection(look.header)), None)
    found = amount or signed or price
    return {"amount": found.header} if found else {}


def _named(looks: Sequence[Look], words: frozenset[str], taken: set[object] | None = None) -> Look | None:
    fitting = [look for look in looks if words.intersection([*(found := words_of(look.header)), "".join(found)])]
    return next((look for look in fitting if look.header not in (taken or ())), None)


def _credit_notes(invoice: Look) -> bool:
    """Whether some invoices, and not most, go by a number behind a C, as credit notes do."""
    return 0 < invoice.credited < 0.5


def _said(settings: dict[str, object], customer: Look) -> tuple[str, ...]:
    worth = f"“{settings['amount']}”" if "amount" in settings else f"“{settings['quantity']}” × “{settings['price']}”"
    rows = customer.present / customer.distinct
    first = (
        f"The table holds transactions: the customers in “{customer.header}” come {rows:.1f} times on average, each "
        f"with a date in “{settings['date']}”."
    )
    said = [first, f"A row is worth {worth}."]
    if "invoice" in settings:
        said.append(f"What has one “{settings['invoice']}” was bought together.")
    if "cancelled" in settings:
        said.append(f"Those in “{settings['invoice']}” that begin with C are taken for credit notes.")
    return tuple(said)
