"""What the words of a status column mean: whether money was paid and kept, in eight languages.

The words stand in `status_words.yml`. A word that it does not know is never guessed at: the analyst is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Literal, TypeVar

from analysis.configuration.settings import Settings
from analysis.configuration.yaml_text import read_yaml
from analysis.headers.sales_words import names_buyers
from analysis.headers.vocabulary import unaccented, words_of

Judgement = Literal["counts", "leave_out", "refunded", "partially_refunded"]
PAYMENT = 2
"""The rank of a header that speaks of a payment."""
IN_A_SHOP = ("parcel", "invoice", "till")
PLACES = frozenset(
    {
        "city", "town", "country", "county", "zip", "zipcode", "postcode", "postal", "region", "address", "street",
        "ciudad", "cidade", "citta", "ville", "pais", "pays", "provincia", "cap", "cep", "cp", "miasto",
        "kraj", "direccion", "endereco", "indirizzo", "adresse", "adres",
    }
)  # fmt: skip
"""Words of an address."""
Group = TypeVar("Group", bound=str)
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


class Headers(Settings):
    """Words of headers."""

    status: tuple[str, ...]
    payment: tuple[str, ...]
    secondary: tuple[str, ...]
    goods: tuple[str, ...]
    trait: tuple[str, ...]
    places: tuple[str, ...]


class Flags(Settings):
    """Words of headers above yes and no."""

    small: tuple[str, ...]
    meanings: tuple[str, ...]
    leave_out: tuple[str, ...]
    counts: tuple[str, ...]


class Vocabulary(Settings):
    """`status_words.yml`."""

    sources: Mapping[str, str]
    judgements: Mapping[str, Judgement]
    in_context: Mapping[str, Mapping[str, str]]
    contexts: Mapping[str, tuple[str, ...]]
    headers: Headers
    flags: Flags
    words: Mapping[str, Mapping[str, tuple[str, ...]]]


@dataclass(frozen=True)
class JudgedStatuses:
    """The different values of a column, each in one of five lists, in the order of the alphabet."""

    counts: tuple[str, ...]
    """Paid, or on its way to be delivered."""
    leave_out: tuple[str, ...]
    """Failed, cancelled, pending, charged back, or a deal that is open or lost."""
    refunded: tuple[str, ...]
    partially_refunded: tuple[str, ...]
    unknown: tuple[str, ...]
    meanings: Mapping[str, str]
    """Of each known value: `happened`, `failed`, `cancelled`, `pending`, `chargeback`, `open`, `lost` and so on."""

    @property
    def telling(self) -> bool:
        """Whether some of the values count and others do not: then the column tells, whatever its header."""
        return bool(self.counts and (self.leave_out or self.refunded))


def judge(values: Iterable[str], header: str = "") -> JudgedStatuses:
    """What each of the values says of its row; empty ones say nothing and are passed over.

    Under the header of a payment a word such as `processing` speaks of the payment, whatever stands beside it.
    """
    paid = rank(header) == PAYMENT
    texts = sorted({value.strip() for value in values} - {""})
    context = _context({normal(text) for text in texts})
    meanings = {text: meaning for text in texts if (meaning := _meaning(normal(text), context, paid=paid))}
    judgements = {text: vocabulary().judgements[meaning] for text, meaning in meanings.items()}

    def those(judgement: Judgement) -> tuple[str, ...]:
        return tuple(text for text in texts if judgements.get(text) == judgement)

    return JudgedStatuses(
        counts=those("counts"),
        leave_out=those("leave_out"),
        refunded=those("refunded"),
        partially_refunded=those("partially_refunded"),
        unknown=tuple(text for text in texts if text not in meanings),
        meanings=meanings,
    )


def is_status_header(header: str) -> bool:
    """Whether a header is that of a status which can decide; that of a delivery or an address cannot."""
    return rank(header) > 0


def rank(header: str) -> int:
    """How well a status decides whether money was paid: 2 of a payment, 1 of an order or a deal, 0 not at all."""
    named, headers = words_of(header), vocabulary().headers
    if not any(word in headers.status or word.endswith("status") for word in named) or is_secondary(header):
        return 0
    return PAYMENT if any(word.startswith(headers.payment) for word in named) else 1


def is_secondary(header: str) -> bool:
    """Whether a header is that of a delivery, an address or the like: no word of the money."""
    return _speaks_of(header, vocabulary().headers.secondary)


def is_of_goods(header: str) -> bool:
    """Whether a header says what became of the goods: `Delivery status`, `Fulfilment`."""
    return _speaks_of(header, vocabulary().headers.goods)


def is_of_orders(header: str, beside: Iterable[str]) -> bool:
    """Whether a status may say which rows count, though its words are not known: no customer's, and no place's.

    `beside` are the other headers: next to a city, `State` is a place.
    """
    headers, words = vocabulary().headers, words_of(header)
    if not is_status_header(header) or names_buyers(header) or _speaks_of(header, headers.trait):
        return False
    place = not {*headers.places}.isdisjoint(words)
    return not place or not any(PLACES.intersection(words_of(each)) for each in beside)


def _speaks_of(header: str, parts: Iterable[str]) -> bool:
    return any(_of(word, part) for word in words_of(header) for part in parts)


def normal(text: str) -> str:
    """A value as it is compared: small words without accents and marks, `wc-on-hold` as `on hold`."""
    words = re.findall(r"[^\W_]+", unaccented(text))
    return " ".join(words[1:] if words[:1] == ["wc"] else words)


@cache
def vocabulary() -> Vocabulary:
    """The words, as the file has them."""
    file = Path(__file__).with_name("status_words.yml")
    return Vocabulary.model_validate(read_yaml(file.read_text(encoding="utf-8")))


@cache
def meanings() -> Mapping[str, str]:
    """Every word, as it is compared, with its meaning; that of the first group that has it."""
    groups = vocabulary().words.items()
    return spelled({meaning: chain.from_iterable(languages.values()) for meaning, languages in groups})


def spelled(groups: Mapping[Group, Iterable[str]]) -> Mapping[str, Group]:
    """Every word of some groups, as it is compared, with its group; also as `ue` where it has an umlaut."""
    found: dict[str, Group] = {}
    for group, words in groups.items():
        for word in words:
            for each in (word, word.casefold().translate(UMLAUTS)):
                found.setdefault(normal(each), group)
    return found


def _meaning(word: str, context: str | None, *, paid: bool) -> str | None:
    ambiguous = vocabulary().in_context.get(word)
    if ambiguous is None:
        return meanings().get(word)
    if paid and "payment" in ambiguous:
        return ambiguous["payment"]
    # Where neither parcels nor invoices give a word a meaning of their own, it is that of a shop.
    return ambiguous.get(context or "", ambiguous.get("shop") if context in IN_A_SHOP else None)


def _context(words: set[str]) -> str | None:
    """Whether the values are those of deals, payments, parcels, invoices, a shop, or a till that has no word for paid.

    None where none of them is telling.
    """
    for name, telling in vocabulary().contexts.items():
        if words & {normal(word) for word in telling} or (name == "deal" and _lost(words)):
            return name
    plain = {word for word in words if word in meanings() and word not in vocabulary().in_context}
    judgements = {vocabulary().judgements[meanings()[word]] for word in plain}
    return None if not plain else "shop" if "counts" in judgements else "till"


def _lost(words: set[str]) -> bool:
    return any(meanings().get(word) == "lost" for word in words)


def _of(word: str, part: str) -> bool:
    """Whether a word is the part, or a compound that begins with it (Lieferstatus); short parts stand alone."""
    return word == part or (len(part) > 5 and word.startswith(part))
