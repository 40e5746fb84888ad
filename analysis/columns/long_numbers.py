"""Long numbers that name somebody or something, such as telephone numbers, accounts and cards: they measure nothing.

A number of nine figures and more that few other rows repeat tells whose row it is: households and firms share one.
Amounts so large are mostly round, or their column says that they are money; times counted from 1970 lie within some
years, and none begins with a nought.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from analysis.cells.serials import NUMBERED
from analysis.language import gettext_noop

if TYPE_CHECKING:
    from numpy.typing import NDArray

LONG = gettext_noop("its numbers are long and few rows share one, as with telephone, account and card numbers")
FEWEST_ROWS, NEARLY_ALL = 50, 0.95
DIFFERENT = 0.5
"""Share of the numbers that differ, at least: as where two of each household have one."""
SHORTEST = 10**8
"""The least number of nine figures; a national telephone number has as many without its leading nought."""
LENGTHS = 4
"""Figures by which most of them differ at most, in tens: numbers with and without their country's."""
ROUND, SHARE_ROUND = 100, 0.05
TIMES = ((date(1990, 1, 1) - date(1970, 1, 1)).days, (date(2049, 12, 31) - date(1970, 1, 1)).days)
"""Days between which numbers are taken for times, not for names."""


def name_somebody(figures: NDArray[np.float64], *, nought: bool = False) -> bool:
    """Whether the known figures of a column are such numbers; `nought`: the cells begin with one that is not read."""
    known = figures[np.isfinite(figures)]
    if (
        len(known) < FEWEST_ROWS
        or not np.all(known == np.round(known))
        or len(np.unique(known)) < DIFFERENT * len(known)
    ):
        return False
    low, high = np.quantile(known, (1 - NEARLY_ALL, NEARLY_ALL))
    if low < SHORTEST or np.log10(high) - np.log10(low) > LENGTHS:
        return False
    # Of numbers that are given out one in a hundred ends in two noughts.
    return not np.mean(known % ROUND == 0) > SHARE_ROUND and (nought or not _times(float(low), float(high)))


def _times(low: float, high: float) -> bool:
    counts = [each for each in NUMBERED.values() if each.a_day > 1]
    return any(TIMES[0] <= each.days(low) and each.days(high) <= TIMES[1] for each in counts)
