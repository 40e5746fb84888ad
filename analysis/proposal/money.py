"""What a row of a table of sales is worth: which column is the amount, of what, and what is taken off it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from analysis.looks import Look
from analysis.proposal.evidence import Evidence
from analysis.proposal.sales_words import (
    CENTS,
    DISCOUNTS,
    EACH,
    GROSS,
    LINES,
    NET,
    NEVER,
    ORDERS,
    PRICES,
    QUANTITIES,
    REFUNDS,
    TOTALS,
    UNIT_PRICES,
    WHOLE,
    speaks_of,
)
from analysis.vocabulary import words_of

if TYPE_CHECKING:
    import pandas as pd

MINUS = frozenset(
    {"quantity", "qty", "number", "no", "nr", "id", "code", "year", "month", "day", "count", "credit", "list"}
)

_WHOSE = (
    "“{0}” is the same on all rows of an order: it may be each row's or the whole order's. Write "
    "transactions.amount_of: row or order."
)
_OF_WHAT = (
    "“{0}” may be the price of one piece or of all pieces of the row. Leave transactions.quantity and price as they "
    "are for one piece, or write amount: {0} in their place."
)


@dataclass(frozen=True)
class Money:
    """The part of `transactions` that says what a row is worth, with a sentence for each choice."""

    settings: dict[str, object]
    said: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()
    """Questions that the table does not answer, each with the line of the configuration that does."""
    taken: frozenset[str] = field(default=frozenset())


def find_money(evidence: Evidence, order: str | None, taken: Collection[str], product: str | None) -> Money | None:
    """What a row is worth; None where no column is money."""
    figures = [look for look in evidence.looks if look.numeric and not look.dates and look.header not in taken]
    quantity = next((look.header for look in figures if speaks_of(look.header, QUANTITIES)), None)
    price = _price([look for look in figures if look.header != quantity])
    amounts = [look for look in figures if look.header not in (quantity, price) and is_amount(look)]
    lines = _lines(evidence, quantity, price)
    if order is not None and evidence.several(order):
        found = _of_orders(evidence, order, amounts, (quantity, price, product), lines)
    else:
        found = _of_rows(evidence, amounts, (quantity, price, product))
    if found is None:
        return None
    return _lowered(evidence, found, figures)


def is_amount(look: Look) -> bool:
    """Whether a header speaks of what was paid, and of nothing that is only a part of it or stands beside it."""
    words = set(words_of(look.header))
    signed = look.currency is not None or bool({"$", "€", "£"}.intersection(look.header))
    named = speaks_of(look.header, TOTALS)
    return (named or signed) and not speaks_of(look.header, NEVER - _harmless(words))


def _harmless(words: set[str]) -> frozenset[str]:
    """`Total excl. tax`, `Net of discounts`: words that are left out of a figure do not make it a tax or a discount."""
    excluded = {
        "excl",
        "excluding",
        "exkl",
        "without",
        "ohne",
        "hors",
        "before",
        "after",
        "sin",
        "senza",
        "zonder",
        "ex",
    }
    included = {"incl", "including", "inkl", "with"}
    return NEVER if words & (excluded | included) else frozenset()


def _price(figures: Sequence[Look]) -> str | None:
    """The column of prices, the plainest first."""
    named = [look for look in figures if speaks_of(look.header, PRICES) and not speaks_of(look.header, NEVER - MINUS)]
    named = [look for look in named if not {"total", "subtotal", "extended"}.intersection(words_of(look.header))]
    plainest = max(named, key=lambda look: (speaks_of(look.header, UNIT_PRICES), -named.index(look)), default=None)
    return plainest.header if plainest else None


def _lines(evidence: Evidence, quantity: str | None, price: str | None) -> pd.Series[float] | None:
    return evidence.figures(quantity) * evidence.figures(price) if quantity and price else None


def _worth(look: Look, *, whole: bool) -> tuple[int, ...]:
    """The better amount is larger: of a line or of an order as asked, net before gross, the plainer name."""
    header = look.header
    of_order = speaks_of(header, WHOLE | ORDERS) and not speaks_of(header, LINES)
    fits = of_order if whole else speaks_of(header, LINES)
    plain = len(words_of(header)) <= 2
    return (fits, speaks_of(header, NET), not speaks_of(header, GROSS), plain)


def _best(amounts: Sequence[Look], *, whole: bool) -> Look | None:
    return max(amounts, key=lambda look: (_worth(look, whole=whole), -amounts.index(look)), default=None)


def _of_orders(
    evidence: Evidence,
    order: str,
    amounts: Sequence[Look],
    goods: tuple[str | None, ...],
    lines: pd.Series[float] | None,
) -> Money | None:
    """What it is worth where orders have several rows: the lines' own figures, or the orders' totals once."""
    quantity, price, product = goods
    of_order = [look for look in amounts if _is_an_orders(evidence, order, look, lines)]
    own = [look for look in amounts if look not in of_order and not _could_be_either(evidence, order, look)]
    net = [look for look in of_order if speaks_of(look.header, NET)]
    # The line's figure is plain where it is named one; an order's net total says more than a line's gross.
    line = _best([look for look in own if speaks_of(look.header, LINES)], whole=False)
    goods_only = _goods(evidence, quantity, price, product)
    if line is None and goods_only and lines is not None and not net and not goods_only.undecided:
        # What exceeds the goods is shipping or tax; a total below them has discounts taken off.
        above = [look for look in of_order if evidence.exceeds(order, look.header, lines)]
        if of_order and len(above) == len(of_order) and "quantity" in goods_only.settings:
            return _with_total(goods_only, of_order)
    if line is None and (chosen := _best(net or of_order, whole=True)):
        said = f"“{chosen.header}” is the whole order's, so it counts once for each “{order}”."
        return Money({"amount": chosen.header, "amount_of": "order"}, (f"An order is worth “{chosen.header}”.", said))
    if line or own:
        chosen = line or _best(own, whole=False)
        assert chosen is not None  # noqa: S101 (one of them is there)
        return _with_total(Money({"amount": chosen.header}, (f"A row is worth “{chosen.header}”.",)), of_order)
    unclear = _best([look for look in amounts if look not in of_order], whole=True)
    if unclear is not None and not (quantity and price):
        return Money(
            {"amount": unclear.header},
            (f"A row is worth “{unclear.header}”.",),
            (_WHOSE.format(unclear.header),),
        )
    return _with_total(goods_only, of_order or amounts) if goods_only else None


def _of_rows(evidence: Evidence, amounts: Sequence[Look], goods: tuple[str | None, ...]) -> Money | None:
    """What it is worth where each row is an order, or nothing tells orders apart."""
    chosen = _best(amounts, whole=True)
    if chosen is not None:
        return Money({"amount": chosen.header}, (f"A row is worth “{chosen.header}”.",))
    return _goods(evidence, *goods)


def _goods(evidence: Evidence, quantity: str | None, price: str | None, product: str | None) -> Money | None:
    """Quantity times price, where the price is of one piece; the price alone where it is the row's."""
    if price is None:
        return None
    if quantity is None:
        return Money({"amount": price}, (f"A row is worth “{price}”.",))
    of_row = evidence.price_is_of_the_row(price, quantity, product)
    each = speaks_of(price, UNIT_PRICES | EACH)
    if of_row is None and not each:
        return Money(
            {"quantity": quantity, "price": price},
            (f"A row is worth “{quantity}” × “{price}”.",),
            (_OF_WHAT.format(price),),
        )
    if of_row:
        told = f"“{price}” grows with “{quantity}”, so it is the price of all pieces of a row."
        return Money({"amount": price}, (f"A row is worth “{price}”.", told))
    return Money({"quantity": quantity, "price": price}, (f"A row is worth “{quantity}” × “{price}”.",))


