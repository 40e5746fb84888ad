"""Several files of the same columns as one table."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import partial

from analysis.basics.as_read import Read
from analysis.basics.listed import first_quoted
from analysis.configuration.origin import Origin
from analysis.errors import DataError
from analysis.language.notes import note
from analysis.reading.sources.opened import Opened
from analysis.reading.text.metadata import merged
from analysis.reading.text.rows import Records, SourcePart

LISTED = 5
OF_FILE = "{file}: {note}"


def one_table(origin: Origin, tables: Sequence[Opened]) -> Opened:
    """The tables one under the other, their columns in the order of the first.

    Raises DataError where one has other columns than the first.
    """
    first = tables[0]
    orders = [_order(first, table) for table in tables]
    kinds = {table.kind for table in tables}
    return Opened(
        name=origin.shown,
        kind=first.kind if len(kinds) == 1 else "text",
        header=first.header,
        rows=partial(_rows, tables, orders),
        sha256=hashlib.sha256("".join(table.sha256 for table in tables).encode()).hexdigest(),
        encoding=", ".join(dict.fromkeys(table.encoding for table in tables if table.encoding)),
        delimiter=next((table.delimiter for table in tables if table.delimiter), ""),
        notes=tuple(
            dict.fromkeys(note(OF_FILE, file=table.file, note=each) for table in tables for each in table.notes)
        ),
        regular=all(table.regular for table in tables),
        unreadable={
            order.index(place): sentence
            for table, order in zip(tables, orders, strict=True)
            for place, sentence in table.unreadable.items()
        },
        read=partial(_read, tables),
    )


def _read(tables: Sequence[Opened]) -> Read:
    return tuple(each for table in tables for each in table.read())


def _order(first: Opened, table: Opened) -> list[int]:
    """Where each of the first table's columns stands in another."""
    if table.header == first.header:
        return list(range(len(first.header)))
    own, wanted = set(table.header), set(first.header)
    if own == wanted and len(own) == len(table.header) == len(first.header):
        return [table.header.index(name) for name in first.header]
    what = [
        f"{words} {first_quoted(sorted(names), LISTED)}"
        for words, names in (("lacks", wanted - own), ("also has", own - wanted))
        if names
    ] or ["has some of them twice, or less often"]
    raise DataError(
        f"{table.name}: the same columns as in {first.name} were expected, but it {' and '.join(what)}; "
        "give all files the same header, or name those that have it."
    )


def _rows(tables: Sequence[Opened], orders: Sequence[Sequence[int]], positions: Sequence[int]) -> Records:
    import numpy as np  # noqa: PLC0415 (only where rows are read)

    read = [
        table.rows([order[position] for position in positions]) for table, order in zip(tables, orders, strict=True)
    ]
    before = [0, *(int(each) for each in np.cumsum([records.last for records in read]))]
    return Records(
        cells={
            position: np.concatenate([each.cells[order[position]] for each, order in zip(read, orders, strict=True)])
            for position in positions
        },
        row_numbers=np.concatenate([each.row_numbers + start for each, start in zip(read, before, strict=False)]),
        ragged=tuple((row + start, why) for each, start in zip(read, before, strict=False) for row, why in each.ragged),
        blank=sum(each.blank for each in read),
        last=before[-1],
        parts=tuple(SourcePart(table.file, start) for table, start in zip(tables, before, strict=False)),
        said={
            position: merged([each.said[order[position]] for each, order in zip(read, orders, strict=True)])
            for position in positions
            if all(order[position] in each.said for each, order in zip(read, orders, strict=True))
        },
    )
