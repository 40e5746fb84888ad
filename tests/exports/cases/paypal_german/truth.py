"""A refund names the sale that it undoes; withdrawals and what never came are no purchases."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from tests.exports.counted import also, cells, counted, first_of, money


def truth(folder: Path) -> pd.DataFrame:
    rows = cells(folder / "Download.CSV")
    done = rows[rows["Status"] == "Abgeschlossen"]
    sales = done[done["Typ"] == "PayPal Express-Zahlung"].set_index("Transaktionscode")
    lines = done[done["Typ"].isin(["PayPal Express-Zahlung", "Rückzahlung"])]
    order = first_of(lines["Zugehöriger Transaktionscode"], lines["Transaktionscode"])
    lines = lines.assign(
        order=order,
        customer=order.map(sales["Absender E-Mail-Adresse"]),
        Name=order.map(sales["Name"]),
        day=pd.to_datetime(lines["Datum"], format="%d.%m.%Y"),
        amount=money(lines["Brutto"], ","),
    )
    return also(counted(lines), lines, "Name")
