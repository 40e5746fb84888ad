"""Workbooks (.xlsx, .xlsm, .xlsb, .xls, .ods), through Calamine."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from analysis.basics.listed import quoted
from analysis.errors import OUT_OF_MEMORY, DataError, nearest
from analysis.headers.headers import loose
from analysis.language import gettext_noop, ngettext_noop
from analysis.language.notes import Note, Number, Rows, note
from analysis.reading.sources.archive import unpacked_size
from analysis.reading.sources.cells import column_of, text_of
from analysis.reading.sources.content import LARGEST, Content
from analysis.reading.sources.epoch import counts_from_1904
from analysis.reading.sources.formulas import never_calculated
from analysis.reading.sources.opened import Opened
from analysis.reading.text.heading import HeaderRows, heading, trimmed
from analysis.reading.text.rows import Records

Grid = list[list[Any]]


READER = Path(__file__).with_name("workbook_reader.py")
TOO_LONG = 24
"""The signal to a process that has used the processor time that it may (SIGXCPU)."""
LEADING = 60
"""Rows from the top among which the header is looked for."""


def open_workbook(content: Content, sheet: str | None, known: Collection[str] = ()) -> Opened:
    """The sheet of that name, or the only one that holds a table; `known` are the configured column names.

    Raises DataError where there is no such sheet, where several could be meant, or where the workbook is damaged.
    """
    book = _book(content, sheet)
    name, grid = _stated(content, book, sheet) if sheet is not None else _only(content, book)
    found = _heading(grid, known)
    chosen = (note(gettext_noop("The sheet “{sheet}” was read."), sheet=name),) if len(book.sheet_names) > 1 else ()
    missing = _missing(content, book.sheet_names.index(name), grid, found)
    return Opened(
        name=content.name,
        header=found.names,
        rows=partial(_rows, grid, found.place),
        sha256=content.sha256,
        notes=(*chosen, *_told(found), *_partly(name, found, missing, grid)),
        unreadable={
            place: f"{content.name}: in the sheet “{name}”, the {count:,} cells of the column “{found.names[place]}” "
            "hold formulas that were never calculated, so they have no value; open the workbook in a spreadsheet "
            "program and save it."
            for place, count in missing.items()
            if _whole(grid, found, place)
        },
        from_1904=counts_from_1904(content.data),
    )


def _heading(grid: Grid, known: Collection[str]) -> HeaderRows:
    """The header, below whatever titles stand above it; it has the sheet's own row number."""
    first = next(place for place, row in enumerate(grid) if _filled(row))
    records = [[text_of(cell) for cell in row] for row in grid[: first + LEADING]]
    names = {loose(name) for name in known}
    return heading(records, known=names) or HeaderRows(first, tuple(map(trimmed, records[first])))


def _told(found: HeaderRows) -> Iterator[Note]:
    first, header = Number(found.place), Number(found.place + 1)
    if found.grouped == "put before":
        yield note(
            gettext_noop(
                "The header is in rows {first} and {header} of the sheet. The names in the first row were put before "
                "those in the second."
            ),
            first=first,
            header=header,
        )
    if found.grouped == "left out":
        yield note(
            gettext_noop(
                "The header is in rows {first} and {header} of the sheet. The first row only groups columns, so the "
                "names in the second were used."
            ),
            first=first,
            header=header,
        )
    if found.above:
        yield note(
            ngettext_noop(
                "{rows} row above the header, which is row {header} of the sheet, was skipped.",
                "{rows} rows above the header, which is row {header} of the sheet, were skipped.",
            ),
            few=gettext_noop("A few rows above the header, which is row {header} of the sheet, were skipped."),
            rows=Rows(found.above),
            header=header,
        )


def _missing(content: Content, place: int, grid: Grid, found: HeaderRows) -> Mapping[int, int]:
    """Named columns with formulas that were never calculated; looked for only where many cells are empty or 0."""
    below = grid[found.place + 1 :]
    doubtful = [
        column
        for column, name in enumerate(found.names)
        if name and below and sum(column >= len(row) or row[column] in {"", 0} for row in below) * 10 >= len(below)
    ]
    if not doubtful:
        return {}
    counted = never_calculated(content.data, place)
    return {column: counted[column] for column in doubtful if column in counted}


def _whole(grid: Grid, found: HeaderRows, column: int) -> bool:
    """Whether no row has a value in the column."""
    return all(column >= len(row) or row[column] in {"", 0} for row in grid[found.place + 1 :])


