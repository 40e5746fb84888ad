"""The total stands on the first line of an order."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from tests.exports.counted import cells, counted, money


def truth(folder: Path) -> pd.DataFrame:
    rows = cells(folder / "orders.csv").rename(columns={"Customer E-mail": "customer", "Order No": "order"})
    day = pd.to_datetime(rows["Order Date"], format="%d/%m/%Y")
    return counted(rows.assign(day=day, amount=money(rows["Order Total"])))
