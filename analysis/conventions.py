"""Decimal point or decimal comma: what the figures of a table say, column by column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw

from analysis.numerals import Decimal, ambiguous, evidence

# A hundred thousand figures show how a file writes them.
SAMPLE = 100_000
FIRST = 1_000


@dataclass(frozen=True)
class Signs:
    """How many cells of a column can only be read one way, and how many both ways."""

    point: int = 0
    comma: int = 0
    ambiguous_point: int = 0
    ambiguous_comma: int = 0

    @property
    def decided(self) -> Decimal | None:
        """What the column's own figures say."""
        if self.point == self.comma:
            return None
        return "." if self.point > self.comma else ","


def plain_columns(cells: nw.LazyFrame[Any], names: Sequence[str], pattern: str) -> list[str]:
    """The columns of which every cell follows the pattern (`WHOLE` or `PLAIN`), so that it can simply be cast.

    The first cells tell most that do not; the others are looked at once for each different text.
    """
    likely = _following(cells.head(FIRST), names, pattern) if names else []
    return [name for name in likely if _following(cells.select(name).unique(), [name], pattern)]


def _following(cells: nw.LazyFrame[Any], names: Sequence[str], pattern: str) -> list[str]:
    verdict = cells.select(nw.col(*names).str.contains(pattern).all()).collect()
    return [name for name in names if bool(verdict[name].item())]


def signs(cells: nw.LazyFrame[Any], names: Sequence[str]) -> dict[str, Signs]:
    """Counts what the first cells of each column say; one pass for all of them."""
    if not names:
        return {}
    tests = [
        test(nw.col(name), decimal).sum().alias(f"{place}{decimal}{test.__name__}")
        for place, name in enumerate(names)
        for test in (evidence, ambiguous)
        for decimal in (".", ",")
    ]
    counts = [int(count or 0) for count in cells.select(nw.col(*names)).head(SAMPLE).select(*tests).collect().row(0)]
    return {name: Signs(*counts[4 * place : 4 * place + 4]) for place, name in enumerate(names)}


def decide(of_column: Signs, of_table: Sequence[Signs], delimiter: str, known: Decimal | None = None) -> Decimal:
    """The decimal sign of a column.

    Its own figures decide; else those of the other columns, since a file comes from one country; else what is `known`
    of an earlier file; else `1,234` is a thousand, and so is `1.234` where semicolons part the cells (as
    they do where the comma is the decimal sign).
    """
    everywhere = Signs(sum(each.point for each in of_table), sum(each.comma for each in of_table)).decided
    custom: Decimal = "," if delimiter == ";" and of_column.ambiguous_point > of_column.ambiguous_comma else "."
    return of_column.decided or everywhere or known or custom


def remarks(name: str, of_column: Signs, decimal: Decimal) -> list[str]:
    """Sentences on what was assumed of a column's figures."""
    if decimal == "," and (of_column.comma or of_column.ambiguous_comma):
        return [f"Figures in “{name}” were read with a decimal comma."]
    grouped = of_column.ambiguous_comma if decimal == "." else of_column.ambiguous_point
    if grouped and not of_column.decided:
        return [f"Groups of three figures in “{name}” were read as thousands; state data.decimal if they are decimals."]
    return []