def _partly(sheet: str, found: HeaderRows, missing: Mapping[int, int], grid: Grid) -> Iterator[Note]:
    for place, count in missing.items():
        if not _whole(grid, found, place):
            yield note(
                ngettext_noop(
                    "Sheet “{sheet}”, column “{column}”: {cells} cell has no value, because its formula was "
                    "never calculated. Open the workbook in a spreadsheet program and save it.",
                    "Sheet “{sheet}”, column “{column}”: {cells} cells have no value, because their formulas "
                    "were never calculated. Open the workbook in a spreadsheet program and save it.",
                ),
                few=gettext_noop(
                    "Sheet “{sheet}”, column “{column}”: a few cells have no value, because their formulas "
                    "were never calculated. Open the workbook in a spreadsheet program and save it."
                ),
                sheet=sheet,
                column=found.names[place],
                cells=Rows(count),
            )


@dataclass(frozen=True)
class Book:
    """A workbook's sheets by name, and the rows of those that were read; none for a sheet of charts."""

    sheet_names: list[str]
    grids: Mapping[str, Grid]


def _book(content: Content, sheet: str | None) -> Book:
    """All sheets, or the one asked for, read in a process of its own, which a hostile file may bring down."""
    if unpacked_size(content.data) > LARGEST:
        raise DataError(
            f"{content.name}: unpacked, this workbook is larger than {LARGEST // 1_000_000:,} MB; export the sheet "
            "as CSV."
        )
    command = [sys.executable, "-P", str(READER), *([sheet] if sheet is not None else [])]
    done = subprocess.run(command, input=content.data, capture_output=True, check=False)  # noqa: S603 (our own file)
    if done.returncode:
        raise _beyond(content) if done.returncode in OUT_OF_MEMORY | {-TOO_LONG} else _damaged(content)
    kind, told = pickle.loads(done.stdout)  # noqa: S301 (as above)
    if kind == "password":
        raise DataError(f"{content.name}: the workbook is protected by a password; save it without one.")
    if kind == "damaged":
        raise _damaged(content)
    if kind == "memory":
        raise _beyond(content)
    if kind == "wide":
        name, rows, columns = told
        raise DataError(
            f"{content.name}: the cells of the sheet “{name}” are {rows:,} rows by {columns:,} columns, more than "
            "can be read; delete cells far outside the table, or export the sheet as "
            "CSV."
        )
    return Book(*told)


def _beyond(content: Content) -> DataError:
    return DataError(
        f"{content.name}: reading this workbook takes too much memory or time, most often because of a cell far "
        "outside the table; delete that cell, or export the sheet as "
        "CSV."
    )


def _damaged(content: Content) -> DataError:
    return DataError(
        f"{content.name}: this workbook is cut short or damaged; open it in a spreadsheet and save it again."
    )


def _stated(content: Content, book: Book, sheet: str) -> tuple[str, Grid]:
    if sheet not in book.sheet_names:
        raise DataError(
            f"{content.name}: there is no sheet “{sheet}”.{nearest(sheet, book.sheet_names)} "
            f"The workbook has {quoted(book.sheet_names)}; correct data.sheet, or --sheet."
        )
    grid = book.grids[sheet]
    if not any(map(_filled, grid)):
        raise DataError(f"{content.name}: the sheet “{sheet}” is empty; name another with data.sheet, or --sheet.")
    return sheet, grid


def _only(content: Content, book: Book) -> tuple[str, Grid]:
    """The only sheet that holds a table: some row, and another below it."""
    filled = {name: grid for name, grid in book.grids.items() if any(map(_filled, grid))}
    tables = {name: grid for name, grid in filled.items() if sum(map(_filled, grid)) > 1} or filled
    if not tables:
        raise DataError(f"{content.name}: the workbook is empty; name one with a header line and one row a customer.")
    if len(tables) > 1:
        raise DataError(
            f"{content.name}: several sheets hold a table ({quoted(list(tables))}); name the one to read with "
            "data.sheet, or --sheet."
        )
    return next(iter(tables.items()))


def _filled(row: Sequence[Any]) -> bool:
    return any(not isinstance(cell, str) or cell.strip() for cell in row)


def _rows(grid: Grid, top: int, positions: Sequence[int]) -> Records:
    import numpy as np  # noqa: PLC0415 (only where rows are read)

    below = [(number, row) for number, row in enumerate(grid[top + 1 :], start=top + 2) if _filled(row)]
    blank = len(grid) - top - 1 - len(below)
    return Records(
        cells={position: column_of([text_of(row[position]) for _, row in below]) for position in positions},
        row_numbers=np.array([number for number, _ in below], dtype=np.int64),
        ragged=(),
        blank=blank,
        last=len(grid),
    )
