"""What did not happen does not count: rows left out by what became of an order, a payment or a deal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import narwhals as nw

from analysis.columns import cell
from analysis.configuration.transactions import Status, same_word
from analysis.customers import Entry
from analysis.expectations import ROW, Unfit

_WORD = "word"
SHOWN = 3
LONGEST = 40
"""Characters of a status that a message repeats; what is longer is none."""


@dataclass(frozen=True, eq=False)
class Counted:
    """The rows that count, those that do not, and what could not be decided."""

    cells: nw.LazyFrame[Any]
    aside: list[Entry]
    problems: list[Unfit]


def counted(name: str, cells: nw.LazyFrame[Any], status: Status | None, places: Mapping[str, int]) -> Counted:
    """The rows by their status; `name` is the table's, for messages."""
    if status is None:
        return Counted(cells, [], [])
    column = cell(places[status.column])
    words = [str(each) for each in cells.select(column).unique().collect()[column].to_list()]
    counts, left = ({same_word(each) for each in words_} for words_ in (status.counts, status.leave_out))
    forms = {each: same_word(each) for each in words}
    left_out = {each for each, form in forms.items() if form in left or (not left and form not in counts)}
    unknown = sorted(each for each, form in forms.items() if counts and left and form not in counts | left)
    kept = cells.filter(~nw.col(column).is_in(sorted(left_out)))
    gone = cells.filter(nw.col(column).is_in(sorted(left_out))).select(ROW, nw.col(column).alias(_WORD)).collect()
    reasons = {each: f"does not count: {_shown(forms[each])}" for each in left_out}
    aside: list[Entry] = [(int(row), status.column, reasons[word]) for row, word in gone.iter_rows()]
    return Counted(kept, aside, _asked(name, status.column, unknown))


def _asked(name: str, column: str, unknown: list[str]) -> list[Unfit]:
    if not unknown:
        return []
    more = ", …" if len(unknown) > SHOWN else ""
    words = ", ".join(_shown(each) for each in unknown[:SHOWN]) + more
    return [
        Unfit(
            column,
            f"{name}: the column “{column}” says {words}, and neither list under transactions.status has it; add each to "
            "counts or to leave_out.",
        )
    ]


def _shown(word: str) -> str:
    if not word:
        return 'nothing (write "")'
    return f"“{word}”" if len(word) <= LONGEST else "a longer text"
