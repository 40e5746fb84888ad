"""One of several files as an earlier build has read it: a new month of a partitioned table is all that is read.

What was read is known by the file's content, and by all else that its reading depends on; never by its time.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

from analysis.basics.as_read import Read, special
from analysis.configuration.paths import shown
from analysis.configuration.table import OF_FILES, TableSettings
from analysis.reading.sources.opened import Opened
from analysis.reading.sources.written import header_of, header_text, rows_of, rows_text
from analysis.reading.text.rows import Records

Made = TypeVar("Made")
MOST = 5_000_000
"""Cells of a file that are kept; of more it is as fast to read it."""
HEADER, ROWS = "header", "rows"


class Kept(Protocol):
    """What earlier builds have read."""

    def found(self, step: str, inputs: str, read: Callable[[str], Made]) -> Made | None:
        """What the step made of these inputs, as `read` has it; None where that is not known."""

    def keep(self, step: str, inputs: str, content: str) -> None:
        """Keep it."""


@dataclass(frozen=True)
class Part:
    """One of the files of a table, and how it is opened where it has to be."""

    path: Path
    inputs: str
    """A digest of all that its reading depends on."""
    sha256: str
    kept: Kept
    open: Callable[[], Opened]

    def opened(self) -> Opened:
        """With rows that are read from the file only where they are not known."""
        known = self.kept.found(HEADER, self.inputs, header_of)
        if known is not None:
            return Opened(**known, rows=partial(self._rows, self.open), read=self._read)
        opened = self.open()
        if not self._is_of(opened):
            return opened
        self.kept.keep(HEADER, self.inputs, header_text(opened))
        return replace(opened, rows=partial(self._rows, lambda: opened))

    def _read(self) -> Read:
        return ((str(self.path.resolve()), self.sha256),)

    def _rows(self, opened: Callable[[], Opened], positions: Sequence[int]) -> Records:
        inputs = digest(self.inputs, *map(str, positions))
        known = self.kept.found(ROWS, inputs, rows_of)
        if known is not None:
            return known
        found = opened()
        records = found.rows(positions)
        if self._is_of(found) and len(records.row_numbers) * len(positions) <= MOST:
            self.kept.keep(ROWS, inputs, rows_text(records))
        return records

    def _is_of(self, opened: Opened) -> bool:
        """Whether the file is still what its digest says."""
        return opened.read() == self._read()


def part(
    path: Path, settings: TableSettings, known: Collection[str], kept: Kept, opened: Callable[[], Opened]
) -> Opened:
    """One of several files; raises what `opened` raises where it has to be opened."""
    try:
        if special(path):
            return opened()
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):
        return opened()
    told = settings.model_dump_json(include=set(OF_FILES))
    return Part(path, digest(sha256, shown(path), told, *sorted(known)), sha256, kept, opened).opened()


def digest(*parts: str) -> str:
    """Of several texts: none can be taken for another by moving what stands in one to the next."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
