"""Which day counts as a table's latest: a slip into the far future does not, a late customer does."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.cells.dates import days
from analysis.cells.latest import latest

FIRST = days(date(2020, 1, 1))
DAILY = [FIRST + 3.0 * step for step in range(400)]
LAST = date(2020, 1, 1) + timedelta(days=3 * 399)


def test_the_latest_day_is_the_latest_there_is() -> None:
    assert latest(DAILY) == (LAST, False)
    assert latest([*DAILY, None, float("nan")]) == (LAST, False)


@pytest.mark.parametrize("slip", [date(2052, 6, 1), date(2025, 1, 1), date(2999, 1, 1), date(9999, 12, 31)])
def test_a_slip_is_not_the_latest(slip: date) -> None:
    assert latest([*DAILY, days(slip)]) == (LAST, True)


def test_neither_are_a_few() -> None:
    assert latest([*DAILY, days(date(2033, 1, 1)), days(date(2052, 6, 1)), days(date(2999, 1, 1))]) == (LAST, True)


def test_many_late_days_are_no_slips() -> None:
    late = [days(date(2033, 1, 1)) + step for step in range(40)]
    assert latest([*DAILY, *late]) == (date(2033, 2, 9), False)


def test_where_years_lie_between_all_days_another_year_is_nothing_strange() -> None:
    years = [days(date(1950 + 2 * step, 1, 1)) for step in range(30)]
    assert latest(years) == (date(2008, 1, 1), False)
    assert latest([*years, days(date(2013, 1, 1))]) == (date(2013, 1, 1), False)


def test_a_few_days_say_nothing_of_what_is_strange() -> None:
    assert latest([FIRST, days(date(2052, 6, 1))]) == (date(2052, 6, 1), False)


def test_no_date_has_no_latest() -> None:
    assert latest([]) is None
    assert latest([None, days(date(2999, 1, 1))]) is None


@given(st.lists(st.dates(date(1900, 1, 1), date(2099, 12, 31)), min_size=1, max_size=60), st.randoms())
def test_it_is_one_of_the_days_whatever_their_order(dates: list[date], order) -> None:
    numbers = [float(days(each)) for each in dates]
    found = latest(numbers)
    assert found is not None
    assert found[0] in dates
    # Nearly all are at or before it.
    assert np.mean(np.unique(numbers) > days(found[0])) <= 0.05
    order.shuffle(numbers)
    assert latest(numbers) == found
