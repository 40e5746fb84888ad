"""A refund is a negative row under the number of its order."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.exports.counted import cells, counted, money

if TYPE_CHECKING:
    import pandas as pd


def truth(folder: Path) -> pd.DataFrame:
    rows = cells(folder / "wc-orders.csv").rename(columns={"Customer": "customer", "Order #": "order", "Date": "day"})
    lines = rows[rows["Status"].isin(["completed", "processing"])]
    return counted(lines.assign(amount=money(lines["Net Sales"])))
