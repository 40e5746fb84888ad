"""Subtotals, the grand total and the footer are no deals."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from tests.exports.counted import cells, counted, money


def truth(folder: Path) -> pd.DataFrame:
    rows = cells(folder / "report.csv", names=range(9), skiprows=1)
    won = rows[rows[3] == "Closed Won"]
    lines = pd.DataFrame({"customer": won[0], "order": won[2], "amount": money(won[4])})
    return counted(lines.assign(day=pd.to_datetime(won[8], format="%m/%d/%Y")))
