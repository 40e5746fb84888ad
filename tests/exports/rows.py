"""Tables of transactions made of drawn orders, and what the product finds in them with the roles set by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import strategies as st

from analysis.configuration import Site
from analysis.configuration.table import TableSettings
from analysis.configuration.transactions import TransactionSettings
from analysis.reading.table import read_table
from analysis.transactions import summed
from tests.exports.counted import counted

HEADER = ("order", "who", "day", "money")
Row = tuple[str, ...]
Found = dict[str, tuple[int, str, str]]
"""Customer → orders, revenue to the cent, and the day of the last purchase."""


@dataclass(frozen=True)
class Bought:
    """An order: who, when, and what its lines cost in cents."""

    number: int
    who: str
    day: date
    lines: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.lines)

    def row(self, cents: int, *more: str, number: str = "") -> Row:
        return (number or str(self.number), self.who, str(self.day), shown(cents), *more)


def shown(cents: int) -> str:
    return f"{Decimal(cents) / 100:.2f}"


def _orders(drawn: Iterable[tuple[int, int, list[int]]]) -> list[Bought]:
    # Two customers and two days in any table, or nobody could be told from anybody.
    found = [(0, 0, [1_000]), (1, 40, [2_500, 400]), *drawn]
    start = date(2024, 1, 1)
    return [
        Bought(101 + place, f"K{who}", start + timedelta(days=day), tuple(lines))
        for place, (who, day, lines) in enumerate(found)
    ]


ORDERS = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 80), st.lists(st.integers(1, 99_999), min_size=1, max_size=3)),
    max_size=8,
).map(_orders)


def right(orders: Iterable[Bought]) -> Found:
    """What drawn orders come to, with plain pandas."""
    lines = [(each.who, each.number, each.day, Decimal(cents) / 100) for each in orders for cents in each.lines]
    return _told(counted(pd.DataFrame(lines, columns=["customer", "order", "day", "amount"])))


def found(
    folder: Path,
    rows: Sequence[Row],
    header: Sequence[str] = HEADER,
    settings: Mapping[str, object] | None = None,
    **others: Mapping[str, object],
) -> Found:
    """What the product finds; `settings` are added to those of `transactions`, `others` to those of the site.

    Skips the test where the product does not know one of the settings yet.
    """
    whole = {"customer": "who", "date": "day", "amount": "money", "invoice": "order"} | dict(settings or {})
    data = others.pop("data", {})
    unknown = {*whole} - {*TransactionSettings.model_fields} | {*data} - {*TableSettings.model_fields}
    if unknown:
        pytest.skip(f"not a setting yet: {', '.join(sorted(unknown))}")
    file = folder / "orders.csv"
    file.write_text("\n".join(",".join(row) for row in [header, *rows]) + "\n", encoding="utf-8")
    stated = {key: setting for key, setting in whole.items() if setting is not None}
    site = Site.model_validate({"data": {"path": str(file), **data}, "transactions": stated, **others})
    assert site.transactions
    customers, _ = summed(read_table(file, site), site, site.transactions)
    frame, purchases = customers.frame, customers.purchases
    assert purchases
    last = [pd.Timestamp(purchases.reference - timedelta(days=round(days))) for days in frame["recency"]]
    told = {"orders": frame["frequency"].astype(int), "revenue": frame["monetary"], "last": last}
    return _told(pd.DataFrame(told).set_axis(frame[site.identifier].astype(str)))


def _told(each: pd.DataFrame) -> Found:
    return {
        customer: (int(row["orders"]), f"{row['revenue']:.2f}", f"{row['last']:%Y-%m-%d}")
        for customer, row in each.iterrows()
    }
