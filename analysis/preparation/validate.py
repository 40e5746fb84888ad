"""Which rows can be used, and why the others cannot: `rows_read == rows_used + rows_rejected`, always.

Whatever costs in proportion to the rows is an expression (Narwhals); pandas is the engine.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import narwhals as nw

from analysis.cells.kinds.readings import Reading, readings, value
from analysis.cells.known import UNKNOWN, Known
from analysis.cells.spellings import NO_CATEGORY
from analysis.columns.redundant import kept, pooled
from analysis.configuration.site import Site
from analysis.configuration.transactions import TransactionSettings
from analysis.customers.counted import in_one_currency
from analysis.customers.customers import Customers, Entry, rejections, set_aside
from analysis.customers.expectations import ROW, Unfit, of_gaps, of_identifiers, of_rows, of_values
from analysis.customers.judge import judge, trimmed
from analysis.customers.repeats import REASON as ALIKE
from analysis.customers.repeats import repeated as of_rows_before
from analysis.customers.repeats import told as of_repeats
from analysis.customers.repeats import worth_telling
from analysis.errors import ConfigurationError, DataError
from analysis.language import gettext_noop
from analysis.language.notes import Names, Note, note
from analysis.preparation.imputation import completed
from analysis.reading.table import Table
from analysis.transactions import summed

if TYPE_CHECKING:
    from pandas import DataFrame

SCORED = frozenset({"recency", "frequency", "monetary"})
REPEATED = gettext_noop("identifier of an earlier row")


@dataclass(frozen=True, eq=False)
class Examination:
    """What there is of customers, and a sentence for each thing that makes the table unfit for analysis."""

    customers: Customers
    problems: tuple[Unfit, ...]


def validate(table: Table, site: Site) -> Customers:
    """Check every cell against its column's description, and set aside the rows that cannot be used.

    A row goes by the first reason found: its number of fields, then its columns in the configuration's order, then
    an identifier that an earlier usable row has. Raises DataError where most of a column is not what it was said to
    be, where no row is usable, or where a column that is to cluster holds one value only.
    """
    found = examine(table, site)
    if found.problems:
        raise DataError(*(problem.sentence for problem in found.problems))
    return found.customers


def examine(table: Table, site: Site, known: Known = UNKNOWN) -> Examination:
    """As `validate`, but all that is wrong is told at once. Raises ConfigurationError where no column clusters.

    Where the cells do not tell how they are meant, what is `known` of an earlier table decides.
    """
    refuse_unclustered(site)
    found = _examined(table, site, known)
    asked = tuple(Unfit(None, f"{table.name}: {question}") for question in site.undecided)
    return replace(found, problems=(*asked, *found.problems))


def _examined(table: Table, site: Site, known: Known) -> Examination:
    if site.transactions is not None:
        return _of_transactions(table, site, site.transactions, known)
    cells = trimmed(table)
    counted = in_one_currency(table, cells, readings(cells, site, table.delimiter, known), site, known)
    read = counted.read
    judged = judge(table, counted.cells, [*read, *counted.aside])
    usable, (name, repeated) = _first_of_each(judged.usable, site)
    problems = [*counted.problems, *judged.problems, *of_identifiers(table, name, len(usable), repeated)]
    alike, told = _alike(usable, site) if known is UNKNOWN else ([], ())
    usable = usable.filter(~nw.col(ROW).is_in(alike)) if alike else usable
    again: list[Entry] = [
        *((row, name, note(REPEATED)) for row in repeated),
        *((row, None, note(ALIKE)) for row in alike),
    ]
    customers = _customers(table, usable, [*judged.aside, *again], read)
    as_written = all(each.common for each in read) and not (counted.notes or counted.aside or alike)
    customers = replace(
        customers, regular=table.regular and as_written, notes=(*customers.notes, *counted.notes, *told)
    )
    if not problems:  # else few rows may be left, for the very reasons given
        problems += of_rows(table, customers.rows_used, customers.rejections)
    if not customers.rows_used:
        return Examination(customers, tuple(problems))
    if not problems and known is UNKNOWN:
        customers = _telling(customers, site)
    customers, empty = _without_gaps(customers, customers.as_analysed(site), known)
    customers = replace(customers, notes=(*customers.notes, *_worth_unknown(customers, site)))
    if not problems and known is UNKNOWN:
        frame, notes = pooled(customers.frame, customers.columns)
        customers = replace(customers, frame=frame, notes=(*customers.notes, *notes))
        problems += (*of_gaps(table, empty), *of_values(table, customers.as_analysed(site), frame))
    return Examination(customers, tuple(problems))


def refuse_unclustered(site: Site) -> None:
    """Raises ConfigurationError where segments are to be found by no column."""
    if not any(column.clusters for column in site.columns.values()):
        raise ConfigurationError("columns: no numeric column forms segments; describe one with a role such as income.")


def _telling(customers: Customers, site: Site) -> Customers:
    """The customers with the columns that tell something of them; what is derived from transactions is no code."""
    rows = None if site.transactions else customers.row_numbers
    found = kept(customers.frame, site.columns, rows, _needed(site))
    notes = (*customers.notes, *found.notes)
    return replace(customers, columns=found.columns, left_out=found.left_out, notes=notes)


def _needed(site: Site) -> set[str]:
    """Columns that value is estimated from, or that customers of transactions are scored by."""
    scored = (name for name, column in site.columns.items() if site.transactions and column.role in SCORED)
    return {*site.value.columns, *scored}


def _without_gaps(customers: Customers, site: Site, known: Known) -> tuple[Customers, tuple[str, ...]]:
    """The customers with a column more for each in which some have a gap that is imputed."""
    done = completed(customers.frame, site.columns, known.imputed)
    filled = replace(
        customers,
        frame=done.frame,
        columns=site.columns | done.indicators,
        imputed=done.counts,
        indicators=tuple(done.indicators),
        known=customers.known.model_copy(update={"imputed": done.stand_ins}),
        notes=(*customers.notes, *done.notes),
    )
    return filled, done.empty


def _of_transactions(table: Table, site: Site, transactions: TransactionSettings, known: Known) -> Examination:
    customers, problems = summed(table, site, transactions, known)
    if not problems and known is UNKNOWN:
        customers = _telling(customers, site)
        problems = tuple(of_values(table, customers.as_analysed(site), customers.frame))
    return Examination(customers, problems)


def _first_of_each(usable: nw.DataFrame[Any], site: Site) -> tuple[nw.DataFrame[Any], tuple[str, list[int]]]:
    """The first usable row of each identifier; the identifier's column and the numbers of all later rows."""
    for place, (name, column) in enumerate(site.columns.items()):
        if column.role == "id":
            first = usable[value(place)].is_first_distinct()
            return usable.filter(first), (name, usable.filter(~first)[ROW].to_list())
    return usable, ("", [])


