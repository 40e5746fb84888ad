"""A refund is a negative row of its order."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.exports.counted import cells, counted, money

if TYPE_CHECKING:
    import pandas as pd


def truth(folder: Path) -> pd.DataFrame:
    rows = cells(folder / "sales.csv").rename(columns={"Customer No": "customer", "Order No": "order", "Date": "day"})
    return counted(rows.assign(amount=money(rows["Amount"])))
