"""Columns of figures: read with the decimal sign that the figures themselves tell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import narwhals as nw

from analysis.cells.conventions import Suffixes, decide, plain_columns, remarks, signs, suffix_remarks, suffixes
from analysis.cells.currencies import says_money
from analysis.cells.kinds.reading import MISFIT, UNBOUNDED, Reading, beyond, cell, first, gap, value
from analysis.cells.known import Known
from analysis.cells.numerals import INFINITE, MISSING_NUMBER, PLAIN, WHOLE, Convention, Decimal, missing, to_number
from analysis.configuration.column import Column
from analysis.language.notes import Note

MONEY_ROLES = frozenset({"income", "monetary", "spending"})
WORDY = r"^[^0-9−–-]*$|[^\W\d_]{5}|[0-9][./-][0-9]{1,2}[./-][0-9]"
"""Cells that cannot be figures: no digit nor the dash by which accountants write nought, a word of five letters, which
no currency has, or a date."""
GAPPY = rf"(?i)^(?:-?[0-9]+(?:\.[0-9]+)?|{'|'.join(re.escape(each) for each in MISSING_NUMBER if each)})?$"


def amounts(
    cells: nw.LazyFrame[Any],
    columns: Mapping[int, tuple[str, Column]],
    written: tuple[Decimal | None, str],
    known: Known,
) -> dict[int, Reading]:
    """The readings of the columns of figures, by their places; `written`: the stated decimal sign, the delimiter.

    All are looked at together: where a column does not tell its decimal sign, the others may.
    """
    stated, delimiter = written
    names = [cell(place) for place in columns]
    whole = plain_columns(cells, names, WHOLE)
    without_unit = [cell(place) for place, (_, column) in columns.items() if not column.unit]
    wordy = plain_columns(cells, [name for name in without_unit if name not in whole], WORDY)
    found = signs(cells, [name for name in names if name not in whole and name not in wordy])
    pointed = plain_columns(cells, list(found), PLAIN)
    beside = suffixes(cells, [name for name in found if name not in pointed])
    gappy = plain_columns(cells, [name for name in found if name not in pointed], GAPPY)
    read = {}
    for place, (name, column) in columns.items():
        if cell(place) in whole:
            read[place] = _plain(name, column, place)
            continue
        if cell(place) in wordy:
            read[place] = _words(name, column, place)
            continue
        own = found[cell(place)]
        decimal = stated or decide(own, tuple(found.values()), delimiter, known.decimals.get(name))
        notes: tuple[Note, ...] = () if stated else tuple(remarks(name, own, decimal))
        if decimal == "." and cell(place) in pointed:
            read[place] = replace(_plain(name, column, place), decimal=decimal)
        elif decimal == "." and cell(place) in gappy:
            read[place] = _gappy(name, column, place, notes)
        else:
            suffixed = beside.get(cell(place), Suffixes())
            notes += tuple(suffix_remarks(name, suffixed, money=speaks_of_money(name, column)))
            read[place] = replace(
                _figures(place, name, column, _convention(name, column, decimal, suffixed), notes),
                common=suffixed.common,
            )
    return read


def _plain(name: str, column: Column, place: int) -> Reading:
    return Reading(name, column, nw.col(cell(place)).cast(nw.Float64), first(beyond(column, place)))


def speaks_of_money(name: str, column: Column) -> bool:
    """Whether a column is money by its description or its header."""
    return column.format == "money" or column.role in MONEY_ROLES or says_money(name)


def _convention(name: str, column: Column, decimal: Decimal, suffixed: Suffixes) -> Convention:
    return Convention(
        decimal,
        column.unit,
        column.format == "percent" and column.scale == 1,
        suffixed.multiples(money=speaks_of_money(name, column)),
        column.scale if column.format == "money" else 1.0,
        suffixed.ledger,
        suffixed.signed,
    )


def _gappy(name: str, column: Column, place: int, notes: tuple[Note, ...]) -> Reading:
    """Plain figures, or nothing: most tables have no others, and trying every pattern on each cell is slow."""
    text = nw.col(cell(place))
    lacking = missing(text, MISSING_NUMBER)
    number = nw.when(lacking).then(None).otherwise(text).cast(nw.Float64)
    return Reading(name, column, number, first([(lacking, gap(column)), *beyond(column, place)]), notes, ".")


def _words(name: str, column: Column, place: int) -> Reading:
    """A column without a single figure."""
    text = nw.col(cell(place))
    number = nw.when(text == "").then(None).otherwise(None).cast(nw.Float64)
    lacking = [(missing(text, MISSING_NUMBER), gap(column)), (text.str.contains(INFINITE), UNBOUNDED)]
    return Reading(name, column, number, first(lacking, nw.lit(MISFIT)))


def figures(name: str, column: Column, place: int, decimal: Decimal, notes: tuple[Note, ...]) -> Reading:
    """The reading of a column of figures by its decimal sign, where no figure has a suffix such as k or CR."""
    return _figures(place, name, column, _convention(name, column, decimal, Suffixes(signed=True)), notes)


def _figures(place: int, name: str, column: Column, convention: Convention, notes: tuple[Note, ...]) -> Reading:
    text, number = nw.col(cell(place)), nw.col(value(place))
    faults = [
        (missing(text, MISSING_NUMBER), gap(column)),
        (text.str.contains(INFINITE), UNBOUNDED),
        (number.is_null(), MISFIT),
        *beyond(column, place),
    ]
    return Reading(name, column, to_number(text, convention), first(faults), notes, convention.decimal)
