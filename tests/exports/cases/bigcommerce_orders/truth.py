"""Before tax and shipping; customer 0 is a guest and goes by the e-mail."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from tests.exports.counted import also, beside, cells, counted, first_of, money


def truth(folder: Path) -> pd.DataFrame:
    rows = cells(folder / "orders.csv").rename(columns={"Order ID": "order"})
    counts = ["Completed", "Shipped", "Awaiting Fulfillment", "Partially Refunded"]
    lines = rows[rows["Order Status"].isin(counts)]
    back = money(lines["Refund Amount"])
    lines = lines.assign(
        customer=first_of(lines["Customer ID"], lines["Customer Email"], nobody=("0",)),
        day=pd.to_datetime(lines["Order Date"], format="%d/%m/%Y"),
        amount=money(lines["Subtotal (ex tax)"]) - back,
    )
    found = beside(counted(lines), lines, with_shipping=money(lines["Order Total (ex tax)"]) - back)
    return also(found, lines, "Customer Email", "Customer Name")
