"""What every kind of column shares: an expression for the value, one for the fault, and the faults in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import narwhals as nw

from analysis.cells.numerals import LARGEST, MISSING_NUMBER, Decimal
from analysis.configuration.column import Column
from analysis.language import gettext_noop
from analysis.language.notes import Day, Figure, Note, note

FINE, MISSING_VALUE, MISFIT, UNBOUNDED, TOO_LOW, TOO_HIGH, AFTER = range(7)
"""A cell's faults; `MISFIT` is what is no number, no date, no level or no answer."""
OTHER_CURRENCY, NO_CURRENCY, TWO_CURRENCIES = 7, 8, 9
"""Faults of a row whose money cannot be counted; no code may have two digits (`analysis.customers.judge`)."""
REASONS = {
    MISSING_VALUE: gettext_noop("missing value"),
    MISFIT: gettext_noop("not a number"),
    UNBOUNDED: gettext_noop("infinite, or beyond 10¹⁵"),
    TOO_LOW: gettext_noop("below the minimum, {minimum}"),
    TOO_HIGH: gettext_noop("above the maximum, {maximum}"),
    AFTER: gettext_noop("after the reference date, {reference}"),
    OTHER_CURRENCY: gettext_noop("in another currency"),
    NO_CURRENCY: gettext_noop("no currency, where others have several"),
    TWO_CURRENCIES: gettext_noop("its sign and its currency differ"),
}
NO_IDENTIFIER = gettext_noop("missing identifier")
IMPUTED = frozenset({"median", "most_frequent"})
"""Policies by which a missing value is given one."""
KEPT = IMPUTED | {"unknown"}
"""Policies by which a row without a value stays."""


@dataclass(frozen=True, eq=False)
class Reading:
    """How one column is read: an expression for the value, and one for the number of the fault (0: none).

    `value` is written over the cells, `fault` over the cells and the values. A value that is to be imputed is null and
    no fault.
    """

    name: str
    column: Column
    value: nw.Expr
    fault: nw.Expr
    notes: tuple[Note, ...] = ()
    decimal: Decimal | None = None
    """The decimal sign of its figures; None where none has any."""
    dates: str | None = None
    """How its dates are written; None where it holds none."""
    reference: date | None = None
    """The day up to which its years count."""
    stated: bool = False
    """Whether the configuration states that day."""
    misfit: str = REASONS[MISFIT]
    expected: str = "numbers"
    common: bool = True
    """Whether no word beside its figures, such as k or CR, changes what they are worth."""

    def reason(self, fault: int) -> Note:
        """The fault in words; never with a cell's content."""
        if self.column.role == "id":
            return note(NO_IDENTIFIER)
        if fault == MISFIT:
            return note(self.misfit)
        if fault == TOO_LOW and self.column.minimum is not None:
            return note(REASONS[fault], minimum=Figure(self.column.minimum))
        if fault == TOO_HIGH and self.column.maximum is not None:
            return note(REASONS[fault], maximum=Figure(self.column.maximum))
        if fault == AFTER and self.reference is not None:
            return note(REASONS[fault], reference=Day(self.reference, stated=self.stated))
        return note(REASONS[fault])


def cell(place: int) -> str:
    """Name of a column of trimmed text: a customer's column may be called anything, so rows have neutral names."""
    return f"cell{place}"


def value(place: int) -> str:
    """Name of a column of values."""
    return f"value{place}"


def gap(column: Column) -> int:
    """Whether a missing value is a fault of its row."""
    return FINE if column.policy in KEPT else MISSING_VALUE


def says_nothing(text: str) -> bool:
    """Whether a trimmed cell says that there is no value."""
    return text.lower() in MISSING_NUMBER


def first(faults: list[tuple[nw.Expr, int]], otherwise: nw.Expr | None = None) -> nw.Expr:
    """The number of the first fault whose condition holds."""
    code: nw.Expr = nw.lit(FINE) if otherwise is None else otherwise
    for condition, fault in reversed(faults):
        code = nw.when(condition).then(nw.lit(fault)).otherwise(code)
    return code


def beyond(column: Column, place: int) -> list[tuple[nw.Expr, int]]:
    """The faults of a number that is too far out."""
    number = nw.col(value(place))
    faults = [(number.abs() > LARGEST, UNBOUNDED)]
    if column.minimum is not None:
        faults.append((number < column.minimum, TOO_LOW))
    if column.maximum is not None:
        faults.append((number > column.maximum, TOO_HIGH))
    return faults


def different(cells: nw.LazyFrame[Any], place: int) -> list[str]:
    """The different texts of a column; many rows share few of them, so each is read once."""
    return sorted(str(text) for text in cells.select(cell(place)).unique().collect()[cell(place)].to_list())


def looked_up(
    place: int, numbers: Mapping[str, float | None], faults: Mapping[str, int], column: Column
) -> tuple[nw.Expr, nw.Expr]:
    """Value and fault of a column of which every different text has been read."""
    text = nw.col(cell(place))
    number = text.replace_strict(dict(numbers), return_dtype=nw.Float64)
    return number, first(beyond(column, place), text.replace_strict(dict(faults), return_dtype=nw.Int64))
