"""Which column says who bought: ranked by what a column's cells show, its name only among equals."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.columns.appearance import Look
from analysis.headers.sales_words import (
    BUYER_STEMS,
    BUYERS,
    DESCRIBING,
    LINES,
    NEVER,
    NOBODY,
    ORDERS,
    PARTS_OF_DAYS,
    PARTS_OF_NAMES,
    PRICES,
    PRODUCTS,
    QUANTITIES,
    SELLERS,
    TOTALS,
    WHEN,
    names_a_number,
    names_buyers,
    names_orders,
    speaks_of,
)
from analysis.headers.vocabulary import CUSTOMERS, KEYS, identifies, roles_of, words_of
from analysis.proposal.evidence import MOSTLY, ColumnEvidence

if TYPE_CHECKING:
    import pandas as pd

ADDRESS = r"^[^@\s]+@[^@\s]+\.[^@\s]+$"
SHARED = 1.5
"""E-mail addresses a key from which it is no person's: a shop's, a channel's, a product's."""
MOSTLY_FILLED = 0.5
COMMON = 0.02
"""Share of the rows from which a value such as 0 or guest stands for everybody without an account."""
PARENTS = frozenset(
    {
        "parent", "ultimate", "household", "family", "group", "holding", "haushalt", "konzern", "mutter",
        "muttergesellschaft", "gruppe", "familie", "foyer", "groupe", "hogar", "grupo", "matriz", "gruppo",
        "capogruppo", "huishouden", "moeder", "moedermaatschappij", "mere", "padre", "umbrella", "headquarters", "hq",
    }
)  # fmt: skip
"""Words of what several customers belong to."""
FEWEST, ANSWERS = 2, 3
UNUSUAL = ((0.1, 5), (0.25, 3), (0.4, 2))
"""Shares of the rows, each with the times the rows of the next, from which a value may stand for many people."""
VALUES_UNEVEN_FROM = 5
"""Values from which one of them can have far more rows than the others."""
TWICE = 2
LEAST_CODE = 1000
AGAIN = 1.2
NUMBER = re.compile(r"^-?[0-9]+$")
FILLER = re.compile(r"^(?:9{3,}|0{2,}|1{4,}|x{2,}|-+)$", re.IGNORECASE)
"""What is typed where a number must be given, and there is none."""
NO_ADDRESS = re.compile(
    r"^(?:no|non|kein|keine|sin|sans|senza|geen|brak|sem|not?|none)[-_.]?e?-?(?:mail|correo|adresse)"
)


@dataclass(frozen=True)
class Buyer:
    """The columns that say who bought, in order of preference, and the cells that name nobody."""

    columns: tuple[str, ...]
    no_account: tuple[str, ...] = ()

    def accounts(self, evidence: ColumnEvidence) -> pd.Series[str]:
        """The cells of the first column that name somebody."""
        keys = evidence.texts(self.columns[0])
        return keys.where(~keys.str.lower().isin(self.no_account)).dropna()

    def times(self, evidence: ColumnEvidence) -> float:
        """Rows an account of the first column has on average."""
        keys = self.accounts(evidence)
        return len(keys) / max(1, keys.nunique())


def find_buyer(evidence: ColumnEvidence, order: str | None) -> Buyer | None:
    """The buyer's columns; None where no column names a person or an account."""
    candidates = [look for look in evidence.looks if _may_be(evidence, look)]
    nobody = {look.header: nobody_in(evidence, look) for look in candidates}
    addresses = [look for look in candidates if is_address(evidence, look)]
    ranked = sorted(
        (look for look in candidates if _is_a_persons(evidence, look, addresses, nobody[look.header])),
        key=lambda look: rank(evidence, look, order),
        reverse=True,
    )
    ranked = [look for look in ranked if not _beside_a_key(evidence, look, order)]
    if not ranked:
        return None
    first = ranked[0]
    lacking = evidence.texts(first.header).isna().any() or nobody[first.header]
    beside = [look.header for look in addresses if look.header != first.header] if lacking else []
    if not beside and filled(evidence, first.header, order) < MOSTLY_FILLED:
        return None
    return Buyer((first.header, *beside[:1]), nobody[first.header] if beside else _plainly(evidence, first, nobody))


