"""Quantity × price of one; credit notes have numbers of their own, and rows of nobody are set aside."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from tests.exports.counted import cells, counted, money


def truth(folder: Path) -> pd.DataFrame:
    rows = cells(folder / "online_retail.csv").rename(columns={"InvoiceNo": "order", "CustomerID": "customer"})
    lines = rows[rows["customer"] != ""]
    day = pd.to_datetime(lines["InvoiceDate"], format="%m/%d/%Y %H:%M")
    return counted(lines.assign(day=day, amount=money(lines["Quantity"]) * money(lines["UnitPrice"])))
