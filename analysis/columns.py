"""What a column's cells are worth and what can be wrong with them, as expressions over the rows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import narwhals as nw

from analysis.configuration.column import Column
from analysis.configuration.site import Site
from analysis.conventions import decide, plain_columns, remarks, signs
from analysis.known import UNKNOWN, Known
from analysis.numerals import (
    INFINITE,
    LARGEST,
    MISSING,
    MISSING_NUMBER,
    PLAIN,
    WHOLE,
    Convention,
    Decimal,
    missing,
    to_number,
)
from analysis.spellings import NO_CATEGORY, spellings

FINE, MISSING_VALUE, NOT_A_NUMBER, UNBOUNDED, TOO_LOW, TOO_HIGH = range(6)
REASONS = {
    MISSING_VALUE: "missing value",
    NOT_A_NUMBER: "not a number",
    UNBOUNDED: "infinite, or beyond 10¹⁵",
    TOO_LOW: "below the minimum, {minimum:g}",
    TOO_HIGH: "above the maximum, {maximum:g}",
}


@dataclass(frozen=True, eq=False)
class Reading:
    """How one column is read: an expression for the value, and one for the number of the fault (0: none).

    `value` is written over the cells, `fault` over the cells and the values.
    """

    name: str
    column: Column
    value: nw.Expr
    fault: nw.Expr
    notes: tuple[str, ...] = ()
    decimal: Decimal | None = None
    """The decimal sign of its figures; None where none has any."""

    def reason(self, fault: int) -> str:
        """The fault in words; never with a cell's content."""
        if self.column.role == "id":
            return "missing identifier"
        return REASONS[fault].format(minimum=self.column.minimum, maximum=self.column.maximum)


def cell(place: int) -> str:
    """Name of a column of trimmed text: a customer's column may be called anything, so rows have neutral names."""
    return f"cell{place}"


def value(place: int) -> str:
    """Name of a column of values."""
    return f"value{place}"


def readings(cells: nw.LazyFrame[Any], site: Site, delimiter: str, known: Known = UNKNOWN) -> list[Reading]:
    """How each configured column is read, in the configuration's order; `cells` holds their trimmed text.

    Where the cells could be read in several ways, what is `known` of an earlier table decides.
    """
    places = {name: place for place, (name, column) in enumerate(site.columns.items()) if column.numeric}
    names = [cell(place) for place in places.values()]
    whole = plain_columns(cells, names, WHOLE)
    found = signs(cells, [name for name in names if name not in whole])
    pointed = plain_columns(cells, list(found), PLAIN)
    read = []
    for place, (name, column) in enumerate(site.columns.items()):
        if cell(place) in whole:
            read.append(_plain(name, column, place))
        elif column.numeric:
            own = found[cell(place)]
            decimal = site.data.decimal or decide(own, tuple(found.values()), delimiter, known.decimals.get(name))
            notes = () if site.data.decimal else tuple(remarks(name, own, decimal))
            if decimal == "." and cell(place) in pointed:
                read.append(replace(_plain(name, column, place), decimal=decimal))
            else:
                read.append(_figures(name, column, place, decimal, notes))
        elif column.role == "id":
            read.append(_identifier(name, column, place))
        else:
            read.append(_category(name, column, place, cells))
    return read


def _plain(name: str, column: Column, place: int) -> Reading:
    return Reading(name, column, nw.col(cell(place)).cast(nw.Float64), _first(_beyond(column, place)))


def _figures(name: str, column: Column, place: int, decimal: Decimal, notes: tuple[str, ...]) -> Reading:
    text, number = nw.col(cell(place)), nw.col(value(place))
    convention = Convention(decimal, column.unit, column.format == "percent" and column.scale == 1)
    infinite = text.str.contains(INFINITE)
    faults = [
        (missing(text, MISSING_NUMBER), MISSING_VALUE),
        (infinite, UNBOUNDED),
        (number.is_null(), NOT_A_NUMBER),
        *_beyond(column, place),
    ]
    return Reading(name, column, to_number(text, convention), _first(faults), notes, decimal)


def _beyond(column: Column, place: int) -> list[tuple[nw.Expr, int]]:
    number = nw.col(value(place))
    faults = [(number.abs() > LARGEST, UNBOUNDED)]
    if column.minimum is not None:
        faults.append((number < column.minimum, TOO_LOW))
    if column.maximum is not None:
        faults.append((number > column.maximum, TOO_HIGH))
    return faults


def _first(faults: list[tuple[nw.Expr, int]]) -> nw.Expr:
    """The number of the first fault whose condition holds."""
    code: nw.Expr = nw.lit(FINE)
    for condition, fault in reversed(faults):
        code = nw.when(condition).then(nw.lit(fault)).otherwise(code)
    return code


def _identifier(name: str, column: Column, place: int) -> Reading:
    text = nw.col(cell(place))
    return Reading(name, column, text, _first([(missing(text, MISSING), MISSING_VALUE)]))


def _category(name: str, column: Column, place: int, cells: nw.LazyFrame[Any]) -> Reading:
    """Categories describe only, so a missing one is a category of its own, and no row is set aside for it."""
    text = nw.col(cell(place))
    found = cells.group_by(cell(place)).agg(nw.len().alias("rows")).collect()
    counts = {str(each): int(rows) for each, rows in found.iter_rows()}
    spelled = spellings(counts)
    notes = []
    if NO_CATEGORY in spelled.values():
        # How many is told with the categories, where few may not be told: notes are published as they are.
        notes.append(f"Rows without a “{name}” count as “{NO_CATEGORY}”.")
    if len(set(spelled.values()) - {NO_CATEGORY}) < sum(category != NO_CATEGORY for category in spelled.values()):
        notes.append(f"Spellings in “{name}” that differ only by capitals or blanks were joined.")
    changed = any(each != category for each, category in spelled.items())
    spelling = text.replace_strict(spelled, return_dtype=nw.String) if changed else text
    return Reading(name, column, spelling, nw.lit(FINE), tuple(notes))
