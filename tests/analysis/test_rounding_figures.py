"""Random rounding: to a multiple next to the figure, unbiased, the same everywhere and other for another table."""

from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.rounding import Rounding, outward, step_of

ONE = Rounding.of(public=True, least=10, table="digest of one table")
OTHER = Rounding.of(public=True, least=10, table="digest of another")


@pytest.mark.parametrize(
    ("reach", "step"),
    [
        (0.0, 0.0),
        (1.0, 1.0),
        (1.2, 2.0),
        (2.0, 2.0),
        (3.0, 5.0),
        (5.1, 10.0),
        (0.3, 0.5),
        (0.0011, 0.002),
        (4300, 5000),
    ],
)
def test_a_step_is_one_two_or_five_and_no_less_than_what_one_customer_moves(reach: float, step: float) -> None:
    assert step_of(reach) == step


@given(st.floats(-1e9, 1e9), st.sampled_from([0.01, 0.5, 1.0, 2.0, 5000.0]))
def test_a_figure_is_a_multiple_within_one_step_of_the_true_one(value: float, step: float) -> None:
    told = ONE.figure(value, step)
    assert abs(told - value) < step * (1 + 1e-6)
    assert isclose(told / step, round(told / step), abs_tol=1e-4)


@given(st.integers(-1000, 1000), st.sampled_from([0.1, 0.2, 0.5, 5.0]))
def test_a_multiple_stays_what_it_is(times: int, step: float) -> None:
    assert ONE.figure(times * step, step) == float(f"{times * step:.12g}")


@given(st.integers(0, 100_000), st.integers(2, 40))
def test_a_count_is_a_multiple_of_five_and_no_group_becomes_a_small_one(count: int, least: int) -> None:
    told = Rounding.of(public=True, least=least, table="x").count(count)
    assert told % 5 == 0
    assert abs(told - count) < 10
    if count >= least:
        assert told >= least


def test_up_or_down_is_drawn_in_proportion_so_that_figures_are_right_on_average() -> None:
    exact = [100 + i * 0.37 for i in range(4000)]
    told = [ONE.figure(value, 50.0) for value in exact]
    assert sum(told) / 4000 == pytest.approx(sum(exact) / 4000, abs=1.5)  # 50/√12/√4000 is a quarter


def test_the_same_figure_is_the_same_everywhere_and_another_table_draws_anew() -> None:
    figures = [10_000 + i / 7 for i in range(500)]
    again = Rounding.of(public=True, least=10, table="digest of one table")
    assert [ONE.figure(one, 100.0) for one in figures] == [again.figure(one, 100.0) for one in figures]
    differ = sum(ONE.figure(one, 100.0) != OTHER.figure(one, 100.0) for one in figures)
    assert 100 < differ < 300  # of those that lie between two multiples about a third on average


def test_a_secret_makes_other_draws() -> None:
    with_secret = Rounding.of(public=True, least=10, table="digest of one table", salt="a secret")
    figures = [10_000 + i / 7 for i in range(500)]
    assert any(ONE.figure(one, 100.0) != with_secret.figure(one, 100.0) for one in figures)


def test_an_interval_grows_to_full_steps() -> None:
    assert outward(61_234, 64_999, 1000) == (61_000, 65_000)
    assert outward(0.3, 0.6, 0.1) == (0.3, 0.6)
