"""A contact's deals and their revenue; the most recent deal is only one of them."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from tests.exports.counted import cells, money


def truth(folder: Path) -> pd.DataFrame:
    rows = cells(folder / "hubspot-crm-exports-contacts.csv").set_index("Record ID")
    figures = {"orders": rows["Number of Associated Deals"].astype(int), "revenue": money(rows["Total Revenue"])}
    return pd.DataFrame({**figures, "also": [[email] for email in rows["Email"]]}, index=rows.index)
