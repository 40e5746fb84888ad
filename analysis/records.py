"""From text to records: the delimiter, the header, and the rows under it with their numbers.

A row number is what a spreadsheet shows for the file: the header is row 1, and each record below it counts one,
whether it is blank or spans several lines inside quotation marks. Lines above the header are not counted.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from analysis.encoding import Source, shown
from analysis.errors import DataError
from analysis.headers import loose

if TYPE_CHECKING:
    from numpy import int64, object_
    from numpy.typing import NDArray

# Where two fit equally well, the one that occurs least in ordinary text wins.
DELIMITERS = {"tab": "\t", ";": ";", "|": "|", ",": ","}
SAMPLE_CHARACTERS = 65_536
SAMPLE_RECORDS = 50
# Small enough that Python's collector never walks a long list; measured three times faster than 50,000.
BATCH = 2_000

TOO_MANY = "more fields than the header has columns"
TOO_FEW = "fewer fields than the header has columns"


@dataclass(frozen=True, eq=False)
class Records:
    """Rows with as many fields as the header, column by column; the others by number and reason."""

    cells: dict[int, NDArray[object_]]
    row_numbers: NDArray[int64]
    ragged: tuple[tuple[int, str], ...]
    blank: int


@dataclass
class _Gathered:
    """What has been read so far; columns are kept in arrays a batch."""

    positions: Sequence[int]
    parts: dict[int, list[NDArray[object_]]] = field(default_factory=dict)
    numbers: list[int] = field(default_factory=list)
    ragged: list[tuple[int, str]] = field(default_factory=list)
    blank: int = 0
    last: list[str] = field(default_factory=list)


def find_delimiter(source: Source, known: Collection[str] = ()) -> str:
    """The delimiter's name (`,` `;` `|` or `tab`) by which the first records agree best.

    `known` are configured column names; a delimiter that brings them out wins.
    """
    text, stated = _without_sep_line(source.text)
    if stated:
        return stated
    sample = text[:SAMPLE_CHARACTERS]
    keys = {loose(name) for name in known}
    scores = {name: _score(sample, name, keys) for name in DELIMITERS}
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] > (0, 0.0, 1) else ","


def read_header(source: Source, delimiter: str) -> tuple[str, ...]:
    """The first record that is not blank, its names trimmed."""
    try:
        return tuple(" ".join(name.split()) for name in next(_from_header(source.text, delimiter)))
    except csv.Error:
        raise _cell_too_long(source, 1) from None


def read_rows(source: Source, delimiter: str, positions: Sequence[int]) -> Records:
    """All rows under the header; of their cells only those at `positions`.

    Raises DataError where a quotation mark never closes.
    """
    import numpy as np  # noqa: PLC0415 (the delimiter and the header need no arrays)

    records = _from_header(source.text, delimiter)
    header = next(records)
    gathered = _Gathered(positions, {position: [] for position in positions})
    number = 1
    try:
        while batch := list(islice(records, BATCH)):
            _gather(gathered, batch, number, header)
            number += len(batch)
    except csv.Error:
        raise _cell_too_long(source, number + 1) from None
    if _never_closed(source.text, gathered.last):
        raise DataError(
            f"{shown(source.path)}: in row {number} a quotation mark opens and never closes, so the rest of the file "
            "is one cell; close it, or double it if it belongs to the text."
        )
    cells = {
        position: np.concatenate(parts) if parts else np.empty(0, object) for position, parts in gathered.parts.items()
    }
    return Records(cells, np.array(gathered.numbers, dtype=np.int64), tuple(gathered.ragged), gathered.blank)


def _gather(gathered: _Gathered, batch: list[list[str]], number: int, header: list[str]) -> None:
    import numpy as np  # noqa: PLC0415

    width, named = len(header), _named(header)
    rows = []
    for row_number, row in enumerate(batch, start=number + 1):
        if not "".join(row).strip():
            gathered.blank += 1
        elif len(row) < named:
            gathered.ragged.append((row_number, TOO_FEW))
        elif len(row) > width and "".join(row[width:]).strip():
            gathered.ragged.append((row_number, TOO_MANY))
        else:
            rows.append(row if len(row) >= width else row + [""] * (width - len(row)))
            gathered.numbers.append(row_number)
    for position in gathered.positions if rows else ():
        part = np.empty(len(rows), dtype=object)
        part[:] = [row[position] for row in rows]
        gathered.parts[position].append(part)
    gathered.last = batch[-1]


def _named(header: Sequence[str]) -> int:
    """How many columns there are up to the last that has a name; tools leave empty ones behind."""
    return max((position for position, name in enumerate(header, start=1) if name.strip()), default=0)


def _from_header(text: str, delimiter: str) -> Iterator[list[str]]:
    reader = csv.reader(
        io.StringIO(_without_sep_line(text)[0], newline=""), delimiter=DELIMITERS[delimiter], skipinitialspace=True
    )
    for record in reader:
        if "".join(record).strip():
            yield record
            break
    yield from reader


def _without_sep_line(text: str) -> tuple[str, str | None]:
    """Excel's own first line `sep=;`, which is no row of the table, taken off and read."""
    first, _, rest = text.partition("\n")
    said = first.strip('\r" ').casefold() if len(first) < 12 else ""
    if not said.startswith("sep="):
        return text, None
    return rest, next((name for name, sign in DELIMITERS.items() if sign == said[4:]), None)


def _score(sample: str, delimiter: str, known: Collection[str]) -> tuple[int, float, int]:
    """Configured names brought out, share of records as wide as the header, and that width."""
    try:
        records = [record for record in islice(_from_header(sample, delimiter), SAMPLE_RECORDS) if any(record)]
    except csv.Error:
        return (0, 0.0, 0)
    header = records[0]
    width = len(header)
    matched = sum(loose(name) in known for name in header)
    agreeing = sum(len(record) == width for record in records) / len(records)
    return (matched, agreeing if width > 1 else 0.0, width)


def _never_closed(text: str, last: list[str]) -> bool:
    """Whether the last cell swallowed the end of the file: it spans lines, and no quotation mark ends the text."""
    spans = bool(last) and ("\n" in last[-1] or "\r" in last[-1])
    return spans and not text.rstrip().endswith('"')


def _cell_too_long(source: Source, row: int) -> DataError:
    return DataError(
        f"{shown(source.path)}: at or after row {row} a cell has over {csv.field_size_limit():,} characters; "
        "most often a quotation mark opens there and never closes: close it, or double it if it belongs to the text."
    )
