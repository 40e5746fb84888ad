"""Dates that programs write as one number: Excel's days since 1900 or 1904, and seconds since 1970 and their parts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import narwhals as nw

from analysis.language import gettext_noop

PLAIN = r"^-?[0-9]{1,19}(?:[.,][0-9]+)?$"
WRAPPING = r"^/Date\(|(?:[-+][0-9]{4})?\)/$"
"""What .NET writes around milliseconds: `/Date(1705312800000+0100)/`."""
FURTHEST = (date(9999, 12, 31) - date(1970, 1, 1)).days
"""Days since 1970 of the last date that there is."""
OLDEST = (date(1850, 1, 1) - date(1970, 1, 1)).days
"""Days since 1970 of the first date that numbers may stand for."""
EARLIEST, LATEST = (date(1970, 1, 1) - date(1970, 1, 1)).days, (date(2049, 12, 31) - date(1970, 1, 1)).days
"""Days between which numbers can be the dates of a business, whatever the clock says."""
BIRTHS = (date(1910, 1, 1) - date(1970, 1, 1)).days
"""Days since 1970 of the oldest customer's birth."""
LEAST_SECONDS = 100
"""Days on either side of 1970 whose seconds are too small to be told from other numbers."""
LONGEST = 40
"""Characters of the longest number with what may be around it."""
FIRST_SECONDS = (date(1980, 1, 1) - date(1970, 1, 1)).days
"""Days from which seconds count: those of earlier years are so small that any number would be one."""


@dataclass(frozen=True)
class Serial:
    """How numbers count time."""

    a_day: float
    """Units of a day."""
    offset: int
    """Days since 1970-01-01 of the number nought."""
    first: int
    """Days since 1970-01-01 from which a column's numbers are taken for dates without being told to be."""
    meaning: str

    def days(self, number: float) -> float:
        """Days since 1970-01-01, with the part of the day that has passed."""
        return number / self.a_day + self.offset

    def could_be(self, number: float, *, births: bool = False) -> bool:
        """Whether a number is a date of a business, or the day of a customer's birth."""
        days = self.days(number)
        telling = self.a_day == 1 or abs(days) > LEAST_SECONDS
        return (BIRTHS if births else self.first) <= days < LATEST + 1 and telling


# In the order of preference where numbers could be several of them; only those of Excel overlap.
NUMBERED: dict[str, Serial] = {
    "excel-1900": Serial(
        1,
        -25_569,
        EARLIEST,
        gettext_noop(
            "days since 1900, as in Excel. If the workbook counts from 1904, as old Mac workbooks do, set date_format: "
            "excel-1904"
        ),
    ),
    "excel-1904": Serial(1, -24_107, EARLIEST, gettext_noop("days since 1904, as in old Excel workbooks of the Mac")),
    "epoch-seconds": Serial(86_400, 0, FIRST_SECONDS, gettext_noop("seconds since 1970")),
    "epoch-milliseconds": Serial(86_400e3, 0, FIRST_SECONDS, gettext_noop("milliseconds since 1970")),
    "epoch-microseconds": Serial(86_400e6, 0, FIRST_SECONDS, gettext_noop("microseconds since 1970")),
    "epoch-nanoseconds": Serial(86_400e9, 0, FIRST_SECONDS, gettext_noop("nanoseconds since 1970")),
}


def serial_days(text: nw.Expr, serial: Serial) -> nw.Expr:
    """Whole days since 1970-01-01 as Float64; null where a trimmed cell is no such number, or no date there is."""
    bare = text.str.replace_all(WRAPPING, "")
    plain = nw.when(bare.str.contains(PLAIN)).then(bare.str.replace_all(",", ".", literal=True)).otherwise(None)
    number = plain.cast(nw.Float64)
    days = (number / serial.a_day + serial.offset).floor()
    # Nought and −1 stand where there is no date.
    known = (number != 0) & (number != -1) & (days >= OLDEST) & (days <= FURTHEST)
    return nw.when(known).then(days).otherwise(None)


def likeliest(texts: Iterable[str], least: float, *, births: bool = False) -> str | None:
    """The name of the count by which most of the texts are dates of a business; None at the share `least` or below."""
    known = list(texts)
    numbers = [number for text in known if (number := _number(text)) is not None]
    inside = {
        name: sum(serial.could_be(number, births=births) for number in numbers) for name, serial in NUMBERED.items()
    }
    best = max(inside, key=lambda name: inside[name])
    return best if inside[best] > len(known) * least else None


def is_wrapped(text: str) -> bool:
    """Whether a text can be nothing but a date of a program, as .NET writes it."""
    return text.startswith("/Date(")


def _number(text: str) -> float | None:
    bare = re.sub(WRAPPING, "", text[:LONGEST])
    return float(bare.replace(",", ".")) if re.match(PLAIN, bare) else None
