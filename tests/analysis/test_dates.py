from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal

import narwhals as nw
import pandas as pd
import pytest
from babel.dates import get_month_names
from hypothesis import given
from hypothesis import strategies as st

from analysis.cells.dates import DateFormat, date_format, day, days, form_of

WRITTEN = {
    "yyyy-mm-dd": "%Y-%m-%d",
    "yyyy/mm/dd": "%Y/%m/%d",
    "yyyymmdd": "%Y%m%d",
    "dd-mm-yyyy": "%d-%m-%Y",
    "dd.mm.yyyy": "%d.%m.%Y",
    "mm/dd/yyyy": "%m/%d/%Y",
    "dd-mon-yyyy": "%d-%b-%Y",
    "dd mon yyyy": "%d %B %Y",
    "mon dd, yyyy": "%b %d, %Y",
    "dd.mm.yy": "%d.%m.%y",
    "mm/dd/yy": "%m/%d/%y",
    "dd-mon-yy": "%d-%b-%y",
}
TIMES = (
    "",
    " 00:00:00",
    " 8:26",
    " 8:26 PM",
    " 23:59:59.123",
    " 10:15:00+01:00",
    " 8:26 p. m.",
    " 1:05:32 AM PST",
    " 8:26 Uhr",
)


def read(form: DateFormat, texts: Sequence[str]) -> list[date | None]:
    frame = nw.from_native(pd.DataFrame({"text": texts}, dtype=str))
    numbers = frame.select(form.expression(nw.col("text")))["text"].to_native()
    return [None if pd.isna(number) else day(number) for number in numbers]


def found(*texts: str) -> DateFormat:
    form = date_format(texts)
    assert form is not None
    return form


@pytest.mark.parametrize("pattern", WRITTEN)
@given(
    dates=st.lists(st.dates(date(1950, 1, 1), date(2049, 12, 31)), min_size=1, max_size=4), tail=st.sampled_from(TIMES)
)
def test_any_date_comes_back_from_any_format(pattern: str, dates: list[date], tail: str) -> None:
    texts = [each.strftime(WRITTEN[pattern]) + tail for each in dates]
    assert read(DateFormat.named(pattern), texts) == dates


@given(st.dates(date(1000, 1, 1), date(9999, 12, 31)))
def test_days_count_from_the_first_of_1970(when: date) -> None:
    assert day(days(when)) == when
    assert read(DateFormat("yyyy-mm-dd"), [when.isoformat()]) == [when]


@pytest.mark.parametrize("pattern", WRITTEN)
def test_a_year_of_dates_decides_for_its_format(pattern: str) -> None:
    start = date(2023, 3, 1)
    texts = [(start + timedelta(days=each)).strftime(WRITTEN[pattern]) for each in range(366)]
    assert date_format(texts[::-1]) == DateFormat(pattern)


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        ("2024-01-31T10:15:00Z", "yyyy-mm-dd"),
        ("2024-01-31T10:15:00.000+01:00", "yyyy-mm-dd"),
        ("20240131T101500Z", "yyyymmdd"),
        ("31-1-2024", "dd-mm-yyyy"),
        ("31. 1. 2024", "dd.mm.yyyy"),
        ("1/31/2024 8:26 p.m.", "mm/dd/yyyy"),
        ("31JAN2024", "dd-mon-yyyy"),
        ("Wed, 31 Jan 2024", "dd-mon-yyyy"),
        ("mercredi 31 janvier 2024", "dd-mon-yyyy"),
        ("31. Januar 2024", "dd.mon.yyyy"),
        ("Jan. 31, 2024", "mon dd, yyyy"),
    ],
)
def test_one_date_in_many_hands(text: str, pattern: str) -> None:
    form = found(text)
    assert form.pattern == pattern
    assert read(form, [text]) == [date(2024, 1, 31)]


@pytest.mark.parametrize(
    "text",
    [
        "31 de enero de 2024", "31 de janeiro de 2024", "31st January 2024", "January 31st, 2024", "31 January, 2024",
        "Wed Jan 31 2024", "Wed Jan 31 2024 10:00:00 GMT+0100 (Central European Standard Time)", "31 stycznia 2024",
        "środa, 31 stycznia 2024", "31 января 2024", "31º enero 2024", "Jan-31-24 08:00:00 PST",
        "Jan 31, 2024 11:05:32 PM PST", "2024-01-31 10:00:00 +0000 UTC", "2024-01-31 23:30 Uhr",
    ],
)  # fmt: skip
def test_words_between_do_not_matter(text: str) -> None:
    assert read(found(text), [text]) == [date(2024, 1, 31)]


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "it", "pt", "nl", "pl", "sv", "da", "nb", "ru"])
@pytest.mark.parametrize("form", ["wide", "abbreviated"])
def test_every_month_of_every_language(language: str, form: Literal["wide", "abbreviated"]) -> None:
    names = get_month_names(form, locale=language)
    texts = [f"5 {names[month]} 2024" for month in range(1, 13)]
    assert read(found(*texts), texts) == [date(2024, month, 5) for month in range(1, 13)]


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        ("2024-03", "yyyy-mm"), ("2024/03", "yyyy/mm"), ("03/2024", "mm/yyyy"), ("03.2024", "mm.yyyy"),
        ("202403", "yyyymm"), ("Mar 2024", "mon yyyy"), ("March 2024", "mon yyyy"), ("März 2024", "mon yyyy"),
        ("marzo de 2024", "mon yyyy"), ("2024 Mar", "yyyy mon"),
    ],
)  # fmt: skip
def test_a_month_counts_from_its_first_day_and_says_so(text: str, pattern: str) -> None:
    form = found(text)
    assert (form.pattern, form.monthly) == (pattern, True)
    assert read(form, [text]) == [date(2024, 3, 1)]
    assert form.remarks("When")[0].exactly() == (
        "Dates in “When” are months. Each counts from its first day, so recency is exact to the month."
    )


