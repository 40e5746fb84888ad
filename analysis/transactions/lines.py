"""The lines of the invoices, typed: who, when, how much, under which invoice, and whether it was cancelled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import narwhals as nw

from analysis.cells.dates import NO_DATE, DateFormat, as_before, days, form_of
from analysis.cells.kinds.readings import AFTER, FINE, MISFIT, MISSING_VALUE, Reading, cell, readings, value
from analysis.cells.known import UNKNOWN, Known
from analysis.cells.latest import Latest, latest
from analysis.cells.numerals import MISSING, MISSING_NUMBER, missing
from analysis.configuration.column import Column
from analysis.configuration.site import Site
from analysis.configuration.transactions import Cancelled, TransactionSettings
from analysis.customers.conversion import convert
from analysis.customers.customers import Entry
from analysis.customers.expectations import ROW, Unfit
from analysis.customers.judge import judge, trimmed
from analysis.errors import DataError
from analysis.language import gettext_noop
from analysis.language.notes import Day, Note, note
from analysis.reading.table import Table
from analysis.transactions.buyers import with_buyers, with_originals
from analysis.transactions.orders import counted_once, named_elsewhere, whole
from analysis.transactions.statuses import counted
from analysis.transactions.worth import WORTH, compared, differing, lenient, with_worth

DAY = "day"
FAR_DATES = gettext_noop(
    "A few dates in “{column}” are far later than {day}, the latest of all others. Their rows were set aside. If these "
    "dates are right, set data.reference_date."
)


@dataclass(frozen=True, eq=False)
class Lines:
    """The usable rows in an order of their own values, and those set aside.

    `rows` has `customer` (text), `day` (since 1970-01-01), `amount`, `invoice` (empty where there is none), `apart`
    (the day where there is no invoice, else −1), `marked` (cancelled), `product` (empty where unknown) and `row`.
    """

    rows: nw.DataFrame[Any]
    aside: list[Entry]
    problems: list[Unfit]
    notes: tuple[Note, ...]
    known: Known
    """How figures and dates are written."""


def lines(table: Table, site: Site, transactions: TransactionSettings, known: Known = UNKNOWN) -> Lines:
    """Read the rows of a table of transactions, whose columns are those of `Site.file_columns`.

    A row goes by the first reason found: its number of fields, then its status, customer, amount (or quantity and
    price), date. Where the cells do not tell how they are meant, what is `known` of an earlier table decides. Raises
    DataError where the column of dates holds none.
    """
    places = {name: place for place, name in enumerate(site.file_columns)}
    own_cells = trimmed(table)
    cells = with_buyers(whole(own_cells, transactions, places), transactions, places)
    cells = counted_once(with_originals(cells, transactions, places), transactions, places)
    left = counted(table.name, cells, transactions.statuses, places)
    # Customer and figures come first in the file's columns, so that each is read at its own place.
    figures = {name: site.file_columns[name] for name in (transactions.customers[0], *transactions.figures)}
    read = readings(left.cells, site.model_copy(update={"columns": figures}), table.delimiter, known)
    read = [lenient(each) if each.name in transactions.lenient else each for each in read]
    place = places[transactions.date]
    written = _format(table, left.cells, transactions, (cell(place), known))
    dates = _days(left.cells, cell(place), written)
    own = latest(dates[DAY].to_list())
    until = site.data.reference_date or (own.day + timedelta(days=1) if own and own.beyond else None)
    dated = replace(_dated(transactions.date, cell(place), until), stated=site.data.reference_date is not None)
    money = {name: cell(places[name]) for name in transactions.money}
    priced = convert(table, left.cells.join(dates.lazy(), on=cell(place), how="left"), money, site, known, DAY)
    judged = judge(table, priced.cells, [*read, dated, *priced.aside])
    usable = with_worth(judged.usable, transactions, places, priced.factor)
    notes = (*(note for each in read for note in each.notes), *_remarks(transactions.date, own, site))
    notes = (*notes, *named_elsewhere(own_cells, judged.usable, transactions, places))
    stated = () if transactions.date_format else written.remarks(transactions.date)
    found = Known(
        decimals={each.name: each.decimal for each in read if each.decimal}, dates={transactions.date: written.pattern}
    )
    return Lines(
        rows=_typed(usable, transactions, places),
        aside=[*left.aside, *judged.aside],
        problems=[
            *left.problems,
            *priced.problems,
            *judged.problems,
            *differing(table.name, judged.usable, transactions, places),
        ],
        notes=(*notes, *stated, *priced.notes, *compared(usable, transactions, places, priced.factor)),
        known=found,
    )


def _format(
    table: Table, cells: nw.LazyFrame[Any], transactions: TransactionSettings, where: tuple[str, Known]
) -> DateFormat:
    """How dates are written, as stated or as the cells and an earlier table tell."""
    name, known = where
    if transactions.date_format:
        return DateFormat.named(transactions.date_format)
    texts = cells.select(name).unique().collect()[name].to_list()
    found = as_before(texts, known.dates.get(transactions.date))
    if found is None:
        raise DataError(
            f"{table.name}: in the column “{transactions.date}” dates were expected, such as 2026-01-31, but most "
            f"of its cells are not dates{_written_as(texts)}; name the column of the dates under "
            "transactions.date, "
            "or state transactions.date_format."
        )
    return found


def _written_as(texts: Sequence[str]) -> str:
    form = form_of(texts)
    return f" (most are written as “{form}”, with a 9 for each figure)" if form else ""


def _days(cells: nw.LazyFrame[Any], name: str, written: DateFormat) -> nw.DataFrame[Any]:
    """The different texts with their `day`. Few different dates stand in many rows, so each is read once."""
    return cells.select(name).unique().with_columns(written.expression(nw.col(name)).alias(DAY)).collect()


def _remarks(name: str, own: Latest | None, site: Site) -> tuple[Note, ...]:
    """What was assumed of the reference date, where some dates lie beyond it."""
    if site.data.reference_date or own is None or not own.beyond:
        return ()
    return (note(FAR_DATES, column=name, day=Day(own.day)),)


def _dated(name: str, text: str, reference: date | None) -> Reading:
    fault: nw.Expr = nw.lit(FINE)
    if reference:
        fault = nw.when(nw.col(DAY) > days(reference)).then(nw.lit(AFTER)).otherwise(fault)
    fault = nw.when(nw.col(DAY).is_null()).then(nw.lit(MISFIT)).otherwise(fault)
    fault = nw.when(missing(nw.col(text), (*MISSING_NUMBER, *NO_DATE))).then(nw.lit(MISSING_VALUE)).otherwise(fault)
    return Reading(
        name,
        Column(role="category"),
        nw.col(DAY),
        fault,
        reference=reference,
        misfit=gettext_noop("not a date"),
        expected="dates",
    )


def _typed(
    usable: nw.DataFrame[Any], transactions: TransactionSettings, places: Mapping[str, int]
) -> nw.DataFrame[Any]:
    def text(name: str | None) -> nw.Expr:
        if name is None:
            return nw.lit("")
        own = nw.col(cell(places[name]))
        return nw.when(missing(own, MISSING)).then(nw.lit("")).otherwise(own)

    rows = usable.select(
        nw.col(ROW),
        nw.col(value(0)).alias("customer"),
        nw.col(DAY),
        nw.col(WORTH).alias("amount"),
        text(transactions.invoice).alias("invoice"),
        text(transactions.product).alias("product"),
        _marked(transactions.cancelled, places).alias("marked"),
    )
    rows = rows.with_columns(_reference(transactions).alias("invoice"))
    apart = nw.when(nw.col("invoice") == "").then(nw.col(DAY)).otherwise(nw.lit(-1.0))
    return rows.with_columns(apart.alias("apart")).sort("customer", DAY, "invoice", "amount", "product", ROW)


def _marked(cancelled: Cancelled | None, places: Mapping[str, int]) -> nw.Expr:
    """Where a row is told to be cancelled."""
    if cancelled is None:
        return nw.lit(value=False)
    own = nw.col(cell(places[cancelled.column])).str.to_lowercase()
    if cancelled.prefix:
        return own.str.starts_with(cancelled.prefix.lower())
    return own.is_in([word.strip().lower() for word in cancelled.values])


def _reference(transactions: TransactionSettings) -> nw.Expr:
    """The invoice that a credit note may belong to: its number without the prefix."""
    own, cancelled = nw.col("invoice"), transactions.cancelled
    if cancelled is None or not cancelled.prefix or cancelled.column != transactions.invoice:
        return own
    return nw.when(nw.col("marked")).then(own.str.slice(len(cancelled.prefix))).otherwise(own)
