"""Columns of text: categories, spelled one way each; and identifiers."""

from __future__ import annotations

from typing import Any

import narwhals as nw

from analysis.cells.kinds.reading import FINE, MISSING_VALUE, Reading, cell, first
from analysis.cells.numerals import MISSING, missing
from analysis.cells.spellings import NO_CATEGORY, spellings
from analysis.configuration.column import Column
from analysis.language import gettext_noop
from analysis.language.notes import Note, note


def identifier(name: str, column: Column, place: int) -> Reading:
    """Any text but none."""
    text = nw.col(cell(place))
    return Reading(name, column, text, first([(missing(text, MISSING), MISSING_VALUE)]))


def category(name: str, column: Column, place: int, cells: nw.LazyFrame[Any]) -> Reading:
    """Any text; none is a category of its own, unless the column's policy is another."""
    text = nw.col(cell(place))
    found = cells.group_by(cell(place)).agg(nw.len().alias("rows")).collect()
    counts = {str(each): int(rows) for each, rows in found.iter_rows()}
    spelled = spellings(counts)
    notes = _notes(name, spelled)
    changed = any(each != own for each, own in spelled.items())
    spelling = text.replace_strict(spelled, return_dtype=nw.String) if changed else text
    if column.policy == "category":
        return Reading(name, column, spelling, nw.lit(FINE), notes)
    lacking = missing(text, MISSING)
    if column.policy == "most_frequent":
        known = nw.when(~lacking).then(spelling).otherwise(None)
        return Reading(name, column, known, nw.lit(FINE), notes)
    return Reading(name, column, spelling, first([(lacking, MISSING_VALUE)]), notes)


def _notes(name: str, spelled: dict[str, str]) -> tuple[Note, ...]:
    if len(set(spelled.values()) - {NO_CATEGORY}) < sum(category != NO_CATEGORY for category in spelled.values()):
        told = gettext_noop("Spellings in “{column}” that differ only in capitals or blanks were merged.")
        return (note(told, column=name),)
    return ()
