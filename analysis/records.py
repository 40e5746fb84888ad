"""From text to records: the header, and the rows under it with their numbers.

A row number is what a spreadsheet shows for the file: the header is row 1, and each record below it counts one,
whether it is blank or spans several lines inside quotation marks. Lines above the header are not counted.

Most text is regular: no quotation marks, and as many cells in every line as the header has. Such stretches are split
in one go (`analysis.regular`); any other is read record by record, to the same result.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from analysis.delimiters import DELIMITERS, table_start
from analysis.encoding import Source
from analysis.errors import DataError
from analysis.regular import Lines, regular_cells, stretch
from analysis.rows import Records

if TYPE_CHECKING:
    from numpy import int64, object_
    from numpy.typing import NDArray

# Small enough that Python's collector never walks a long list; measured three times faster than 50,000.
BATCH = 2_000
# A column of more different texts than these has most of them once, and it does not pay to look for the others.
FEW = 10_000

TOO_MANY = "more fields than the header has columns"
TOO_FEW = "fewer fields than the header has columns"


class _Texts(dict[str, str]):
    """Each text by itself, the first of its kind."""

    def __missing__(self, text: str) -> str:
        self[text] = text
        return text


@dataclass
class _Gathered:
    """What has been read so far; columns are kept in arrays a batch."""

    positions: Sequence[int]
    header: Sequence[str]
    parts: dict[int, list[NDArray[object_]]] = field(default_factory=dict)
    numbers: list[NDArray[int64]] = field(default_factory=list)
    ragged: list[tuple[int, str]] = field(default_factory=list)
    blank: int = 0
    number: int = 1
    """Of the last row read."""
    ending: str = ""
    """The last cell read."""
    texts: dict[int, _Texts] = field(default_factory=dict)
    """By position, the few texts that a column is made of, each kept once; most columns have many rows of each."""


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
    gathered = _Gathered(positions, _header(lines, delimiter), {position: [] for position in positions})
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
    return _together(gathered)


def _lines(source: Source) -> Lines:
    return Lines(source.text, table_start(source.text)[0])


def _header(lines: Lines, delimiter: str) -> list[str]:
    return next(record for record in _reader(lines, delimiter) if "".join(record).strip())


def _reader(lines: Iterator[str], delimiter: str) -> Iterator[list[str]]:
    return csv.reader(lines, delimiter=DELIMITERS[delimiter], skipinitialspace=True)


def _read(gathered: _Gathered, lines: Lines, end: int, delimiter: str) -> None:
    """Read up to `end`, or as far behind it as the last record goes."""
    import numpy as np  # noqa: PLC0415

    width = len(gathered.header)
    cells = regular_cells(lines.text[lines.position : end], DELIMITERS[delimiter], width)
    if cells is None:
        _gather(gathered, _records(lines, end, delimiter))
        return
    lines.position = end
    count = len(cells) // width
    gathered.numbers.append(np.arange(gathered.number + 1, gathered.number + count + 1, dtype=np.int64))
    gathered.number += count
    for position in gathered.positions:
        _keep(gathered, position, cells[position::width])
    gathered.ending = ""


def _records(lines: Lines, end: int, delimiter: str) -> list[list[str]]:
    batch = []
    for record in _reader(lines, delimiter):
        batch.append(record)
        if lines.position >= end or len(batch) == BATCH:
            break
    return batch


def _gather(gathered: _Gathered, batch: list[list[str]]) -> None:
    import numpy as np  # noqa: PLC0415

    width, named = len(gathered.header), _named(gathered.header)
    rows, numbers = [], []
    for row_number, row in enumerate(batch, start=gathered.number + 1):
        if not "".join(row).strip():
            gathered.blank += 1
        elif len(row) < named:
            gathered.ragged.append((row_number, TOO_FEW))
        elif len(row) > width and "".join(row[width:]).strip():
            gathered.ragged.append((row_number, TOO_MANY))
        else:
            rows.append(row if len(row) >= width else row + [""] * (width - len(row)))
            numbers.append(row_number)
    gathered.numbers.append(np.array(numbers, dtype=np.int64))
    for position in gathered.positions:
        _keep(gathered, position, [row[position] for row in rows])
    gathered.number += len(batch)
    gathered.ending = batch[-1][-1] if batch[-1] else ""


def _keep(gathered: _Gathered, position: int, texts: list[str]) -> None:
    """One text, one object: a column of a million rows and five categories takes a tenth of the memory."""
    import numpy as np  # noqa: PLC0415

    known = gathered.texts.setdefault(position, _Texts())
    column = np.empty(len(texts), dtype=object)
    column[:] = list(map(known.__getitem__, texts)) if len(known) < FEW else texts
    gathered.parts[position].append(column)


def _together(gathered: _Gathered) -> Records:
    import numpy as np  # noqa: PLC0415

    cells = {
        position: np.concatenate(parts) if parts else np.empty(0, object) for position, parts in gathered.parts.items()
    }
    numbers = np.concatenate(gathered.numbers) if gathered.numbers else np.empty(0, np.int64)
    return Records(cells, numbers, tuple(gathered.ragged), gathered.blank, gathered.number)


def _named(header: Sequence[str]) -> int:
    """How many columns there are up to the last that has a name; tools leave empty ones behind."""
    return max((position for position, name in enumerate(header, start=1) if name.strip()), default=0)


def _never_closed(text: str, ending: str) -> bool:
    """Whether the last cell swallowed the end of the file: it spans lines, and no quotation mark ends the text."""
    return ("\n" in ending or "\r" in ending) and not text.rstrip().endswith('"')


def _cell_too_long(source: Source, row: int) -> DataError:
    return DataError(
        f"{source.name}: at or after row {row} a cell has over {csv.field_size_limit():,} characters; "
        "most often a quotation mark opens there and never closes: close it, or double it if it belongs to the text."
    )
