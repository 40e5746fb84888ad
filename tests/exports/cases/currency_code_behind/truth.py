"""One currency, named behind each figure."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.exports.counted import cells, counted, money

if TYPE_CHECKING:
    import pandas as pd


def truth(folder: Path) -> pd.DataFrame:
    rows = cells(folder / "orders.csv").rename(columns={"Customer": "customer", "Order": "order", "Date": "day"})
    return counted(rows.assign(amount=money(rows["Amount"])))
