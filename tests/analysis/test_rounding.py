"""Counts are rounded at random to multiples of five: right on average, and the same count always to the same."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.rounding.random_rounding import Rounding


def of(table: str, least: int = 10, salt: str = "") -> Rounding:
    return Rounding.of(public=True, least=least, table=table, salt=salt)


@given(st.integers(0, 100_000), st.integers(2, 30), st.text(max_size=5))
def test_a_count_becomes_a_multiple_of_five_near_it_and_none_small(count: int, least: int, table: str) -> None:
    found = of(table, least).count(count)
    assert found % 5 == 0
    assert abs(found - count) < 5
    assert (found == 0) == (count == 0)
    assert found == 0 or count < least or found >= least
    assert found == of(table, least).count(count)


@pytest.mark.parametrize("count", [20, 21, 22, 23, 24, 137])
def test_over_many_tables_the_rounded_count_is_right_on_average(count: int) -> None:
    found = [of(f"table {number}").count(count) for number in range(4000)]
    # Of 4,000 draws between two multiples of five the mean strays by less than .2 (five standard errors).
    assert np.mean(found) == pytest.approx(count, abs=0.2)
    assert len(set(found)) == (1 if count % 5 == 0 else 2)


def test_another_table_and_another_secret_draw_anew() -> None:
    counts = range(11, 400)
    drawn = [[one.count(count) for count in counts] for one in (of("a"), of("b"), of("a", salt="secret"))]
    assert drawn[0] != drawn[1]
    assert drawn[0] != drawn[2]


def test_an_open_table_is_not_rounded() -> None:
    exact = Rounding.of(public=False, least=10, table="a")
    assert [exact.count(count) for count in range(50)] == list(range(50))
    assert exact.share(3, 9) == 3 / 9
    assert exact.at_least(3, 4) == 0.75


@given(st.integers(10, 500), st.data(), st.text(max_size=5))
def test_a_part_is_the_whole_only_if_it_is_all_of_it(whole: int, data: st.DataObject, table: str) -> None:
    part, rounding = data.draw(st.integers(0, whole)), of(table)
    found = rounding.part(part, whole)
    assert found % 5 == 0
    assert (found == 0) == (part == 0)
    assert rounding.share(part, whole) == found / rounding.count(whole)
    if whole > 15:
        assert (found == rounding.count(whole)) == (part == whole)
    assert found <= rounding.count(whole)


@pytest.mark.parametrize(
    ("part", "whole", "told"),
    [(100, 100, 0.9), (99, 100, 0.9), (90, 100, 0.9), (89, 100, 0.8), (45, 45, 0.7), (31, 45, 0.6), (20, 20, 0.5),
     (12, 12, 0.1), (11, 11, None), (5, 100, None), (300, 300, 0.9), (0, 0, None)],
)  # fmt: skip
def test_all_nearly_all_and_somewhat_fewer_are_told_alike(part: int, whole: int, told: float | None) -> None:
    assert of("a").at_least(part, whole) == told


@given(st.integers(10, 500), st.data())
def test_a_share_that_is_surely_reached_leaves_as_many_as_the_smallest_group_open(
    whole: int, data: st.DataObject
) -> None:
    part = data.draw(st.integers(0, whole))
    told = of("a").at_least(part, whole)
    if told is not None:
        assert told * whole <= part + 1e-9
        assert whole - told * whole >= 10 - 1e-9


FIRST = [0, 5, 5, 5, 5, 5, 10, 10, 10, 10, 10, 10, 10, 15, 15, 15, 15, 20, 20, 20, 20]
"""0 to 20 customers as the publication of `a table` tells them."""


def test_a_later_version_tells_the_same_of_the_same_table() -> None:
    """Else two publications of a table would tell more than one: of 12 as 10 and as 15 more than of 12 as 10."""
    assert [of("a table").count(number) for number in range(21)] == FIRST
    secret = [of("a table", salt="a secret").count(number) for number in range(10, 21)]
    assert secret == [10, 10, 10, 10, 10, 15, 15, 20, 15, 20, 20]
    unnamed = Rounding.of(public=True, least=10, table=None)
    assert [unnamed.count(number) for number in range(10, 21)] == [10, 10, 15, 15, 15, 15, 15, 15, 20, 20, 20]


@pytest.mark.parametrize("least", [0, 1, 4, 7])
def test_somebody_is_never_nobody_however_small_a_group_may_be(least: int) -> None:
    assert [of("a table", least).count(number) for number in range(21)] == FIRST


def test_a_group_that_is_large_enough_stays_so() -> None:
    """With twelve as the least, eleven may be told as ten; twelve is fifteen, never ten."""
    assert [of("a table", 12).count(number) for number in range(9, 16)] == [10, 10, 15, 15, 15, 15, 15]


def test_parts_of_twenty() -> None:
    told = [of("a table").part(number, 20) for number in range(22)]
    assert told == [0, 5, 5, 5, 5, 5, 10, 10, 10, 10, 10, 10, 10, 15, 15, 15, 15, 15, 15, 15, 20, 20]
    assert [of("a table").share(number, 20) for number in (0, 5, 10, 19, 20)] == [0, 0.25, 0.5, 0.75, 1]
    assert of("a table").share(0, 0) == 0
