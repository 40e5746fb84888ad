"""Totals are repeated on each line; the goods are quantity × price, or total − shipping − tax."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from tests.exports.counted import also, beside, cells, counted, money


def truth(folder: Path) -> pd.DataFrame:
    rows = cells(folder / "Orders.csv").rename(columns={"Contact email": "customer", "Order number": "order"})
    lines = rows[rows["Payment status"].isin(["Paid", "Partially refunded"])].drop_duplicates("order")
    whole, back = money(lines["Total"]), money(lines["Refunded amount"])
    lines = lines.assign(
        day=pd.to_datetime(lines["Date created"], format="%b %d, %Y"),
        amount=whole - money(lines["Shipping rate"]) - money(lines["Total tax"]) - back,
    )
    found = beside(counted(lines), lines, with_shipping=whole - back)
    return also(found, lines, "Billing name")
