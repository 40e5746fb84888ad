"""What did not happen does not count: rows left out by what became of an order, a payment or a deal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw

from analysis.cells.kinds.readings import cell
from analysis.configuration.transactions import Status, same_word
from analysis.customers.customers import Entry
from analysis.customers.expectations import ROW, Unfit
from analysis.language import gettext_noop
from analysis.language.notes import Note, note

FILLED = gettext_noop("does not count: filled")
_WORD = "word"
SHOWN = 3
LONGEST = 40
"""Characters of a status that a message repeats; what is longer is none."""


@dataclass(frozen=True, eq=False)
class CountedLines:
    """The rows that count, those that do not, and what could not be decided."""

    cells: nw.LazyFrame[Any]
    aside: list[Entry]
    problems: list[Unfit]


def counted(name: str, cells: nw.LazyFrame[Any], statuses: Sequence[Status], places: Mapping[str, int]) -> CountedLines:
    """The rows that count by every one of these columns; `name` is the table's, for messages."""
    found = CountedLines(cells, [], [])
    for status in statuses:
        each = _by(name, found.cells, status, cell(places[status.column]))
        found = CountedLines(each.cells, [*found.aside, *each.aside], [*found.problems, *each.problems])
    return found


def _by(name: str, cells: nw.LazyFrame[Any], status: Status, column: str) -> CountedLines:
    words = [str(each) for each in cells.select(column).unique().collect()[column].to_list()]
    counts, left = ({same_word(each) for each in listed} for listed in (status.counts, status.leave_out))
    forms = {each: same_word(each) for each in words}
    left_out = {each for each, form in forms.items() if form in left or (not left and form not in counts)}
    unknown = sorted(each for each, form in forms.items() if counts and left and form not in counts | left)
    kept = cells.filter(~nw.col(column).is_in(sorted(left_out)))
    gone = cells.filter(nw.col(column).is_in(sorted(left_out))).select(ROW, nw.col(column).alias(_WORD)).collect()
    # Where only empty cells count, the others are dates and the like, which no reason repeats.
    filled = counts == {""} and not left
    reasons = {each: note(FILLED) if filled else _uncounted(forms[each]) for each in left_out}
    aside: list[Entry] = [(int(row), status.column, reasons[word]) for row, word in gone.iter_rows()]
    return CountedLines(kept, aside, _asked(name, status.column, unknown))


def _asked(name: str, column: str, unknown: list[str]) -> list[Unfit]:
    if not unknown:
        return []
    more = ", …" if len(unknown) > SHOWN else ""
    words = ", ".join(_shown(each) for each in unknown[:SHOWN]) + more
    return [
        Unfit(
            column,
            f"{name}: the column “{column}” says {words}, which neither list under transactions.status names; add "
            "each to counts or to leave_out.",
        )
    ]


def _uncounted(word: str) -> Note:
    """Why a row with this status is left out."""
    if not word:
        return note(gettext_noop("does not count: empty"))
    if len(word) > LONGEST:
        return note(gettext_noop("does not count: a longer text"))
    return note(gettext_noop("does not count: “{word}”"), word=word)


def _shown(word: str) -> str:
    if not word:
        return 'nothing (write "")'
    return f"“{word}”" if len(word) <= LONGEST else "a longer text"
