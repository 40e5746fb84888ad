"""From text to records: the header, and the rows under it with their numbers.

A row number is what a spreadsheet shows for the file: the header is row 1, and each record below it counts one,
whether it is blank or spans several lines inside quotation marks. Lines above the header are not counted. Where the
names come from the configuration, the first record is row 1.

Most text is regular: no quotation marks, and as many cells in every line as the header has. Such stretches are split
in one go (`analysis.reading.text.regular`); any other is read record by record, to the same result.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from analysis.errors import ConfigurationError, DataError
from analysis.headers.headers import loose
from analysis.language import gettext_noop, ngettext_noop
from analysis.language.notes import Note, Rows, note
from analysis.reading.text.batches import Gathered
from analysis.reading.text.delimiters import DELIMITERS, table_start
from analysis.reading.text.encoding import Source
from analysis.reading.text.heading import HeaderRows, heading, trimmed
from analysis.reading.text.leading import Lead, leading
from analysis.reading.text.regular import RegularLines, regular_cells, stretch
from analysis.reading.text.rows import Records

# Small enough that Python's collector never walks a long list; measured three times faster than 50,000.
BATCH = 2_000


@dataclass(frozen=True)
class Head:
    """The columns' names, and where the rows begin."""

    names: tuple[str, ...]
    start: int
    """Where in the text the first row begins."""
    number: int = 1
    """Of the row above it: that of the header, or 0 where no line of the file is one."""
    notes: tuple[Note, ...] = ()
    """On what stood above the header."""


def read_head(source: Source, delimiter: str, known: Collection[str] = ()) -> Head:
    """The header, below whatever titles and comments stand above it; `known` are configured column names.

    Raises DataError where there is no text.
    """
    leads, comments = _leads(source, delimiter)
    found = heading([lead.cells for lead in leads], comments, {loose(name) for name in known})
    if found is None:
        raise DataError(f"{source.name}: no line holds any text; name a table with a header line.")
    return Head(found.names, leads[found.place].ending, notes=tuple(_told(found)))


def headless(source: Source, delimiter: str, columns: Sequence[str]) -> Head:
    """The configured names as a header for a file that has none; comments above the first row are skipped.

    Raises ConfigurationError where they are not as many as the first row has fields, or where that holds them.
    """
    leads, comments = _leads(source, delimiter)
    rows = [place for place, lead in enumerate(leads) if place not in comments and "".join(lead.cells).strip()]
    if not rows:
        raise DataError(f"{source.name}: no line holds any row.")
    first = leads[rows[0]].cells
    if sum(loose(cell) == loose(name) for cell, name in zip(first, columns, strict=False)) * 2 > len(columns):
        raise ConfigurationError(
            f"data.columns: the first line of {source.name} holds these names already, so it is a header; remove "
            "the key."
        )
    if len(first) < len(columns) or "".join(first[len(columns) :]).strip():
        raise ConfigurationError(
            f"data.columns has {len(columns)} names, but the first row of {source.name} has {len(first)} fields; name "
            "each of them, in their order."
        )
    start = leads[rows[0] - 1].ending if rows[0] else table_start(source.text)[0]
    return Head(tuple(map(trimmed, columns)), start, number=0)


def read_rows(source: Source, delimiter: str, positions: Sequence[int], head: Head | None = None) -> Records:
    """All rows under the header; of their cells only those at `positions`.

    Raises DataError where a quotation mark never closes.
    """
    head = head or read_head(source, delimiter)
    lines = RegularLines(source.text, head.start)
    gathered = Gathered(positions, head.names, head.number)
    try:
        while end := stretch(lines):
            _read(gathered, lines, end, delimiter)
    except csv.Error:
        raise _cell_too_long(source, gathered.number + 1) from None
    if _never_closed(source.text, gathered.ending):
        raise DataError(
            f"{source.name}: in row {gathered.number} a quotation mark opens and never closes, so the rest of the file "
            "is one cell; close it, or double it if it belongs to the text."
        )
    return gathered.together()


def _leads(source: Source, delimiter: str) -> tuple[list[Lead], set[int]]:
    """The first records, and the places of those that are written as comments."""
    try:
        leads = leading(source.text, table_start(source.text)[0], DELIMITERS[delimiter])
    except csv.Error:
        raise _cell_too_long(source, 1) from None
    return leads, {place for place, lead in enumerate(leads) if lead.comment}


def _told(found: HeaderRows) -> Iterator[Note]:
    if found.above:
        yield note(
            ngettext_noop(
                "{lines} line above the header was skipped as a title or comment. Row 1 is the header.",
                "{lines} lines above the header were skipped as titles or comments. Row 1 is the header.",
            ),
            few=gettext_noop("A few lines above the header were skipped as titles or comments. Row 1 is the header."),
            lines=Rows(found.above),
        )
    if found.grouped == "put before":
        yield note(
            gettext_noop("The header has two lines. The names in the first were put before those in the second.")
        )
    if found.grouped == "left out":
        yield note(
            gettext_noop(
                "The header has two lines. The first only groups columns, so the names in the second were used."
            )
        )


def _reader(lines: Iterator[str], delimiter: str) -> Iterator[list[str]]:
    return csv.reader(lines, delimiter=DELIMITERS[delimiter], skipinitialspace=True)


def _read(gathered: Gathered, lines: RegularLines, end: int, delimiter: str) -> None:
    """Read up to `end`, or as far behind it as the last record goes."""
    cells = regular_cells(lines.text[lines.position : end], DELIMITERS[delimiter], len(gathered.header))
    if cells is None:
        gathered.add_records(_records(lines, end, delimiter))
    else:
        lines.position = end
        gathered.add_cells(cells)


def _records(lines: RegularLines, end: int, delimiter: str) -> list[list[str]]:
    batch = []
    for record in _reader(lines, delimiter):
        batch.append(record)
        if lines.position >= end or len(batch) == BATCH:
            break
    return batch


def _never_closed(text: str, ending: str) -> bool:
    """Whether the last cell swallowed the end of the file: it spans lines, and no quotation mark ends the text."""
    return ("\n" in ending or "\r" in ending) and not text.rstrip().endswith('"')


def _cell_too_long(source: Source, row: int) -> DataError:
    return DataError(
        f"{source.name}: at or after row {row} a cell has over {csv.field_size_limit():,} characters; "
        "most often a quotation mark opens there and never closes: close it, or double it if it belongs to the text."
    )
