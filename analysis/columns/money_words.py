"""What the header of a column of figures says of money: an amount, a discount, a refund, or what stands beside them."""

from __future__ import annotations

from collections.abc import Collection
from itertools import pairwise

from analysis.columns.appearance import Look
from analysis.headers.sales_words import (
    BESIDE,
    CHARGED,
    CHARGED_PHRASES,
    CLAIMS,
    DISCOUNTS,
    EACH,
    FEES,
    NEVER,
    PRICES,
    QUALIFIERS,
    QUANTITIES,
    REFUNDS,
    TAXES,
    TOTALS,
    speaks_of,
)
from analysis.headers.vocabulary import words_of

NO_MONEY = frozenset({"date", "at", "reason", "status", "id", "code", "codes", "name", "type", "note", "by", "method"})
"""Words of a column that says something else of a discount or a refund."""
COUNTED = QUANTITIES | {"count", "number", "no", "nr", "items", "products", "orders"}
SCORES = frozenset({"score", "index", "rating", "rank", "punkte"})
RATES = frozenset({"percent", "percentage", "pct", "perc", "rate", "prozent", "pourcent", "porcentaje", "percentuale"})
REFUND_STEMS = ("erstatt", "ruckerstatt", "rueckerstatt", "reembols", "rembours", "rimbors", "devol", "terugbeta")


def bare(header: str) -> list[str]:
    """A header's words but for those that only say what is left out of a figure or in it: `Total excl. tax` → total."""
    found: list[str] = []
    skipping = False
    for word in words_of(header):
        if word in QUALIFIERS:
            if found and found[-1] in TAXES:
                found.pop()  # `total tax excl`
            skipping = True
        elif skipping and word in NEVER | REFUNDS:
            continue
        elif word == "of" and found[-1:] == ["net"]:
            skipping = True
        else:
            skipping = False
            found.append(word)
    return found


def speaks_barely_of(header: str, concept: Collection[str]) -> bool:
    """As `speaks_of`, without the words behind excl., incl., before and after."""
    words = bare(header)
    return not set(concept).isdisjoint([*words, *(one + other for one, other in pairwise(words))])


def counts_pieces(look: Look) -> bool:
    """Whether a column counts things by its header: `qty_returned`, `total_items`."""
    words = words_of(look.header)
    return bool(COUNTED.intersection(words)) and look.whole


def is_flag(look: Look) -> bool:
    """Whether the figures are nought and one only."""
    return look.numeric and look.whole and look.distinct <= 2 and look.p05 >= 0 and look.p95 <= 1


def is_amount(look: Look) -> bool:
    """Whether a header speaks of what was paid, and of nothing that is only a part of it or stands beside it."""
    signed = look.currency is not None or bool({"$", "€", "£"}.intersection(look.header))
    named = speaks_barely_of(look.header, TOTALS)
    if not (named or signed) or is_flag(look) or is_refund(look):
        return False
    return not speaks_barely_of(look.header, NEVER | DISCOUNTS | FEES | BESIDE | EACH | CLAIMS)


def is_charged(look: Look) -> bool:
    """Whether a header may name what was paid, where no other column plainly does: `Fare`, `Fee`, `Sold at`."""
    words = bare(look.header)
    named = " ".join(words) in CHARGED_PHRASES or not CHARGED.isdisjoint(words)
    aside = (NEVER | DISCOUNTS | BESIDE | NO_MONEY | COUNTED | RATES | EACH | SCORES) - CHARGED - {"at"}
    return named and not is_flag(look) and not is_refund(look) and aside.isdisjoint(words)


def is_a_price(look: Look) -> bool:
    """Whether a header speaks of the price of a piece, or of a price that could be one."""
    each = speaks_barely_of(look.header, EACH) and speaks_barely_of(look.header, TOTALS)
    beside = NEVER - {"list", "original", "reduced", "compare", "msrp", "quantity", "qty", "number", "no", "nr", "code"}
    named = (each or speaks_of(look.header, PRICES)) and not speaks_barely_of(look.header, beside | FEES | BESIDE)
    return named and not {"subtotal", "extended", "total"}.intersection(words_of(look.header))


def is_refund(look: Look) -> bool:
    """Whether a header speaks of what was paid back, or of pieces that came back; `Total after refunds` does not."""
    words = words_of(look.header)
    stem = any(word.startswith(REFUND_STEMS) for word in bare(look.header))
    named = stem or speaks_barely_of(look.header, REFUNDS)
    return named and not {*words} & (NO_MONEY | BESIDE | TAXES | FEES)


def is_discount(look: Look) -> bool:
    """Whether a header speaks of a discount, as money or as a share."""
    named = speaks_barely_of(look.header, DISCOUNTS)
    return named and not {*bare(look.header)} & (NO_MONEY | TAXES) and not counts_pieces(look)


def is_rate(look: Look) -> bool:
    """Whether a column holds per cents by its header or its cells."""
    return look.percent or "%" in look.header or bool(RATES.intersection(words_of(look.header)))


def is_a_means(header: str) -> bool:
    """Whether a header speaks of what somebody paid with, which lowers no amount: a gift card, points, a credit."""
    return speaks_of(header, frozenset({"giftcard", "giftcards", "points", "wallet", "storecredit", "geschenkkarte"}))


def is_beside(look: Look) -> bool:
    """Whether a header speaks of shipping, a tax or a tip."""
    return speaks_barely_of(look.header, BESIDE)
