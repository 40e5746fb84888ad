"""A table that has been opened: its header is known, its rows wait to be read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from analysis.basics.as_read import Read
from analysis.language.notes import Note
from analysis.reading.text.rows import Records


@dataclass(frozen=True, eq=False)
class Opened:
    """One table, whatever holds it."""

    name: str
    """As people typed or would type it; for messages."""
    header: tuple[str, ...]
    rows: Callable[[Sequence[int]], Records]
    """All rows below the header; of their cells only those at the given positions."""
    sha256: str
    kind: str = ""
    """`database`, or that of the file's format, which `open_file` knows."""
    encoding: str = ""
    """Of text; empty for what carries its types with it."""
    delimiter: str = ""
    """`,` `;` `|`, `tab` or `blank` for delimited text; empty for everything else."""
    notes: tuple[Note, ...] = ()
    regular: bool = True
    """Whether the header is the first line and any program splits the rows below it alike."""
    unreadable: Mapping[int, str] = field(default_factory=dict)
    """Columns whose cells say nothing though they are not empty, by position, with a sentence why."""
    from_1904: bool = False
    """Whether a workbook counts its days from 1904."""
    read: Callable[[], Read] = tuple
    """The files that rows come from; asked once they have been read. None of a database."""

    @property
    def file(self) -> str:
        """The name without its folder."""
        return PurePath(self.name).name
