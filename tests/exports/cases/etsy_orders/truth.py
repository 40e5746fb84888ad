"""The order's value less the discount; shipping and tax are not counted."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from tests.exports.counted import also, beside, cells, counted, money


def truth(folder: Path) -> pd.DataFrame:
    rows = cells(folder / "EtsySoldOrders2024.csv").rename(columns={"Buyer User ID": "customer", "Order ID": "order"})
    whole, off = money(rows["Order Value"]), money(rows["Discount Amount"])
    lines = rows.assign(day=pd.to_datetime(rows["Sale Date"], format="%m/%d/%y"), amount=whole - off)
    found = beside(counted(lines), lines, before_discount=whole, with_shipping=money(rows["Order Total"]))
    return also(found, lines, "Buyer", "Full Name")
