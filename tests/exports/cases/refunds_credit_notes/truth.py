"""A credit note is taken off the invoice whose number it has behind the C."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.exports.counted import cells, counted, money

if TYPE_CHECKING:
    import pandas as pd


def truth(folder: Path) -> pd.DataFrame:
    rows = cells(folder / "invoices.csv").rename(columns={"Customer No": "customer", "Date": "day"})
    sign = rows["Invoice No"].str.startswith("C").map({True: -1, False: 1})
    return counted(rows.assign(order=rows["Invoice No"].str.lstrip("C"), amount=money(rows["Amount"]) * sign))
