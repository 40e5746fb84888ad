"""Deals that were won; a customer's deals have no numbers, so a day is one."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from tests.exports.counted import cells, counted, money


def truth(folder: Path) -> pd.DataFrame:
    rows = cells(folder / "salesforce_report.csv", skip_blank_lines=True, names=range(5), skiprows=1)
    won = rows[rows[1] == "Closed Won"]
    lines = pd.DataFrame({"customer": won[0], "order": won[4], "amount": money(won[2])})
    return counted(lines.assign(day=pd.to_datetime(won[4], format="%m/%d/%Y")))
