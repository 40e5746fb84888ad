"""Rows of a ledger that hold what a customer owed before, and no purchase: `Opening balance`, `Saldovortrag`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analysis.columns.appearance import Look
from analysis.proposal.judgement import Judgement
from analysis.proposal.row_worth import WorthRows
from analysis.proposal.status_told import does_not_count
from analysis.reading.text.total_words import is_carried


def carried(rows: WorthRows, free: Sequence[Look]) -> Iterator[Judgement]:
    """The columns of text in which some rows are named a balance, each with the words to leave out."""
    for look in free:
        if look.numeric or look.dates:
            continue
        if words := [word for word in rows.words(look.header) if is_carried(word)]:
            settings: dict[str, object] = {"column": look.header, "leave_out": words, "of": "row"}
            yield Judgement(settings, (does_not_count(rows, look.header, words),))