@pytest.mark.parametrize("text", ["123412", "2024-13", "13/2024", "2024-00", "Jan-24", "2024-W03"])
def test_what_is_no_month_is_none(text: str) -> None:
    assert date_format([text]) is None


def test_the_form_of_dates_quotes_no_figure() -> None:
    assert form_of(["2024-W03", "2024-W11", "x", ""]) == "9999-W99"


@pytest.mark.parametrize("month", ["März", "mars", "marzo", "março", "maart", "MRZ", "Mar."])
def test_a_month_has_a_name_in_many_languages(month: str) -> None:
    assert read(found(f"5 {month} 2021"), [f"5 {month} 2021"]) == [date(2021, 3, 5)]


@pytest.mark.parametrize("text", ["31.02.2024", "29.02.2023", "31.04.2024", "00.01.2024", "01.13.20240", "1.1.24"])
def test_what_the_calendar_does_not_have_is_no_date(text: str) -> None:
    assert read(DateFormat.named("dd.mm.yyyy"), [text, "29.02.2024"]) == [None, date(2024, 2, 29)]


def test_centuries_have_their_leap_years() -> None:
    assert read(DateFormat("yyyymmdd"), ["20000229", "19000229"]) == [date(2000, 2, 29), None]


def test_one_date_that_can_only_be_read_one_way_decides_for_all() -> None:
    assert found("01/02/2024", "03/04/2024", "13/04/2024").pattern == "dd/mm/yyyy"
    assert found("01/02/2024", "03/04/2024", "04/13/2024").pattern == "mm/dd/yyyy"
    assert not found("01/02/2024", "04/13/2024").ambiguous


def test_what_nothing_decides_is_said() -> None:
    form = found("01/02/2024", "03/04/2024")
    assert (form.pattern, form.ambiguous) == ("dd/mm/yyyy", True)
    assert "several orders" in form.remarks("since")[0].exactly()


def test_two_digit_years_turn_at_a_stated_year() -> None:
    form = DateFormat.named("dd.mm.yy")
    assert read(form, ["01.03.50", "29.02.48", "31.12.49"]) == [date(1950, 3, 1), date(2048, 2, 29), date(2049, 12, 31)]
    assert [one.exactly() for one in form.remarks("since")] == ["Two-digit years in “since” were read as 1950 to 2049."]
    assert DateFormat.named("dd.mm.yyyy").remarks("since") == ()


@pytest.mark.parametrize(
    "texts", [[], ["", "n/a"], ["12", "45292"], ["yes", "no"], ["3.5.7"], ["1234567890"], ["12.50"]]
)
def test_what_are_no_dates_have_no_format(texts: list[str]) -> None:
    assert date_format(texts) is None


def test_a_few_bad_cells_do_not_hide_a_format() -> None:
    assert found("2024-01-31", "2024-02-01", "2024-02-30", "", "unknown", "2023-01-01").pattern == "yyyy-mm-dd"
    assert date_format(["2024-01-31", "unknown"]) is None


@given(st.lists(st.text(max_size=20), max_size=20))
def test_no_text_breaks_the_search(texts: list[str]) -> None:
    form = date_format([*texts, "2024-01-31"])
    assert form is None or len(read(form, texts)) == len(texts)


def test_a_format_may_be_written_as_programmers_do() -> None:
    assert DateFormat.named("%d.%m.%Y") == DateFormat("dd.mm.yyyy")
    assert read(DateFormat.named("%b %Y"), ["Feb 2024"]) == [date(2024, 2, 1)]
    assert read(DateFormat.named("yyyy"), ["1893", "2000"]) == [date(1893, 1, 1), date(2000, 1, 1)]


@pytest.mark.parametrize("pattern", ["", "dd-mm", "dd-yyyy", "yyyy-yyyy", "day/month/year", "dd.dd.yyyy", "HH:MM"])
def test_a_format_without_a_year_or_with_a_day_of_no_month_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="is not a date format"):
        DateFormat.named(pattern)


def test_the_same_expression_runs_out_of_core() -> None:
    import duckdb  # noqa: PLC0415 (only here)

    rows = duckdb.connect().sql("select unnest(['31.01.2024', '31.02.2024', '1.2.2024 10:00']) as text")
    lazy = nw.from_native(rows).select(nw.col("text").pipe(DateFormat("dd.mm.yyyy").expression))
    assert lazy.to_native().fetchall() == [(19_753.0,), (None,), (19_754.0,)]
