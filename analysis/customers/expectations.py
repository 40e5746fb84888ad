"""What a table must hold to be worth analysing; each check tells what is wrong: file, column, expectation, remedy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw

from analysis.cells.kinds.readings import (
    AFTER,
    MISFIT,
    MISSING_VALUE,
    NO_CURRENCY,
    TOO_HIGH,
    TOO_LOW,
    UNBOUNDED,
    Reading,
)
from analysis.columns.redundant import varies
from analysis.configuration.column import Column
from analysis.configuration.site import Site
from analysis.customers.customers import SetAside
from analysis.reading.table import Table, numbered

if TYPE_CHECKING:
    from pandas import DataFrame

ROW = "row"

REMEDIES = {
    "numeric": "correct the column's role, or the file",
    "nominal": "correct the column's role, or the file",
    "ordinal": "correct the column's order, or the file",
    "boolean": "state the column's words for yes and no, or correct the file",
    "date": "state the column's date_format, or correct the file",
}


@dataclass(frozen=True)
class Unfit:
    """Why the table cannot be analysed as described: the column at fault, if it is one column's, and a sentence."""

    column: str | None
    sentence: str


def of_column(table: Table, reading: Reading, faults: nw.DataFrame[Any]) -> Iterator[Unfit]:
    """Most cells of a column must be what its description says; `faults` has `row` and `fault` of the faulty ones."""
    rows = len(table.frame)
    lacking = faults.filter(nw.col("fault") == MISSING_VALUE)[ROW].to_list()
    missing = len(lacking)
    if missing and reading.column.policy == "refuse":
        yield Unfit(
            reading.name,
            f"{table.name}: the column “{reading.name}” may have no gaps (missing: refuse), but {missing:,} of "
            f"{rows:,} rows have no value in it ({numbered(lacking)}); fill them, or set missing to another policy.",
        )
        return
    if missing == rows:
        yield from of_gaps(table, [reading.name])
        return
    for kinds, expected, remedy in (
        ((MISFIT, UNBOUNDED), reading.expected, REMEDIES[reading.column.holds]),
        ((AFTER,), "dates up to the reference date", "correct data.reference_date, or the column's dates"),
        ((NO_CURRENCY,), "amounts with their currency", "add it, or name a column of codes as data.currency_column"),
        ((TOO_LOW, TOO_HIGH), _bounds(reading.column), "correct the column's minimum and maximum, or its figures"),
    ):
        wrong = faults.filter(nw.col("fault").is_in(kinds))[ROW].to_list()
        if len(wrong) * 2 > rows - missing:
            yield Unfit(
                reading.name,
                f"{table.name}: in the column “{reading.name}” {expected} were expected, "
                f"but {len(wrong):,} of {rows:,} rows hold something else ({numbered(wrong)}); {remedy}.",
            )


def of_gaps(table: Table, empty: Iterable[str]) -> Iterator[Unfit]:
    """A column must hold something."""
    for name in empty:
        yield Unfit(
            name,
            f"{table.name}: the column “{name}” is empty in every row; fill it, or remove it from columns.",
        )


def of_identifiers(table: Table, name: str, kept: int, repeated: Sequence[int]) -> Iterator[Unfit]:
    """Most identifiers must stand in one row only."""
    if len(repeated) > kept:
        yield Unfit(
            name,
            f"{table.name}: the column “{name}” was expected to identify customers, but "
            f"{len(repeated):,} of {kept + len(repeated):,} rows repeat an earlier row's identifier "
            f"({numbered(repeated)}); name the column that does, or aggregate the table to one row per customer.",
        )


def of_rows(table: Table, used: int, rejections: Sequence[SetAside]) -> Iterator[Unfit]:
    """At least one row must be usable."""
    if used:
        return
    first = [f"{each.rows:,} × {each.reason}{f' in “{each.column}”' if each.column else ''}" for each in rejections[:3]]
    yield Unfit(
        None,
        f"{table.name}: no row can be used ({'; '.join(first)}); correct the file, or the description of its columns.",
    )


def of_values(table: Table, site: Site, frame: DataFrame) -> Iterator[Unfit]:
    """A column that is to cluster must differ between customers."""
    clustering = [name for name, column in site.columns.items() if column.clusters]
    constant = [name for name in clustering if not varies(frame[name])]
    if len(clustering) == len(constant) > 1:
        yield Unfit(
            None,
            f"{table.name}: every column that forms segments has the same value in every usable row, so all "
            "customers are the same; use other columns, or other "
            "rows.",
        )
        return
    for name in constant:
        yield Unfit(
            name,
            f"{table.name}: the column “{name}” has the same value in every usable row, so it cannot form "
            "segments; remove it from columns, or give it `use: "
            "describe`.",
        )


def _bounds(column: Column) -> str:
    lower = f" from {column.minimum:g}" if column.minimum is not None else ""
    upper = f" to {column.maximum:g}" if column.maximum is not None else ""
    return f"numbers{lower}{upper}"
