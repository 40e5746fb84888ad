"""Days that were written without marks and read as numbers: 31012024, 240131. They measure nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy import float64, int64
    from numpy.typing import NDArray

    from analysis.columns.appearance import Look

FEWEST_NUMBERS = 12
"""Different numbers from which it is no accident that all are days."""
NEARLY_ALL = 0.98
LONGEST_SPAN = 36_525
"""Days of a hundred years: nothing that a customer did is longer ago."""
YEARS = (1900, 2049)
# Position of day, month and year in the digits, the last two first: `ddmmyyyy` is 31 01 2024.
FORMS: dict[str, tuple[int, tuple[int, int], tuple[int, int], tuple[int, int]]] = {
    "ddmmyyyy": (8, (10**6, 100), (10**4, 100), (1, 10**4)),
    "mmddyyyy": (8, (10**4, 100), (10**6, 100), (1, 10**4)),
    "yymmdd": (6, (1, 100), (100, 100), (10**4, 100)),
    "ddmmyy": (6, (10**4, 100), (100, 100), (1, 100)),
    "mmddyy": (6, (100, 100), (10**4, 100), (1, 100)),
}
"""Form → digits, and for day, month and year what to divide by and the remainder of what."""


def run_together(look: Look) -> str | None:
    """The form in which nearly all whole numbers are days; None where none fits."""
    known = look.figures[np.isfinite(look.figures)]
    if look.dates or not look.numeric or not look.whole or look.distinct < FEWEST_NUMBERS or known.min() < 0:
        return None
    return next((form for form in FORMS if _are_days(known.astype(np.int64), form)), None)


def is_no_span(look: Look) -> bool:
    """Whether numbers are too large for the days since something."""
    return bool(look.numeric and look.p05 > LONGEST_SPAN)


def _are_days(numbers: NDArray[int64] | NDArray[float64], form: str) -> bool:
    digits, day, month, year = FORMS[form]
    # A nought at the front is lost on the way: 1012024.
    if not bool(((numbers < 10**digits) & (numbers >= 10 ** (digits - 2))).all()) or numbers.max() < 10 ** (digits - 1):
        return False
    days, months, years = (numbers // by % size for by, size in (day, month, year))
    fits = (days >= 1) & (days <= 31) & (months >= 1) & (months <= 12)
    if digits > 6:
        fits &= (years >= YEARS[0]) & (years <= YEARS[1])
    # Days of one month or months of one day alone could be figures of anything.
    return bool(fits.mean() >= NEARLY_ALL) and len(np.unique(days)) > 2 and len(np.unique(months)) > 1
