"""Levels, answers and dates as numbers; what is none of them sets its row aside."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.cells.kinds.answers import NO, YES
from analysis.cells.spellings import plain
from analysis.configuration import Column, Site
from analysis.configuration.table import TableSettings
from analysis.customers.customers import Customers
from analysis.errors import DataError
from analysis.preparation.validate import validate
from analysis.reading.table import read_table
from tests.notes import exact

LEVELS = ("never", "Now and then", "weekly")
Read = Callable[..., Customers]


@pytest.fixture(scope="session")
def read(tmp_path_factory: pytest.TempPathFactory) -> Read:
    folder = tmp_path_factory.mktemp("kinds")

    def _read(cells: list[str], column: Column, reference: date | None = None) -> Customers:
        file: Path = folder / "t.csv"
        rows = [f"{number},{number * number % 7},{cell}" for number, cell in enumerate(cells)]
        file.write_text("\n".join(["id,x,c", *rows]), encoding="utf-8")
        columns = {"id": Column(role="id"), "x": Column(role="feature"), "c": column}
        site = Site(data=TableSettings(path=str(file), reference_date=reference), columns=columns)
        return validate(read_table(file, site), site)

    return _read


def values(customers: Customers) -> list[float]:
    return list(customers.frame["c"])


def reasons(customers: Customers) -> dict[int, str]:
    return dict(zip(customers.rejected["row"], customers.rejected["reason"], strict=True))


class TestLevels:
    column = Column(role="feature", kind="ordinal", order=LEVELS)

    def test_each_level_has_its_place_whatever_its_capitals_and_blanks(self, read: Read) -> None:
        cells = ["never", " NOW  and then ", "Weekly", "now and then"]
        assert values(read(cells, self.column)) == [1, 2, 3, 2]

    def test_what_is_no_level_sets_its_row_aside(self, read: Read) -> None:
        found = read(["never", "weekly", "often", "", "never"], self.column)
        assert values(found) == [1, 3, 1]
        assert reasons(found) == {4: "not one of the levels", 5: "missing value"}

    def test_levels_may_be_figures_as_spreadsheets_write_them(self, read: Read) -> None:
        column = Column.model_validate({"role": "feature", "kind": "ordinal", "order": [1, 2, 10]})
        assert values(read(["1.0", "10", "2.00", "10.0"], column)) == [1, 3, 2, 3]

    def test_a_level_may_be_a_word_that_elsewhere_means_nothing(self, read: Read) -> None:
        column = Column(role="feature", kind="ordinal", order=("none", "some"))
        assert values(read(["none", "some", "none"], column)) == [1, 2, 1]

    def test_a_column_of_other_words_is_refused_without_naming_them(self, read: Read) -> None:
        with pytest.raises(
            DataError, match=r"the 3 levels of its order were expected.*correct the column's order"
        ) as caught:
            read(["secret", "words", "never"], self.column)
        assert "secret" not in str(caught.value)


class TestAnswers:
    @pytest.mark.parametrize(
        "cells",
        [
            ["Yes", "No"],
            ["Y", "N"],
            ["true", "FALSE"],
            ["1", "0"],
            ["1.0", "0.0"],
            ["ja", "Nein"],
            ["sí", "no"],
            ["✓", "✗"],
        ],
    )
    def test_usual_words_are_known(self, read: Read, cells: list[str]) -> None:
        assert values(read([*cells, *cells], Column(role="feature", kind="boolean"))) == [1, 0, 1, 0]

    def test_no_word_means_both(self) -> None:
        assert not YES & NO
        assert all(plain(word) == word for word in YES | NO)

    def test_own_words_come_first(self, read: Read) -> None:
        column = Column(role="feature", kind="boolean", yes=("Member", "n"), no=("guest", ""))
        assert values(read(["member", "GUEST", "N", "", "yes"], column)) == [1, 0, 1, 0, 1]

    def test_what_is_neither_sets_its_row_aside(self, read: Read) -> None:
        found = read(["yes", "no", "maybe", "n/a", "yes"], Column(role="feature", kind="boolean"))
        assert values(found) == [1, 0, 1]
        assert reasons(found) == {4: "neither yes nor no", 5: "missing value"}


class TestDays:
    column = Column(role="date")

    def test_a_date_becomes_the_years_up_to_the_reference_date(self, read: Read) -> None:
        found = read(["31-01-2024", "01-02-2020", "15-06-2021"], self.column, date(2025, 1, 31))
        assert [round(each, 2) for each in values(found)] == [1.0, 5.0, 3.63]
        assert found.known.reference_date == date(2025, 1, 31)
        assert found.known.dates == {"c": "dd-mm-yyyy"}

    def test_the_reference_date_is_the_tables_own_and_said(self, read: Read) -> None:
        found = read(["2024-01-31", "2020-02-01", "9999-12-31"], self.column)
        assert [round(each, 2) for each in values(found)] == [0, 4.0]
        assert exact(found.notes)[0].startswith("Years were counted up to 2024-01-31, the latest date")
        assert reasons(found) == {4: "after the reference date, 2024-01-31"}

    def test_a_slip_into_the_far_future_is_not_the_reference_date(self, read: Read) -> None:
        dates = [(date(2022, 1, 1) + timedelta(days=9 * step)).isoformat() for step in range(60)]
        found = read([*dates, "2052-03-01"], self.column)
        assert found.known.reference_date == date(2023, 6, 16)
        assert (
            "except for a few that are far later than all others. If those are right, set data.reference_date"
            in exact(found.notes)[0]
        )
        assert reasons(found) == {62: "after the reference date, 2023-06-16"}
        assert len(read([*dates, "2052-03-01"], self.column, date(2052, 3, 1)).rejected) == 0

    def test_what_does_not_exist_or_is_to_come_sets_its_row_aside(self, read: Read) -> None:
        cells = ["31.12.2023", "31.02.2023", "13.03.2024", "", "01.01.2020", "02.02.2019"]
        found = read(cells, self.column, date(2024, 1, 1))
        assert reasons(found) == {3: "not a date", 4: "after the reference date, 2024-01-01", 5: "missing value"}

    def test_a_date_of_birth_is_an_age_and_may_be_out_of_bounds(self, read: Read) -> None:
        column = Column(role="age", kind="date", maximum=110)
        found = read(["1893-05-01", "1980-05-01", "2000-01-01"], column, date(2026, 5, 1))
        assert [int(each + 0.01) for each in values(found)] == [46, 26]
        assert reasons(found) == {2: "above the maximum, 110"}

    @pytest.mark.parametrize(
        ("born", "until", "age"),
        [
            # Who was born in 1984, nobody knows when, is on average as old as those born in the middle of that year.
            ("1984", date(2024, 6, 30), 40.0),
            ("1984", date(2024, 12, 31), 40.5),
            ("1984", date(2024, 1, 1), 39.5),
            # Of those born in the year of the reference date itself, only its days so far count: half of 182 days.
            ("2024", date(2024, 7, 1), 0.25),
        ],
    )
    def test_a_year_of_birth_counts_at_mid_year(self, read: Read, born: str, until: date, age: float) -> None:
        found = read([born, "1950", "1990"], Column(role="age", kind="date", date_format="yyyy"), until)
        assert round(values(found)[0], 2) == age
        assert reasons(found) == {}
        assert any(
            "“c” holds years only. Each counts from the middle of its year" in note for note in exact(found.notes)
        )

    def test_a_full_date_of_birth_is_exact(self, read: Read) -> None:
        column = Column(role="age", kind="date", date_format="yyyy-mm-dd")
        found = read(["1984-01-01", "1984-12-31", "1990-06-30"], column, date(2024, 6, 30))
        assert [round(each, 2) for each in values(found)] == [40.5, 39.5, 34.0]
        assert not any("middle of its year" in note for note in exact(found.notes))

    def test_a_year_after_the_reference_date_sets_its_row_aside(self, read: Read) -> None:
        column = Column(role="age", kind="date", date_format="yyyy")
        found = read(["2025", "1950", "1990"], column, date(2024, 6, 30))
        assert reasons(found) == {2: "after the reference date, 2024-06-30"}

    def test_years_alone_count_up_to_the_end_of_the_latest(self, read: Read) -> None:
        found = read(["2014", "2013", "2010"], Column(role="date", date_format="yyyy"))
        assert [round(each, 2) for each in values(found)] == [0.5, 1.5, 4.5]
        assert found.known.reference_date == date(2014, 12, 31)
        assert exact(found.notes)[0].startswith("Years were counted up to 2014-12-31, the end of the latest year")

    def test_a_stated_format_rules(self, read: Read) -> None:
        cells = ["01/02/2024", "03/04/2023", "01/05/2023"]
        found = read(cells, Column(role="date", date_format="mm/dd/yyyy"), date(2024, 1, 2))
        assert [round(each * 365.2425) for each in values(found)] == [0, 304, 362]

    def test_a_column_without_dates_is_refused(self, read: Read) -> None:
        with pytest.raises(DataError, match=r"dates were expected.*state the column's date_format"):
            read(["a", "b", "c"], self.column)

    @given(st.lists(st.dates(date(1900, 1, 1), date(2099, 12, 31)), min_size=2, max_size=8))
    def test_days_come_back(self, read: Read, dates: list[date]) -> None:
        latest = max(dates)
        if len(set(dates)) == 1:
            dates = [*dates, latest - timedelta(days=1)]
        found = read([each.isoformat() for each in dates], self.column)
        assert [latest - timedelta(days=round(each * 365.2425)) for each in values(found)] == dates
        assert not any(math.isnan(each) for each in values(found))