def rank(evidence: ColumnEvidence, look: Look, order: str | None) -> tuple[float, ...]:
    """How good a column is at telling customers apart; larger is better.

    What is constant within an order comes first, then who bought before the group that they belong to, then what comes
    again in other orders, then the plainer name, then the fuller column.
    """
    constant = order is None or evidence.constant_within(order, look.header) >= MOSTLY
    again = _orders_each(evidence, look, order) > 1.0 + 1e-9
    unique = "unique" in words_of(look.header)
    return (
        constant,
        not _holds_others(evidence, look),
        again,
        _plainness(evidence, look) + unique,
        look.present / max(1, look.rows),
    )


def _holds_others(evidence: ColumnEvidence, look: Look) -> bool:
    """Whether a column is a group of customers by its name, and another is the customer's: `Parent account`."""
    if not speaks_of(look.header, PARENTS):
        return False
    others = [each for each in evidence.looks if each.header != look.header and _may_be(evidence, each)]
    return any(
        not speaks_of(each.header, PARENTS)
        and each.distinct > look.distinct
        and names_buyers(each.header)
        and evidence.constant_within(each.header, look.header) >= MOSTLY
        for each in others
    )


def filled(evidence: ColumnEvidence, header: str, order: str | None) -> float:
    """Share of the orders, or of the rows, for which the column says something."""
    known = evidence.texts(header).notna()
    return float((known.groupby(evidence.texts(order)).any() if order else known).mean())


def _beside_a_key(evidence: ColumnEvidence, look: Look, order: str | None) -> bool:
    """Whether the table has a key of its customers, one a row, and the column is no key but a trait: `Company`."""
    if order is not None or look.unique == 1 or identifies(look.header) == 3 or is_address(evidence, look):
        return False
    return any(
        identifies(other.header) == 3
        and names_buyers(other.header)
        and other.unique == 1
        and other.present == other.rows
        for other in evidence.looks
    )


def is_address(evidence: ColumnEvidence, look: Look) -> bool:
    """Whether nearly all cells are e-mail addresses."""
    known = evidence.texts(look.header).dropna()
    return bool(len(known) and known.str.contains(ADDRESS).mean() >= 0.9)


def nobody_in(evidence: ColumnEvidence, look: Look) -> tuple[str, ...]:
    """The values by which the column says that there is no account, the commonest first."""
    known = evidence.texts(look.header).dropna().str.strip().str.lower().value_counts()
    often = [str(word) for word, rows in known.items() if rows > max(1, COMMON * look.rows)]
    return tuple(word for word in often if _is_nobody(word))


def _is_nobody(word: str) -> bool:
    """Whether a cell names nobody: `Walk-in Customer`, `noemail@shop.example`."""
    user, at, _ = word.partition("@")
    return " ".join(words_of(word)) in NOBODY or word in NOBODY or bool(at and NO_ADDRESS.match(user))


