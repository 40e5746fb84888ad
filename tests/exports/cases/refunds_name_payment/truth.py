"""A refund is taken off the customer whose payment it names."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.exports.counted import cells, counted, first_of, money

if TYPE_CHECKING:
    import pandas as pd


def truth(folder: Path) -> pd.DataFrame:
    rows = cells(folder / "payments.csv").rename(columns={"Date": "day"})
    order = first_of(rows["Original Payment ID"], rows["Payment ID"])
    who = order.map(rows.set_index("Payment ID")["Customer ID"])
    return counted(rows.assign(order=order, customer=who, amount=money(rows["Amount"])))
