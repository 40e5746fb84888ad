"""Sales is the line's, discount taken off, whatever the quantity."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from tests.exports.counted import also, cells, counted, money


def truth(folder: Path) -> pd.DataFrame:
    rows = cells(folder / "superstore.csv").rename(columns={"Customer ID": "customer", "Order ID": "order"})
    lines = rows.assign(day=pd.to_datetime(rows["Order Date"], format="%m/%d/%Y"), amount=money(rows["Sales"]))
    return also(counted(lines), lines, "Customer Name")
