"""What tables of sales call things, in several languages: words of a header → what the column may be, or never is."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from analysis.configuration.yaml_text import read_yaml
from analysis.headers.vocabulary import CUSTOMERS, IDENTIFIERS, KEYS, NUMBERS, words_of

_WORDS: dict[str, list[str]] = read_yaml(Path(__file__).with_suffix(".yml").read_text(encoding="utf-8"))
BUYERS = frozenset(_WORDS["buyers"]) | CUSTOMERS
SELLERS = frozenset(_WORDS["sellers"])
ORDERS = frozenset(_WORDS["orders"])
ORDER_STEMS = tuple(_WORDS["order_stems"])
LINES = frozenset(_WORDS["lines"])
PRODUCTS = frozenset(_WORDS["products"])
QUANTITIES = frozenset(_WORDS["quantities"])
PRICES = frozenset(_WORDS["prices"])
UNIT_PRICES = frozenset(_WORDS["unit_prices"])
EACH = frozenset(_WORDS["each"])
TOTALS = frozenset(_WORDS["totals"])
NET = frozenset(_WORDS["net"])
GROSS = frozenset(_WORDS["gross"])
WHOLE = frozenset(_WORDS["whole"])
NEVER = frozenset(_WORDS["never"])
DISCOUNTS = frozenset(_WORDS["discounts"])
REFUNDS = frozenset(_WORDS["refunds"])
BOUGHT_ON = frozenset(_WORDS["bought_on"])
WHEN = frozenset(_WORDS["when"])
LATER = frozenset(_WORDS["later"])
CENTS = frozenset(_WORDS["cents"])
BESIDE = frozenset(_WORDS["beside"])
TAXES = frozenset(_WORDS["taxes"])
FEES = frozenset(_WORDS["fees"])
BEFOREHAND = frozenset(_WORDS["beforehand"])
LOWERED = frozenset(_WORDS["lowered"])
QUALIFIERS = frozenset(_WORDS["qualifiers"])
DESCRIBING = frozenset(_WORDS["describing"])
NOBODY = frozenset(_WORDS["nobody"])
PARTS_OF_NAMES = frozenset(_WORDS["parts_of_names"])
PARTS_OF_DAYS = frozenset(_WORDS["parts_of_days"])
ACCOUNTS = frozenset(_WORDS["accounts"])
CHARGED = frozenset(_WORDS["charged"])
CHARGED_PHRASES = frozenset(_WORDS["charged_phrases"])
CLAIMS = frozenset(_WORDS["claims"])
NUMBER_ENDS = ("nummer", "nr", "number", "id", "no")
LONG_ENOUGH = 4
"""Letters of a word beyond which such an end is one: `Belegnr`, and not `paid`."""
BUYER_STEMS = (
    "kunde", "customer", "klant", "client", "klient", "buyer", "kaufer", "kaeufer", "besteller", "acheteur",
    "comprador", "mitglied", "spender", "debitor", "abonn", "kd",
)  # fmt: skip


def parts_of(header: str) -> list[str]:
    """A header's words, and the same in one piece: `sub total` → sub, total, subtotal."""
    words = words_of(header)
    pairs = [one + other for one, other in pairwise(words)]
    return [*words, *pairs]


def speaks_of(header: str, concept: frozenset[str]) -> bool:
    """Whether a header has a word of these."""
    return not concept.isdisjoint(parts_of(header))


def names_buyers(header: str) -> bool:
    """Whether a header speaks of whoever buys, in a word of its own or at the head of one: `Kundenkarte`."""
    return speaks_of(header, BUYERS) or any(word.startswith(BUYER_STEMS) for word in words_of(header))


def names_orders(header: str) -> bool:
    """Whether a header speaks of what is bought together, in a word of its own or at the head of one: `Belegnr.`."""
    heads = (word for word in words_of(header) if word.startswith(ORDER_STEMS) and word.endswith(NUMBER_ENDS))
    return speaks_of(header, ORDERS) or any(heads)


def names_a_number(header: str) -> bool:
    """Whether a header speaks of a number or an identifier: `Order ID`, `Bestellnummer`, `Name #`."""
    words = words_of(header)
    return bool({*words} & (IDENTIFIERS | NUMBERS | KEYS)) or any(
        word.endswith(NUMBER_ENDS) and len(word) > LONG_ENOUGH for word in words
    )
