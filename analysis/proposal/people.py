"""Whether the rows are people, though several share an account, a household or an address, and no purchases."""

from __future__ import annotations

from analysis.looks import Look
from analysis.proposal.buyer import Buyer, is_address
from analysis.proposal.evidence import Evidence
from analysis.proposal.sales_words import LINES, PRODUCTS, names_a_number, names_buyers, names_orders, speaks_of
from analysis.vocabulary import CUSTOMERS, identifies, roles_of, words_of

OWN = 0.95
"""Different values a row from which a column tells the rows apart; two people may have one name."""
SHARED = 0.9
NAMES = frozenset({"name", "nom", "naam", "nombre", "nome", "nazwa", "nazwisko", "surname", "nachname", "fullname"})
IDENTIFIER = 2
NOT_OWN = frozenset({"ref", "reference", "po", "product", "file", "event"})
"""`Customer reference`: what a customer calls an order."""


def rows_are_people(evidence: Evidence, buyer: Buyer | None) -> bool:
    """Whether each row has a person of its own: a name, a key or an address that hardly any other row has.

    `buyer` is the column that several rows share: the account of several contacts, the address of a couple.
    """
    taken = buyer.columns if buyer else ()
    shared = [evidence.by_header[header] for header in taken]
    if any(look.unique > SHARED for look in shared):
        return False
    others = [look for look in evidence.looks if look.header not in taken]
    return any(_is_a_person(evidence, look) for look in others) or _has_totals(others)


def has_own_key(evidence: Evidence) -> bool:
    """Whether each row has an identifier or a running number that is no order's: it may be a person's."""
    return any(_is_a_key(look) for look in evidence.looks)


def names_customers(evidence: Evidence, header: str) -> bool:
    """Whether a column is plainly a customer's: named so, a number of somebody who buys, or an e-mail address."""
    numbered = names_buyers(header) and names_a_number(header)
    return speaks_of(header, CUSTOMERS) or numbered or is_address(evidence, evidence.by_header[header])


def _is_a_person(evidence: Evidence, look: Look) -> bool:
    if look.dates or look.present < look.rows or look.unique < OWN:
        return False
    words = set(words_of(look.header))
    if names_orders(look.header) or words & NOT_OWN or speaks_of(look.header, PRODUCTS | LINES):
        return False
    named = names_buyers(look.header) or bool(words & NAMES)
    return is_address(evidence, look) or (named and (not look.numeric or names_a_number(look.header)))


def _is_a_key(look: Look) -> bool:
    own = look.unique == 1 and look.present == look.rows and not names_orders(look.header)
    return own and (look.consecutive or identifies(look.header) >= IDENTIFIER)


def _has_totals(looks: list[Look]) -> bool:
    """Whether each row has a key of its own and counts orders or visits, as a table of customers does."""
    counts = any(look.numeric and look.whole and "frequency" in roles_of(look.header) for look in looks)
    return counts and any(_is_a_key(look) for look in looks)
