"""What a row of a table of sales is worth: which column is the amount, and of what."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from analysis.basics.listed import quoted
from analysis.columns.appearance import Look
from analysis.columns.money_words import is_a_price, is_amount, is_charged, is_refund
from analysis.headers.sales_words import (
    BEFOREHAND,
    CHARGED,
    CLAIMS,
    EACH,
    GROSS,
    LINES,
    LOWERED,
    NET,
    ORDERS,
    QUANTITIES,
    UNIT_PRICES,
    WHOLE,
    speaks_of,
)
from analysis.headers.vocabulary import words_of
from analysis.proposal.balance import Balance, balances
from analysis.proposal.evidence import CENT, FEWEST_ORDERS, MOSTLY, ColumnEvidence
from analysis.proposal.goods import of_pieces, without_parts, without_totals_of_others
from analysis.proposal.lowered import Base, Money, lowered
from analysis.proposal.one_currency import one_currency

if TYPE_CHECKING:
    import pandas as pd

_WHOSE = (
    "“{0}” is the same on all rows of an order: it may be each row's or the whole order's. Write "
    "transactions.amount_of: row or order."
)
_OF_WHAT = (
    "“{0}” may be the price of one piece or of all pieces of the row. For one piece leave transactions.quantity and "
    "price as they are; for all pieces write amount: {0} in their place. Then remove this line from undecided."
)
_WHICH = (
    "“{0}” was taken as the value of {1}, but {2} could be that too, and they differ. Leave transactions.amount as it "
    "is or write the other there, and remove this line from undecided. Where each is a part, add a column of their sum."
)
_WHICH_PRICE = (
    "“{0}” was taken as the price, but {1} could be that too, and they differ. Leave transactions.price as it is or "
    "write the other there, and remove this line from undecided."
)
_RETURNED = (
    "“{0}” is below 0 in {2:,} rows in which “{1}” is above 0. If pieces were returned there, write their “{1}” "
    "below 0 in "
    "the table, or name quantity and price in place of transactions.amount; then remove this line from undecided."
)
_CLAIMED = (
    "“{0}” is next to “{1}”, so it may be money that customers received, not money that they paid. If they paid it, "
    "remove this line from undecided; if not, name what they paid under transactions.amount."
)
_CENTS = (
    "“{0}” has only whole figures next to currencies in lower case, as payment services write cents. If they are "
    "cents, write transactions.scale: 0.01; either way remove this line from undecided."
)


def find_money(
    evidence: ColumnEvidence,
    order: str | None,
    taken: Collection[str],
    product: str | None,
    customer: str | None = None,
) -> Money | None:
    """What a row is worth; None where no column is money."""
    figures = [look for look in evidence.looks if look.numeric and not look.dates and look.header not in taken]
    quantity = next(
        (look.header for look in figures if speaks_of(look.header, QUANTITIES) and not is_refund(look)), None
    )
    prices = [look for look in figures if look.header != quantity and is_a_price(look)]
    amounts = [look for look in figures if look.header != quantity and look not in prices and is_amount(look)]
    if not amounts and not prices:
        maybe = [look for look in figures if look.header != quantity and is_charged(look)]
        amounts = maybe if len(maybe) == 1 else []
    pieces = of_pieces(evidence, quantity, amounts)
    prices, amounts = [*prices, *pieces], [look for look in amounts if look not in pieces]
    price = _price(prices)
    amounts = without_totals_of_others(evidence, amounts, customer)
    lines = _lines(evidence, quantity, price)
    parts = [look for look in figures if look.header not in (quantity, price)]
    sums = balances(evidence, order, amounts, parts, lines)
    amounts = without_parts(evidence, sums, amounts)
    if order is not None and evidence.several(order):
        found = _of_orders(evidence, order, amounts, (quantity, price, product), lines, sums)
    else:
        found = _of_rows(evidence, amounts, (quantity, price, product))
    if found is None:
        return None
    found = _with_other_prices(evidence, found, prices)
    off = {name for each in sums if each.total == found.settings.get("amount") for name in each.off}
    found = replace(found, lowered=frozenset(off))
    found = _with_returns(evidence, found, quantity)
    return _maybe_claimed(evidence, _maybe_cents(evidence, lowered(Base(evidence, order, parts, lines, sums), found)))


def _price(prices: Sequence[Look]) -> str | None:
    """The column of prices: what was paid before what was listed, the plainest first."""
    plainest = max(prices, key=lambda look: (*_of_price(look), -prices.index(look)), default=None)
    return plainest.header if plainest else None


def _of_price(look: Look) -> tuple[int, ...]:
    header = look.header
    named = (speaks_of(header, NET), not speaks_of(header, GROSS), speaks_of(header, UNIT_PRICES | EACH))
    return (not speaks_of(header, BEFOREHAND), speaks_of(header, LOWERED), *named)


def _with_other_prices(evidence: ColumnEvidence, money: Money, prices: Sequence[Look]) -> Money:
    """With a question where another price says something else, and no name tells which was paid."""
    price = money.settings.get("price")
    chosen = next((look for look in prices if look.header == price), None)
    if chosen is None:
        return money
    others = [look for look in prices if _of_price(look) == _of_price(chosen) and _differ(evidence, chosen, look)]
    return money.adding(asked=_WHICH_PRICE.format(price, _listed(others))) if others else money


def _differ(evidence: ColumnEvidence, one: Look, other: Look) -> bool:
    """Whether two columns of money are not the same in nearly all rows that have both."""
    gap = (evidence.figures(one.header) - evidence.figures(other.header)).abs().dropna()
    return one is not other and len(gap) >= FEWEST_ORDERS and bool((gap <= CENT).mean() < MOSTLY)


def _listed(looks: Sequence[Look]) -> str:
    return quoted([look.header for look in looks[:3]], "or")


def _asked(evidence: ColumnEvidence, money: Money, amounts: Sequence[Look], *, whole: bool) -> Money:
    """With a question where another amount says something else, and no name tells which one counts."""
    chosen = next((look for look in amounts if look.header == money.settings.get("amount")), None)
    if chosen is None:
        return money
    rank = _worth(chosen, whole=whole)[:-1]
    own = one_currency(chosen, evidence.looks)
    alike = [look for look in amounts if one_currency(look, evidence.looks) in (None, own)]
    others = [look for look in alike if _worth(look, whole=whole)[:-1] == rank and _differ(evidence, chosen, look)]
    what = "an order" if money.settings.get("amount_of") == "order" else "a row"
    return money.adding(asked=_WHICH.format(chosen.header, what, _listed(others))) if others else money


def _with_returns(evidence: ColumnEvidence, money: Money, quantity: str | None) -> Money:
    """With a question where pieces come back by their number, and a row's amount does not say so."""
    amount = money.settings.get("amount")
    if quantity is None or not isinstance(amount, str) or "amount_of" in money.settings:
        return money
    pieces = evidence.figures(quantity)
    rows = int(((pieces < 0) & (evidence.figures(amount) > 0)).sum())
    # A stock's book writes all that goes out below 0.
    asked = 0 < rows < int((pieces > 0).sum())
    return money.adding(asked=_RETURNED.format(quantity, amount, rows)) if asked else money


