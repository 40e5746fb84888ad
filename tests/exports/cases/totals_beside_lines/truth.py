"""Lines are summed; the total beside them says the same once an order."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.exports.counted import cells, counted, money

if TYPE_CHECKING:
    import pandas as pd


def truth(folder: Path) -> pd.DataFrame:
    rows = cells(folder / "orders.csv").rename(
        columns={"Customer No": "customer", "Order No": "order", "Order Date": "day"}
    )
    return counted(rows.assign(amount=money(rows["Line Total"])))