def _is_an_orders(evidence: Evidence, order: str, look: Look, lines: pd.Series[float] | None) -> bool:
    """Whether a figure is the whole order's: on its first row only, the sum of its lines, or named so and repeated."""
    if evidence.on_first_rows_only(order, look.header):
        return True
    if lines is not None and evidence.sums_up(order, look.header, lines):
        return True
    named = speaks_of(look.header, WHOLE | ORDERS | NET | frozenset({"total", "totals"}))
    repeated = evidence.repeated_within(order, look.header)
    return repeated and named and not speaks_of(look.header, LINES)


def _could_be_either(evidence: Evidence, order: str, look: Look) -> bool:
    """Whether a figure is the same on all rows of an order, and its name does not say that it is a line's."""
    return evidence.repeated_within(order, look.header) and not speaks_of(look.header, LINES)


def _with_total(money: Money, totals: Sequence[Look]) -> Money:
    """With the orders' total to compare the lines with, where there is one."""
    chosen = _best([look for look in totals if look.header not in money.settings.values()], whole=True)
    if chosen is None:
        return money
    said = f"The orders' “{chosen.header}” is compared with their lines."
    return Money({**money.settings, "order_total": chosen.header}, (*money.said, said), money.undecided)


def _lowered(evidence: Evidence, money: Money, figures: Sequence[Look]) -> Money:
    """With discounts that are not in the amount yet, and what was paid back."""
    settings, said = dict(money.settings), list(money.said)
    refunded = next((look for look in figures if _is_refund(look) and look.header not in settings.values()), None)
    if refunded is not None:
        settings["refunded"] = refunded.header
        said.append(f"“{refunded.header}” is taken off.")
    discount = next((look for look in figures if _is_discount(look) and look.header not in settings.values()), None)
    amount = settings.get("amount")
    if discount is not None and isinstance(amount, str) and _before_discounts(evidence, amount, discount, figures):
        settings["less"] = [discount.header]
        said.append(f"“{discount.header}” is taken off.")
    if isinstance(amount, str) and not speaks_of(amount, NET):
        beside = [look.header for look in figures if _is_beside(look)]
        if beside and "order_total" not in settings:
            listed = " and ".join(f"“{header}”" for header in beside[:2])
            said.append(f"“{amount}” may include {listed}; to take them off, add them under transactions.less.")
    worth = str(amount or settings.get("price"))
    if speaks_of(worth, CENTS):
        settings["scale"] = 0.01
        said.append(f"“{worth}” counts cents.")
    return Money(settings, tuple(said), money.undecided)


def _before_discounts(evidence: Evidence, amount: str, discount: Look, figures: Sequence[Look]) -> bool:
    """Whether a figure is one before discounts: as a total beside it shows, else by its name, a line's or an item's."""
    beside = [look.header for look in figures if _is_beside(look)]
    for total in figures:
        if total.header != amount and is_amount(total):
            shown = evidence.discount_shows(total.header, amount, discount.header, beside)
            if shown is not None:
                return shown
    return speaks_of(amount, LINES) and not speaks_of(amount, NET)


def _is_refund(look: Look) -> bool:
    words = set(words_of(look.header))
    return speaks_of(look.header, REFUNDS) and not words & {
        "date",
        "at",
        "reason",
        "status",
        "id",
        "shipping",
        "tax",
        "fee",
    }


def _is_discount(look: Look) -> bool:
    words = set(words_of(look.header))
    return speaks_of(look.header, DISCOUNTS) and not words & {"code", "codes", "percent", "rate", "name", "type", "%"}


def _is_beside(look: Look) -> bool:
    return speaks_of(
        look.header, frozenset({"shipping", "freight", "postage", "tax", "taxes", "vat", "mwst", "versand"})
    )
