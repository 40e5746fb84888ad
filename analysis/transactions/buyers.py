"""Who bought: the account, or else the next column that names somebody; and whose a refund is.

A guest's e-mail address that belongs to one account alone is that account's: the same person, once without logging in.
Addresses are compared without capitals.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import narwhals as nw

from analysis.cells.kinds.readings import cell
from analysis.cells.numerals import MISSING, missing
from analysis.configuration.transactions import TransactionSettings

_BUYER, _ACCOUNT, _ACCOUNTS = "buyer", "account", "accounts"


def with_buyers(
    cells: nw.LazyFrame[Any], transactions: TransactionSettings, places: Mapping[str, int]
) -> nw.LazyFrame[Any]:
    """The cells with the buyer in the place of the first column of `customer`; empty where no column names one."""
    nobody = [word.strip().casefold() for word in transactions.no_account]
    keys = [_key(nw.col(cell(places[name])), nobody) for name in transactions.customers]
    cells = cells.with_columns(*(key.alias(f"{_BUYER}{position}") for position, key in enumerate(keys)))
    names = [f"{_BUYER}{position}" for position in range(len(keys))]
    for name in names[1:]:
        cells = _with_account(cells, names[0], name)
    buyer = nw.coalesce(*(nw.col(name) for name in names), nw.lit(""))
    return cells.with_columns(buyer.alias(cell(places[transactions.customers[0]]))).drop(*names)


def _key(text: nw.Expr, nobody: list[str]) -> nw.Expr:
    """Somebody's key, null where the cell names nobody."""
    address = nw.when(text.str.contains("@", literal=True)).then(text.str.to_lowercase()).otherwise(text)
    empty = missing(text, MISSING)
    return nw.when(empty | text.str.to_lowercase().is_in(nobody)).then(None).otherwise(address)


def _with_account(cells: nw.LazyFrame[Any], account: str, name: str) -> nw.LazyFrame[Any]:
    """The account on rows without one whose other key stands beside one account alone elsewhere."""
    both = cells.filter(~nw.col(account).is_null() & ~nw.col(name).is_null())
    known = both.group_by(name).agg(nw.col(account).n_unique().alias(_ACCOUNTS), nw.col(account).min().alias(_ACCOUNT))
    only = known.filter(nw.col(_ACCOUNTS) == 1).select(name, _ACCOUNT)
    joined = cells.join(only, on=name, how="left")
    return joined.with_columns(nw.coalesce(nw.col(account), nw.col(_ACCOUNT)).alias(account)).drop(_ACCOUNT)


def with_originals(
    cells: nw.LazyFrame[Any], transactions: TransactionSettings, places: Mapping[str, int]
) -> nw.LazyFrame[Any]:
    """The rows of refunds under the invoice that they name and with its customer, whoever stands in the row itself.

    Where a refund names somebody it is often the shop, which pays it.
    """
    if transactions.refund_of is None or transactions.invoice is None:
        return cells
    customer, invoice, original = (
        cell(places[name]) for name in (transactions.customers[0], transactions.invoice, transactions.refund_of)
    )
    own = missing(nw.col(original), MISSING)
    named = cells.filter(own & ~missing(nw.col(invoice), MISSING) & (nw.col(customer) != ""))
    owners = named.group_by(invoice).agg(nw.col(customer).min().alias(_BUYER)).rename({invoice: original})
    joined = cells.join(owners, on=original, how="left")
    known = ~nw.col(_BUYER).is_null() & ~missing(nw.col(original), MISSING)
    return joined.with_columns(
        nw.when(known).then(nw.col(_BUYER)).otherwise(nw.col(customer)).alias(customer),
        nw.when(known).then(nw.col(original)).otherwise(nw.col(invoice)).alias(invoice),
    ).drop(_BUYER)
