"""Subtotal less discount, before shipping and tax; or the total, where that is said."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.exports.counted import beside, cells, counted, money

if TYPE_CHECKING:
    import pandas as pd


def truth(folder: Path) -> pd.DataFrame:
    rows = cells(folder / "orders.csv").rename(
        columns={"Customer ID": "customer", "Order ID": "order", "Order Date": "day"}
    )
    lines = rows.assign(amount=money(rows["Subtotal"]) - money(rows["Discount"]))
    return beside(counted(lines), lines, with_shipping=money(rows["Total"]))
