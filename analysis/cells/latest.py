"""The day up to which a table's dates reach, whatever a slip of the keyboard has put beyond it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from analysis.cells.dates import day, days

if TYPE_CHECKING:
    from numpy.typing import NDArray

NEVER = date(2100, 1, 1)
"""Dates from here on, such as 9999-12-31, mean that there is none."""
ENOUGH_DAYS = 20
"""Different days below which a long gap says nothing."""
MOST_SLIPS = 0.02
"""Share of the different days that may be slips."""
A_YEAR = 365
LONGER = 3
"""How many times as long as any gap among the later half of the days the gap before a slip is, at least."""


class Latest(NamedTuple):
    """The latest day of a column, and whether it has others that lie far beyond."""

    day: date
    beyond: bool = False


def latest(numbers: Iterable[float | None]) -> Latest | None:
    """The latest of these days (since 1970-01-01) but for a few that lie far beyond all others.

    Those are slips, such as a year 2052, or stand for no date. None where no day is a date.
    """
    every = np.unique([number for number in numbers if number is not None and not np.isnan(number)])
    known = every[every < days(NEVER)]
    if not len(known):
        return None
    last = _before_slips(known)
    return Latest(day(known[last]), last + 1 < len(every))


def _before_slips(known: NDArray[np.float64]) -> int:
    """The place of the last of the sorted days that is no slip."""
    count = len(known)
    gaps = np.diff(known)
    for place in range(count - 1 - max(1, int(count * MOST_SLIPS)), count - 1) if count >= ENOUGH_DAYS else ():
        usual = gaps[count // 2 : place].max(initial=0)
        if gaps[place] > max(A_YEAR, LONGER * usual):
            return place
    return count - 1
