"""Closed is refunded in whole; a part refund goes off the subtotal."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from tests.exports.counted import also, beside, cells, counted, money


def truth(folder: Path) -> pd.DataFrame:
    rows = cells(folder / "export.csv").rename(columns={"Customer Email": "customer", "ID": "order"})
    lines = rows[rows["Status"].isin(["Complete", "Processing"])]
    back = money(lines["Total Refunded"])
    day = pd.to_datetime(lines["Purchase Date"], format="%b %d, %Y, %I:%M:%S %p")
    lines = lines.assign(day=day, amount=money(lines["Subtotal"]) - back)
    found = beside(counted(lines), lines, with_shipping=money(lines["Grand Total (Base)"]) - back)
    return also(found, lines, "Customer Name", "Bill-to Name")
