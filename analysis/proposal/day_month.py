"""Which comes first in a column of dates, the day or the month, where its own dates can be read both ways.

Other columns and the order of the rows may tell. What they say must be plain, and is said; otherwise it is a question.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from analysis.cells.dates import DateFormat
from analysis.columns.appearance import Look
from analysis.headers.moments import is_of_another_language
from analysis.headers.vocabulary import is_birth
from analysis.proposal.evidence import ColumnEvidence

if TYPE_CHECKING:
    import pandas as pd

Vector = NDArray[np.float64]

IN_ORDER, OUT_OF_ORDER = 0.98, 0.85
"""Rank correlation that tells a running number or rows in order, and the one below which they are not."""
FEWEST_DAYS = 12
"""Different days from which that is no accident."""
DAYS_OFF = (5, 6)
WORKDAYS = 25
"""Different days from which it is no accident that none is a weekend."""
WEEKENDS = 0.15
"""Share of weekends where days fall as they like, at least."""


def settled(evidence: ColumnEvidence) -> tuple[list[Look], list[str]]:
    """The columns, those of dates that can be read both ways as the table tells; and sentences on what told it."""
    looks, said = [], []
    for look in evidence.looks:
        found = _told(evidence, look, look.dates) if look.dates and look.dates.ambiguous else None
        if found:
            pattern, why = found
            figures = read_as(evidence.frame[look.header], pattern)
            look = replace(look, dates=DateFormat(pattern), figures=figures)  # noqa: PLW2901 (what was found of it)
            said += [f"Dates in “{look.header}” are read as {pattern}: {why}."] if why else []
        looks.append(look)
        if look.dates and look.dates.monthly:
            said += [each.exactly() for each in look.dates.remarks(look.header)]
    return looks, said


def order_questions(looks: Iterable[Look], line: str) -> tuple[str, ...]:
    """What to ask of each column whose dates can still be read both ways.

    `line`: where the answer goes, with • for the column.
    """
    return tuple(order_question(look.header, look.dates, line) for look in looks if look.dates and look.dates.ambiguous)


def order_question(header: str, dates: DateFormat, line: str) -> str:
    """The question which of a column's readings is right."""
    others = " or ".join(dates.others)
    at = line.replace("•", header)
    return (
        f"{about_order(header)}{dates.pattern} or {others}, and the table does not show which. They are read as "
        f"{dates.pattern}: keep `{at}: {dates.pattern}`, or write {others} "
        "there."
    )


def about_order(header: str) -> str:
    """How the question on a column begins."""
    return f"Dates in “{header}” can be read as "


def read_as(cells: pd.Series[str], pattern: str) -> Vector:
    """The cells as days since 1970, not a number where one is no date of the pattern."""
    frame = nw.from_native(cells.to_frame("cell"), eager_only=True)
    found = frame.select(DateFormat.named(pattern).expression(nw.col("cell").str.strip_chars()).alias("day"))
    return found.to_numpy().astype(float).ravel()


def _told(evidence: ColumnEvidence, look: Look, dates: DateFormat) -> tuple[str, str] | None:
    """The reading that the table tells, with the reason; None where nothing does."""
    if "." in dates.pattern and not dates.pattern.startswith("y"):
        return dates.pattern, ""  # with points between, the day comes first everywhere
    cells = evidence.frame[look.header]
    readings = {pattern: read_as(cells, pattern) for pattern in (dates.pattern, *dates.others)}
    first = readings[dates.pattern]
    if all(np.array_equal(first, other, equal_nan=True) for other in readings.values()):
        return dates.pattern, ""
    if is_of_another_language(look.header) and dates.pattern.startswith("d"):
        return dates.pattern, "the language of its name writes the day first"
    return _by_another(evidence, look, readings) or _by_order(evidence, look, readings) or _by_workdays(readings)


def _by_another(evidence: ColumnEvidence, look: Look, readings: dict[str, Vector]) -> tuple[str, str] | None:
    """The reading of another column of dates, written alike, that can be read one way only."""
    for pattern in readings:
        alike = [
            each.header
            for each in evidence.looks
            if each is not look and each.dates and not each.dates.ambiguous and each.dates.pattern == pattern
        ]
        others = {each.dates.pattern for each in evidence.looks if each.dates and not each.dates.ambiguous}
        if alike and not others & (readings.keys() - {pattern}):
            return pattern, f"“{alike[0]}” has the same form, and can only be read this way"
    return None


def _by_order(evidence: ColumnEvidence, look: Look, readings: dict[str, Vector]) -> tuple[str, str] | None:
    """The one reading by which days rise, or fall, with the rows or with a number that is given out in turn."""
    rows = np.arange(len(evidence.frame), dtype=float)
    turns = [("the rows are then in order of their days", rows)]
    turns += [(f"“{each.header}” rises with the days", each.figures) for each in evidence.looks if _given_out(each)]
    if is_birth(look.header):
        return None
    for why, turn in turns:
        fits = {pattern: abs(_rank_correlation(days, turn)) for pattern, days in readings.items()}
        best = max(fits, key=lambda pattern: fits[pattern])
        if fits[best] >= IN_ORDER and all(fit < OUT_OF_ORDER for pattern, fit in fits.items() if pattern != best):
            return best, why
    return None


def _given_out(look: Look) -> bool:
    return look.whole and look.distinct >= FEWEST_DAYS and look.unique > 1 / 3


def _rank_correlation(days: Vector, turn: Vector) -> float:
    import pandas as pd  # noqa: PLC0415 (already loaded with the table)

    known = np.isfinite(days) & np.isfinite(turn)
    if len(np.unique(days[known])) < FEWEST_DAYS:
        return 0.0
    found = pd.Series(days[known]).corr(pd.Series(turn[known]), method="spearman")
    return float(found) if np.isfinite(found) else 0.0


def _by_workdays(readings: dict[str, Vector]) -> tuple[str, str] | None:
    """The one reading by which no day is a weekend."""
    off = {}
    for pattern, days in readings.items():
        different = np.unique(days[np.isfinite(days)] // 1)
        if len(different) < WORKDAYS:
            return None
        off[pattern] = float(np.isin((different + 3) % 7, DAYS_OFF).mean())
    best = min(off, key=lambda pattern: off[pattern])
    if off[best] == 0 and all(share >= WEEKENDS for pattern, share in off.items() if pattern != best):
        return best, "so no day is a weekend"
    return None
