"""Rows of totals that only a column which nobody needs otherwise names: the site that is proposed must read it too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from analysis.proposal.purchases import ProposedPurchases
from analysis.reading.sources.opened import Opened
from analysis.reading.table import Table
from analysis.reading.text.footers import TOTAL
from analysis.reading.text.no_records import FIRST
from analysis.reading.text.total_words import kind_of_total

LABELS_LISTED = 5
"""Labels that a list names."""


def with_total_rows(bought: ProposedPurchases, opened: Opened, table: Table) -> ProposedPurchases:
    """With an entry under `status` for rows of totals that the columns proposed do not show.

    All columns were read for the proposal; a build reads those that are described, and the first.
    """
    numbers = {row for row, reason in table.set_aside if reason == TOTAL}
    if not numbers or (found := _labels(opened, numbers)) is None:
        return bought
    place, labels = found
    header = opened.header[place]
    entry = {"column": header, "leave_out": labels, "of": "row"}
    if place < FIRST or header in _named(bought.settings):
        return bought
    stated = bought.settings.get("status")
    status = [*stated, entry] if isinstance(stated, list) else [stated, entry] if stated else entry
    return replace(bought, settings={**bought.settings, "status": status})


def _labels(opened: Opened, numbers: set[int]) -> tuple[int, list[str]] | None:
    """The column in which all of these rows are named totals, with what stands there."""
    places = range(len(opened.header))
    records = opened.rows(list(places))
    at = [index for index, number in enumerate(records.row_numbers) if int(number) in numbers]
    for place in places:
        labels = sorted({str(records.cells[place][index]).strip() for index in at})
        if len(labels) <= LABELS_LISTED and all(kind_of_total(label) for label in labels):
            return place, labels
    return None


def _named(settings: Mapping[str, object]) -> set[str]:
    """The columns that a configuration reads."""
    found: set[str] = set()
    for value in settings.values():
        for each in value if isinstance(value, list) else [value]:
            found.add(str(each["column"] if isinstance(each, dict) else each))
    return found
