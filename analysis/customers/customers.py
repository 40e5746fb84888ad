"""Customers as the analysis takes them up: the usable rows, typed, and those set aside, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from analysis.cells.known import UNKNOWN, Known
from analysis.columns.redundant import LeftOutColumn
from analysis.language.notes import Note

if TYPE_CHECKING:
    from numpy import int64
    from numpy.typing import NDArray
    from pandas import DataFrame

    from analysis.configuration.column import Column
    from analysis.configuration.site import Site
    from analysis.customers.purchases import Purchases

ROW = "row"
EXAMPLES = 20

Entry = tuple[int, str | None, Note]
"""A row set aside: its number, the column at fault if it is one column's, and the reason."""


@dataclass(frozen=True)
class SetAside:
    """Rows set aside for one reason."""

    why: Note
    column: str | None
    rows: int
    examples: tuple[int, ...]
    """Their numbers, the first twenty."""

    @property
    def reason(self) -> str:
        """In English, for the terminal and the private files."""
        return self.why.exactly()


@dataclass(frozen=True, eq=False)
class Customers:
    """The usable rows, typed, and those set aside.

    `frame` holds a column a configured column under its name: numbers as float64, categories and identifiers as
    text; its index runs from 0. `row_numbers` runs along its rows (the header is row 1; see
    `analysis.reading.text.records`). `rejected` has the columns `row`, `column`, `reason`, in the file's order, and
    no value of any cell.
    """

    frame: DataFrame
    rejected: DataFrame
    rows_read: int
    rejections: tuple[SetAside, ...]
    row_numbers: NDArray[int64]
    encoding: str
    delimiter: str
    sha256: str
    notes: tuple[Note, ...]
    columns: dict[str, Column] = field(default_factory=dict)
    """The columns as they are analysed: without those left out, with those added; empty: as configured."""
    left_out: tuple[LeftOutColumn, ...] = ()
    imputed: dict[str, int] = field(default_factory=dict)
    """Column → customers without a value who stay, by a policy that imputes."""
    indicators: tuple[str, ...] = ()
    """Columns that were added, which no file holds."""
    known: Known = UNKNOWN
    """How the table was understood, for a later one to be read alike."""
    regular: bool = True
    """Whether any program reads the same rows from the file."""
    purchases: Purchases | None = None
    """What the transactions came to, where the table holds those; a row of `frame` then stands for many of the file."""

    def as_analysed(self, site: Site) -> Site:
        """The settings with the columns that the analysis works on."""
        return site.model_copy(update={"columns": self.columns}) if self.columns else site

    @property
    def rows_used(self) -> int:
        """Rows of the file that the analysis works on; each is a customer, unless the table holds transactions."""
        return self.purchases.rows if self.purchases else len(self.frame)

    @property
    def rows_rejected(self) -> int:
        """Rows set aside."""
        return len(self.rejected)


def set_aside(entries: Iterable[Entry]) -> DataFrame:
    """Row, column and reason of every row set aside, in the file's order."""
    import pandas as pd  # noqa: PLC0415 (loaded by whoever read the table)

    told = [(row, column, reason.exactly()) for row, column, reason in sorted(entries, key=lambda entry: entry[0])]
    return pd.DataFrame(told, columns=[ROW, "column", "reason"], dtype=object).astype({ROW: "int64"})


def rejections(entries: Iterable[Entry]) -> tuple[SetAside, ...]:
    """Rows set aside by reason, the most common first."""
    rows: dict[tuple[str | None, Note], list[int]] = {}
    for row, column, reason in sorted(entries, key=lambda entry: entry[0]):
        rows.setdefault((column, reason), []).append(row)
    found = [SetAside(why, column, len(those), tuple(those[:EXAMPLES])) for (column, why), those in rows.items()]
    return tuple(sorted(found, key=lambda each: (-each.rows, each.column or "", each.reason)))
