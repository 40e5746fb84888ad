"""Rows as every kind of source gives them: text cells column by column, with their numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from analysis.reading.text.metadata import ColumnSaid

if TYPE_CHECKING:
    from numpy import int64, object_
    from numpy.typing import NDArray


@dataclass(frozen=True)
class SourcePart:
    """One of several files: its row 7 is row `before + 7` of all together."""

    name: str
    before: int


@dataclass(frozen=True, eq=False)
class Records:
    """Rows with as many fields as the header, column by column; the others by number and reason."""

    cells: Mapping[int, NDArray[object_]]
    row_numbers: NDArray[int64]
    ragged: tuple[tuple[int, str], ...]
    blank: int
    last: int
    """Number of the last row, whatever it held."""
    parts: tuple[SourcePart, ...] = ()
    """Where there are several files."""
    said: Mapping[int, ColumnSaid] = field(default_factory=dict)
    """What the source itself says of its columns."""


def all_of(cells: Mapping[int, NDArray[object_]], count: int, first: int = 2) -> Records:
    """Records of a source whose rows are all sound; the first of them is row 2, as under a header."""
    import numpy as np  # noqa: PLC0415 (only where rows are read)

    return Records(cells, np.arange(first, count + first, dtype=np.int64), (), 0, count + first - 1)
