"""Rows of the header's width that are no records: totals, repeated headers, footers, headings of groups, rules.

They are found among the cells that are read anyway and the first columns, a file at a time; where some row may be
one, further columns of the file are looked at before it is set aside. See `analysis.reading.text.totals` for what is
a total.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.headers.headers import loose
from analysis.language import gettext_noop, ngettext_noop
from analysis.language.notes import Note, RowNumbers, Rows, Several, note
from analysis.reading.text.footers import (
    FOOTED,
    FOOTER,
    HEADING,
    PROSE,
    REASONS,
    REPEATED,
    RULE,
    RULED,
    TOTAL,
    no_record,
)
from analysis.reading.text.totals import Cells, Found, TotalCandidate, candidates, totals

if TYPE_CHECKING:
    from numpy import int64
    from numpy.typing import NDArray

# Numpy is already loaded with the rows.
# ruff: noqa: PLC0415

SET_ASIDE = gettext_noop("Rows that are not customer records were set aside: {reasons}.")
FIRST = 3
"""Columns at the left that are looked at though nobody described them: labels stand there."""
FURTHER = 40
"""Columns that are looked at besides, where some row may be no record."""
BELOW = 10
"""Rows from the end in which footers are looked for."""
MOST_LOOKED_AT = 1_000
ALIKE = 0.8
"""Share of a row's cells that repeat the columns' names, from which it is a header."""


@dataclass(frozen=True, eq=False)
class NumberedRows:
    """The rows of one file: their trimmed cells by position, their numbers, and the numbers of those set aside."""

    header: Sequence[str]
    cells: Cells
    numbers: NDArray[int64]
    ragged: frozenset[int]
    ordered: bool
    """Whether they stand in the order in which they were written."""
    further: Callable[[], Cells]
    """More columns, read when they are asked for."""


@dataclass(frozen=True)
class Apart:
    """Rows that are no records, by number with their reason, and those that were kept though they look like totals."""

    rows: tuple[tuple[int, str], ...]
    undecided: tuple[int, ...]


def apart(rows: NumberedRows) -> Apart:
    """The rows that are no records."""
    count = len(rows.numbers)
    if not count or len(rows.header) < 2:
        return Apart((), ())
    found = dict.fromkeys(_repeated(rows), REPEATED)
    named = candidates(rows.cells)
    alone = _alone(rows)
    ends = _ends(rows)
    doubtful = any(each.kind != "within" for each in named) or any(
        row >= count - BELOW or no_record([texts[row] for texts in rows.cells.values()]) for row in alone
    )
    cells = dict(rows.cells)
    if doubtful and len(cells) < len(rows.header):
        cells |= rows.further()
    found |= _footers(cells, alone, ends, rows.ordered)
    summed = _totals(cells, named, found, ends if rows.ordered else [])
    found |= dict.fromkeys(summed.totals, TOTAL) | _headings(cells, alone, summed)
    told = tuple((int(rows.numbers[row]), found[row]) for row in sorted(found))
    return Apart(told, tuple(int(rows.numbers[row]) for row in sorted(summed.undecided)))


def notes(set_aside: Sequence[tuple[int, str]], undecided: Sequence[int]) -> list[Note]:
    """What was set aside as no record, by row numbers, and what was not."""
    by_reason = {reason: tuple(row for row, why in set_aside if why == reason) for reason in REASONS}
    parts = tuple(_counted(reason, rows) for reason, rows in by_reason.items() if rows)
    said = [note(SET_ASIDE, reasons=Several(parts))] if parts else []
    return [*said, _kept(tuple(undecided))] if undecided else said


def _counted(reason: str, rows: tuple[int, ...]) -> Note:
    return note(
        ngettext_noop("{rows} × {reason} (row {numbers})", "{rows} × {reason} (rows {numbers})"),
        public="{reason}",
        rows=Rows(len(rows)),
        reason=note(reason),
        numbers=RowNumbers(rows),
    )


def _kept(rows: tuple[int, ...]) -> Note:
    return note(
        ngettext_noop(
            "Row {numbers} is named like a total, but its figures are not the sum of other rows, so it was kept. If it "
            "is no customer, delete it from the table.",
            "Rows {numbers} are named like totals, but their figures are not the sums of other rows, so they were "
            "kept. If they are no customers, delete them from the table.",
        ),
        public=gettext_noop(
            "Some rows are named like totals, but their figures are not the sums of other rows, so they were kept. If "
            "they are no customers, delete them from the table."
        ),
        count=Rows(len(rows)),
        numbers=RowNumbers(rows),
    )


def _repeated(rows: NumberedRows) -> list[int]:
    """The rows that say the columns' names again."""
    titles = {place: loose(rows.header[place]) for place in rows.cells if rows.header[place].strip()}
    if len(titles) < 2:
        return []
    first = next(iter(titles))
    start = rows.header[first].strip()[:1].casefold()
    near = [row for row, cell in enumerate(rows.cells[first]) if cell[:1].casefold() == start]
    some = [row for row in near if _says(rows.cells[first][row], titles[first])] if near else []
    least = max(2, ALIKE * len(titles))
    return [row for row in some if sum(_says(rows.cells[at][row], title) for at, title in titles.items()) >= least]


