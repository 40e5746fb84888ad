"""Dates written as one number: Excel's days, and seconds since 1970 and their parts."""

from __future__ import annotations

from datetime import UTC, date, datetime

import narwhals as nw
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.cells.dates import LONGEST, DateFormat, date_format, day, number_format
from analysis.cells.serials import NUMBERED
from analysis.columns.appearance import shortened
from analysis.headers.moments import calendar_part, is_moment

# 2024-01-31, as a spreadsheet or a database writes it.
WRITTEN = {
    "excel-1900": ["45322", "45322.75", "45322,5"],
    "excel-1904": ["43860", "43860.25"],
    "epoch-seconds": ["1706659200", "1706745599", "1706659200.5"],
    "epoch-milliseconds": ["1706659200000", "1706745599999"],
    "epoch-microseconds": ["1706659200000000"],
    "epoch-nanoseconds": ["1706659200000000000"],
    "yyyymmdd": ["20240131", "20240131.0"],
}


def read(pattern: str, texts: list[str]) -> list[date | None]:
    frame = nw.from_native(pd.DataFrame({"text": texts}, dtype=str))
    numbers = frame.select(DateFormat.named(pattern).expression(nw.col("text")))["text"].to_native()
    return [None if pd.isna(number) else day(number) for number in numbers]


@pytest.mark.parametrize("pattern", WRITTEN)
def test_a_number_is_the_day_that_its_program_means(pattern: str) -> None:
    assert set(read(pattern, WRITTEN[pattern])) == {date(2024, 1, 31)}


@given(st.dates(date(1981, 1, 1), date(2049, 12, 30)))
def test_every_day_comes_back_from_every_count(when: date) -> None:
    seconds = int(datetime(when.year, when.month, when.day, 13, 5, tzinfo=UTC).timestamp())
    assert read("excel-1900", [str((when - date(1899, 12, 30)).days)]) == [when]
    assert read("excel-1904", [str((when - date(1904, 1, 1)).days)]) == [when]
    for name, factor in (("seconds", 1), ("milliseconds", 10**3), ("microseconds", 10**6)):
        assert read(f"epoch-{name}", [str(seconds * factor)]) == [when]


@pytest.mark.parametrize("pattern", NUMBERED)
def test_nought_and_words_are_no_dates(pattern: str) -> None:
    form = DateFormat.named(pattern.upper())
    assert read(pattern, ["0", "-1", "", "soon", "2024-01-31", "9" * 20]) == [None] * 6
    assert [form.lacks(text) for text in ("0", "-1", "0.0", "infinity", "", "soon")] == [True] * 5 + [False]


@pytest.mark.parametrize("pattern", [name for name in WRITTEN if name not in {"excel-1904", "yyyymmdd"}])
def test_numbers_of_some_years_tell_how_they_count(pattern: str) -> None:
    start = float(WRITTEN[pattern][0])
    texts = [f"{start + NUMBERED[pattern].a_day * days:.0f}" for days in range(0, 900, 7)]
    assert number_format([*texts, "0", ""]) == DateFormat(pattern)
    assert date_format(texts) is None


@pytest.mark.parametrize(
    "texts", [["12", "900"], ["1024.5", "99000"], ["0", "-1"], ["", "n/a"], ["abc"], ["1.70531E+12"]]
)
def test_other_numbers_are_no_dates(texts: list[str]) -> None:
    assert number_format(texts) is None


def test_births_may_lie_before_1970_and_years_are_no_serials() -> None:
    assert number_format(["20821", "12055", "30120"], births=True) == DateFormat("excel-1900")
    assert number_format(["1957", "1984", "2001"], births=True) is None
    assert read("epoch-seconds", ["-401328000"]) == [date(1957, 4, 14)]


@pytest.mark.parametrize(
    ("text", "pattern", "when"),
    [
        ("Jan-15-24", "mon dd, yy", date(2024, 1, 15)),
        ("15-Jan-24", "dd-mon-yy", date(2024, 1, 15)),
        ("Jan 15, 2024", "mon dd, yyyy", date(2024, 1, 15)),
        ("Jan-15-24 10:22", "mon dd, yy", date(2024, 1, 15)),
    ],
)
def test_months_by_name_with_short_and_long_years(text: str, pattern: str, when: date) -> None:
    form = date_format([text])
    assert form is not None
    assert form.pattern == pattern
    assert read(pattern, [text]) == [when]


def test_a_month_and_a_year_are_a_month_and_no_day() -> None:
    assert date_format(["Jan 2024", "Feb 2023"]) == DateFormat("mon yyyy")


@pytest.mark.parametrize(
    "header",
    ["Last order", "created_at", "Signed up on", "Kaufdatum", "customer since", "dernier achat", "Data ultimo acquisto",
     "orderdate", "timestamp", "last_login", "birthday", "Sign up", "letzte Bestellung", "fecha"],
)  # fmt: skip
def test_headers_that_speak_of_a_moment(header: str) -> None:
    assert is_moment(header)


@pytest.mark.parametrize(
    "header",
    ["income", "last order value", "days since last order", "orders last year", "update", "spend", "avg_on",
     "data usage", "first name score", "opened emails count", "months since signup", "Last month", "x"],
)  # fmt: skip
def test_headers_that_do_not(header: str) -> None:
    assert not is_moment(header)


@pytest.mark.parametrize(
    ("header", "what"),
    [("day", "day of the month"), ("contact_month", "month"), ("day of week", "day of the week"), ("Jahr", "year"),
     ("spend per month", None), ("orders_month", None), ("Months", None), ("visits per week", None)],
)  # fmt: skip
def test_parts_of_the_calendar(header: str, what: str | None) -> None:
    part = calendar_part(header)
    assert (part.what if part else None) == what


def test_no_pattern_is_tried_on_a_long_text() -> None:
    frame = pd.DataFrame({"short": ["1", "2024-01-31"], "long": ["7", "1 " * 1000]}, dtype=str)
    cut = shortened(frame)
    assert cut["short"] is not None
    assert list(cut["short"]) == list(frame["short"])
    assert max(map(len, cut["long"])) == LONGEST
    assert cut["long"][1].endswith("…")  # so that no text becomes a figure by being cut
    assert read("yyyy-mm-dd", ["2024-01-31" + " " * 60 + "x"]) == [None]
