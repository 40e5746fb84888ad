"""`item-price` is the line's, whatever the quantity."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.exports.counted import cells, counted, money

if TYPE_CHECKING:
    import pandas as pd


def truth(folder: Path) -> pd.DataFrame:
    rows = cells(folder / "amazon_orders.txt", sep="\t").rename(
        columns={"buyer-email": "customer", "order-id": "order"}
    )
    return counted(rows.assign(day=rows["purchase-date"].str[:10], amount=money(rows["item-price"])))
