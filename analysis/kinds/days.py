"""Columns of dates: the years from each date to the reference date, which is stated or the table's own, never today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import narwhals as nw

from analysis.configuration.column import Column
from analysis.dates import EPOCH, DateFormat, as_before, days
from analysis.kinds.reading import AFTER, FINE, MISFIT, Reading, different, gap, looked_up
from analysis.known import Known
from analysis.latest import Latest, latest

YEAR = 365.2425
"""Days of a year in the Gregorian calendar."""
ISO = "yyyy-mm-dd"


def since(
    cells: nw.LazyFrame[Any], columns: Mapping[int, tuple[str, Column]], reference: date | None, known: Known
) -> dict[int, Reading]:
    """The readings of the columns of dates, by their places.

    Years count up to `reference`, else to what is `known` of an earlier table, else to the latest date of all columns,
    unless that is a slip into the far future.
    """
    texts = {place: different(cells, place) for place in columns}
    forms = {place: _format(texts[place], *columns[place], known) for place in columns}
    read = {place: _days(texts[place], forms[place]) for place in columns}
    own = _latest(read)
    until = reference or known.reference_date or own.day
    found = {}
    for place, (name, column) in columns.items():
        notes = () if column.date_format else forms[place].remarks(name)
        found[place] = replace(
            _reading((name, column), place, read[place], (forms[place], until)), dates=forms[place].pattern, notes=notes
        )
    if found:
        place = min(found)
        why = "as stated" if reference else "as for the earlier table" if known.reference_date else _why(own)
        counted = f"Years were counted up to {until.isoformat()}, {why}."
        found[place] = replace(found[place], notes=(counted, *found[place].notes))
    return found


def _format(texts: list[str], name: str, column: Column, known: Known) -> DateFormat:
    """As stated, or as the cells and an earlier table tell; nothing fits a column without dates."""
    if column.date_format:
        return DateFormat.named(column.date_format)
    return as_before(texts, known.dates.get(name)) or DateFormat(ISO)


def _days(texts: list[str], form: DateFormat) -> dict[str, float | None]:
    """Text → days since 1970-01-01; None where it is no date."""
    import pandas as pd  # noqa: PLC0415 (loaded by whoever read the table)

    frame = nw.from_native(pd.DataFrame({"text": texts}, dtype=str))
    read = frame.select(form.expression(nw.col("text")))["text"].to_native()
    return {text: None if pd.isna(number) else float(number) for text, number in zip(texts, read, strict=True)}


def _latest(read: Mapping[int, Mapping[str, float | None]]) -> Latest:
    """The latest date there is; any will do where there is none."""
    known = [found for texts in read.values() if (found := latest(texts.values()))]
    return Latest(max((each.day for each in known), default=EPOCH), any(each.beyond for each in known))


def _why(own: Latest) -> str:
    if own.beyond:
        return (
            "the latest date but for a few that lie far beyond all others; state data.reference_date if they are right"
        )
    return "the latest date; state data.reference_date for another day"


def _reading(
    described: tuple[str, Column], place: int, read: Mapping[str, float | None], counted: tuple[DateFormat, date]
) -> Reading:
    """`counted`: how the dates are written, and the day up to which years count."""
    (name, column), (form, until) = described, counted
    numbers: dict[str, float | None] = {}
    faults = {}
    for text, number in read.items():
        numbers[text] = None if number is None else (days(until) - number) / YEAR
        after = number is not None and number > days(until)
        lacking = number is None and form.lacks(text)
        faults[text] = gap(column) if lacking else MISFIT if number is None else AFTER if after else FINE
    value, fault = looked_up(place, numbers, faults, column)
    return Reading(name, column, value, fault, reference=until, misfit="not a date", expected="dates")
