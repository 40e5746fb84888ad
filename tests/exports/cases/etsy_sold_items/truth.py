"""What the items cost, the discount taken off; or without the discount, where that is said."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from tests.exports.counted import beside, cells, counted, money


def truth(folder: Path) -> pd.DataFrame:
    rows = cells(folder / "etsy_sold_items.csv").rename(columns={"Buyer": "customer", "Order ID": "order"})
    whole, off = money(rows["Item Total"]), money(rows["Discount Amount"])
    lines = rows.assign(day=pd.to_datetime(rows["Sale Date"], format="%m/%d/%y"), amount=whole - off)
    return beside(counted(lines), lines, before_discount=whole)
