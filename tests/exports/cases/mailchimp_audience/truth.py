"""Nobody's purchases: a row is a person, and no figure is money."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from tests.exports.counted import cells


def truth(folder: Path) -> pd.DataFrame:
    rows = cells(folder / "subscribed_members.csv").set_index("Email Address")
    return pd.DataFrame({"also": rows[["LEID", "EUID"]].to_numpy().tolist()}, index=rows.index)
