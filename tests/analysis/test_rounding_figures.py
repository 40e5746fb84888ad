"""Random rounding: to a multiple next to the figure, unbiased, the same everywhere and other for another table."""

from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.rounding.random_rounding import AS_IT_IS, Rounding, multiple, outward, step_of

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
        (2.0000000001, 2.0),  # the last digit of a quotient
        (2.00000001, 5.0),
        (1e-9, 1e-9),
        (7e22, 1e23),
        (-1.0, 0.0),
        (float("inf"), 0.0),
        (float("nan"), 0.0),
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


def test_a_later_version_tells_the_same_of_the_same_table() -> None:
    """Seventh parts: whoever sees two draws of one figure knows it better than of one."""
    rounding = Rounding.of(public=True, least=10, table="a table")
    assert [rounding.figure(10 + part / 7, 1.0) for part in range(12)] == [10] * 4 + [11] * 6 + [12] * 2
    assert [rounding.figure(part / 7 - 3.3, 0.5) for part in range(8)] == [-3, -3.5, -3, -2.5, -2.5, -2.5, -2.5, -2]


def test_what_cannot_be_rounded_stays_as_it_is() -> None:
    assert ONE.figure(1.234, 0.0) == 1.234
    assert ONE.figure(1.234, -1.0) == 1.234
    assert ONE.figure(float("inf"), 1.0) == float("inf")
    assert str(ONE.figure(float("nan"), 1.0)) == "nan"
    assert AS_IT_IS.figure(1.234, 1.0) == 1.234
    assert AS_IT_IS.open
    assert not ONE.open


def test_a_multiple_has_no_last_digits_of_a_product_and_no_sign_without_a_size() -> None:
    assert multiple(3, 0.1) == 0.3
    assert str(multiple(0, -0.1)) == "0.0"
    assert multiple(-7, 1000.0) == -7000


def test_an_interval_without_a_step_stays_as_it_is() -> None:
    assert outward(1.25, 3.5, 0.0) == (1.25, 3.5)
    assert outward(1.25, 3.5, 1.0) == (1.0, 4.0)
    assert outward(-1.25, 3.0, 0.5) == (-1.5, 3.0)
    assert outward(10.0 + 1e-12, 12.0 - 1e-12, 1.0) == (10.0, 12.0)
    assert outward(10.0 - 1e-12, 12.0 + 1e-12, 1.0) == (10.0, 12.0)


def test_what_lies_beyond_the_twelfth_digit_is_no_part_of_a_figure() -> None:
    exact = [10.0**12 + part / 10 for part in range(5)]
    assert {ONE.figure(value, 1.0) for value in exact} == {10.0**12}
