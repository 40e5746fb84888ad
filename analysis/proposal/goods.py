"""Which columns of money are no row's amount: prices of a piece, totals of a customer, payouts, parts of another."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.columns.appearance import Look
from analysis.columns.money_words import is_a_means, is_discount, is_refund
from analysis.headers.sales_words import BESIDE, FEES, NET, ORDERS, speaks_of
from analysis.headers.vocabulary import words_of
from analysis.proposal.balance import Balance
from analysis.proposal.evidence import CENT, FEWEST_ORDERS, MOSTLY, ColumnEvidence

PAYMENTS = frozenset({"payment", "payments", "paid", "pago", "zahlung", "paiement", "pagamento", "betaling"})
OWN_TOTAL = 0.5
"""Different figures by customers from which a figure that is constant within each is the customer's own total."""


def of_pieces(evidence: ColumnEvidence, quantity: str | None, amounts: Sequence[Look]) -> list[Look]:
    """Amounts that are the price of one piece: times the quantity they are another, or are before its discounts."""
    if quantity is None:
        return []
    pieces = evidence.figures(quantity)
    found = []
    for look in amounts:
        lines = pieces * evidence.figures(look.header)
        for other in amounts:
            gap = (lines - evidence.figures(other.header))[pieces.abs() > 1].dropna()
            grows = (
                len(gap) >= FEWEST_ORDERS
                and (gap.abs() <= CENT).mean() >= OWN_TOTAL
                and (gap >= -CENT).mean() >= MOSTLY
            )
            if other is not look and grows and look not in found:
                found.append(look)
    return found


def without_totals_of_others(evidence: ColumnEvidence, amounts: Sequence[Look], customer: str | None) -> list[Look]:
    """Without the totals of customers and of invoices with several payments, which stand on each of their rows."""
    own = [look for look in amounts if customer and _is_a_customers(evidence, customer, look)]
    left = [look for look in amounts if look not in own] or list(amounts)
    numbers = [look.header for look in evidence.looks if speaks_of(look.header, ORDERS) and not look.numeric]
    whole = [
        look
        for look in left
        for part in left
        for number in numbers
        if part is not look
        and speaks_of(part.header, PAYMENTS)
        and evidence.repeated_within(number, look.header)
        and evidence.sums_up(number, look.header, evidence.figures(part.header))
    ]
    return [look for look in left if look not in whole]


def _is_a_customers(evidence: ColumnEvidence, customer: str, look: Look) -> bool:
    customers = evidence.texts(customer).nunique()
    return look.distinct >= OWN_TOTAL * customers and evidence.repeated_within(customer, look.header)


def without_parts(evidence: ColumnEvidence, sums: Sequence[Balance], amounts: Sequence[Look]) -> list[Look]:
    """Without amounts that others tell to be a payout, a part, or more or less than what the goods came to."""
    names = {look.header for look in amounts}
    out: set[str] = set()
    for each in sums:
        if each.goods is None:
            continue
        fees_on = each.on and not each.off and all(_is_fee(name) for name in each.on)
        fees_off = each.off and not each.on and all(_is_fee(name) for name in each.off)
        if fees_on or (names.intersection(each.on) and not speaks_of(each.goods, NET)):
            out |= {each.goods, *each.on}
        elif fees_off or (each.off and all(is_a_means(name) for name in each.off)) or (each.on and _beside(each)):
            out.add(each.total)
        elif each.off and not each.on and all(_lowers(evidence.by_header[name]) for name in each.off):
            out.add(each.goods)
    return [look for look in amounts if look.header not in out] or list(amounts)


def _is_fee(header: str) -> bool:
    words = set(words_of(header))
    return speaks_of(header, FEES) and not words & {"shipping", "delivery", "handling"}


def _lowers(look: Look) -> bool:
    return is_discount(look) or is_refund(look)


def _beside(each: Balance) -> bool:
    """Whether a total is the goods with shipping, taxes and the like, as names of either say."""
    known = all(speaks_of(name, BESIDE) or _is_fee(name) for name in each.on)
    return known or (each.goods is not None and speaks_of(each.goods, NET))
