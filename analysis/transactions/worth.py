"""What a row is worth: its amount, or quantity times price, less what columns beside it take off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import narwhals as nw

from analysis.cells.kinds.readings import FINE, MISSING_VALUE, Reading, cell, value
from analysis.cells.numerals import MISSING, missing
from analysis.configuration.transactions import Refunds, TransactionSettings, same_word
from analysis.customers.expectations import ROW, Unfit
from analysis.language import gettext_noop, ngettext_noop
from analysis.language.notes import Note, Rows, Sum, note
from analysis.transactions.orders import FURTHER

CENT = 0.005
SHOWN = 3
MORE = ngettext_noop(
    "The lines of {orders} order add up to {lines}. “{column}” adds up to {total}, which is {difference} more. "
    "Discounts, shipping, tax or refunds make the difference.",
    "The lines of {orders} orders add up to {lines}. “{column}” adds up to {total}, which is {difference} more. "
    "Discounts, shipping, tax or refunds make the difference.",
)
LESS = ngettext_noop(
    "The lines of {orders} order add up to {lines}. “{column}” adds up to {total}, which is {difference} less. "
    "Discounts, shipping, tax or refunds make the difference.",
    "The lines of {orders} orders add up to {lines}. “{column}” adds up to {total}, which is {difference} less. "
    "Discounts, shipping, tax or refunds make the difference.",
)
MORE_PUBLIC = gettext_noop(
    "“{column}” adds up to more than the lines of the orders. Discounts, shipping, tax or refunds make the difference."
)
LESS_PUBLIC = gettext_noop(
    "“{column}” adds up to less than the lines of the orders. Discounts, shipping, tax or refunds make the difference."
)
WORTH = "worth"
"""What a row is worth."""
_SUM, _LEFT = "worth of order", "share left"


def lenient(reading: Reading) -> Reading:
    """A column of figures that a row may lack: nothing is taken off then."""
    fault = nw.when(reading.fault == MISSING_VALUE).then(nw.lit(FINE)).otherwise(reading.fault)
    return replace(reading, fault=fault)


def with_worth(
    usable: nw.DataFrame[Any], transactions: TransactionSettings, places: Mapping[str, int], factor: nw.Expr
) -> nw.DataFrame[Any]:
    """The rows with `WORTH`, the amount of each; 0 on rows whose order has been counted above.

    `factor` is what a row's money is worth in the site's currency.

    Shares come off first, then discounts and what was paid back, by their size, for tools write them with either sign,
    but nothing below 0: what was paid back may hold shipping and tax that the amount does not. Refunds in rows of their
    own keep their sign, unless all of them are written as positive figures, or a column says which rows they are.
    """
    amount = nw.col(value(places[transactions.amounts[0]]))
    for name in transactions.amounts[1:]:
        amount = amount * nw.col(value(places[name]))
    for name, whole in transactions.shares.items():
        amount = amount * (1 - nw.col(value(places[name])).abs().fill_null(0.0) / whole)
    # An order's own amount counts once, and with it all that is taken off.
    once = transactions.once if transactions.amount_of == "row" else ()
    by_row = [name for name in transactions.taken_off if name not in once]
    rows = usable.with_columns(_less(amount, by_row, places).alias(WORTH))
    if once:
        rows = _less_once(rows, transactions, places)
    amount = nw.col(WORTH)
    if transactions.refund_of:
        of_refund = ~missing(nw.col(cell(places[transactions.refund_of])), MISSING)
        refunds = rows.filter(of_refund)[WORTH]
        if len(refunds) and bool((refunds > 0).all()):
            amount = nw.when(of_refund).then(-amount).otherwise(amount)
    if transactions.refunds:
        amount = nw.when(_refunds(usable, transactions.refunds, places)).then(-amount.abs()).otherwise(amount)
    amount = amount * transactions.scale * factor
    return rows.with_columns(nw.when(nw.col(FURTHER)).then(nw.lit(0.0)).otherwise(amount).alias(WORTH))


def _less(amount: nw.Expr, names: Sequence[str], places: Mapping[str, int]) -> nw.Expr:
    """An amount less the sizes of these columns. On a refund's own row a discount is given back with it."""
    if not names:
        return amount
    off = nw.sum_horizontal(*(nw.col(value(places[name])).abs().fill_null(0.0) for name in names))
    return nw.when(amount > off).then(amount - off).when(amount < -off).then(amount + off).otherwise(nw.lit(0.0))


