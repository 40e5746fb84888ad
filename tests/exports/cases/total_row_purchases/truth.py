"""Lines before the header, the total and the last line are no purchases."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.exports.counted import cells, counted, money

if TYPE_CHECKING:
    import pandas as pd


def truth(folder: Path) -> pd.DataFrame:
    rows = cells(folder / "sales.csv", comment="#")
    rows = rows[rows["Order Date"].fillna("") != ""]
    rows = rows.rename(columns={"Customer": "customer", "Order No": "order", "Order Date": "day"})
    return counted(rows.assign(amount=money(rows["Amount"])))
