"""Sold For is the price of one; a line above the header and two below the table are none of it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from tests.exports.counted import also, beside, cells, counted, money


def truth(folder: Path) -> pd.DataFrame:
    rows = cells(folder / "eBay-OrdersReport.csv", skiprows=1, on_bad_lines="skip")
    rows = rows[rows["Buyer Username"] != ""].rename(columns={"Buyer Username": "customer", "Order Number": "order"})
    rows = rows[rows["Item Number"].str.isdigit()]
    price, pieces = money(rows["Sold For"]), money(rows["Quantity"])
    lines = rows.assign(day=pd.to_datetime(rows["Sale Date"], format="%b-%d-%y"), amount=price * pieces)
    found = beside(counted(lines), lines, with_shipping=money(rows["Total Price"]))
    return also(found, lines, "Buyer Name")
