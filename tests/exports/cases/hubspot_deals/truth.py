"""Deals that were won are a company's; open ones lie ahead."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.exports.counted import also, cells, counted, money

if TYPE_CHECKING:
    import pandas as pd


def truth(folder: Path) -> pd.DataFrame:
    rows = cells(folder / "hubspot-crm-exports-all-deals.csv").rename(
        columns={"Associated Company IDs": "customer", "Record ID": "order", "Close Date": "day"}
    )
    lines = rows[rows["Deal Stage"] == "Closed Won"]
    lines = lines.assign(amount=money(lines["Amount"]))
    return also(counted(lines), lines, "Associated Company")
