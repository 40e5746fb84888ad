"""Dates as people write them: `2024-01-31`, `31.01.24`, `1/31/2024 8:26 PM`, `31-Jan-2024`, read by one expression.

Dates that programs write as one number (Excel's days, seconds since 1970) are formats too: see
`analysis.cells.serials`.

A format holds for a whole column: the dates that can only be read one way (the 31st is no month) decide for those
that could be read both ways. A time of day and its zone may stand behind; the day counts as it is written. The
patterns are plain enough for every engine's regular expressions, and match no date that does not exist.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

import narwhals as nw

from analysis.cells.month_names import LETTERS, NAMES
from analysis.cells.numerals import MISSING_NUMBER
from analysis.cells.serials import NUMBERED, Serial, likeliest, serial_days
from analysis.configuration.date_pattern import TOKEN, date_pattern, parts
from analysis.language import gettext_noop
from analysis.language.notes import Note, note

SERIAL = gettext_noop("The numbers in “{column}” were read as dates: {meaning}.")
AMBIGUOUS = gettext_noop(
    "Dates in “{column}” can be read in several orders. They were read as {pattern}. If that is wrong, set date_format."
)
MONTHLY = gettext_noop(
    "Dates in “{column}” are months. Each counts from its first day, so recency is exact to the month."
)
TWO_DIGITS = gettext_noop("Two-digit years in “{column}” were read as {first} to {last}.")
EPOCH = date(1970, 1, 1)
FIRST_YEAR = 1950
"""Two-digit years are those from 1950 to 2049, as Windows and Excel have it."""
SAMPLE = 20_000
"""So many different texts show how a column writes its dates."""
LONGEST = 80
"""Characters of the longest date, with weekday, time and zone; a longer text is none, and is not searched."""
NO_DATE = (
    *MISSING_NUMBER, "infinity", "-infinity", "+infinity", "inf", "-inf", "nat", "never", "0000-00-00",
    "0000-00-00 00:00:00", "00.00.0000", "00/00/0000",
)  # fmt: skip
"""What databases and shops write where there is no date: PostgreSQL's infinity, MySQL's day nought."""
NOUGHT = re.compile(r"^(?:-1|-?0)(?:[.,]0+)?$")
"""What a date written as a number is where there is none."""
STRFTIME = {"yyyy": "%Y", "yy": "%y", "mm": "%m", "m": "%m", "mon": "%m", "dd": "%d", "d": "%d"}
BETWEEN = r"[-/., ]{1,3}"
CLOCK = r"(?:[01]?[0-9]|2[0-4])[:h][0-5][0-9](?::[0-5][0-9](?:[.,][0-9]+)?)?(?: ?[ap]\.? ?m\.?)?|[0-9]{6}"
ZONE = r"(?: ?[a-z]{0,5}(?:[-+][0-9]{2}(?::?[0-9]{2})?)?(?: [a-z]{1,5}| \([^)]*\))?)"
"""`Z`, `+01:00`, `GMT+0100 (Central European Standard Time)`, `PST`, `-0800 PST`, `Uhr`: the day counts as written."""
TIME = f"(?:t|,? +)(?:{CLOCK}){ZONE}"
WEEKDAY = f"(?:{LETTERS}{{2,12}}[., ]+)?"
ENGLISH_WEEKDAY = "(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[., ]+)?"
"""What stands before a month in front, as in `Mon Jan 15 2024`."""
ORDINAL = "(?:st|nd|rd|th|er|º|°)?"
LINK = "(?:(?:de|del|di|of) )?"
"""What may stand between the parts of a date with a month's name: `3 de enero de 2024`."""
# Days, months and leap years that go together; every date that exists matches one of these.
TOGETHER = (
    ("0?[1-9]|1[0-9]|2[0-8]", range(1, 13), False),
    ("29|30", (1, *range(3, 13)), False),
    ("31", (1, 3, 5, 7, 8, 10, 12), False),
    ("29", (2,), True),
)
YEARS = {
    ("yyyy", False): "[1-9][0-9]{3}",
    ("yyyy", True): "(?:[1-9][0-9](?:0[48]|[2468][048]|[13579][26])|(?:[2468][048]|[13579][26])00)",
    ("yy", False): "[0-9]{2}",
    ("yy", True): "(?:[02468][048]|[13579][26])",
}
# In the order of preference where a column could be read in several ways.
CANDIDATES = (
    "yyyy-mm-dd", "yyyymmdd", "dd-mm-yyyy", "mm-dd-yyyy", "dd-mon-yyyy", "mon dd, yyyy", "yyyy-mon-dd",
    "dd-mm-yy", "mm-dd-yy", "dd-mon-yy", "mon dd, yy", "yy-mm-dd", "yyyy-mm", "mm-yyyy", "mon yyyy", "yyyy mon",
    "yyyymm",
)  # fmt: skip