def _says(cell: str, title: str) -> bool:
    """Whether a cell is a column's name, or the end of one that a group was put before."""
    own = loose(cell) if len(cell) < 2 * len(title) + 8 else ""
    return bool(own) and (own == title or (len(own) > 1 and title.endswith(own)))


def _alone(rows: NumberedRows) -> list[int]:
    """The rows with something in one column only, or a rule in all; of many such only those at the end."""
    import numpy as np

    filled = sum(np.fromiter(map(bool, texts), dtype=np.int64, count=len(texts)) for texts in rows.cells.values())
    few = np.flatnonzero(filled == 1) if len(rows.cells) > 1 else np.array([], dtype=np.int64)
    end = len(rows.numbers) - BELOW
    if len(few) > MOST_LOOKED_AT:
        few = few[few >= end]
    ruled = [row for row in (0, len(rows.numbers) - 1) if RULE.fullmatch(next(iter(rows.cells.values()))[row] or "x")]
    # A footer may have a second cell: “Rows:” | 24.
    pairs = [row for row in np.flatnonzero(filled == 2) if row >= end] if len(rows.header) > 3 else []
    return sorted({*map(int, few), *ruled, *map(int, pairs)})


def _ends(rows: NumberedRows) -> list[int]:
    """The last row, and those that a blank one follows."""
    import numpy as np

    gaps = np.flatnonzero(np.diff(rows.numbers) > 1)
    return [
        *(
            int(row)
            for row in gaps
            if any(number not in rows.ragged for number in range(rows.numbers[row] + 1, rows.numbers[row + 1]))
        ),
        len(rows.numbers) - 1,
    ]


def _footers(cells: Cells, alone: Sequence[int], ends: Sequence[int], ordered: bool) -> dict[int, str]:  # noqa: FBT001
    """The rows of one cell or two that say something of the table."""
    count = len(next(iter(cells.values())))
    after, found = {end + 1 for end in ends}, dict[int, str]()
    for row in alone:
        filled = [texts[row] for texts in cells.values() if texts[row]]
        below = ordered and row >= count - BELOW
        reason = no_record(filled)
        if reason == RULED or (len(filled) == 1 and reason not in {None, TOTAL}):
            found[row] = str(reason)
        elif below and (_pair(filled) or ((row in after or row - 1 in found) and _sentence(cells, row))):
            found[row] = FOOTER
    return found


def _pair(filled: Sequence[str]) -> bool:
    """Whether two cells say what a footer says in one: “Rows:” | 24."""
    return len(filled) == 2 and bool(FOOTED.fullmatch(" ".join(filled)))


def _sentence(cells: Cells, row: int) -> bool:
    """Whether the only cell of a row reads like a sentence, where no other of its column has as many words."""
    own = [texts for texts in cells.values() if texts[row]]
    if len(own) != 1:
        return False
    words = len(own[0][row].split())
    others = own[0][max(0, row - 200) : row]
    return words >= PROSE and all(len(text.split()) < words for text in others)


def _totals(cells: Cells, named: Sequence[TotalCandidate], known: Mapping[int, str], ends: Sequence[int]) -> Found:
    """The totals among the rows that are not yet known to be no records; these take part in no sum."""
    if not known:
        return totals(cells, named, ends)
    count = len(next(iter(cells.values())))
    kept = [row for row in range(count) if row not in known]
    place = {row: at for at, row in enumerate(kept)}
    below = [max((at for row in range(end, end - BELOW, -1) if (at := place.get(row)) is not None), default=None)
             for end in ends]  # fmt: skip
    left = {column: [texts[row] for row in kept] for column, texts in cells.items()}
    here = [TotalCandidate(place[each.row], each.kind, each.column, each.mean) for each in named if each.row in place]
    found = totals(left, here, sorted({at for at in below if at is not None})) if kept else Found()
    return Found({kept[at]: label for at, label in found.totals.items()}, [kept[at] for at in found.undecided])


def _headings(cells: Cells, alone: Sequence[int], summed: Found) -> dict[int, str]:
    """Rows of a single cell over a group whose total names it: `North` … `Total North`."""
    said = {f" {label.casefold()} " for label in summed.totals.values() if label}
    found = {}
    for row in alone if said else ():
        filled = [texts[row] for texts in cells.values() if texts[row]]
        if row not in summed.totals and len(filled) == 1 and any(f" {filled[0].casefold()} " in each for each in said):
            found[row] = HEADING
    return found
