"""The one way in: from an origin to an opened table, whatever kind of source it is."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from functools import partial
from pathlib import Path

from analysis.configuration.origin import Origin
from analysis.configuration.table import TableSettings
from analysis.errors import ConfigurationError
from analysis.reading.sources.content import content_of
from analysis.reading.sources.formats import ON_DISK, format_of
from analysis.reading.sources.kept import Kept, part
from analysis.reading.sources.opened import Opened
from analysis.reading.sources.several import one_table


def open_table(origin: Origin, known: Collection[str] = (), kept: Kept | None = None) -> Opened:
    """Open whatever the origin names; `known` are the configured column names, which help to find a delimiter.

    `kept`: what earlier builds have read; of several files only those are read that are not among it.

    Raises DataError where there is no such table, or none that can be read; ConfigurationError where a setting does
    not go with what was found, or where an environment variable is not set.
    """
    if origin.settings.database is not None:
        # A file need not wait for a database's driver.
        from analysis.reading.sources.database import open_query  # noqa: PLC0415

        return open_query(origin)
    settings, paths = origin.settings, origin.files()
    if len(paths) == 1:
        return open_file(paths[0], settings, known)

    def opened(path: Path) -> Opened:
        read = partial(open_file, path, settings, known)
        return part(path, settings, known, kept, read) if kept else read()

    return one_table(origin, [opened(path) for path in paths])


def open_file(path: Path, settings: TableSettings, known: Collection[str] = ()) -> Opened:
    """Open one file as what it is, by its first bytes before its name.

    Raises DataError where it cannot be read, or its format needs an extra that is not installed; ConfigurationError
    where a setting does not go with it.
    """
    content = content_of(path, ON_DISK)
    found, notes = format_of(content.name, content.data, settings.format)
    if settings.sheet is not None and not found.sheets:
        raise ConfigurationError(
            f"data.sheet: {content.name} is not a workbook, so it has no sheets; remove the key, or --sheet."
        )
    if settings.columns is not None and not found.headless:
        raise ConfigurationError(
            f"data.columns: {content.name} is not delimited text and names its columns itself; remove the key."
        )
    if found.extra:
        found.extra.require(content.name)
    opened = found.open(content, settings, known)
    return replace(opened, kind=found.kind, notes=(*notes, *opened.notes), read=content.read)
