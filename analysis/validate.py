"""Which rows can be used, and why the others cannot: `rows_read == rows_used + rows_rejected`, always.

Whatever costs in proportion to the rows is an expression (Narwhals); pandas is the engine.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw

from analysis.columns import FINE, Reading, cell, readings, value
from analysis.configuration.site import Site
from analysis.customers import Customers, Entry, rejections, set_aside
from analysis.errors import ConfigurationError, DataError
from analysis.expectations import ROW, of_column, of_identifiers, of_rows, of_values
from analysis.table import Table

if TYPE_CHECKING:
    from pandas import DataFrame

CODE = "code"
# A row's code is its first faulty column's place × 10 + the fault; without any, the largest there is.
PLACE, CLEAN = 10, 2**31 - 1
REPEATED = "identifier of an earlier row"


@dataclass(frozen=True, eq=False)
class Examination:
    """What there is of customers, and a sentence for each thing that makes the table unfit for analysis."""

    customers: Customers
    problems: tuple[str, ...]


def validate(table: Table, site: Site) -> Customers:
    """Check every cell against its column's description, and set aside the rows that cannot be used.

    A row goes by the first reason found: its number of fields, then its columns in the configuration's order, then
    an identifier that an earlier usable row has. Raises DataError where most of a column is not what it was said to
    be, where no row is usable, or where a column that is to cluster holds one value only.
    """
    found = examine(table, site)
    if found.problems:
        raise DataError(*found.problems)
    return found.customers


def examine(table: Table, site: Site) -> Examination:
    """As `validate`, but all that is wrong is told at once. Raises ConfigurationError where no column clusters."""
    if not any(column.clusters for column in site.columns.values()):
        raise ConfigurationError("columns: none holds numbers to cluster by; describe one with a role such as income.")
    cells = _cells(table)
    read = readings(cells, site, table.delimiter)
    rows = _coded(cells, read)
    usable = rows.filter(nw.col(CODE) == CLEAN)
    faulty = rows.filter(nw.col(CODE) != CLEAN)
    problems = []
    for place, reading in enumerate(read if len(faulty) else ()):
        fault = nw.col(_fault(place))
        problems += of_column(table, reading, faulty.filter(fault != FINE).select(ROW, fault.alias("fault")))
    usable, repeated = _first_of_each(usable, site)
    problems += of_identifiers(table, repeated[0], len(usable), repeated[1])
    rejected = _rejected(table, faulty, read, repeated)
    customers = _customers(table, usable, rejected, read)
    if not problems:  # else few rows may be left, for the very reasons given
        problems += of_rows(table, customers.rows_used, customers.rejections)
    if not problems:
        problems += of_values(table, site, customers.frame)
    return Examination(customers, tuple(problems))


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
    codes = faulty[CODE].to_list()
    faults = {code: (read[code // PLACE].name, read[code // PLACE].reason(code % PLACE)) for code in set(codes)}
    entries: list[Entry] = [(row, None, reason) for row, reason in table.set_aside]
    entries += [(row, *faults[code]) for row, code in zip(faulty[ROW].to_list(), codes, strict=True)]
    entries += [(row, repeated[0], REPEATED) for row in repeated[1]]
    return set_aside(entries)


def _customers(table: Table, usable: nw.DataFrame[Any], rejected: DataFrame, read: list[Reading]) -> Customers:
    values = usable.select([value(place) for place in range(len(read))]).to_native()
    frame = values.set_axis([each.name for each in read], axis="columns").reset_index(drop=True)
    return Customers(
        frame=frame,
        rejected=rejected,
        rows_read=table.rows_read,
        rejections=rejections(rejected),
        row_numbers=usable[ROW].to_numpy(),
        encoding=table.encoding,
        delimiter=table.delimiter,
        sha256=table.sha256,
        notes=(*table.notes, *(note for each in read for note in each.notes)),
    )
