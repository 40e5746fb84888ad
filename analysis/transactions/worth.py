"""What a row is worth: its amount, or quantity times price, less what columns beside it take off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import narwhals as nw

from analysis.columns import FINE, MISSING_VALUE, Reading, cell, value
from analysis.configuration.transactions import Refunds, Transactions, same_word
from analysis.expectations import ROW, Unfit
from analysis.numerals import MISSING, missing
from analysis.transactions.orders import FURTHER

CENT = 0.005
SHOWN = 3


def lenient(reading: Reading) -> Reading:
    """A column of figures that a row may lack: nothing is taken off then."""
    fault = nw.when(reading.fault == MISSING_VALUE).then(nw.lit(FINE)).otherwise(reading.fault)
    return replace(reading, fault=fault)


def worth(usable: nw.DataFrame[Any], transactions: Transactions, places: Mapping[str, int]) -> nw.Expr:
    """The expression of a row's amount; 0 on rows whose order has been counted above.

    Discounts and what was paid back are taken off by their size, for tools write them with either sign, but nothing
    below 0: what was paid back may hold shipping and tax that the amount does not. Refunds in rows of their own keep
    their sign, unless all of them are written as positive figures, or a column says which rows they are.
    """
    amount = nw.col(value(places[transactions.amounts[0]]))
    for name in transactions.amounts[1:]:
        amount = amount * nw.col(value(places[name]))
    if transactions.taken_off:
        off = nw.sum_horizontal(*(nw.col(value(places[name])).abs().fill_null(0.0) for name in transactions.taken_off))
        # On a refund's own row a discount is given back with it.
        amount = nw.when(amount > off).then(amount - off).when(amount < -off).then(amount + off).otherwise(nw.lit(0.0))
    if transactions.refund_of:
        of_refund = ~missing(nw.col(cell(places[transactions.refund_of])), MISSING)
        refunds = usable.filter(of_refund).select(amount.alias("amount"))["amount"]
        if len(refunds) and bool((refunds > 0).all()):
            amount = nw.when(of_refund).then(-amount).otherwise(amount)
    if transactions.refunds:
        amount = nw.when(_refunds(usable, transactions.refunds, places)).then(-amount.abs()).otherwise(amount)
    if transactions.scale != 1:
        amount = amount * transactions.scale
    return nw.when(nw.col(FURTHER)).then(nw.lit(0.0)).otherwise(amount)


def _refunds(usable: nw.DataFrame[Any], refunds: Refunds, places: Mapping[str, int]) -> nw.Expr:
    """Where a row is told to be a refund."""
    column, words = cell(places[refunds.column]), {same_word(each) for each in refunds.values}
    return nw.col(column).is_in([each for each in usable[column].unique().to_list() if same_word(str(each)) in words])


def differing(
    name: str, usable: nw.DataFrame[Any], transactions: Transactions, places: Mapping[str, int]
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
            f"rows {shown}), so it is no order’s total; write transactions.amount_of: row.",
        )
    ]


def compared(usable: nw.DataFrame[Any], transactions: Transactions, places: Mapping[str, int]) -> tuple[str, ...]:
    """A note on the sum of the lines beside the orders' totals, where a column has those."""
    if transactions.order_total is None or transactions.invoice is None:
        return ()
    order = [value(0), cell(places[transactions.invoice])]
    total = nw.col(value(places[transactions.order_total])) * transactions.scale
    rows = usable.with_columns(worth(usable, transactions, places).alias("amount"), total.alias("total"))
    known = rows.filter(~missing(nw.col(order[1]), MISSING))
    sums = known.group_by(*order).agg(nw.col("amount").sum(), nw.col("total").max()).filter(~nw.col("total").is_null())
    lines, totals = float(sums["amount"].sum() or 0.0), float(sums["total"].sum() or 0.0)
    if abs(lines - totals) < CENT:
        return (f"The lines of the orders come to the sum of “{transactions.order_total}”.",)
    more = "more" if totals > lines else "less"
    told = (
        f"The lines of {len(sums):,} orders come to {lines:,.2f}; “{transactions.order_total}” comes to {totals:,.2f}, "
        f"{abs(totals - lines):,.2f} {more}. Discounts, shipping, tax or refunds stand between the two."
    )
    return (told,)
