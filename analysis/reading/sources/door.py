"""The one way in: from an origin to an opened table, whatever kind of source it is."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from analysis.configuration.origin import Origin
from analysis.configuration.table import Table
from analysis.errors import ConfigurationError
from analysis.reading.sources.content import check_lines, content_of
from analysis.reading.sources.opened import Opened
from analysis.reading.sources.several import one_table
from analysis.reading.text.file_kinds import ARRAY, kind_of

# Each kind is opened by its own module, imported where such a table comes: a CSV need not wait for a database's driver.
# ruff: noqa: PLC0415


def open_table(origin: Origin, known: Collection[str] = ()) -> Opened:
    """Open whatever the origin names; `known` are the configured column names, which help to find a delimiter.

    Raises DataError where there is no such table, or none that can be read; ConfigurationError where a setting does
    not go with what was found, or where an environment variable is not set.
    """
    if origin.settings.database is not None:
        from analysis.reading.sources.database import open_query

        return open_query(origin)
    opened = [open_file(path, origin.settings, known) for path in origin.files()]
    return opened[0] if len(opened) == 1 else one_table(origin, opened)


def open_file(path: Path, settings: Table, known: Collection[str] = ()) -> Opened:
    """Open one file as what it is, by its first bytes before its name."""
    content = content_of(path)
    kind, notes = kind_of(content.name, content.data, settings.format)
    if kind == "parquet":
        from analysis.reading.sources.parquet import open_parquet

        opened = open_parquet(content)
    elif kind == "excel":
        from analysis.reading.sources.workbook import open_workbook

        opened = open_workbook(content, settings.sheet, known)
    elif kind == "jsonlines":
        from analysis.reading.sources.jsonlines import open_jsonlines

        if not ARRAY.match(content.data):
            check_lines(content.name, content.data)
        opened = open_jsonlines(content, settings.encoding)
    elif kind in {"spss", "stata", "sas"}:
        from analysis.reading.sources.statistical import open_statistical

        opened = open_statistical(content, kind, settings.encoding)
    else:
        from analysis.reading.sources.text import open_text

        check_lines(content.name, content.data)
        opened = open_text(content, settings, known)
    if settings.sheet is not None and kind != "excel":
        raise ConfigurationError(
            f"data.sheet: {content.name} is no workbook, so it has no sheets; take the key out, or --sheet."
        )
    if settings.columns is not None and kind != "text":
        raise ConfigurationError(
            f"data.columns: {content.name} is no delimited text and names its columns itself; take the key out."
        )
    return replace(opened, notes=(*notes, *opened.notes), read=content.read)
