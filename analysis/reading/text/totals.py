"""Rows of totals among the rows of a table; a customer who is named like one must never be lost.

A row is a total where a cell names it one (`analysis.reading.text.total_words`) and

- its figures are the sums (of a row named a mean: the means) of other rows: of all, of those since an earlier total,
  or of those up to the next; half of its figures must be explained so. It must not be chance: the label can be
  nothing else (`Subtotal`, `Grand Total`, `North total` beside a row with `North`), or no word stands beside it where
  other rows have some, or two sums are over five rows or more, or the row is the first or last of a table without
  words, or four in five rows with this label are such sums. Other words in the label (`Total SE`) ask for all figures
  to be explained; or
- nothing stands beside the label at all; or
- the label can be nothing else (`Subtotal`, `Grand Total`), and nothing but figures and days stands beside it; or
- it is the last row, or the last before a blank one, the label is its first cell, nothing but figures stands beside
  it where other rows have words, or each of its figures is nearly as large as the sum of the others.

Without a label, only the last row and rows followed by a blank one are looked at: each of their figures must be the
exact sum of others, of three different from 0 at least. Where the row has no word or identifier while others do, one
figure over five rows is enough; otherwise there must be two. A row that is named a total but shows none of this is
kept, and told.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from analysis.reading.text.sums import FigureColumn, SumEvidence, Sums, figures_of
from analysis.reading.text.total_words import Kind, kind_of_total, labels, means

if TYPE_CHECKING:
    from numpy import bool_
    from numpy.typing import NDArray

# ruff: noqa: PLC0415 (numpy is already loaded with the rows)

DAY = re.compile(r"[0-9]{1,4}[-./ ][0-9]{1,2}[-./ ][0-9]{1,4}(?:[ T][0-9:.]+)?")
OFTEN = 50
"""Rows from which a label of several words is a category like any other, `Media Markt`."""
MOST_CANDIDATES = 50_000
"""Candidates beyond which a label is no label."""
BACK = 64
"""Earlier totals from which on a later one may sum up."""
CHANCE = 5
"""Rows from which a single sum that is right is not by chance."""
USUAL = 0.8
"""Share of the rows with a label that are sums, from which all such rows are totals, and their number at least."""
FEWEST_SUMMANDS = 3
"""Rows with something other than 0 that a sum without a label must have."""
CLOSELY = 5_000
"""Cells before blank rows; of a table with a blank row after each only the last is looked at."""
ROWS_BEFORE_LAST = 50
"""Rows before a last one that are looked at before all are."""

Cells = Mapping[int, Sequence[str]]


@dataclass(frozen=True)
class TotalCandidate:
    """A row with a label of totals."""

    row: int
    kind: Kind
    column: int
    mean: bool


@dataclass
class Found:
    """Rows that are totals, and those that are named so and kept."""

    totals: dict[int, str] = field(default_factory=dict)
    """Row → its label; empty where it has none."""
    undecided: list[int] = field(default_factory=list)


def candidates(cells: Cells) -> list[TotalCandidate]:
    """The rows with a label, each by the surest of its cells; in their order."""
    found: dict[int, TotalCandidate] = {}
    for column, texts in cells.items():
        named = _labels(texts)
        if not named:
            continue
        rows = [row for row, text in enumerate(texts) if text in named]
        often = Counter(texts[row] for row in rows)
        kept = [row for row in rows if named[texts[row]] != "within" or often[texts[row]] <= OFTEN]
        if len(kept) > MOST_CANDIDATES or len(kept) * 2 > len(texts) + 2:
            continue
        for row in kept:
            known = found.get(row)
            if known is None or (known.kind == "within" and named[texts[row]] != "within"):
                found[row] = TotalCandidate(row, named[texts[row]], column, means(texts[row]))
    return [_known_group(cells, found[row], found) for row in sorted(found)]


def _known_group(cells: Cells, each: TotalCandidate, named: Mapping[int, TotalCandidate]) -> TotalCandidate:
    """`North total` is one for certain where the row above it, or below, has `North` in some column."""
    if each.kind != "within":
        return each
    label = cells[each.column][each.row].casefold()
    above = next((row for row in range(each.row - 1, max(-1, each.row - BACK), -1) if row not in named), -1)
    beside = [row for row in (above, each.row + 1) if 0 <= row < len(cells[each.column])]
    groups = {texts[row].casefold() for texts in cells.values() for row in beside} - {"", label}
    if any(group in label and kind_of_total(label.replace(group, " ")) for group in groups):
        return replace(each, kind="certain")
    return each


def _labels(texts: Sequence[str]) -> dict[str, Kind]:
    """The labels of a column; one without letters, as most columns of figures, has none."""
    together = "".join(texts)
    if together.isascii() and together.lower() == together.upper():
        return {}
    return labels(set(texts))


def totals(cells: Cells, named: Sequence[TotalCandidate], ends: Sequence[int]) -> Found:
    """The totals among the rows; `ends` are the last row and those followed by a blank one, empty without an order."""
    found = Found()
    starts = [0, *(each + 1 for each in ends)]
    if len(ends) * len(cells) > CLOSELY:
        starts, ends = [0], ends[-1:]
    last = [(start, row) for start, row in zip(starts, ends, strict=False) if _may_sum(cells, start, row)]
    if not named and not last:
        return found
    table = _Table(cells)
    _labelled(table, named, set(ends), found)
    if table.sums:
        labelled = {each.row for each in named}
        _unlabelled(table, [each for each in last if each[1] not in labelled], found)
    return found


class _Table:
    """The columns of a table by what they hold, and the running sums of those of figures."""

    def __init__(self, cells: Cells) -> None:
        self.cells = cells
        read = zip(cells, figures_of(list(cells.values())), strict=True)
        self.figures: dict[int, FigureColumn] = {column: each for column, each in read if each}
        self.words = [column for column in cells if column not in self.figures]
        self.rows = len(next(iter(cells.values())))
        self.usual = [column for column, texts in cells.items() if sum(map(bool, texts)) * 2 >= len(texts)]
        self.sums: Sums | None = None
        self.out: list[int] = []
        self.leave_out(())

    def leave_out(self, rows: Sequence[int]) -> None:
        import numpy as np

        left: NDArray[bool_] = np.zeros(self.rows, dtype=bool)
        left[list(rows)] = True
        self.out = sorted(rows)
        self.sums = Sums(list(self.figures.values()), left) if self.figures else None

    def spans(self, row: int) -> list[tuple[int, int]]:
        """All rows; those from each earlier total (or the start) to here; those from here to the next, or the end."""
        place = bisect_left(self.out, row)
        starts = {0, *(each + 1 for each in self.out[max(0, place - BACK) : place])}
        later = next((each for each in self.out[place : place + 2] if each > row), self.rows)
        before = [(start, row) for start in sorted(starts, reverse=True)]
        return [(0, self.rows), *before, (row + 1, later)]

    def beside(self, row: int, label: int) -> list[int]:
        """The columns with something in the row, but for the label's and others that repeat it."""
        said = self.cells[label][row]
        return [each for each, texts in self.cells.items() if each != label and texts[row] and texts[row] != said]

    def bare(self, row: int, label: int | None) -> bool:
        """Whether the row has none of the words that most rows have; without a label, or lacks an identifier."""
        words = [each for each in self.usual if each != label and each in self.words]
        if words or label is not None:
            return bool(words) and not any(self.cells[each][row] for each in words)
        return not all(self.cells[each][row] for each in self.usual)

    def largest(self, row: int, since: int = 0, share: float | None = None) -> bool:
        """Whether each figure of the row is as large as any since, totals left out, or as that share of their sum."""
        import numpy as np

        others = np.ones(self.rows, dtype=bool)
        others[[row, *self.out]] = False
        others[:since] = False
        for column in self.figures.values():
            value, rest = column.figures[row], column.figures[others]
            if not np.isfinite(value):
                continue
            if not np.isfinite(rest).any() or not np.nanmax(rest) > 0:
                return False
            if value < (np.nanmax(rest) if share is None else share * np.nansum(rest)):
                return False
        return any(np.isfinite(column.figures[row]) for column in self.figures.values())


