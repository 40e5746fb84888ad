"""Rows of delimited text as they are read, a batch at a time; only the cells that are wanted are kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from analysis.language import gettext_noop
from analysis.reading.text.footers import FOOTER, is_prose, no_record
from analysis.reading.text.rows import Records

if TYPE_CHECKING:
    from numpy import int64, object_
    from numpy.typing import NDArray

# Numpy is loaded by the first that reads rows; a header needs no arrays.
# ruff: noqa: PLC0415

# A column of more different texts than these has most of them once, and it does not pay to look for the others.
FEW_TEXTS = 10_000
TOO_MANY = gettext_noop("more fields than the header has columns")
TOO_FEW = gettext_noop("fewer fields than the header has columns")


class _Texts(dict[str, str]):
    """Each text by itself, the first of its kind."""

    def __missing__(self, text: str) -> str:
        self[text] = text
        return text


@dataclass
class Gathered:
    """What has been read so far; columns are kept in arrays a batch."""

    positions: Sequence[int]
    header: Sequence[str]
    number: int = 1
    """Of the last row read; the header is row 1."""
    ending: str = ""
    """The last cell read."""
    _parts: dict[int, list[NDArray[object_]]] = field(default_factory=dict)
    _numbers: list[NDArray[int64]] = field(default_factory=list)
    _ragged: list[tuple[int, str]] = field(default_factory=list)
    _prose: set[int] = field(default_factory=set)
    """Those of the ragged rows that are a sentence."""
    _blank: int = 0
    _texts: dict[int, _Texts] = field(default_factory=dict)
    """By position, the few texts that a column is made of, each kept once; most columns have many rows of each."""

    def add_cells(self, cells: Sequence[str]) -> None:
        """All cells of rows as wide as the header, none of them blank, one after the other."""
        import numpy as np

        width = len(self.header)
        count = len(cells) // width
        self._keep(
            np.arange(self.number + 1, self.number + count + 1, dtype=np.int64),
            {position: cells[position::width] for position in self.positions},
        )
        self.number += count
        self.ending = ""

    def add_records(self, batch: Sequence[list[str]]) -> None:
        """Rows of any width; those that do not fit the header are kept by number and reason."""
        import numpy as np

        width, named = len(self.header), _named(self.header)
        rows, numbers = [], []
        for number, row in enumerate(batch, start=self.number + 1):
            if not "".join(row).strip():
                self._blank += 1
            elif len(row) < named:
                self._ragged.append((number, no_record(row) or TOO_FEW))
                if is_prose(row):
                    self._prose.add(number)
            elif len(row) > width and "".join(row[width:]).strip():
                self._ragged.append((number, TOO_MANY))
            else:
                rows.append(row if len(row) >= width else row + [""] * (width - len(row)))
                numbers.append(number)
        cells = {position: [row[position] for row in rows] for position in self.positions}
        self._keep(np.array(numbers, dtype=np.int64), cells)
        self.number += len(batch)
        self.ending = batch[-1][-1] if batch[-1] else ""

    def together(self) -> Records:
        """All that was read."""
        import numpy as np

        cells = {
            position: np.concatenate(self._parts.get(position, [np.empty(0, object)])) for position in self.positions
        }
        numbers = np.concatenate([np.empty(0, np.int64), *self._numbers])
        last = int(numbers[-1]) if len(numbers) else self.number
        ragged = tuple((row, self._reason(row, reason, last)) for row, reason in self._ragged)
        return Records(cells, numbers, ragged, self._blank, self.number)

    def _reason(self, row: int, reason: str, last: int) -> str:
        """A sentence below the last row is a footer, in whatever language; one between rows is a torn row."""
        return FOOTER if reason == TOO_FEW and row > last and row in self._prose else reason

    def _keep(self, numbers: NDArray[int64], cells: Mapping[int, Sequence[str]]) -> None:
        """One text, one object: a column of a million rows and five categories takes a tenth of the memory."""
        import numpy as np

        self._numbers.append(numbers)
        for position, texts in cells.items():
            known = self._texts.setdefault(position, _Texts())
            column = np.empty(len(texts), dtype=object)
            column[:] = list(map(known.__getitem__, texts)) if len(known) < FEW_TEXTS else texts
            self._parts.setdefault(position, []).append(column)


def _named(header: Sequence[str]) -> int:
    """How many columns there are up to the last that has a name; tools leave empty ones behind."""
    return max((position for position, name in enumerate(header, start=1) if name.strip()), default=0)
