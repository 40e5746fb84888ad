"""A table of transactions as one of customers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import narwhals as nw

from analysis.cells.dates import EPOCH, day, days
from analysis.cells.known import UNKNOWN, Known
from analysis.configuration.site import Site
from analysis.configuration.transactions import TransactionSettings
from analysis.customers.customers import Customers, rejections, set_aside
from analysis.customers.expectations import Unfit, of_rows
from analysis.customers.histories import histories
from analysis.customers.purchases import NOTHING_BOUGHT, NOTHING_LEFT, Purchases
from analysis.reading.table import Table
from analysis.transactions.earlier import earlier
from analysis.transactions.lines import DAY, Lines, lines
from analysis.transactions.rfm import Bought, bought, occasions

if TYPE_CHECKING:
    from pandas import DataFrame


def summed(
    table: Table, site: Site, transactions: TransactionSettings, known: Known = UNKNOWN
) -> tuple[Customers, tuple[Unfit, ...]]:
    """One row a customer with the derived columns, and what makes the table unfit for analysis, one sentence each.

    Where the cells do not tell how they are meant, what is `known` of an earlier table decides. Raises DataError where
    the column of dates holds none.
    """
    read = lines(table, site, transactions, known)
    credit_notes = transactions.cancelled is not None and transactions.cancelled.prefix is not None
    everything = occasions(read.rows, credit_notes=credit_notes)
    found = bought(everything, read.rows)
    reasons = rejections(read.aside)
    purchases = _purchases(read, found, site.data.reference_date, transactions)
    if site.value.lifetime and len(found.kept):
        past = earlier(read.rows, everything, days(purchases.reference), credit_notes=credit_notes)
        purchases = replace(purchases, past=past)
    customers = Customers(
        frame=_frame(found.kept, site, purchases.reference),
        rejected=set_aside(read.aside),
        rows_read=table.rows_read,
        rejections=reasons,
        row_numbers=found.kept["row"].to_numpy(),
        encoding=table.encoding,
        delimiter=table.delimiter,
        sha256=table.sha256,
        notes=(*table.notes, *read.notes),
        known=read.known.model_copy(update={"reference_date": purchases.reference}),
        purchases=purchases,
    )
    problems = read.problems or list(of_rows(table, len(read.rows), reasons))
    return customers, tuple(problems or _unfit(table, transactions, read.rows, found))


def _unfit(table: Table, transactions: TransactionSettings, rows: nw.DataFrame[Any], found: Bought) -> Iterator[Unfit]:
    """What transactions must hold so that customers can differ."""
    name, money = table.name, " × ".join(f"“{each}”" for each in transactions.amounts)
    if not (rows["amount"] > 0).any():
        yield Unfit(
            transactions.amounts[0],
            f"{name}: no row of {money} is above 0, so there are refunds but no purchases; write purchases as positive "
            "figures, or name another column under transactions.",
        )
    elif rows["customer"].n_unique() == 1:
        yield Unfit(
            transactions.customers[0],
            f"{name}: every row has the same “{transactions.customers[0]}”; name the column that identifies "
            "customers under transactions.customer.",
        )
    elif rows[DAY].n_unique() == 1:
        yield Unfit(
            transactions.date,
            f"{name}: every row has the same “{transactions.date}”, so there can be no repeat purchase; export a "
            "longer period.",
        )
    elif not len(found.kept):
        yield Unfit(
            None,
            f"{name}: no customer has a purchase left after refunds and cancellations; check transactions.cancelled "
            f"and the sign of {money}.",
        )


def _purchases(read: Lines, found: Bought, stated: date | None, transactions: TransactionSettings) -> Purchases:
    rows = read.rows
    first, last = (day(rows[DAY].min()), day(rows[DAY].max())) if len(rows) else (EPOCH, EPOCH)
    reference = stated or last + timedelta(days=1)
    counted = ((NOTHING_BOUGHT, found.without_purchase), (NOTHING_LEFT, found.without_money))
    return Purchases(
        rows=len(rows),
        reference=reference,
        stated=stated is not None,
        first=first,
        last=last,
        occasions=int(found.kept["frequency"].sum()),
        refunds=int(((rows["amount"] < 0) | rows["marked"]).sum()),
        by_invoice=transactions.invoice is not None,
        set_aside=tuple((reason, customers) for reason, customers in counted if customers),
        histories=histories(found.kept, days(reference)),
    )


def _frame(kept: nw.DataFrame[Any], site: Site, reference: date) -> DataFrame:
    """The derived columns under their names, the identifier first, in the order of the site's columns."""
    until = nw.lit(float(days(reference)))
    derived = {
        "recency": until - nw.col("last"),
        "frequency": nw.col("frequency"),
        "monetary": nw.col("monetary"),
        "tenure": until - nw.col("first"),
        "basket": nw.col("monetary") / nw.col("frequency"),
        "products": nw.col("products"),
    }
    chosen = [derived.get(name, nw.col("customer")).alias(name) for name in site.columns]
    frame: DataFrame = kept.select(*chosen).to_native()
    return frame.reset_index(drop=True)
