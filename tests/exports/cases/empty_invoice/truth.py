"""Nothing numbers the purchases, so a day is one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.exports.counted import cells, counted, money

if TYPE_CHECKING:
    import pandas as pd


def truth(folder: Path) -> pd.DataFrame:
    rows = cells(folder / "purchases.csv").rename(columns={"Customer No": "customer", "Purchase Date": "day"})
    return counted(rows.assign(order=rows["day"], amount=money(rows["Amount"])))
