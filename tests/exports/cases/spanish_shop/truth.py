"""The amount is not what the sending costs."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from tests.exports.counted import cells, counted, money


def truth(folder: Path) -> pd.DataFrame:
    rows = cells(folder / "pedidos.csv", sep=";").rename(
        columns={"Correo electrónico": "customer", "Nº de pedido": "order"}
    )
    lines = rows[rows["Estado del pedido"].isin(["Completado", "Enviado"])]
    day = pd.to_datetime(lines["Fecha del pedido"], format="%d/%m/%Y")
    return counted(lines.assign(day=day, amount=money(lines["Importe"], ",")))
