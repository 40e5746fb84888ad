"""`price` is the line's, whatever the quantity."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.exports.counted import cells, counted, money

if TYPE_CHECKING:
    import pandas as pd


def truth(folder: Path) -> pd.DataFrame:
    rows = cells(folder / "lines.csv").rename(columns={"email": "customer", "order_id": "order", "ordered_at": "day"})
    return counted(rows.assign(amount=money(rows["price"])))