def _plainly(evidence: ColumnEvidence, look: Look, nobody: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Those that name nobody where no other column does: words, and a number with far more rows than any other."""
    counts = evidence.texts(look.header).dropna().str.strip().str.lower().value_counts()
    often = counts.iloc[0] >= TWICE * counts.iloc[1]
    return tuple(word for word in nobody[look.header] if not NUMBER.match(word) or (often and word == counts.index[0]))


def outstanding(evidence: ColumnEvidence, look: Look, nobody: tuple[str, ...]) -> str | None:
    """The value that may stand for everybody without an account: it has far more rows than any other.

    One that looks as if typed to fill the cell, such as 99999, need only have the most.
    """
    known = evidence.texts(look.header).dropna().str.strip()
    counts = known[~known.str.lower().isin(nobody)].value_counts()
    if len(counts) < VALUES_UNEVEN_FROM:
        return None
    first, rows = str(counts.index[0]), counts.iloc[0]
    far = any(rows >= share * look.rows and rows >= times * counts.iloc[1] for share, times in UNUSUAL)
    return first if far or (FILLER.match(first) and rows > COMMON * look.rows and rows > counts.iloc[1]) else None


def _orders_each(evidence: ColumnEvidence, look: Look, order: str | None) -> float:
    if order is not None:
        return evidence.each(look.header, order)
    return look.present / max(1, look.distinct)


def _plainness(evidence: ColumnEvidence, look: Look) -> float:
    """An account's number before an address, an address before a name."""
    words = words_of(look.header)
    if KEYS.intersection(words) - {"email", "mail"} or (names_buyers(look.header) and names_a_number(look.header)):
        return 3
    if is_address(evidence, look):
        return 2.5
    return 2 if {"account", "company", "firma", "firm", "user", "username"}.intersection(words) else 1.5


def _may_be(evidence: ColumnEvidence, look: Look) -> bool:
    """Whether the column could name a person or an account at all."""
    if not look.present or look.distinct < FEWEST or look.dates or (look.numeric and not look.whole):
        return False
    sells = speaks_of(look.header, SELLERS) and not speaks_of(look.header, BUYERS - {"account", "contact", "company"})
    if sells or is_address(evidence, look):
        return not sells
    # `Member`: yes or no; `Billing City`; `Account length`, `Loyalty points`.
    trait = _is_an_answer(look) or _describes(look) or (look.numeric and not _numbers_buyers(look))
    return not trait and _is_named(look)


def _is_named(look: Look) -> bool:
    """Whether the header names the buyer, or is only that of an identifier."""
    named = names_buyers(look.header) or bool(KEYS.intersection(words_of(look.header)))
    if names_orders(look.header) or speaks_of(look.header, PRODUCTS | LINES):
        return named and speaks_of(look.header, CUSTOMERS)
    return named or identifies(look.header) >= 2


def _numbers_buyers(look: Look) -> bool:
    """Whether figures are somebody's number: the header says so or has only words of buyers, or they are codes."""
    coded = names_buyers(look.header) and _is_coded(look) and look.distinct * AGAIN <= look.present
    return names_a_number(look.header) or _is_only_a_buyer(look) or coded


def _is_only_a_buyer(look: Look) -> bool:
    """Whether every word of the header is a buyer's: `Sold-to`, `Mobile`."""
    words = words_of(look.header)
    return "".join(words) in BUYERS or all(word in BUYERS | {"to"} or word.startswith(BUYER_STEMS) for word in words)


def _is_an_answer(look: Look) -> bool:
    """Whether the values are answers, `Member`: yes or no, and no people."""
    return look.distinct <= ANSWERS and look.rows > ANSWERS * 2


def _describes(look: Look) -> bool:
    """Whether the header speaks of a trait: `Customer Type`, `Billing City`."""
    return not DESCRIBING.isdisjoint(words_of(look.header))


def _is_a_persons(evidence: ColumnEvidence, look: Look, addresses: Sequence[Look], nobody: tuple[str, ...]) -> bool:
    """Whether a value of the column goes with about one e-mail address; values that name nobody do not count."""
    for address in addresses:
        if address.header == look.header:
            continue
        keys = evidence.texts(look.header)
        keys = keys.where(~keys.str.lower().isin(nobody))
        each = evidence.texts(address.header).str.lower().groupby(keys).nunique()
        each = each[each > 0]
        if len(each) and float(each.mean()) > SHARED:
            return False
    return True


def could_be(looks: Sequence[Look]) -> list[str]:
    """Columns of repeated texts or codes, which the analyst may recognise as the customer."""
    goods = PRODUCTS | LINES | ORDERS | frozenset({"stage", "status", "state", "description", "currency", "seller"})
    texts = [look for look in looks if look.present and not look.dates and (not look.numeric or _is_coded(look))]
    texts = [look for look in texts if FEWEST <= look.distinct < look.present and not speaks_of(look.header, goods)]
    texts = [look for look in texts if (PARTS_OF_NAMES | PARTS_OF_DAYS).isdisjoint(words_of(look.header))]
    likely = [look for look in texts if not speaks_of(look.header, SELLERS | DESCRIBING)]
    return [look.header for look in likely or texts][:3]


def _is_coded(look: Look) -> bool:
    """Whether whole numbers are of one length, as those of accounts are, and named by no measure."""
    measures = speaks_of(
        look.header, TOTALS | PRICES | QUANTITIES | WHEN | NEVER - {"number", "no", "nr", "id", "code"}
    )
    one_length = look.whole and look.p05 >= LEAST_CODE and len(f"{look.p05:.0f}") == len(f"{look.p95:.0f}")
    return one_length and not measures and not roles_of(look.header)
