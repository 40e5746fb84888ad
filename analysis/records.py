"""From text to records: the header, and the rows under it with their numbers.

A row number is what a spreadsheet shows for the file: the header is row 1, and each record below it counts one,
whether it is blank or spans several lines inside quotation marks. Lines above the header are not counted.

Most text is regular: no quotation marks, and as many cells in every line as the header has. Such stretches are split
in one go (`analysis.regular`); any other is read record by record, to the same result.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence

from analysis.delimiters import DELIMITERS, table_start
from analysis.encoding import Source
from analysis.errors import DataError
from analysis.gathered import Gathered
from analysis.regular import Lines, regular_cells, stretch
from analysis.rows import Records

# Small enough that Python's collector never walks a long list; measured three times faster than 50,000.
BATCH = 2_000


def read_header(source: Source, delimiter: str) -> tuple[str, ...]:
    """The first record that is not blank, its names trimmed."""
    try:
        return tuple(" ".join(name.split()) for name in _header(_lines(source), delimiter))
    except csv.Error:
        raise _cell_too_long(source, 1) from None
    except StopIteration:
        raise DataError(f"{source.name}: no line holds any text; name a table with a header line.") from None


def read_rows(source: Source, delimiter: str, positions: Sequence[int]) -> Records:
    """All rows under the header; of their cells only those at `positions`.

    Raises DataError where a quotation mark never closes.
    """
    lines = _lines(source)
    gathered = Gathered(positions, _header(lines, delimiter))
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


def _lines(source: Source) -> Lines:
    return Lines(source.text, table_start(source.text)[0])


def _header(lines: Lines, delimiter: str) -> list[str]:
    return next(record for record in _reader(lines, delimiter) if "".join(record).strip())


def _reader(lines: Iterator[str], delimiter: str) -> Iterator[list[str]]:
    return csv.reader(lines, delimiter=DELIMITERS[delimiter], skipinitialspace=True)


def _read(gathered: Gathered, lines: Lines, end: int, delimiter: str) -> None:
    """Read up to `end`, or as far behind it as the last record goes."""
    cells = regular_cells(lines.text[lines.position : end], DELIMITERS[delimiter], len(gathered.header))
    if cells is None:
        gathered.add_records(_records(lines, end, delimiter))
    else:
        lines.position = end
        gathered.add_cells(cells)


def _records(lines: Lines, end: int, delimiter: str) -> list[list[str]]:
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
