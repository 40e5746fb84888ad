"""As in English: a price of one, semicolons, a decimal comma, months in German."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from tests.exports.counted import also, beside, cells, counted, money


def truth(folder: Path) -> pd.DataFrame:
    rows = cells(folder / "eBay-Bestellungen.csv", skiprows=1, sep=";")
    rows = rows.rename(columns={"Nutzername des Käufers": "customer", "Bestellnummer": "order"})
    price, pieces = money(rows["Verkauft für"], ","), money(rows["Anzahl"])
    day = rows["Verkauft am"].replace({"Mär": "Mar", "Mai": "May", "Okt": "Oct", "Dez": "Dec"}, regex=True)
    lines = rows.assign(day=pd.to_datetime(day, format="%d-%b-%y"), amount=price * pieces)
    found = beside(counted(lines), lines, with_shipping=money(rows["Gesamtbetrag"], ","))
    return also(found, lines, "Name des Käufers")
