"""What a table's rows come to, with plain pandas: the truths share no code with the product.

A truth reads its own file, decides by hand which rows count and what they are worth, and has them counted here. The
result has a row a customer: `orders`, `revenue` (Decimal), `last` (day of the last purchase) and, where a customer goes
by another name as well, `also`.
"""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pandas as pd


def cells(file: Path, **how: object) -> pd.DataFrame:
    """Every cell as text, as it stands; `how` is handed to `read_csv`."""
    return pd.read_csv(file, **{"dtype": str, "keep_default_na": False, **how})


def money(texts: pd.Series, comma: str = "") -> pd.Series:
    """Exact amounts: what is no figure goes, blank is nothing; `comma` is the decimal sign where it is not a point."""
    return texts.map(lambda text: _exact(text.replace(".", "").replace(comma, ".") if comma else text))


def _exact(text: str) -> Decimal:
    figures = re.sub(r"[^0-9.\-]", "", text)
    return Decimal(figures) if figures else Decimal(0)


def first_of(accounts: pd.Series, others: pd.Series, nobody: tuple[str, ...] = ("",)) -> pd.Series:
    """The account, or what stands beside it where the cell says that there is none."""
    return accounts.where(~accounts.isin(nobody), others)


def counted(lines: pd.DataFrame) -> pd.DataFrame:
    """Lines with `customer`, `order`, `day` and `amount` (refunds negative), summed up a customer.

    An order counts where something is left of it, on the first day on which something was bought under it.
    """
    lines = lines.assign(day=pd.to_datetime(lines["day"]).dt.normalize())
    positive = lines[lines["amount"] > 0].groupby(["customer", "order"])["day"].min().rename("day")
    nets = lines.groupby(["customer", "order"])["amount"].agg("sum").rename("net").to_frame().join(positive)
    bought = nets[nets["net"] > 0].reset_index()
    each = bought.groupby("customer").agg(orders=("order", "size"), last=("day", "max"))
    each["revenue"] = nets.groupby("customer")["net"].agg("sum")
    return each[each["revenue"] > 0]


def also(found: pd.DataFrame, lines: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """With the other names of each customer, as far as a name is one customer's only."""
    names = {}
    for column in columns:
        pairs = lines[["customer", column]].drop_duplicates()
        own = pairs[~pairs.duplicated("customer", keep=False) & ~pairs.duplicated(column, keep=False)]
        for customer, name in own.itertuples(index=False):
            names.setdefault(customer, []).append(name)
    return found.assign(also=[names.get(customer, []) for customer in found.index])


def beside(found: pd.DataFrame, lines: pd.DataFrame, **others: pd.Series) -> pd.DataFrame:
    """With what the same orders come to by another column of figures, a column each."""
    return found.assign(
        **{
            name: counted(lines.assign(amount=amounts))["revenue"].reindex(found.index)
            for name, amounts in others.items()
        }
    )
