"""Semicolons, a decimal comma, the sign of the euro; what was not paid or was paid back is none."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from tests.exports.counted import cells, counted, money


def truth(folder: Path) -> pd.DataFrame:
    rows = cells(folder / "Bestellungen.csv", sep=";").rename(
        columns={"Kunden-E-Mail": "customer", "Bestellnummer": "order"}
    )
    lines = rows[rows["Zahlungsstatus"] == "Bezahlt"]
    day = pd.to_datetime(lines["Bestelldatum"], format="%d.%m.%Y")
    return counted(lines.assign(day=day, amount=money(lines["Gesamtbetrag"], ",")))
