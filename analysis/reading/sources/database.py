"""A query to a database, through SQLAlchemy: read-only, every value as text, rows in an order of their own.

A database promises no order, so rows are sorted by their texts: the same rows give the same result. Neither address
nor SQL nor anything that a driver says reaches a message; `analysis.reading.sources.refusals` finds words for what
went wrong.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any

from analysis.basics.extras import Extra
from analysis.configuration.address import filled_in
from analysis.configuration.origin import Origin
from analysis.configuration.paths import shown
from analysis.errors import AtlasError, DataError
from analysis.reading.sources.cells import column_of, text_of
from analysis.reading.sources.opened import Opened
from analysis.reading.sources.refusals import refusal
from analysis.reading.text.rows import Records, all_of

if TYPE_CHECKING:
    from sqlalchemy import URL, Connection, CursorResult, Engine

DATABASES = Extra("databases", "reads databases", ("sqlalchemy", "psycopg"))
PATIENCE = 10
"""Seconds until a server that does not answer counts as away, and a lock as there to stay."""
DRIVERS = {"postgres": "postgresql+psycopg", "postgresql": "postgresql+psycopg"}
BATCH = 10_000

Row = tuple[str, ...]


def open_query(origin: Origin) -> Opened:
    """Ask the database and take its whole answer.

    Raises ConfigurationError where an environment variable is not set; DataError where the database cannot be
    reached, will not let us in, or cannot answer the query, or where the extra `databases` is not installed.
    """
    DATABASES.require(origin.shown, modules=("sqlalchemy",))
    address = filled_in(origin.settings.database or "")
    query = (origin.settings.query or "").strip().rstrip(";")
    with _worded(origin.shown), _connected(origin, address) as connection:
        result = _asked(connection, query, origin.shown)
        header = tuple(" ".join(str(key).split()) for key in result.keys())  # noqa: SIM118 (no mapping)
        rows = sorted(chain.from_iterable(map(_texts, result.partitions(BATCH))))
    return Opened(origin.shown, header, partial(_rows, rows), _digest(header, rows), kind="database")


@contextmanager
def _worded(name: str) -> Iterator[None]:
    """Whatever a driver raises, in one sentence of ours: its own may hold the address, the SQL, or values."""
    try:
        yield
    except AtlasError:
        raise
    except Exception as error:  # noqa: BLE001 (any driver may be plugged in, each with its own exceptions)
        raise DataError(f"{name}: {refusal(error)}") from None


@contextmanager
def _connected(origin: Origin, address: str) -> Iterator[Connection]:
    """A connection that cannot write where the database knows of such, and commits nothing anywhere."""
    from sqlalchemy import make_url  # noqa: PLC0415 (an extra, and only where a table comes from a database)

    engine = _engine(origin, make_url(address))
    try:
        with engine.connect() as connection:
            yield connection.execution_options(postgresql_readonly=True, stream_results=True, no_parameters=True)
    finally:
        engine.dispose()


def _engine(origin: Origin, url: URL) -> Engine:
    from sqlalchemy import create_engine  # noqa: PLC0415
    from sqlalchemy.pool import NullPool  # noqa: PLC0415

    backend = url.get_backend_name()
    if backend == "sqlite":
        opener = partial(_sqlite, origin, url)
        return create_engine("sqlite://", creator=opener, poolclass=NullPool, hide_parameters=True)
    waits = {"connect_timeout": PATIENCE} if backend in {"postgres", "postgresql", "mysql", "mariadb"} else {}
    named = url.set(drivername=DRIVERS.get(url.drivername, url.drivername))
    if named.drivername.endswith("+psycopg"):
        DATABASES.require(origin.shown, modules=("psycopg",))
    return create_engine(named, connect_args=waits, poolclass=NullPool, hide_parameters=True)


def _sqlite(origin: Origin, url: URL) -> sqlite3.Connection:
    """Read-only, so that a mistyped name makes no new file; a path starts from the configuration's folder."""
    if url.database in {None, "", ":memory:"}:
        raise DataError("data.database: SQLite needs a file, as in sqlite:///shop.db.")
    path = origin.folder / str(url.database)
    if not path.is_file():
        raise DataError(f"{shown(path)}: there is no such database; check data.database.")
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=PATIENCE)
    connection.text_factory = partial(str, encoding="utf-8", errors="replace")
    return connection


def _asked(connection: Connection, query: str, name: str) -> CursorResult[Any]:
    result = connection.exec_driver_sql(query)
    if not result.returns_rows:
        raise DataError(f"{name}: the query returns no table; write a SELECT under data.query.")
    return result


def _texts(rows: Sequence[Sequence[object]]) -> Iterator[Row]:
    return (tuple(map(text_of, row)) for row in rows)


def _digest(header: Row, rows: Sequence[Row]) -> str:
    """Over the texts in their order, each with its length, so that no two tables are written alike."""
    digest = hashlib.sha256()
    for row in (header, *rows):
        digest.update("".join(f"{len(text)}:{text}" for text in row).encode("utf-8", "surrogatepass"))
        digest.update(b"\n")
    return digest.hexdigest()


def _rows(rows: Sequence[Row], positions: Sequence[int]) -> Records:
    """The first row counts as row 2, as if the columns' names stood above it."""
    return all_of({position: column_of([row[position] for row in rows]) for position in positions}, len(rows))
