"""What was spent and ordered, not what is predicted; days of activity are not days of purchase."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from tests.exports.counted import cells, money


def truth(folder: Path) -> pd.DataFrame:
    rows = cells(folder / "segment.csv").set_index("Klaviyo ID")
    spent = money(rows["Historic Customer Lifetime Value"])
    figures = {"orders": rows["Historic Number Of Orders"].astype(int), "revenue": spent}
    return pd.DataFrame({**figures, "also": [[email] for email in rows["Email"]]}, index=rows.index)
