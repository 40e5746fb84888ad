"""Parquet files, through DuckDB, which writes their cells as text."""

from __future__ import annotations

import glob
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from analysis.basics.extras import Extra
from analysis.configuration.table import TableSettings
from analysis.errors import SHORT_OF_MEMORY, DataError
from analysis.language import gettext_noop
from analysis.reading.sources.cells import column_of
from analysis.reading.sources.content import Content
from analysis.reading.sources.format import Format
from analysis.reading.sources.opened import Opened
from analysis.reading.text.rows import Records, all_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MARK = b"PAR1"
# An extension that is wanted and missing would be fetched; nothing here may ask the network.
OFFLINE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}


class Parquet(Format):
    """Columns, each with its type."""

    kind: ClassVar[str] = "parquet"
    words: ClassVar[str] = gettext_noop("a Parquet file")
    endings: ClassVar[tuple[str, ...]] = (".parquet",)
    on_disk: ClassVar[bytes] = MARK
    extra: ClassVar[Extra | None] = Extra("parquet", "reads Parquet files", ("duckdb",))

    def signed(self, name: str, data: bytes) -> bool:  # noqa: ARG002 (nothing is refused)
        """By its mark."""
        return data.startswith(MARK)

    def open(self, content: Content, settings: TableSettings, known: Collection[str]) -> Opened:  # noqa: ARG002 (it says all itself)
        """Raises DataError where the file is cut short or damaged, or packed into another."""
        return _opened(content)


def _opened(content: Content) -> Opened:
    if content.packed:
        raise DataError(f"{content.name}: this is a Parquet file inside a compressed one; unpack it, and name it.")
    with _asking(content) as connection:
        described = connection.execute("DESCRIBE SELECT * FROM read_parquet(?)", [_path(content)]).fetchall()
    names = tuple(" ".join(str(name).split()) for name, *_ in described)
    selected = [_as_text(str(name), str(kind)) for name, kind, *_ in described]
    return Opened(content.name, names, partial(_rows, content, selected), content.sha256)


def _rows(content: Content, selected: Sequence[str], positions: Sequence[int]) -> Records:
    """Every row; the first counts as row 2, as if the columns' names stood above it."""
    wanted = ", ".join(f"{selected[position]} AS cell{position}" for position in positions)
    query = f"SELECT {wanted} FROM read_parquet(?)"  # noqa: S608 (the names come quoted from `_as_text`)
    with _asking(content) as connection:
        found = connection.execute(query, [_path(content)]).fetchnumpy()
    cells = {position: column_of(list(found[f"cell{position}"])) for position in positions}
    return all_of(cells, len(next(iter(cells.values()))))


def _as_text(name: str, kind: str) -> str:
    quoted = '"' + name.replace('"', '""') + '"'
    text = f"CAST({quoted} AS VARCHAR)"
    if kind in {"DOUBLE", "FLOAT"}:  # 1.0 is 1, as from every kind of source; what is no number is no value
        text = f"CASE WHEN isnan({quoted}) THEN '' ELSE regexp_replace({text}, '\\.0$', '') END"
    if kind == "TIMESTAMP WITH TIME ZONE":  # by the universal clock, wherever the build runs
        text = f"CAST(make_timestamp(epoch_us({quoted})) AS VARCHAR)"
    return f"coalesce({text}, '')"


@contextmanager
def _asking(content: Content) -> Iterator[DuckDBPyConnection]:
    import duckdb  # noqa: PLC0415 (an extra, and only where a table is Parquet)

    try:
        with duckdb.connect(config=OFFLINE) as connection:
            yield connection
    except duckdb.OutOfMemoryException:
        raise DataError(f"{content.name}: {SHORT_OF_MEMORY}") from None
    except duckdb.Error:
        raise DataError(
            f"{content.name}: this Parquet file is cut short or damaged; fetch or save it again, or export it as CSV."
        ) from None


def _path(content: Content) -> str:
    """The very file, whatever signs of a pattern are in its name."""
    return glob.escape(str(content.path))


FORMAT = Parquet()
