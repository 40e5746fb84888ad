"""A refund is taken off the customer whose charge it names; payouts are no purchases."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.exports.counted import also, cells, counted, money

if TYPE_CHECKING:
    import pandas as pd


def truth(folder: Path) -> pd.DataFrame:
    rows = cells(folder / "itemized_balance.csv")
    lines = rows[rows["reporting_category"].isin(["charge", "refund"])].rename(columns={"charge_id": "order"})
    charged = rows[rows["reporting_category"] == "charge"].set_index("charge_id")
    lines = lines.assign(
        customer=lines["order"].map(charged["customer_id"]),
        customer_email=lines["order"].map(charged["customer_email"]),
        day=lines["created_utc"],
        amount=money(lines["gross"]),
    )
    return also(counted(lines), lines, "customer_email")
