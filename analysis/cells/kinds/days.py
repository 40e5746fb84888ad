"""Columns of dates: the years from each date to the reference date, which is stated or the table's own, never today.

Of a year alone, such as a year of birth, nobody knows the day. It counts at mid-year, which is right on average and
never wrong by more than half a year: born in 1984, on 2024-12-31 somebody is 40 to 41, 40.5 in the middle. From the
first of January everybody would be half a year too old. In the year of the reference date only its days so far count.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

import narwhals as nw

from analysis.cells.dates import EPOCH, DateFormat, as_before, days
from analysis.cells.dates import day as as_day
from analysis.cells.kinds.reading import AFTER, FINE, MISFIT, Reading, different, gap, looked_up
from analysis.cells.known import Known
from analysis.cells.latest import latest
from analysis.configuration.column import Column
from analysis.language import gettext_noop
from analysis.language.notes import Day, Note, note

YEAR = 365.2425
"""Days of a year in the Gregorian calendar."""
ISO = "yyyy-mm-dd"
MID_YEAR = gettext_noop(
    "“{column}” holds years only. Each counts from the middle of its year: ages and times are right on average and at "
    "most half a year off."
)
UNTIL_STATED = gettext_noop("Years were counted up to {day}, as stated in the configuration.")
UNTIL_EARLIER = gettext_noop("Years were counted up to {day}, as for the earlier table.")
UNTIL_LATEST = gettext_noop(
    "Years were counted up to {day}, the latest date. To use another day, set data.reference_date."
)
UNTIL_END_OF_YEAR = gettext_noop(
    "Years were counted up to {day}, the end of the latest year. To use another day, set data.reference_date."
)
BUT_FOR_FAR_DATES = gettext_noop(
    "Years were counted up to {day}, the latest date except for a few that are far later than all others. If those are "
    "right, set data.reference_date."
)
BUT_FOR_FAR_YEARS = gettext_noop(
    "Years were counted up to {day}, the end of the latest year except for a few that are far later than all others. "
    "If those are right, set data.reference_date."
)


class Own(NamedTuple):
    """The day up to which a table's own dates reach."""

    day: date
    beyond: bool
    """Whether others lie far beyond it."""
    whole_year: bool = False
    """Whether it is the end of the latest year, since nothing but years is known."""


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
    own = _latest(read, {place for place, form in forms.items() if form.yearly})
    until = reference or known.reference_date or own.day
    found = {}
    for place, (name, column) in columns.items():
        notes: tuple[Note, ...] = () if column.date_format else forms[place].remarks(name)
        notes += (note(MID_YEAR, column=name),) if forms[place].yearly else ()
        found[place] = replace(
            _reading((name, column), place, read[place], (forms[place], until)),
            dates=forms[place].pattern, notes=notes, stated=reference is not None,
        )  # fmt: skip
    if found:
        place = min(found)
        told = UNTIL_STATED if reference else UNTIL_EARLIER if known.reference_date else _until(own)
        counted = note(told, day=Day(until, stated=reference is not None))
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


def _latest(read: Mapping[int, Mapping[str, float | None]], yearly: Collection[int]) -> Own:
    """The latest date there is; any will do where there is none. Of columns of years (`yearly`), its last day."""
    known = {place: found for place, texts in read.items() if (found := latest(texts.values()))}
    reached = max((each.day for each in known.values()), default=EPOCH)
    beyond = any(each.beyond for each in known.values())
    # 1 January of a year alone says only that the table reaches into that year.
    dated = any(place not in yearly and each.day.year == reached.year for place, each in known.items())
    if dated or not known or not yearly:
        return Own(reached, beyond)
    return Own(date(reached.year, 12, 31), beyond, whole_year=True)


def _until(own: Own) -> str:
    if own.beyond:
        return BUT_FOR_FAR_YEARS if own.whole_year else BUT_FOR_FAR_DATES
    return UNTIL_END_OF_YEAR if own.whole_year else UNTIL_LATEST


def _elapsed(day: float, form: DateFormat, until: date) -> float:
    """Years from a day to `until`; from the middle of its year, as far as that has come, where only the year is known.

    `day` counts since 1970-01-01.
    """
    end = days(until)
    if form.yearly and day <= end:
        year = as_day(day).year
        day = (day + min(days(date(year, 12, 31)) + 1, end)) / 2
    return (end - day) / YEAR


def _reading(
    described: tuple[str, Column], place: int, read: Mapping[str, float | None], counted: tuple[DateFormat, date]
) -> Reading:
    """`counted`: how the dates are written, and the day up to which years count."""
    (name, column), (form, until) = described, counted
    numbers: dict[str, float | None] = {}
    faults = {}
    for text, number in read.items():
        numbers[text] = None if number is None else _elapsed(number, form, until)
        after = number is not None and number > days(until)
        lacking = number is None and form.lacks(text)
        faults[text] = gap(column) if lacking else MISFIT if number is None else AFTER if after else FINE
    value, fault = looked_up(place, numbers, faults, column)
    return Reading(name, column, value, fault, reference=until, misfit=gettext_noop("not a date"), expected="dates")
