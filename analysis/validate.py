"""Which rows can be used, and why the others cannot: `rows_read == rows_used + rows_rejected`, always.

Whatever costs in proportion to the rows is an expression (Narwhals); pandas is the engine.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw

from analysis.columns import FINE, Reading, cell, readings, value
from analysis.configuration.site import Site
from analysis.contract import Rejection
from analysis.errors import ConfigurationError
from analysis.expectations import ROW, refuse_column, refuse_constants, refuse_repeats, refuse_unusable
from analysis.table import Table

if TYPE_CHECKING:
    from numpy import int64
    from numpy.typing import NDArray
    from pandas import DataFrame

CODE = "code"
# A row's code is its first faulty column's place × 10 + the fault; without any, the largest there is.
PLACE, CLEAN = 10, 2**31 - 1
EXAMPLES = 20
REPEATED = "identifier of an earlier row"


@dataclass(frozen=True, eq=False)
class Customers:
    """The usable rows, typed, and those set aside.

    `frame` holds a column a configured column under its name: numbers as float64, categories and identifiers as
    text; its index runs from 0. `row_numbers` runs along its rows (the header is row 1; see `analysis.records`).
    `rejected` has the columns `row`, `column`, `reason`, in the file's order, and no value of any cell.
    """

    frame: DataFrame
    rejected: DataFrame
    rows_read: int
    rejections: tuple[Rejection, ...]
    row_numbers: NDArray[int64]
    encoding: str
    delimiter: str
    sha256: str
    notes: tuple[str, ...]

    @property
    def rows_used(self) -> int:
        """Customers that the analysis works on."""
        return len(self.frame)

    @property
    def rows_rejected(self) -> int:
        """Rows set aside."""
        return len(self.rejected)


def validate(table: Table, site: Site) -> Customers:
    """Check every cell against its column's description, and set aside the rows that cannot be used.

    A row goes by the first reason found: its number of fields, then its columns in the configuration's order, then
    an identifier that an earlier usable row has. Raises DataError where most of a column is not what it was said to
    be, where no row is usable, or where a column that is to cluster holds one value only.
    """
    if not any(column.clusters for column in site.columns.values()):
        raise ConfigurationError("columns: none holds numbers to cluster by; describe one with a role such as income.")
    cells = _cells(table)
    read = readings(cells, site, table.delimiter)
    rows = _coded(cells, read)
    usable = rows.filter(nw.col(CODE) == CLEAN)
    faulty = rows.filter(nw.col(CODE) != CLEAN)
    for place, reading in enumerate(read if len(faulty) else ()):
        fault = nw.col(_fault(place))
        refuse_column(table, reading, faulty.filter(fault != FINE).select(ROW, fault.alias("fault")))
    usable, repeated = _first_of_each(usable, site)
    if repeated[1]:
        refuse_repeats(table, repeated[0], len(usable), repeated[1])
    rejected = _rejected(table, faulty, read, repeated)
    customers = _customers(table, usable, rejected, read)
    refuse_unusable(table, customers.rows_used, customers.rejections)
    refuse_constants(table, site, customers.frame)
    return customers


def _fault(place: int) -> str:
    return f"fault{place}"


def _cells(table: Table) -> nw.LazyFrame[Any]:
    """The rows' trimmed cells with their row numbers."""
    names = [cell(place) for place in range(table.frame.shape[1])]
    renamed = table.frame.set_axis(names, axis="columns").assign(**{ROW: table.row_numbers})
    return nw.from_native(renamed).lazy().with_columns(nw.col(*names).str.strip_chars())


def _coded(cells: nw.LazyFrame[Any], read: list[Reading]) -> nw.DataFrame[Any]:
    """The rows with each column's value and fault, and the code of the first fault."""
    values = [reading.value.alias(value(place)) for place, reading in enumerate(read)]
    faults = [reading.fault.alias(_fault(place)) for place, reading in enumerate(read)]
    codes = []
    for place in range(len(read)):
        fault = nw.col(_fault(place))
        codes.append(nw.when(fault == FINE).then(nw.lit(CLEAN)).otherwise(fault + PLACE * place))
    return (
        cells.with_columns(*values)
        .with_columns(*faults)
        .with_columns(nw.min_horizontal(*codes).alias(CODE))
        .sort(ROW)
        .collect()
    )


def _first_of_each(usable: nw.DataFrame[Any], site: Site) -> tuple[nw.DataFrame[Any], tuple[str, list[int]]]:
    """The first usable row of each identifier; the identifier's column and the numbers of all later rows."""
    for place, (name, column) in enumerate(site.columns.items()):
        if column.role == "id":
            first = usable[value(place)].is_first_distinct()
            return usable.filter(first), (name, usable.filter(~first)[ROW].to_list())
    return usable, ("", [])


def _rejected(
    table: Table, faulty: nw.DataFrame[Any], read: list[Reading], repeated: tuple[str, list[int]]
) -> DataFrame:
    """Row, column and reason of every row set aside, in the file's order."""
    import pandas as pd  # noqa: PLC0415 (loaded by whoever read the table)

    codes = faulty[CODE].to_list()
    faults = {code: (read[code // PLACE].name, read[code // PLACE].reason(code % PLACE)) for code in set(codes)}
    entries: list[tuple[int, str | None, str]] = [(row, None, reason) for row, reason in table.set_aside]
    entries += [(row, *faults[code]) for row, code in zip(faulty[ROW].to_list(), codes, strict=True)]
    entries += [(row, repeated[0], REPEATED) for row in repeated[1]]
    entries.sort(key=lambda entry: entry[0])
    frame = pd.DataFrame(entries, columns=[ROW, "column", "reason"], dtype=object)
    return frame.astype({ROW: "int64"})


def _customers(table: Table, usable: nw.DataFrame[Any], rejected: DataFrame, read: list[Reading]) -> Customers:
    values = usable.select([value(place) for place in range(len(read))]).to_native()
    frame = values.set_axis([each.name for each in read], axis="columns").reset_index(drop=True)
    return Customers(
        frame=frame,
        rejected=rejected,
        rows_read=table.rows_read,
        rejections=_rejections(rejected),
        row_numbers=usable[ROW].to_numpy(),
        encoding=table.encoding,
        delimiter=table.delimiter,
        sha256=table.sha256,
        notes=(*table.notes, *(note for each in read for note in each.notes)),
    )


def _rejections(rejected: DataFrame) -> tuple[Rejection, ...]:
    """Rows set aside by reason, the commonest first."""
    rows: dict[tuple[str | None, str], list[int]] = {}
    for row, column, reason in rejected.itertuples(index=False, name=None):
        rows.setdefault((column, reason), []).append(row)
    ordered = sorted(rows.items(), key=lambda entry: (-len(entry[1]), entry[0][0] or "", entry[0][1]))
    return tuple(
        Rejection(reason=reason, column=column, rows=len(found), examples=tuple(found[:EXAMPLES]))
        for (column, reason), found in ordered
    )