def _less_once(
    rows: nw.DataFrame[Any], transactions: TransactionSettings, places: Mapping[str, int]
) -> nw.DataFrame[Any]:
    """What an order's figures take off, spread over its rows by what each is worth; by row where it has no number."""
    invoice = cell(places[transactions.invoice or ""])
    order = [value(0), invoice]
    figures = [value(places[name]) for name in transactions.once]
    numbered = rows.filter(~missing(nw.col(invoice), MISSING)).with_columns(nw.col(*figures).abs())
    sizes = numbered.group_by(*order).agg(nw.col(WORTH).sum().alias(_SUM), nw.col(*figures).max())
    off = nw.sum_horizontal(*(nw.col(each).fill_null(0.0) for each in figures))
    size = nw.col(_SUM).abs()  # as in `_less`, of an order that was given back too
    left = nw.when(size > off).then(1 - off / size).otherwise(nw.lit(0.0))
    sizes = sizes.with_columns(nw.when(off > 0).then(left).otherwise(nw.lit(1.0)).alias(_LEFT)).select(*order, _LEFT)
    alone = _less(nw.col(WORTH), transactions.once, places)
    amount = nw.when(nw.col(_LEFT).is_null()).then(alone).otherwise(nw.col(WORTH) * nw.col(_LEFT))
    return rows.join(sizes, on=order, how="left").with_columns(amount.alias(WORTH)).drop(_LEFT)


def _refunds(usable: nw.DataFrame[Any], refunds: Refunds, places: Mapping[str, int]) -> nw.Expr:
    """Where a row is told to be a refund."""
    column, words = cell(places[refunds.column]), {same_word(each) for each in refunds.values}
    return nw.col(column).is_in([each for each in usable[column].unique().to_list() if same_word(str(each)) in words])


def differing(
    name: str, usable: nw.DataFrame[Any], transactions: TransactionSettings, places: Mapping[str, int]
) -> list[Unfit]:
    """A problem where an amount that is said to be the whole order's is not the same on all of its rows."""
    if transactions.amount_of == "row" or transactions.invoice is None or not transactions.amount:
        return []
    order = [value(0), cell(places[transactions.invoice])]
    amount = nw.col(value(places[transactions.amount]))
    several = usable.filter(~missing(nw.col(order[1]), MISSING)).group_by(*order)
    spread = several.agg(nw.col(ROW).min(), amount.min().alias("least"), amount.max().alias("most"))
    rows = sorted(spread.filter(nw.col("most") - nw.col("least") > CENT)[ROW].to_list())
    if not rows:
        return []
    shown = ", ".join(str(row) for row in rows[:SHOWN]) + (", …" if len(rows) > SHOWN else "")
    return [
        Unfit(
            transactions.amount,
            f"{name}: the column “{transactions.amount}” is not the same on all rows of {len(rows):,} orders (first in "
            f"rows {shown}), so it is not an order total; write transactions.amount_of: row.",
        )
    ]


def compared(
    usable: nw.DataFrame[Any], transactions: TransactionSettings, places: Mapping[str, int], factor: nw.Expr
) -> tuple[Note, ...]:
    """A note on the sum of the lines (with `WORTH`) beside the orders' totals, where a column has those."""
    if transactions.order_total is None or transactions.invoice is None:
        return ()
    order = [value(0), cell(places[transactions.invoice])]
    total = nw.col(value(places[transactions.order_total])) * factor * transactions.scale
    rows = usable.with_columns(nw.col(WORTH).alias("amount"), total.alias("total"))
    known = rows.filter(~missing(nw.col(order[1]), MISSING))
    sums = known.group_by(*order).agg(nw.col("amount").sum(), nw.col("total").max()).filter(~nw.col("total").is_null())
    lines, totals = float(sums["amount"].sum() or 0.0), float(sums["total"].sum() or 0.0)
    if abs(lines - totals) < CENT:
        return (note(gettext_noop("The lines of the orders add up to “{column}”."), column=transactions.order_total),)
    exact, public = (MORE, MORE_PUBLIC) if totals > lines else (LESS, LESS_PUBLIC)
    told = note(
        exact,
        public=public,
        orders=Rows(len(sums)),
        lines=Sum(lines),
        column=transactions.order_total,
        total=Sum(totals),
        difference=Sum(abs(totals - lines)),
    )
    return (told,)
