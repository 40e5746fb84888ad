"""Shops whose exports speak other languages, and amounts in other people's money."""

from __future__ import annotations

from tests.exports.made.base import comma, mail, orders, plain, written


def german() -> str:
    """The amount with the sign of the euro behind it."""
    header = ("Bestellnummer", "Kunden-E-Mail", "Bestelldatum", "Gesamtbetrag", "Zahlungsstatus")
    states = {3: "Storniert", 6: "Ausstehend", 10: "Fehlgeschlagen", 13: "Erstattet"}
    rows = [
        [
            f"B-{order.number}", mail(order.who), f"{order.day:%d.%m.%Y}", f"{comma(order.goods * 3)} €",
            states.get(place % 15, "Bezahlt"),
        ]
        for place, order in enumerate(orders(51))
    ]  # fmt: skip
    return written(header, rows, ";")


def french() -> str:
    """Before tax and shipping, and what is to be paid, with a narrow blank between thousands."""
    header = ("Numéro de commande", "Adresse e-mail", "Date de commande", "Sous-total HT", "Frais de port", "TVA",
              "Total TTC", "Devise", "Statut")  # fmt: skip
    states = {4: "Annulée", 8: "En attente de paiement", 12: "Remboursée"}
    rows = []
    for place, order in enumerate(orders(52)):
        goods, tax = order.goods * 4, order.goods * 4 // 5
        amounts = [comma(cents, "\u202f") for cents in (goods, order.shipping, tax, goods + tax + order.shipping)]
        state = states.get(place % 15, ("Payée", "Expédiée", "Livrée")[place % 3])
        rows.append([f"CMD{order.number}", mail(order.who), f"{order.day:%d/%m/%Y}", *amounts, "EUR", state])
    return written(header, rows, ";")


def spanish() -> str:
    """The amount without what the sending costs."""
    header = ("Nº de pedido", "Correo electrónico", "Fecha del pedido", "Importe", "Gastos de envío",
              "Estado del pedido")  # fmt: skip
    states = {2: "Cancelado", 7: "Pendiente de pago", 11: "Reembolsado"}
    rows = [
        [
            f"P{order.number}", mail(order.who), f"{order.day:%d/%m/%Y}", comma(order.goods), comma(order.shipping),
            states.get(place % 14, ("Completado", "Enviado")[place % 2]),
        ]
        for place, order in enumerate(orders(53))
    ]  # fmt: skip
    return written(header, rows, ";")


def pounds() -> str:
    """The order's total stands on its first line only, with the sign of the pound."""
    header = ("Order No", "Customer E-mail", "Order Date", "Item", "Pieces", "Order Total")
    rows = [
        [
            order.number, mail(order.who), f"{order.day:%d/%m/%Y}", f"Item {line.product}", line.quantity,
            "" if number else f"£{order.goods / 100:,.2f}",
        ]
        for order in orders(54)
        for number, line in enumerate(order.lines)
    ]  # fmt: skip
    return written(header, rows)


def kroner() -> str:
    """The code of the currency stands behind the figure."""
    header = ("Order", "Customer", "Date", "Amount")
    rows = [
        [order.number, f"K{order.who:03}", f"{order.day}", f"{plain(order.goods * 10)} SEK"] for order in orders(55)
    ]  # fmt: skip
    return written(header, rows)


def currency_column() -> str:
    """A column says that a third of the buyers pay in another currency."""
    header = ("Order ID", "Customer ID", "Order date", "Order total", "Currency")
    rows = [
        [order.number, f"K{order.who:03}", f"{order.day}", plain(order.goods), ("USD", "EUR", "USD")[order.who % 3]]
        for order in orders(56)
    ]  # fmt: skip
    return written(header, rows)


def currency_in_cells() -> str:
    """The cells say so."""
    signs = ("€", "$", "¥")
    rows = [
        [f"K{order.who:03}", order.number, f"{order.day}", f"{signs[order.who % 3]}{order.goods / 100:,.2f}"]
        for order in orders(57)
    ]  # fmt: skip
    return written(("customer", "invoice", "date", "amount"), rows)


CASES = {
    "german_shop": {"Bestellungen.csv": german},
    "french_shop": {"commandes.csv": french},
    "spanish_shop": {"pedidos.csv": spanish},
    "header_total_first_line": {"orders.csv": pounds},
    "currency_code_behind": {"orders.csv": kroner},
    "currency_column": {"orders.csv": currency_column},
    "currency_in_cells": {"orders.csv": currency_in_cells},
}