def _labelled(table: _Table, named: Sequence[TotalCandidate], ends: set[int], found: Found) -> None:
    """Decide on the rows with a label: by their sums, first without all of them, then without those decided."""
    open_ = list(named)
    below = _at_the_end(named, ends)
    for without in ([each.row for each in named], None):
        table.leave_out(list(found.totals) if without is None else without)
        told = {each.row: told for each in open_ if (told := _explained(table, each))}
        usual = _usual(table, open_, told)
        for each in list(open_):
            if each.row in told and (_label(table, each) in usual or _sure(table, each, told[each.row], ends)):
                found.totals[each.row] = table.cells[each.column][each.row]
                open_.remove(each)
    table.leave_out(list(found.totals))
    kept = []
    for each in open_:
        if _stands_alone(table, each, below):
            found.totals[each.row] = table.cells[each.column][each.row]
        elif each.kind == "alone" and each.column == min(table.cells):
            kept.append(each)
    often = Counter(_label(table, each) for each in kept)
    found.undecided += [each.row for each in kept if often[_label(table, each)] < FEWEST_SUMMANDS]
    table.leave_out(list(found.totals))


def _at_the_end(named: Sequence[TotalCandidate], ends: set[int]) -> set[int]:
    """The last rows, and rows with a label that only such rows follow: `Total`, `Mean`, `Median` in turn."""
    below = set(ends)
    for each in reversed(named):
        if each.row + 1 in below:
            below.add(each.row)
    return below


