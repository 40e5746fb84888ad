"""A table that has been opened: its header is known, its rows wait to be read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from analysis.rows import Records
from analysis.sources.kinds import Kind


@dataclass(frozen=True, eq=False)
class Opened:
    """One table, whatever holds it."""

    name: str
    """As people typed or would type it; for messages."""
    kind: Kind
    header: tuple[str, ...]
    rows: Callable[[Sequence[int]], Records]
    """All rows below the header; of their cells only those at the given positions."""
    sha256: str
    encoding: str = ""
    """Of text; empty for what carries its types with it."""
    delimiter: str = ""
    """`,` `;` `|` or `tab` for delimited text; empty for everything else."""
    notes: tuple[str, ...] = ()

    @property
    def file(self) -> str:
        """The name without its folder."""
        return PurePath(self.name).name
