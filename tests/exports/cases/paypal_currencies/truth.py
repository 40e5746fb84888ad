"""What was paid in which money."""

from __future__ import annotations

from pathlib import Path

from tests.exports.counted import cells


def truth(folder: Path) -> dict[str, object]:
    rows = cells(folder / "Download.CSV")
    return {"currencies": sorted(rows["Currency"].unique())}
