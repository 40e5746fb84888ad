"""Subtotal is net of the discount; what was refunded in part goes off, what was refunded or voided is none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.exports.counted import beside, cells, counted, money

if TYPE_CHECKING:
    import pandas as pd


def truth(folder: Path) -> pd.DataFrame:
    rows = cells(folder / "orders_export.csv").rename(columns={"Email": "customer", "Name": "order"})
    lines = rows[rows["Financial Status"].isin(["paid", "partially_refunded"]) & (rows["customer"] != "")]
    back = money(lines["Refunded Amount"])
    lines = lines.assign(day=lines["Created at"].str[:10], amount=money(lines["Subtotal"]) - back)
    return beside(counted(lines), lines, with_shipping=money(lines["Total"]) - back)
