"""Notes as the terminal and a public site tell them."""

from __future__ import annotations

from collections.abc import Iterable

from analysis.language.notes import Note
from analysis.language.slots import on_site
from analysis.rounding.random_rounding import Rounding
from analysis.wording.number_format import NumberFormat

PUBLIC = Rounding.of(public=True, least=10, table="table")


def exact(notes: Iterable[Note]) -> tuple[str, ...]:
    """Each note in English, with all its numbers."""
    return tuple(note.exactly() for note in notes)


def published(notes: Iterable[Note], rounding: Rounding = PUBLIC) -> tuple[str, ...]:
    """Each note as a public site tells it, without numbers below ten."""
    manner = on_site(NumberFormat("en_US", "USD").number, rounding.count, rounding.least)
    return tuple(note.told(manner) for note in notes)