def _maybe_cents(evidence: ColumnEvidence, money: Money) -> Money:
    """With a question where the figures look like a payment service's, which counts cents."""
    amount = money.settings.get("amount")
    if not isinstance(amount, str) or "scale" in money.settings:
        return money
    look = evidence.by_header[amount]
    codes = [each for each in evidence.looks if "currency" in words_of(each.header) and each.levels]
    small = any(all(level.islower() and len(level) == 3 for level in each.levels) for each in codes)
    return money.adding(asked=_CENTS.format(amount)) if small and look.whole and not look.constant else money


def _maybe_claimed(evidence: ColumnEvidence, money: Money) -> Money:
    """With a question where the rows are claims, which are paid to the customer."""
    amount = money.settings.get("amount")
    claims = [look.header for look in evidence.looks if not CLAIMS.isdisjoint(words_of(look.header))]
    if not isinstance(amount, str) or not claims or not CHARGED.isdisjoint(words_of(amount)):
        return money
    return money.adding(asked=_CLAIMED.format(amount, claims[0]))


def _lines(evidence: ColumnEvidence, quantity: str | None, price: str | None) -> pd.Series[float] | None:
    return evidence.figures(quantity) * evidence.figures(price) if quantity and price else None


def _worth(look: Look, *, whole: bool) -> tuple[int, ...]:
    """The better amount is larger: what was paid before what was planned, net before gross, a line's or an order's."""
    header = look.header
    of_order = speaks_of(header, WHOLE | ORDERS) and not speaks_of(header, LINES)
    fits = of_order if whole else speaks_of(header, LINES)
    plain = len(words_of(header)) <= 2
    net = (speaks_of(header, NET), not speaks_of(header, GROSS))
    return (not speaks_of(header, BEFOREHAND), *((*net, fits) if whole else (fits, *net)), plain)


