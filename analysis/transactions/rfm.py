"""From lines to occasions, and from occasions to one row a customer; the rules stand in the package's docstring."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import narwhals as nw

from analysis.customers.histories import CENTS
from analysis.transactions.lines import DAY

OCCASION = ("customer", "invoice", "apart")


@dataclass(frozen=True, eq=False)
class Bought:
    """One row a customer, and how many were left out.

    `kept` has `customer`, `row`, `first` and `last` (days since 1970-01-01), `frequency`, `monetary`, `products`,
    `days` (different days with a purchase) and `repeat` (what was bought after the first of them, refunds taken off).
    """

    kept: nw.DataFrame[Any]
    without_purchase: int
    """Customers who have no purchase that was kept."""
    without_money: int
    """… and whose refunds are as large as their purchases."""


def occasions(rows: nw.DataFrame[Any], *, credit_notes: bool) -> nw.DataFrame[Any]:
    """What each customer bought under one invoice, or on one day: `customer`, `row`, `day`, `net`, `bought`.

    `day` is the first on which something was bought, null where nothing was. `credit_notes`: rows that are marked
    take money off whatever their sign; else they bring none, and take some off where they are negative.
    """
    amount, fresh = nw.col("amount"), ~nw.col("marked")
    parts = rows.lazy().with_columns(
        nw.when(fresh).then(amount).otherwise(nw.lit(0.0)).alias("fresh"),
        nw.when(fresh).then(nw.lit(0.0)).otherwise(amount).alias("returned"),
        nw.when(fresh & (amount > 0)).then(nw.col(DAY)).alias("bought_on"),
    )
    sums = parts.group_by(*OCCASION).agg(
        nw.col("row").min(), nw.col("fresh").sum(), nw.col("returned").sum(), nw.col("bought_on").min()
    )
    returned = nw.col("returned")
    off = -returned.abs() if credit_notes else nw.when(returned < 0).then(returned).otherwise(nw.lit(0.0))
    net = (nw.col("fresh") + off).round(CENTS)
    return (
        sums.with_columns(net.alias("net"))
        .with_columns((nw.col("net") > 0).alias("bought"))
        .with_columns(nw.when(nw.col("bought")).then(nw.col("bought_on")).alias(DAY))
        .select("customer", "row", DAY, "net", "bought")
        .sort("customer", "row")
        .collect()
    )


def bought(found: nw.DataFrame[Any], rows: nw.DataFrame[Any]) -> Bought:
    """One row for each customer, in the order of their identifiers; those set aside are counted."""
    gross = nw.when(nw.col("bought")).then(nw.col("net")).otherwise(nw.lit(0.0))
    customers = (
        found.lazy()
        .with_columns(gross.alias("gross"), nw.col("bought").cast(nw.Float64).alias("times"))
        .group_by("customer")
        .agg(
            nw.col("row").min(),
            nw.col(DAY).min().alias("first"),
            nw.col(DAY).max().alias("last"),
            nw.col("times").sum().alias("frequency"),
            nw.col("net").sum().alias("monetary"),
            nw.col("gross").sum(),
        )
        .join(_products(rows), on="customer", how="left")
        .with_columns(nw.col("monetary").round(CENTS), nw.col("products").fill_null(0).cast(nw.Float64))
    )
    buying = customers.filter(nw.col("frequency") > 0)
    kept = buying.filter(nw.col("monetary") > 0)
    whole = _with_repeats(kept, found).with_columns(nw.col("customer").str.len_chars().alias("length"))
    counts = [int(each.select(nw.len()).collect().item()) for each in (customers, buying, kept)]
    return Bought(
        whole.sort("length", "customer").collect(), without_purchase=counts[0] - counts[1],
        without_money=counts[1] - counts[2],
    )  # fmt: skip


def _products(rows: nw.DataFrame[Any]) -> nw.LazyFrame[Any]:
    """How many different products each customer bought."""
    known = (nw.col("product") != "") & (nw.col("amount") > 0) & ~nw.col("marked")
    return rows.lazy().filter(known).group_by("customer").agg(nw.col("product").n_unique().alias("products"))


def _with_repeats(kept: nw.LazyFrame[Any], found: nw.DataFrame[Any]) -> nw.LazyFrame[Any]:
    """With the days on which a customer bought, and what of the net amount came after the first of them."""
    daily = (
        found.lazy().filter(nw.col("bought")).group_by("customer", DAY).agg(nw.col("net").sum().alias("value"))
        .join(kept.select("customer", "first"), on="customer", how="inner")
        .sort("customer", DAY)
    )  # fmt: skip
    later = nw.when(nw.col(DAY) > nw.col("first")).then(nw.col("value")).otherwise(nw.lit(0.0))
    sums = daily.with_columns(later.alias("repeat")).group_by("customer")
    each = sums.agg(nw.len().alias("days"), nw.col("repeat").sum())
    lowered = nw.col("repeat") * nw.col("monetary") / nw.col("gross")
    return kept.join(each, on="customer", how="left").with_columns(lowered.alias("repeat"))
