"""Each row judged by its cells: usable, or set aside for the first fault found.

Whatever costs in proportion to the rows is an expression (Narwhals); pandas is the engine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw

from analysis.cells.kinds.readings import FINE, Reading, cell, value
from analysis.customers.customers import Entry
from analysis.customers.expectations import ROW, Unfit, of_column
from analysis.language.notes import note
from analysis.reading.table import CURRENCY, Table

CODE = "code"
# A row's code is its first faulty column's place × 10 + the fault; without any, the largest there is.
PLACE, CLEAN = 10, 2**31 - 1


@dataclass(frozen=True, eq=False)
class Judged:
    """The usable rows with `row`, their cells and their values; those set aside; and what is wrong with columns."""

    usable: nw.DataFrame[Any]
    aside: list[Entry]
    problems: list[Unfit]


def trimmed(table: Table) -> nw.LazyFrame[Any]:
    """The rows' trimmed cells, named by `cell`, with their row numbers and, where a column names them, currencies."""
    names = [cell(place) for place in range(table.frame.shape[1])]
    renamed = table.frame.set_axis(names, axis="columns").assign(**{ROW: table.row_numbers})
    if table.currencies:
        renamed = renamed.assign(**{CURRENCY: list(table.currencies)}).astype({CURRENCY: str})
    return nw.from_native(renamed).lazy()


def judge(table: Table, cells: nw.LazyFrame[Any], read: Sequence[Reading]) -> Judged:
    """Read every cell and part the rows; `read` follows the places of the cells, in the order in which faults count."""
    rows = _coded(cells, read)
    faulty = rows.filter(nw.col(CODE) != CLEAN)
    problems: list[Unfit] = []
    for place, reading in enumerate(read if len(faulty) else ()):
        fault = nw.col(_fault(place))
        problems += of_column(table, reading, faulty.filter(fault != FINE).select(ROW, fault.alias("fault")))
    return Judged(rows.filter(nw.col(CODE) == CLEAN), _aside(table, faulty, read), problems)


def _fault(place: int) -> str:
    return f"fault{place}"


def _coded(cells: nw.LazyFrame[Any], read: Sequence[Reading]) -> nw.DataFrame[Any]:
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


def _aside(table: Table, faulty: nw.DataFrame[Any], read: Sequence[Reading]) -> list[Entry]:
    """Row, column and reason of every row set aside so far."""
    codes = faulty[CODE].to_list()
    faults = {code: (read[code // PLACE].name, read[code // PLACE].reason(code % PLACE)) for code in set(codes)}
    entries: list[Entry] = [(row, None, note(reason)) for row, reason in table.set_aside]
    return entries + [(row, *faults[code]) for row, code in zip(faulty[ROW].to_list(), codes, strict=True)]
