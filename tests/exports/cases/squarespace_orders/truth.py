"""The order's figures stand on its first line, with the only e-mail."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.exports.counted import beside, cells, counted, money

if TYPE_CHECKING:
    import pandas as pd


def truth(folder: Path) -> pd.DataFrame:
    rows = cells(folder / "orders.csv").rename(columns={"Email": "customer", "Order ID": "order"})
    lines = rows[rows["Financial Status"].isin(["PAID", "partially_refunded"])]
    back = money(lines["Amount Refunded"])
    lines = lines.assign(day=lines["Created at"].str[:10], amount=money(lines["Subtotal"]) - back)
    return beside(counted(lines), lines, with_shipping=money(lines["Total"]) - back)
