"""A refund names the sale that it undoes; withdrawals and what never came are no purchases."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from tests.exports.counted import also, cells, counted, first_of, money


def truth(folder: Path) -> pd.DataFrame:
    rows = cells(folder / "Download.CSV")
    done = rows[rows["Status"] == "Completed"]
    sales = done[done["Type"] == "Express Checkout Payment"].set_index("Transaction ID")
    lines = done[done["Type"].isin(["Express Checkout Payment", "Payment Refund"])]
    order = first_of(lines["Reference Txn ID"], lines["Transaction ID"])
    lines = lines.assign(
        order=order,
        customer=order.map(sales["From Email Address"]),
        Name=order.map(sales["Name"]),
        day=pd.to_datetime(lines["Date"], format="%m/%d/%Y"),
        amount=money(lines["Gross"]),
    )
    return also(counted(lines), lines, "Name")
