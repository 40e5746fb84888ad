"""Customers as the analysis takes them up: the usable rows, typed, and those set aside, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from analysis.cells.known import UNKNOWN, Known
from analysis.contract import LeftOut, Rejection
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

Entry = tuple[int, str | None, str]
"""A row set aside: its number, the column at fault if it is one column's, and the reason."""


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
    rejections: tuple[Rejection, ...]
    row_numbers: NDArray[int64]
    encoding: str
    delimiter: str
    sha256: str
    notes: tuple[Note, ...]
    columns: dict[str, Column] = field(default_factory=dict)
    """The columns as they are analysed: without those left out, with those added; empty: as configured."""
    left_out: tuple[LeftOut, ...] = ()
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

    ordered = sorted(entries, key=lambda entry: entry[0])
    return pd.DataFrame(ordered, columns=[ROW, "column", "reason"], dtype=object).astype({ROW: "int64"})


def rejections(rejected: DataFrame) -> tuple[Rejection, ...]:
    """Rows set aside by reason, the commonest first."""
    rows: dict[tuple[str | None, str], list[int]] = {}
    for row, column, reason in rejected.itertuples(index=False, name=None):
        rows.setdefault((column, reason), []).append(row)
    ordered = sorted(rows.items(), key=lambda entry: (-len(entry[1]), entry[0][0] or "", entry[0][1]))
    return tuple(
        Rejection(reason=reason, column=column, rows=len(found), examples=tuple(found[:EXAMPLES]))
        for (column, reason), found in ordered
    )
