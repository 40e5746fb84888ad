"""Before tax and shipping."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from tests.exports.counted import beside, cells, counted, money


def truth(folder: Path) -> pd.DataFrame:
    rows = cells(folder / "commandes.csv", sep=";").rename(
        columns={"Adresse e-mail": "customer", "Numéro de commande": "order"}
    )
    lines = rows[rows["Statut"].isin(["Payée", "Expédiée", "Livrée"])]
    day = pd.to_datetime(lines["Date de commande"], format="%d/%m/%Y")
    lines = lines.assign(day=day, amount=money(lines["Sous-total HT"], ","))
    return beside(counted(lines), lines, with_shipping=money(lines["Total TTC"], ","))