@dataclass(frozen=True)
class DateFormat:
    """How a column's dates are written: `pattern` in `yyyy`, `yy`, `mm`, `mon`, `dd` and what stands between them.

    Any of `-`, `/`, `.`, a comma and a blank may stand where the pattern has one of them, and leading noughts may be
    left out. A pattern without a day means the first of the month, one without a month the first of the year; how
    long ago a year was, `analysis.cells.kinds.days` counts from its middle.
    """

    pattern: str
    ambiguous: bool = False
    """Whether the texts it was found from could be read in another order as well."""
    others: tuple[str, ...] = ()
    """In which orders then."""

    @classmethod
    def named(cls, pattern: str) -> DateFormat:
        """A format that somebody wrote down; `%d.%m.%Y` is understood too.

        Raises ValueError, with a sentence, where the year is not there once, or a day without a month.
        """
        return cls(date_pattern(pattern))

    @property
    def serial(self) -> Serial | None:
        """How its numbers count, where its dates are numbers."""
        return NUMBERED.get(self.pattern)

    @property
    def monthly(self) -> bool:
        """Whether its dates are months without a day."""
        return {kind for kind, _ in parts(self.pattern)} == {"y", "m"} and self.serial is None

    @property
    def yearly(self) -> bool:
        """Whether its dates are years without a month."""
        return {kind for kind, _ in parts(self.pattern)} == {"y"} and self.serial is None

    def fits(self, text: nw.Expr) -> nw.Expr:
        """Where a trimmed cell is a date of this format; the 30th of February never is."""
        if self.serial:
            return ~serial_days(text, self.serial).is_null()
        return text.str.to_lowercase().str.contains(_expected(self.pattern))

    def lacks(self, text: str) -> bool:
        """Whether a trimmed cell says that there is no date."""
        numbered = self.serial is not None or _run_on(self.pattern)
        return text.lower() in NO_DATE or (numbered and NOUGHT.match(text) is not None)

    def expression(self, text: nw.Expr) -> nw.Expr:
        """Days since 1970-01-01 as Float64; null where a trimmed cell is not a date of this format."""
        if self.serial:
            return serial_days(text, self.serial)
        lowered = text.str.to_lowercase()
        lowered = nw.when(text.str.len_chars() <= LONGEST).then(lowered).otherwise(nw.lit(""))
        plain = lowered.str.replace_all(rf"(?:{TIME}|\.0+)$" if _run_on(self.pattern) else f"(?:{TIME})$", "")
        if "mon" in self.pattern:
            plain = _numbered(plain, self.pattern)
        if "-" in (form := _strptime(self.pattern)):
            plain = plain.str.replace_all(BETWEEN, "-")
        when = nw.when(lowered.str.contains(_expected(self.pattern))).then(plain).otherwise(None)
        since = when.str.to_datetime(format=form) - nw.lit(datetime(1970, 1, 1))  # noqa: DTZ001 (days have no zone)
        days = since.dt.total_minutes().cast(nw.Float64) / (24 * 60)
        if "yyyy" in self.pattern:
            return days
        first, century = (date(FIRST_YEAR, 1, 1) - EPOCH).days, 36_525
        return (days - first) % century + first

    def remarks(self, name: str) -> tuple[Note, ...]:
        """Notes on what was assumed of a column's dates."""
        if self.serial:
            return (note(SERIAL, column=name, meaning=note(self.serial.meaning)),)
        found = []
        if self.ambiguous:
            found.append(note(AMBIGUOUS, column=name, pattern=self.pattern))
        if self.monthly:
            found.append(note(MONTHLY, column=name))
        if "yyyy" not in self.pattern:
            found.append(note(TWO_DIGITS, column=name, first=str(FIRST_YEAR), last=str(FIRST_YEAR + 99)))
        return tuple(found)


def date_format(texts: Iterable[str], least: float = 0.5) -> DateFormat | None:
    """The one format that fits most of a column's texts; None where not more than the share `least` of them are dates.

    Cells that say that there is nothing do not count. The order of the texts does not matter.
    """
    known = _known(texts)
    if not known:
        return None
    fits = _fits(known)
    most = max(fits.values())
    if most <= len(known) * least:
        return None
    equal = _likelier([pattern for pattern in CANDIDATES if fits[pattern] == most], known)
    first, *others = (_as_written(pattern, known) for pattern in equal)
    return DateFormat(first, bool(others), tuple(others))


def number_format(texts: Iterable[str], least: float = 0.5, *, births: bool = False) -> DateFormat | None:
    """The format of dates that are written as plain numbers; None where not more than the share `least` can be.

    A number alone never tells that it is a date: ask only for a column that is known or named to hold dates.
    """
    known = [text for text in _known(texts) if not NOUGHT.match(text)]
    found = likeliest(known, least, births=births)
    return DateFormat(found) if found else None


def as_before(texts: Iterable[str], earlier: str | None) -> DateFormat | None:
    """The format of the texts of a column of dates or, where they leave it open, that of an `earlier` table."""
    every = list(texts)
    found = date_format(every) or number_format(every)
    return found if earlier is None or (found and not found.ambiguous) else DateFormat.named(earlier)


