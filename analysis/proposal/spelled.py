"""What is said and asked of how a table of sales writes its customers' numbers and its days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from analysis.cells.dates import DateFormat
from analysis.columns.appearance import Look
from analysis.columns.header_roles import plain_roles
from analysis.headers.sales_words import speaks_of
from analysis.proposal.evidence import ColumnEvidence
from analysis.proposal.order import JOINED

APART = 1462
"""Days between the first of 1900 and of 1904, as Excel counts them."""
USUAL_DAYS = 400
"""Days between two columns of one purchase that are usual."""
SOME, NONE = 0.25, 0.02
"""Shares of the customers who cannot all have bought last before they joined, and who may have."""
_TWICE = (
    "“{0}” has {1:,} {2} written in two ways, with and without “.0” at the end or zeros in front, and each counts "
    "as a separate customer. Write them one way in the table; if they are different customers, remove this line "
    "from "
    "undecided."
)
_EXCEL = "“{0}” holds Excel’s days since 1900; write excel-1904 instead if the workbook counts from 1904."
_WORKBOOK = "“{0}” holds Excel’s days since 1904, from which this workbook counts."
_BEFORE = "“{0}” holds Excel’s days since 1904: counted from 1900 many are before “{1}”."
_BESIDE = "“{0}” holds Excel’s days since 1904: counted from 1900 they are four years before “{1}”."


def written_twice(evidence: ColumnEvidence, buyer: str) -> list[str]:
    """The question about numbers of customers that differ by noughts alone: `10450`, `10450.0` and `00010450`."""
    known = evidence.texts(buyer).dropna().str.strip().drop_duplicates()
    numbers = known[known.str.fullmatch(r"[0-9]+(?:\.0+)?")]
    bare = numbers.str.replace(r"\.0+$", "", regex=True).str.replace(r"^0+(?=[0-9])", "", regex=True)
    twice = int((bare.value_counts() > 1).sum())
    return [_TWICE.format(buyer, twice, "number" if twice == 1 else "numbers")] if twice else []


def since_1904(looks: Sequence[Look], *, workbook: bool) -> tuple[list[Look], list[str]]:
    """The columns, those of Excel's days that count from 1904 as such, and sentences on what told it.

    `workbook`: whether the workbook itself counts from 1904.
    """
    found, said = [], []
    for look in looks:
        if why := _told(look, looks, workbook=workbook):
            look = replace(look, dates=DateFormat("excel-1904"), figures=look.figures + APART)  # noqa: PLW2901 (as found)
            said.append(why)
        found.append(look)
    return found, said


def _told(look: Look, looks: Sequence[Look], *, workbook: bool) -> str | None:
    """What tells that a column counts from 1904; None where nothing does."""
    if look.dates is None or look.dates.pattern != "excel-1900":
        return None
    if workbook:
        return _WORKBOOK.format(look.header)
    if "recency" not in plain_roles(look.header):
        return None
    for other in looks:
        if other.dates is None or other.dates.serial or not speaks_of(other.header, JOINED):
            continue
        since = look.figures - other.figures
        since = since[np.isfinite(since)]
        if len(since) and (since < 0).mean() >= SOME and (since + APART < 0).mean() <= NONE:
            return _BEFORE.format(look.header, other.header)
    return None


def counted_from(evidence: ColumnEvidence, date: Look) -> tuple[str | None, list[str]]:
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
        if len(gap) and abs(np.median(gap) - APART) < USUAL_DAYS:
            return "excel-1904", [_BESIDE.format(date.header, other.header)]
    return date.dates.pattern, [_EXCEL.format(date.header)]