def _alike(usable: nw.DataFrame[Any], site: Site) -> tuple[list[int], tuple[Note, ...]]:
    """The numbers of the rows to be set aside as repeating an earlier one, and a note where they stay."""
    places = [place for place, column in enumerate(site.columns.values()) if column.role != "id"]
    values = usable.select([value(place) for place in places]).to_native()
    again = of_rows_before(values)
    if site.data.repeated == "drop":
        return [int(row) for row in usable[ROW].to_numpy()[again]], ()
    if not worth_telling(values, again):
        return [], ()
    return [], (of_repeats(int(again.sum()), len(values)),)


def _worth_unknown(customers: Customers, site: Site) -> tuple[Note, ...]:
    """A note where the value of some customers is not known. Without the number, which a site may withhold."""
    lacking = [name for name in site.value.columns if name in customers.imputed or customers.frame[name].isna().any()]
    told = gettext_noop("Customers without a value in {columns} add nothing to the value of their segment.")
    return (note(told, columns=Names(tuple(lacking), joined="and")),) if lacking else ()


def _no_categories(frame: DataFrame, read: Sequence[Reading]) -> Iterator[Note]:
    """A note for each column in which some of the usable rows have no category."""
    for each in read:
        own = each.column.holds == "nominal" and each.column.policy == "category"
        if own and (frame[each.name] == NO_CATEGORY).any():
            # How many is told with the categories.
            told = gettext_noop("Rows without a value in “{column}” count as “{category}”.")
            yield note(told, column=each.name, category=NO_CATEGORY)


def _customers(table: Table, usable: nw.DataFrame[Any], aside: list[Entry], read: list[Reading]) -> Customers:
    values = usable.select([value(place) for place in range(len(read))]).to_native()
    frame = values.set_axis([each.name for each in read], axis="columns").reset_index(drop=True)
    return Customers(
        frame=frame,
        rejected=set_aside(aside),
        rows_read=table.rows_read,
        rejections=rejections(aside),
        row_numbers=usable[ROW].to_numpy(),
        encoding=table.encoding,
        delimiter=table.delimiter,
        sha256=table.sha256,
        notes=(*table.notes, *(note for each in read for note in each.notes), *_no_categories(frame, read)),
        known=Known(
            decimals={each.name: each.decimal for each in read if each.decimal},
            dates={each.name: each.dates for each in read if each.dates},
            reference_date=next((each.reference for each in read if each.reference), None),
        ),
    )
