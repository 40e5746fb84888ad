"""What the words of a type column say of a row: a sale, a refund, no sale at all, or a part of an order.

The words stand in `row_types.yml`. A word that it does not know is never guessed at: the analyst is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from analysis.columns.appearance import Look
from analysis.configuration.settings import Settings
from analysis.configuration.yaml_text import read_yaml
from analysis.headers.vocabulary import words_of
from analysis.proposal.statuses import meanings, normal, spelled
from analysis.reading.text.total_words import is_carried

NOT_HAPPENED = ("cancelled", "failed", "test")
Kind = Literal["sale", "refund", "no_sale", "payment", "beside", "discount"]


class RowTypeWords(Settings):
    """`row_types.yml`."""

    headers: tuple[str, ...]
    kinds: Mapping[Kind, tuple[str, ...]]


@dataclass(frozen=True)
class Typed:
    """The different values of a column of types, each in one of four lists."""

    counts: tuple[str, ...]
    taken_off: tuple[str, ...]
    """Refunds and discounts: what they come to is taken off, where it is not negative already."""
    leave_out: tuple[str, ...]
    """Quotes, drafts, payments of invoices, shipping and tax."""
    unknown: tuple[str, ...]


def typed(values: Iterable[str]) -> Typed | None:
    """What each value says; None where none is a sale. A payment is a sale where nothing else is one."""
    texts = sorted({value.strip() for value in values} - {""})
    kinds = {text: kind for text in texts if (kind := _kind(text))}
    sale: Kind = "sale" if "sale" in kinds.values() else "payment"

    def those(*wanted: Kind) -> tuple[str, ...]:
        return tuple(text for text in texts if kinds.get(text) in wanted)

    if not those(sale):
        return None
    beside: tuple[Kind, ...] = ("no_sale", "beside") if sale == "payment" else ("no_sale", "beside", "payment")
    unknown = tuple(text for text in texts if text not in kinds)
    return Typed(those(sale), those("refund", "discount"), those(*beside), unknown)


def _kind(text: str) -> Kind | None:
    """That of a type; a balance, or a word of something that did not happen, stands among types too: `Sale`, `Void`."""
    word = normal(text)
    if found := _kinds().get(word):
        return found
    return "no_sale" if is_carried(text) or meanings().get(word) in NOT_HAPPENED else None


def is_type_header(header: str) -> bool:
    """Whether a header is that of a type: `Document Type`, `Belegart`."""
    return any(word in vocabulary().headers for word in words_of(header))


def is_of_types(look: Look) -> bool:
    """Whether a column of goods by its header says what kind of row it is instead: `ItemType` of product, shipping."""
    found = typed(look.levels)
    return found is not None and not found.unknown and bool(found.leave_out or found.taken_off)


@cache
def vocabulary() -> RowTypeWords:
    """The words, as the file has them."""
    return RowTypeWords.model_validate(read_yaml(Path(__file__).with_suffix(".yml").read_text(encoding="utf-8")))


@cache
def _kinds() -> Mapping[str, Kind]:
    """Every word, as it is compared, with its kind; that of the first that has it."""
    return spelled(vocabulary().kinds)