def _best(amounts: Sequence[Look], *, whole: bool) -> Look | None:
    return max(amounts, key=lambda look: (_worth(look, whole=whole), -amounts.index(look)), default=None)


def _of_orders(
    evidence: ColumnEvidence,
    order: str,
    amounts: Sequence[Look],
    goods: tuple[str | None, ...],
    lines: pd.Series[float] | None,
    sums: Sequence[Balance],
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
        told = {each.total for each in sums if each.goods is None and each.on}
        above = [look for look in of_order if look.header in told or evidence.exceeds(order, look.header, lines)]
        if of_order and len(above) == len(of_order) and "quantity" in goods_only.settings:
            return _with_total(goods_only, of_order)
    if line is None and (chosen := _best(net or of_order, whole=True)):
        said = f"“{chosen.header}” belongs to the whole order, so it counts once for each “{order}”."
        found = Money({"amount": chosen.header, "amount_of": "order"}, (f"An order is worth “{chosen.header}”.", said))
        return _asked(evidence, found, net or of_order, whole=True)
    if line or own:
        chosen = line or _best(own, whole=False)
        assert chosen is not None  # noqa: S101 (one of them is there)
        found = Money({"amount": chosen.header}, (f"A row is worth “{chosen.header}”.",))
        return _with_total(_asked(evidence, found, own, whole=False), of_order)
    unclear = _best([look for look in amounts if look not in of_order], whole=True)
    if unclear is not None and not (quantity and price):
        return Money(
            {"amount": unclear.header},
            (f"A row is worth “{unclear.header}”.",),
            (_WHOSE.format(unclear.header),),
        )
    return _with_total(goods_only, of_order or amounts) if goods_only else None


def _of_rows(evidence: ColumnEvidence, amounts: Sequence[Look], goods: tuple[str | None, ...]) -> Money | None:
    """What it is worth where each row is an order, or nothing tells orders apart."""
    chosen = _best(amounts, whole=True)
    if chosen is not None:
        found = Money({"amount": chosen.header}, (f"A row is worth “{chosen.header}”.",))
        return _asked(evidence, found, amounts, whole=True)
    return _goods(evidence, *goods)


def _goods(evidence: ColumnEvidence, quantity: str | None, price: str | None, product: str | None) -> Money | None:
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


def _is_an_orders(evidence: ColumnEvidence, order: str, look: Look, lines: pd.Series[float] | None) -> bool:
    """Whether a figure is the whole order's: on its first row only, the sum of its lines, or named so and repeated."""
    if evidence.on_first_rows_only(order, look.header):
        return True
    if lines is not None and evidence.sums_up(order, look.header, lines):
        return True
    named = speaks_of(look.header, WHOLE | ORDERS | NET | frozenset({"total", "totals"}))
    repeated = evidence.repeated_within(order, look.header)
    return repeated and named and not speaks_of(look.header, LINES)


def _could_be_either(evidence: ColumnEvidence, order: str, look: Look) -> bool:
    """Whether a figure is the same on all rows of an order, and its name does not say that it is a line's."""
    return evidence.repeated_within(order, look.header) and not speaks_of(look.header, LINES)


def _with_total(money: Money, totals: Sequence[Look]) -> Money:
    """With the orders' total to compare the lines with, where there is one."""
    chosen = _best([look for look in totals if look.header not in money.settings.values()], whole=True)
    if chosen is None:
        return money
    said = f"The orders' “{chosen.header}” is compared with the sum of their lines."
    return Money({**money.settings, "order_total": chosen.header}, (*money.said, said), money.undecided)
