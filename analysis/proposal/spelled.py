"""What is said and asked of how a table of sales writes its customers' numbers and its days."""

from __future__ import annotations

import numpy as np

from analysis.looks import Look
from analysis.proposal.evidence import Evidence

APART = 1462
"""Days between the first of 1900 and of 1904, as Excel counts them."""
NEAR, FAR = 400, 1000
"""Days between two columns of one purchase that are usual, and those that are not."""
_TWICE = (
    "“{0}” writes {1:,} {2} in two ways, with “.0” behind or noughts in front and without, and each counts as a "
    "customer of its own. Write them one way in the table; if they are different customers, take this line out of "
    "undecided."
)
_EXCEL = "“{0}” holds Excel’s days since 1900; write excel-1904 instead if the workbook counts from 1904."
_BESIDE = "“{0}” holds Excel’s days since 1904: counted from 1900 they are four years before “{1}”."


def written_twice(evidence: Evidence, buyer: str) -> list[str]:
    """The question about numbers of customers that differ by noughts alone: `10450`, `10450.0` and `00010450`."""
    known = evidence.texts(buyer).dropna().str.strip().drop_duplicates()
    numbers = known[known.str.fullmatch(r"[0-9]+(?:\.0+)?")]
    bare = numbers.str.replace(r"\.0+$", "", regex=True).str.replace(r"^0+(?=[0-9])", "", regex=True)
    twice = int((bare.value_counts() > 1).sum())
    return [_TWICE.format(buyer, twice, "number" if twice == 1 else "numbers")] if twice else []


def counted_from(evidence: Evidence, date: Look) -> tuple[str | None, list[str]]:
    """The format of the dates, and what is said of it: Excel's days since 1904 where another column tells."""
    if date.dates is None:
        return None, []
    if date.dates.pattern != "excel-1900":
        return date.dates.pattern, []
    for other in evidence.looks:
        if other.dates is None or other.dates.serial or other.header == date.header:
            continue
        gap = other.figures - date.figures
        gap = gap[np.isfinite(gap)]
        if len(gap) and abs(np.median(gap)) > FAR and abs(np.median(gap) - APART) < NEAR:
            return "excel-1904", [_BESIDE.format(date.header, other.header)]
    return date.dates.pattern, [_EXCEL.format(date.header)]
