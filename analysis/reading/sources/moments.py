"""Numbers that statistics programs show as dates: each program counts from a day of its own, in a unit of its own.

SPSS counts seconds from 14 October 1582; Stata counts from 1 January 1960 in the unit that the format names (days,
milliseconds, weeks, months, quarters, half-years); SAS counts days, or seconds for moments, from the same day.
Durations stay figures, in seconds: read as times of the day they would lose whole days.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from analysis.reading.sources.cells import text_of

Writer = Callable[[float], str]
Found = tuple[Writer, str | None] | None
"""How a number of a format is written as text, and the unit of a duration; None for a plain figure."""

SPSS_DAY = dt.datetime(1582, 10, 14)  # noqa: DTZ001 (none of the formats knows of a time zone)
OTHERS_DAY = dt.datetime(1960, 1, 1)  # noqa: DTZ001 (as above)
SPSS_DATES = {"DATE", "ADATE", "EDATE", "JDATE", "SDATE", "MOYR", "QYR", "WKYR"}
SPSS_MOMENTS = {"DATETIME", "YMDHMS"}
SPSS_TIMES = {"TIME", "DTIME", "MTIME"}
SAS_DATES = re.compile(
    r"(?:DATE|DAY|DDMMYY[BCDNPS]?|MMDDYY[BCDNPS]?|YYMMDD[BCDNPS]?|WEEKDAT[EX]|WORDDAT[EX]|JULIAN|JULDAY|NENGO|MINGUO"
    r"|MONYY|YYMM[CDNPS]?|MMYY[CDNPS]?|YYMON|YYQR?[CDNPS]?|YEAR|[BE]8601DA|IS8601DA|NLDATE)"
)
SAS_MOMENTS = re.compile(
    r"(?:DATETIME|DATEAMPM|MDYAMPM|DTDATE|DTMONYY|DTYEAR|DTYYQC|DTWKDATX|[BE]8601D[NTZX]|IS8601DT)"
)
SAS_TIMES = re.compile(r"(?:TIME|TIMEAMPM|TOD|HHMM|HOUR|MMSS|[BE]8601T[MZ]|IS8601TM)")
SAS_FIGURES = re.compile(
    r"(?:BEST[DX]?|F|COMMAX?|DOLLARX?|EUROX?|PERCENTN?|[DEZ]|NEGPAREN|NUMX|HEX|ROMAN|WORD[FS]|CHAR|BINARY|OCTAL|S?P?[IR]B"
    r"|PD|ZD|NL\w+|SSN|P?VALUE|PVALUE|FRACT|UPCASE|QUOTE|VARYING|REVERS[JS]?|MONTH|MONNAME|QTRR?|DOWNAME|WEEK[UVW]?|WEEKDAY)?"
)
STATA = re.compile(r"%-?(?:t(?P<unit>[cCdwmqh])|d)(?P<shown>.*)")
CLOCK = re.compile(r"(?:hh|\.?hh?)[:.]?mm(?:[:.]?ss(?:\.s+)?)?(?:[_ ]*a\.?m\.?)?", re.IGNORECASE)
"""A Stata format that shows hours and minutes and no day."""
STEPS = {"w": 52, "m": 12, "q": 4, "h": 2}
"""How many of Stata's units make a year; its weeks begin anew with every year, and the last of them is longer."""


def spss_writer(shown: str) -> Found:
    """Of a format of SPSS: days and moments alike are seconds."""
    name = _name(shown)
    if name in SPSS_TIMES:
        return text_of, "seconds"
    return (_spss_moment, None) if name in SPSS_DATES | SPSS_MOMENTS else None


def sas_writer(shown: str) -> Found:
    """Of a format of SAS."""
    name = _name(shown)
    if SAS_TIMES.fullmatch(name):
        return text_of, "seconds"
    if SAS_DATES.fullmatch(name):
        return _day, None
    return (_moment, None) if SAS_MOMENTS.fullmatch(name) else None


def labels_elsewhere(shown: str) -> bool:
    """Whether a SAS format is none of SAS's own, so that the labels of its codes stand in a catalogue."""
    name = _name(shown).removeprefix("$")
    return not any(own.fullmatch(name) for own in (SAS_DATES, SAS_MOMENTS, SAS_TIMES, SAS_FIGURES))


def _name(shown: str) -> str:
    return re.sub(r"\d*(?:\.\d*)?$", "", shown.upper())


def stata_writer(shown: str) -> Found:
    """Of a format of Stata."""
    found = STATA.fullmatch(shown)
    if not found:
        return None
    unit = found["unit"] or "d"
    if unit in STEPS:
        return (lambda number: _period(number, STEPS[unit])), None
    if unit == "d":
        return _day, None
    if CLOCK.fullmatch(found["shown"]):
        return (lambda number: text_of(number / 1000)), "seconds"
    return (lambda number: _moment(number / 1000)), None


def _spss_moment(seconds: float) -> str:
    return _since(SPSS_DAY, 0, seconds)


def _day(days: float) -> str:
    return _since(OTHERS_DAY, days, 0)


def _moment(seconds: float) -> str:
    return _since(OTHERS_DAY, 0, seconds)


def _since(first: dt.datetime, days: float, seconds: float) -> str:
    """ISO text, without the time where it is midnight; what no calendar holds stays the number that it is."""
    try:
        moment = first + dt.timedelta(days=days, seconds=seconds)
    except (OverflowError, ValueError):
        return text_of(days or seconds)
    return moment.isoformat(sep=" ") if moment.time() != dt.time() else moment.date().isoformat()


def _period(number: float, steps: int) -> str:
    """The first day of a week, month, quarter or half-year."""
    years, step = divmod(int(number), steps)
    try:
        first = dt.date(1960 + years, 1, 1)
    except (OverflowError, ValueError):
        return text_of(number)
    if steps == STEPS["w"]:
        return (first + dt.timedelta(weeks=step)).isoformat()
    return first.replace(month=1 + step * (12 // steps)).isoformat()