def _label(table: _Table, each: TotalCandidate) -> tuple[int, str]:
    """What makes candidates of one kind: the column, and the label where that has no words of its own."""
    return each.column, "" if each.kind == "within" else table.cells[each.column][each.row]


def _explained(table: _Table, each: TotalCandidate) -> SumEvidence | None:
    """How the figures of a row with a label are those of other rows; None where too few are."""
    if table.sums is None:
        return None
    told = table.sums.of(each.row, table.spans(each.row))
    if not (told.means if each.mean else told.sums) or told.explained * 2 < told.figures:
        return None
    return None if each.kind == "within" and told.explained < told.figures else told


def _usual(table: _Table, named: Sequence[TotalCandidate], told: Mapping[int, SumEvidence]) -> set[tuple[int, str]]:
    """The labels whose rows nearly all are sums: of some rows that may be chance, of most it is not."""
    all_, right = (Counter(_label(table, each) for each in some) for some in
                   (named, [each for each in named if each.row in told]))  # fmt: skip
    return {label for label, count in right.items() if count >= FEWEST_SUMMANDS and count >= USUAL * all_[label]}


def _sure(table: _Table, each: TotalCandidate, told: SumEvidence, ends: set[int]) -> bool:
    """Whether it is not by chance that a row with a label has the figures of other rows."""
    matched = told.means if each.mean else told.sums
    if each.kind == "certain" or (table.bare(each.row, each.column) and (each.kind == "alone" or told.rows > 1)):
        return True
    if told.rows >= CHANCE and matched > 1:
        return True
    wordless = not any(column in table.words for column in table.usual if column != each.column)
    edge = not ends or each.row == 0 or each.row in ends
    return each.kind == "alone" and wordless and edge and told.rows >= (2 if matched > 1 else CHANCE)


def _stands_alone(table: _Table, each: TotalCandidate, ends: set[int]) -> bool:
    """Whether a row with a label is no record by what is missing beside it."""
    beside = table.beside(each.row, each.column)
    if each.kind == "within":
        return False
    if not beside:
        return each.kind == "certain" or len(table.cells) > 1
    words = [column for column in beside if column in table.words]
    # A subtotal may have the day on which it was drawn beside it.
    if not all(each.kind == "certain" and DAY.fullmatch(table.cells[column][each.row]) for column in words):
        return False
    if each.kind == "certain":
        return True
    first = min(column for column in table.cells if table.cells[column][each.row])
    return (
        each.row in ends
        and first == each.column
        and (each.column in table.figures or table.bare(each.row, each.column) or table.largest(each.row, share=0.9))
    )


def _unlabelled(table: _Table, rows: Sequence[tuple[int, int]], found: Found) -> None:
    """Decide on the last rows of stretches that have no label; each with the start of its stretch."""
    for start, row in rows:
        table.leave_out([*found.totals, row])
        told = table.sums.of(row, table.spans(row), exact=True, least=FEWEST_SUMMANDS) if table.sums else None
        if told is None or not told.sums or told.sums < told.figures or not table.largest(row, start):
            continue
        if told.rows >= CHANCE and (told.sums > 1 or table.bare(row, None)):
            found.totals[row] = ""
    table.leave_out(list(found.totals))


def _may_sum(cells: Cells, start: int, row: int) -> bool:
    """By the few rows before it alone, whether some figure of a row is as large as their sum."""
    first = max(start, row - ROWS_BEFORE_LAST)
    if row - first < FEWEST_SUMMANDS:
        return False
    import numpy as np

    near = [texts[first : row + 1] for texts in cells.values() if any(map(str.isdigit, texts[row]))]
    columns = [column.figures for column in figures_of(near) if column]
    return any(values[-1] >= 0.99 * np.nansum(values[:-1]) > 0 for values in columns)
