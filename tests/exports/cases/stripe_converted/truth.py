"""Buyers pay in two currencies; what was converted is in one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.exports.counted import also, cells, counted, money

if TYPE_CHECKING:
    import pandas as pd


def truth(folder: Path) -> pd.DataFrame:
    rows = cells(folder / "unified_payments.csv").rename(columns={"Customer ID": "customer", "id": "order"})
    lines = rows[rows["Status"] == "Paid"]
    net = money(lines["Converted Amount"]) - money(lines["Converted Amount Refunded"])
    lines = lines.assign(day=lines["Created date (UTC)"], amount=net)
    return also(counted(lines), lines, "Customer Email")
