"""Customer, day and dollars; a day is one purchase."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from tests.exports.counted import cells, counted, money


def truth(folder: Path) -> pd.DataFrame:
    rows = cells(folder / "CDNOW_master.txt", sep=r"\s+").rename(columns={"id": "customer", "date": "order"})
    return counted(rows.assign(day=pd.to_datetime(rows["order"], format="%Y%m%d"), amount=money(rows["amount"])))
