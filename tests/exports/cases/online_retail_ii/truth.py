"""Quantity × price of one; credit notes have numbers of their own, and rows of nobody are set aside."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from tests.exports.counted import cells, counted, money


def truth(folder: Path) -> pd.DataFrame:
    rows = cells(folder / "online_retail_II.csv").rename(columns={"Invoice": "order", "Customer ID": "customer"})
    lines = rows[rows["customer"] != ""]
    day = pd.to_datetime(lines["InvoiceDate"], format="%Y-%m-%d %H:%M:%S")
    return counted(lines.assign(day=day, amount=money(lines["Quantity"]) * money(lines["Price"])))
