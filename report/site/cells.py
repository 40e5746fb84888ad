"""What stands in the rows of a download."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.contract import Interval

Cell = str | float | int | bool | None
Row = Mapping[str, Cell]


def ends(name: str, interval: Interval | None) -> dict[str, Cell]:
    """Both ends of a 95 % interval, empty where there is none."""
    return {
        f"{name}_lower": interval.lower if interval else None,
        f"{name}_upper": interval.upper if interval else None,
    }
