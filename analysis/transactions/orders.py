"""What belongs to an order as a whole, though a table may write it on one of its rows only, or on every one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals as nw

from analysis.cells.kinds.readings import cell
from analysis.cells.numerals import MISSING, missing
from analysis.configuration.transactions import TransactionSettings
from analysis.customers.expectations import ROW
from analysis.language import gettext_noop, ngettext_noop
from analysis.language.notes import Names, Note, Rows, note
from analysis.reading.table import CURRENCY

FURTHER = "further"
"""Whether an order's figures have been counted on a row above."""
_CARRIED, _HEAD, _DIFFERENT = "carried", "head", "different"


def whole(cells: nw.LazyFrame[Any], transactions: TransactionSettings, places: Mapping[str, int]) -> nw.LazyFrame[Any]:
    """The cells with what stands on one row of an order on all of them, and `FURTHER`.

    Customer and date are always an order's own, and a status that does not say that it is a row's; the figures are
    where `amount_of` says so. A customer is carried only where the order names one alone.
    """
    if transactions.invoice is None:
        return cells.with_columns(nw.lit(value=False).alias(FURTHER))
    invoice = cell(places[transactions.invoice])
    statuses = [each.column for each in transactions.statuses if each.of == "order"]
    texts = [*transactions.customers, transactions.date, *statuses]
    figures = [*transactions.amounts, *transactions.taken_off] if transactions.amount_of == "order" else []
    shared = [cell(places[name]) for name in (*texts, *figures) if name != transactions.invoice]
    own = [cell(places[name]) for name in transactions.customers]
    shared += [CURRENCY] if CURRENCY in cells.collect_schema().names() else []
    for name in _with_gaps(cells, list(dict.fromkeys(shared)), invoice):
        cells = _carried(cells, name, invoice, only=name in own)
    return cells.with_columns(nw.lit(value=False).alias(FURTHER))


def named_elsewhere(
    cells: nw.LazyFrame[Any], usable: nw.DataFrame[Any], transactions: TransactionSettings, places: Mapping[str, int]
) -> tuple[Note, ...]:
    """How many of the usable rows name no customer themselves; `cells` are as the table has them."""
    empty = [missing(nw.col(cell(places[name])), MISSING) for name in transactions.customers]
    nameless = cells.filter(nw.all_horizontal(*empty, ignore_nulls=False)).select(ROW).collect()
    rows = len(usable.filter(nw.col(ROW).is_in(nameless[ROW].to_list())))
    if not rows or transactions.invoice is None:
        return ()
    told = note(
        ngettext_noop(
            "{rows} row has no customer of its own. It takes {columns} from the other rows with the same “{order}”.",
            "{rows} rows have no customer of their own. They take {columns} from the other rows with the same "
            "“{order}”.",
        ),
        few=gettext_noop(
            "A few rows have no customer of their own. They take {columns} from the other rows with the same “{order}”."
        ),
        rows=Rows(rows),
        columns=Names(tuple(transactions.customers), joined="or"),
        order=transactions.invoice,
    )
    return (told,)


def counted_once(
    cells: nw.LazyFrame[Any], transactions: TransactionSettings, places: Mapping[str, int]
) -> nw.LazyFrame[Any]:
    """With `FURTHER` set on all rows of a customer's order but the first, where the figures are the whole order's."""
    if transactions.amount_of == "row" or transactions.invoice is None:
        return cells
    order = [cell(places[transactions.customers[0]]), cell(places[transactions.invoice])]
    numbered = cells.filter(~missing(nw.col(order[1]), MISSING))
    heads = numbered.group_by(*order).agg(nw.col(ROW).min().alias(_HEAD))
    found = cells.join(heads, on=order, how="left")
    return found.with_columns((nw.col(_HEAD) < nw.col(ROW)).fill_null(value=False).alias(FURTHER)).drop(_HEAD)


def _with_gaps(cells: nw.LazyFrame[Any], names: Sequence[str], invoice: str) -> list[str]:
    """The columns that lack something on a row whose order has a number."""
    numbered = cells.filter(~missing(nw.col(invoice), MISSING))
    gaps = numbered.select(*(missing(nw.col(name), MISSING).any().alias(name) for name in names)).collect()
    return [name for name in names if len(gaps) and bool(gaps[name].item())]


def _carried(cells: nw.LazyFrame[Any], name: str, invoice: str, *, only: bool) -> nw.LazyFrame[Any]:
    told = cells.filter(~missing(nw.col(name), MISSING) & ~missing(nw.col(invoice), MISSING))
    first = told.group_by(invoice).agg(nw.col(ROW).min(), nw.col(name).n_unique().alias(_DIFFERENT))
    if only:
        first = first.filter(nw.col(_DIFFERENT) == 1)
    values = first.join(told.select(ROW, nw.col(name).alias(_CARRIED)), on=ROW, how="inner").select(invoice, _CARRIED)
    lacking = missing(nw.col(name), MISSING) & ~nw.col(_CARRIED).is_null()
    filled = nw.when(lacking).then(nw.col(_CARRIED)).otherwise(nw.col(name)).alias(name)
    return cells.join(values, on=invoice, how="left").with_columns(filled).drop(_CARRIED)
