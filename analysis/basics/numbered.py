"""Row numbers in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

ROWS_NAMED = 5


def numbered(rows: Sequence[int]) -> str:
    """The first of many row numbers: `rows 2, 3, 5, …`."""
    first = ", ".join(str(row) for row in rows[:ROWS_NAMED])
    return f"row {first}" if len(rows) == 1 else f"rows {first}{', …' if len(rows) > ROWS_NAMED else ''}"
