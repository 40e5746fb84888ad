"""The words for the state of an order, with their rows."""

from __future__ import annotations

from pathlib import Path

from tests.exports.counted import cells


def truth(folder: Path) -> dict[str, object]:
    rows = cells(folder / "orders.csv")
    return {"states": rows["Order Status"].value_counts().sort_index().to_dict()}