def form_of(texts: Iterable[str]) -> str:
    """How most of a column's cells are written, with a 9 for every figure; none of them is quoted."""
    forms = sorted(re.sub("[0-9]", "9", text.strip()[:30]) for text in texts if re.search("[0-9]", text))
    return max(forms, key=forms.count, default="")


def day(number: float) -> date:
    """The date so many days after 1970-01-01."""
    return EPOCH + timedelta(days=int(number))


def days(of: date) -> int:
    """Days from 1970-01-01 to a date."""
    return (of - EPOCH).days


def _known(texts: Iterable[str]) -> list[str]:
    """The different texts that say something, or some of very many; sorted, so that their order does not matter."""
    known = sorted({text.strip() for text in texts})
    known = [text for text in known if text.lower() not in NO_DATE]
    return known[:: max(1, -(-len(known) // SAMPLE))]


def _fits(texts: Sequence[str]) -> dict[str, int]:
    compiled = {pattern: re.compile(_expected(pattern)) for pattern in CANDIDATES}
    lowered = [text.lower() for text in texts if len(text) <= LONGEST]
    return {pattern: sum(each.search(text) is not None for text in lowered) for pattern, each in compiled.items()}


def _likelier(equal: list[str], texts: Sequence[str]) -> list[str]:
    """Of formats that fit alike: where years have two figures, what stands at the days' place differs more often."""
    if "yy-mm-dd" not in equal:
        return equal
    figures = [found for text in texts if len(found := re.findall("[0-9]+", text[:LONGEST])) > 2]
    first, last = ({each[place] for each in figures} for place in (0, 2))
    unlikely = {"yy-mm-dd"} if len(first) > len(last) else {"dd-mm-yy", "mm-dd-yy"} if len(first) < len(last) else set()
    return [pattern for pattern in equal if pattern not in unlikely] or equal


def _as_written(pattern: str, texts: Sequence[str]) -> str:
    """The pattern with the sign that most of the dates have between their parts."""
    signs = [found[1] for text in texts if (found := re.match(r"[0-9]+([-/.]| \b)", text[:LONGEST]))]
    return pattern.replace("-", max(sorted(set(signs)), key=signs.count)) if signs else pattern


def _run_on(pattern: str) -> bool:
    """Whether nothing stands between the parts, so that each must have all its figures."""
    return TOKEN.sub("", pattern) == "" and "mon" not in pattern


def _strptime(pattern: str) -> str:
    return ("" if _run_on(pattern) else "-").join(STRFTIME[token] for _, token in parts(pattern))


def _expected(pattern: str) -> str:
    """The regular expression of a whole cell in lower case."""
    named = "mon" in pattern
    between = "" if _run_on(pattern) else f"{BETWEEN.replace('1', '0')}{LINK}" if named else BETWEEN
    ways = []
    for numbers, months, leap in TOGETHER if "d" in pattern else TOGETHER[:1]:
        part = {"d": f"(?:{numbers}){ORDINAL}" if named else numbers, "m": _months(months, named=named)}
        part |= {"y": next(YEARS[token, leap] for kind, token in parts(pattern) if kind == "y")}
        if _run_on(pattern):
            part = {kind: each.replace("0?", "0") for kind, each in part.items()}
        if pattern == "yyyymm":
            part["y"] = "(?:19|20)[0-9]{2}"
        ways.append(_joined([(kind, f"(?:{part[kind]})") for kind, _ in parts(pattern)], between))
    weekday = "" if not named else ENGLISH_WEEKDAY if pattern.startswith("mon") else WEEKDAY
    nought = r"\.0+|" if _run_on(pattern) else ""  # 20240131.0, as programs write whole numbers beside gaps
    return f"^{weekday}(?:{'|'.join(ways)})(?:{nought}{TIME})?$"


def _joined(parts: Sequence[tuple[str, str]], between: str) -> str:
    """The parts with what may stand between them; day and year are both figures, so that something must."""
    text = parts[0][1]
    for (before, _), (kind, each) in pairwise(parts):
        text += (BETWEEN if {before, kind} == {"d", "y"} and between else between) + each
    return text


def _months(months: Iterable[int], *, named: bool) -> str:
    if named:
        return "|".join(f"(?:{NAMES[month - 1]}){LETTERS}*\\.?" for month in months)
    return "|".join(f"0?{month}" if month < 10 else str(month) for month in months)


def _numbered(text: nw.Expr, pattern: str) -> nw.Expr:
    """Month names as numbers, and neither a weekday before them nor other words between."""
    text = text.str.replace_all(f"^{ENGLISH_WEEKDAY}" if pattern.startswith("mon") else "^[^0-9]+", "")
    for place, names in enumerate(NAMES):
        text = text.str.replace_all(rf"[-/., ]*(?:{names}){LETTERS}*\.?[-/., ]*", f"-{place + 1:02}-")
    return text.str.replace_all("[^0-9]+", "-").str.strip_chars("-")
