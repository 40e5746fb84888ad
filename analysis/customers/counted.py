"""Columns of money in a table of customers, each counted in one currency: the site's, or the one its unit names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import narwhals as nw

from analysis.cells.conventions import BARE
from analysis.cells.currencies import currency_in, normalised
from analysis.cells.kinds.amounts import speaks_of_money
from analysis.cells.kinds.readings import Reading, cell
from analysis.cells.known import UNKNOWN, Known
from analysis.configuration.column import Column
from analysis.configuration.site import Site
from analysis.customers.conversion import Spoken, converted, headers_count, of_headers
from analysis.customers.expectations import Unfit
from analysis.headers.labels import unit_in
from analysis.headers.vocabulary import words_of
from analysis.language.notes import Note
from analysis.reading.table import Table


@dataclass(frozen=True, eq=False)
class Counted:
    """The cells with what the readings refer to, and what follows from the currencies found."""

    cells: nw.LazyFrame[Any]
    read: list[Reading]
    aside: tuple[Reading, ...] = ()
    problems: tuple[Unfit, ...] = ()
    notes: tuple[Note, ...] = ()


def in_one_currency(
    table: Table, cells: nw.LazyFrame[Any], read: Sequence[Reading], site: Site, known: Known = UNKNOWN
) -> Counted:
    """The readings with each column of money counted in one currency.

    Different columns may each have their own, where the unit of one says so; such a column is no part of the value.
    """
    counted = Counted(cells, list(read), problems=tuple(_of_value(table, site)))
    by_header = headers_count(of_headers(each.name for each in read if is_money(each.name, each.column)), site)
    for place, reading in enumerate(read):
        money = is_money(reading.name, reading.column)
        if not money and not _signed(cells, place, reading.column):
            continue
        spoken = Spoken(
            {reading.name: cell(place)},
            site,
            said=said if (said := unit_currency(reading.column)) != site.site.currency else "",
            headers=of_headers([reading.name]) if by_header else (),
            plain=not money and reading.name not in site.value.columns,
            alias=f"factor{place}",
        )
        found = converted(table, counted.cells, spoken, known)
        by_factor = replace(reading, value=reading.value * found.factor) if found.notes else reading
        counted = replace(
            counted,
            cells=found.cells,
            read=[*counted.read[:place], by_factor, *counted.read[place + 1 :]],
            aside=(*counted.aside, *found.aside),
            problems=(*counted.problems, *(each for each in found.problems if each not in counted.problems)),
            notes=(*counted.notes, *found.notes),
        )
    return counted


def is_money(name: str, column: Column) -> bool:
    """Whether a column holds money, by its description or its header; a score of spending does not."""
    if column.role == "id" or column.holds != "numeric" or column.format == "percent":
        return False
    if column.unit and not unit_currency(column):
        return False
    scored = unit_in(name).bounds is not None or (column.role == "spending" and "score" in words_of(name))
    return column.format == "money" or (not scored and speaks_of_money(name, column))


def unit_currency(column: Column) -> str:
    """The code of the currency that is the unit of a column of figures: `EUR`, or `k EUR`; empty if it is none."""
    words = [normalised(word) for word in (column.unit or "").split()] if column.format != "money" else []
    return next((word for word in words if word), "")


def _signed(cells: nw.LazyFrame[Any], place: int, column: Column) -> bool:
    """Whether the cells of a column of figures name currencies."""
    if column.role == "id" or column.holds != "numeric":
        return False
    text = cells.select(cell(place)).filter(~nw.col(cell(place)).str.contains(BARE))
    return bool(text.select((~currency_in(nw.col(cell(place))).is_null()).any()).collect().item())


def _of_value(table: Table, site: Site) -> list[Unfit]:
    """Value is money of one currency: a column of another is no part of it."""
    own = site.site.currency
    others = [name for name in site.value.columns if unit_currency(site.columns[name]) not in ("", own)]
    return [
        Unfit(
            None,
            f"{table.name}, column “{name}”: value counts in {own}, and the unit of this column is "
            f"{unit_currency(site.columns[name])}. Take it out of `value`, or set `site.currency` to its unit.",
        )
        for name in others
    ]
