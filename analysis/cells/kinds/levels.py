"""Ordinal columns: 1 for the lowest level, 2 for the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.cells.kinds.reading import FINE, MISFIT, Reading, different, gap, looked_up, says_nothing
from analysis.cells.spellings import plain
from analysis.configuration.column import Column
from analysis.language import gettext_noop

if TYPE_CHECKING:
    import narwhals as nw


def levels(name: str, column: Column, place: int, cells: nw.LazyFrame[Any]) -> Reading:
    """The place of each text in the column's order, whatever its capitals and blanks."""
    ranks = {plain(level): float(rank) for rank, level in enumerate(column.order, start=1)}
    numbers: dict[str, float | None] = {}
    faults = {}
    for text in different(cells, place):
        numbers[text] = ranks.get(plain(text))
        lacking = says_nothing(text) and numbers[text] is None
        faults[text] = gap(column) if lacking else MISFIT if numbers[text] is None else FINE
    return Reading(
        name,
        column,
        *looked_up(place, numbers, faults, column),
        misfit=gettext_noop("not one of the levels"),
        expected=f"the {len(column.order)} levels of its order",
    )
