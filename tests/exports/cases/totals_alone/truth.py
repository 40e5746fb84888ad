"""A total that is repeated on each line counts once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.exports.counted import cells, counted, money

if TYPE_CHECKING:
    import pandas as pd


def truth(folder: Path) -> pd.DataFrame:
    rows = cells(folder / "orders.csv").rename(
        columns={"Customer E-mail": "customer", "Order No": "order", "Order Date": "day"}
    )
    lines = rows.drop_duplicates("order")
    return counted(lines.assign(amount=money(lines["Order Total"])))
