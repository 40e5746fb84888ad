"""Failed payments and those refunded in full are no purchases."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.exports.counted import also, cells, counted, money

if TYPE_CHECKING:
    import pandas as pd


def truth(folder: Path) -> pd.DataFrame:
    rows = cells(folder / "stripe_payments.csv").rename(columns={"Customer ID": "customer", "id": "order"})
    lines = rows[rows["Status"] != "Failed"]
    net = money(lines["Amount"]) - money(lines["Amount Refunded"])
    lines = lines.assign(day=lines["Created (UTC)"], amount=net)
    return also(counted(lines), lines, "Customer Email")
