"""How far one customer moves a figure, and whose figures may not be told at all."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.rounding.random_rounding import Rounding
from analysis.rounding.sensitivity import (
    any_dominated,
    dominated,
    moved_share,
    reach,
    reaches,
    told_quantiles,
    told_shares,
    value_step,
)

NOBODY = np.zeros(100, dtype=np.bool_)


def test_a_mean_is_told_to_the_range_over_the_customers() -> None:
    ages = np.linspace(20, 70, 100)
    assert reach(ages, NOBODY, 10).mean == 0.5  # (70 − 20) / 100


def test_who_counts_in_no_mean_widens_no_step() -> None:
    incomes = np.append(np.linspace(20_000, 70_000, 99), 666_666)
    apart = NOBODY.copy()
    apart[-1] = True
    assert reach(incomes, NOBODY, 10).mean == 10_000  # (666,666 − 20,000) / 100 is 6,467
    assert reach(incomes, apart, 10).mean == 1000  # (70,000 − 20,000) / 99 is 505


def test_the_spread_is_told_as_coarsely_as_one_customer_moves_it() -> None:
    values = np.append(np.zeros(99), 100.0)
    # The mean moves by 1; the variance by 100² / 100, the deviation of 9.95 by 100² / (2 · 100 · 9.95), or 5.03.
    assert reach(values, NOBODY, 10).mean == 1
    assert reach(values, NOBODY, 10).deviation == 10


def test_within_a_step_of_a_quantile_there_are_as_many_customers_as_make_a_group() -> None:
    rng = np.random.default_rng(3)
    incomes = np.sort(rng.lognormal(10, 0.6, 400))
    found = reach(incomes, np.zeros(400, dtype=np.bool_), 10)
    for name, share in (("q1", 0.25), ("median", 0.5), ("q3", 0.75)):
        own, step = float(np.quantile(incomes, share)), found.quantiles[name]
        assert np.sum(np.abs(incomes - own) <= step) >= 10, name


@pytest.mark.parametrize(("customers", "told"), [(19, set()), (39, {"median"}), (40, {"q1", "median", "q3"})])
def test_a_quantile_has_ten_customers_on_either_side(customers: int, told: set[str]) -> None:
    values = np.linspace(0, 1, customers)
    assert set(reach(values, np.zeros(customers, dtype=np.bool_), 10).quantiles) == told


def test_a_quantile_is_not_told_to_a_step_wider_than_values_stray() -> None:
    """Half near nought and half near a hundred: the median may be anything between."""
    values = np.concatenate([np.linspace(0, 1, 10), np.linspace(99, 100, 10)])
    assert "median" not in reach(values, np.zeros(20, dtype=np.bool_), 10).quantiles


def test_one_donor_or_two_who_make_nearly_all_of_a_sum() -> None:
    gifts = np.linspace(5, 500, 899)
    assert dominated(np.append(gifts, 9_876_540.0))
    assert not dominated(np.append(gifts, 5_000.0))
    assert dominated(np.sort(np.append(np.full(50, 1.0), [400.0, 300.0])))  # 700 of 750
    assert dominated(np.array([0.0, 0.0, 0.0, 25.0]))
    assert not dominated(np.full(10, 40.0))


@given(st.lists(st.floats(0, 1e6), min_size=3, max_size=12))
def test_the_p_percent_rule_asks_for_nothing_more(amounts: list[float]) -> None:
    """Whatever the second largest could tell the largest by, to within a tenth, is withheld."""
    first, _, *others = sorted(amounts, reverse=True)
    if first > 1e-3 and sum(others) < 0.1 * first:
        assert dominated(np.sort(np.array(amounts)))


def test_figures_below_nought_count_by_their_size() -> None:
    assert dominated(np.array([-5000.0, 1.0, 2.0, 3.0]))


def test_a_group_with_one_large_donor_is_found_among_others() -> None:
    gifts, groups = np.array([1.0, 2, 3, 1, 2, 900]), np.array([0, 0, 0, 1, 1, 1])
    assert any_dominated(gifts, groups)
    assert not any_dominated(np.array([1.0, 2, 3, 1, 2, 1]), groups)
    assert moved_share(gifts) == pytest.approx(900 / 909)


def test_a_quartile_is_not_told_to_a_step_wider_than_the_middle_half() -> None:
    """Thirty earn 10,100 to 10,110, ten far more: the fifth above the third quartile is 890 away."""
    incomes = np.concatenate([np.linspace(10_100, 10_110, 30), np.linspace(10_200, 14_000, 10)])
    found = reach(incomes, np.zeros(40, dtype=np.bool_), 10)
    assert incomes.std() > 1000
    assert found.quantiles == {"q1": 2.0, "median": 2.0}


def test_no_quantile_is_told_that_could_come_out_as_nothing() -> None:
    """The third quartile is 30; ten customers lie within 100 of it, and 0 would say that none of them spends."""
    spent = np.concatenate([np.zeros(70), np.linspace(0, 1000, 30)])
    found = reach(spent, NOBODY, 10)
    assert found.quantiles == {"q1": 0.0, "median": 0.0}
    assert 0 < float(np.quantile(spent, 0.75)) < 200


PUBLIC = Rounding(base=5, least=10, key=b"a key")


@given(st.floats(0.001, 50), st.integers(0, 200))
def test_a_mean_of_amounts_is_never_told_as_nothing(mean: float, draw: int) -> None:
    """Of 100 customers the largest spends 5,000, so that the step is 50."""
    found = reach(np.append(np.zeros(99), 5000.0), NOBODY, 10)
    assert found.mean == 50
    assert found.told_mean(mean, Rounding(5, 10, str(draw).encode())) == 50
    assert found.told_mean(0.0, PUBLIC) == 0


def test_a_mean_of_gains_and_losses_may_be_told_as_nothing() -> None:
    found = reach(np.linspace(-100, 100, 100), NOBODY, 10)
    assert {found.told_mean(0.5, Rounding(5, 10, bytes([key]))) for key in range(40)} == {0.0, 2.0}


@given(st.lists(st.floats(0, 1000), min_size=60, max_size=90), st.integers(0, 50))
def test_told_quantiles_are_in_order_and_within_their_step(values: list[float], draw: int) -> None:
    amounts = np.array(values)
    found = reach(amounts, np.zeros(len(amounts), dtype=np.bool_), 10)
    own = {name: float(np.quantile(amounts, share)) for name, share in {"q1": 0.25, "median": 0.5, "q3": 0.75}.items()}
    told = told_quantiles(own, found, Rounding(5, 10, str(draw).encode()))
    kept = [one for one in (told["q1"], told["median"], told["q3"]) if one is not None]
    assert kept == sorted(kept)
    widest = found.widest or 0.0
    assert all(abs(one - own[name]) <= widest * (1 + 1e-9) for name, one in told.items() if one is not None)


def test_shares_of_value_are_not_told_where_a_group_would_have_none_or_all() -> None:
    """One customer has 600 of 1,000: to a step of 1 each of two groups would have nothing or everything."""
    spent, groups = np.array([600.0, 50, 50, 60, 40, 50, 50, 50, 50]), np.array([0, 0, 0, 0, 0, 1, 1, 1, 1])
    assert value_step(spent, groups) is None
    # The largest of 100 has 2 %, and each group half.
    assert value_step(np.full(100, 1.0) + np.append(np.zeros(99), 1.0), np.repeat([0, 1], 50)) == 0.02
    assert value_step(np.array([1.0, 1, 0, 0]), np.array([0, 0, 1, 1])) is None  # two have all of it


def test_a_small_share_of_value_is_told_as_one_step() -> None:
    spent = np.append(np.full(200, 10.0), np.full(20, 0.2))
    groups = np.append(np.zeros(200, dtype=np.int64), np.ones(20, dtype=np.int64))
    assert value_step(spent, groups) == 0.005
    for key in range(40):
        rounding = Rounding(5, 10, bytes([key]))
        assert told_shares([0.002, 0.998], 0.005, rounding) == [0.005, 0.995]
        assert told_shares([0.0, 1.0], 0.005, rounding) == [0.0, 1.0]


def test_shares_of_value_add_up_as_told() -> None:
    """90% beside 15% would be told of 89% and 11%, and the budget, which goes by both, would call the first 86%."""
    seen = set()
    for key in range(40):
        rounding = Rounding(5, 10, bytes([key]))
        told = told_shares([0.89, 0.11], 0.05, rounding)
        seen.add(tuple(told))
        of_five = told_shares([0.412, 0.303, 0.184, 0.089, 0.012], 0.02, rounding)
        assert sum(of_five) == pytest.approx(1)
        assert all(
            abs(own - true) < 0.02 for own, true in zip(of_five, [0.412, 0.303, 0.184, 0.089, 0.012], strict=True)
        )
        assert sum(told_shares([0.3, 0.3, 0.01], 0.05, rounding)) == pytest.approx(0.6)  # the rest is in no segment
    assert seen == {(0.9, 0.1), (0.85, 0.15)}
    assert told_shares([0.89, 0.11], 0.05, Rounding()) == [0.89, 0.11]


def test_steps_of_quantiles_reach_to_half_a_group_on_either_side() -> None:
    """0 to 100 by ones: five on either side of 25, 50 and 75; nine are half of eleven, rounded up to six."""
    values, nobody = np.arange(101.0), np.zeros(101, dtype=np.bool_)
    assert reach(values, nobody, 10).quantiles == {"q1": 5, "median": 5, "q3": 5}
    assert reach(values, nobody, 11).quantiles == {"q1": 10, "median": 10, "q3": 10}
    assert reach(values, nobody, 10).widest == 5
    assert reach(values, nobody, 60).widest is None
    few = reach(values, nobody, 10, {"p05": 0.05, "p10": 0.1, "p90": 0.9, "p95": 0.95})
    assert few.quantiles == {"p10": 5, "p90": 5}


def test_a_quantile_between_two_customers_reaches_past_both() -> None:
    """0 to 39 by ones: the median 19.5 lies between 19 and 20, and two more on either side are 17 and 22."""
    found = reach(np.arange(40.0), np.zeros(40, dtype=np.bool_), 4, {"median": 0.5})
    assert found.quantiles == {"median": 5}
    wide = np.concatenate([np.arange(20.0), np.arange(20.0) * 10 + 30])
    # Of 19, 30 the middle is 24.5; one more on the lower side is 18, on the upper 40, which is 15.5 away.
    assert reach(wide, np.zeros(40, dtype=np.bool_), 2, {"median": 0.5}).quantiles == {"median": 20}
    # The same values from the other end: 18 is now the upper.
    assert reach(-wide, np.zeros(40, dtype=np.bool_), 2, {"median": 0.5}).quantiles == {"median": 20}


def test_values_that_are_all_alike_are_told_as_they_are() -> None:
    found = reach(np.full(40, 7.0), np.zeros(40, dtype=np.bool_), 10)
    assert (found.mean, found.deviation) == (0, 0)
    assert (found.mean, found.quantiles, found.dominated) == (0, {"q1": 0, "median": 0, "q3": 0}, False)


def test_who_has_no_value_moves_nothing() -> None:
    values = np.append(np.linspace(20, 70, 100), np.full(50, np.nan))
    found = reach(values, np.zeros(150, dtype=np.bool_), 10)
    assert found.mean == 0.5
    assert set(found.quantiles) == {"q1", "median", "q3"}


def test_who_is_apart_counts_in_quantiles_but_in_no_sum() -> None:
    values = np.append(np.arange(100.0), 1e6)
    apart = np.arange(101) == 100
    found = reach(values, apart, 10)
    assert (found.mean, found.dominated) == (1, False)  # 99 / 100
    assert reach(values, ~apart & False, 10).dominated
    assert found.quantiles["median"] == 5


def test_where_all_are_apart_all_count() -> None:
    values = np.linspace(20, 70, 100)
    assert reach(values, np.ones(100, dtype=np.bool_), 10).mean == 0.5


def test_nobody_has_no_figures() -> None:
    found = reach(np.full(3, np.nan), np.zeros(3, dtype=np.bool_), 1)
    assert (found.mean, found.quantiles, found.dominated, found.widest) == (0, {}, False, None)


def test_each_group_has_its_own_steps_and_who_is_in_none_counts_nowhere() -> None:
    values = np.concatenate([np.linspace(0, 1000, 50), np.linspace(0, 100, 50), [1e9], np.linspace(0, 10, 20)])
    groups = np.concatenate([np.full(50, 2), np.full(50, 0), [-1], np.full(20, 3)])
    out = np.zeros(121, dtype=np.bool_)
    out[0] = out[-1] = True
    found = reaches(values, out, groups, 4, 10)
    assert [one.mean for one in found] == [2, 0, 20, 0.5]  # 100 / 50, nobody, 980 / 49, 9.5 / 19
    assert [set(one.quantiles) for one in found] == [{"q1", "median", "q3"}, set(), {"q1", "median", "q3"}, set()]


def test_two_who_make_just_nine_tenths_are_too_much() -> None:
    assert dominated(np.array([1.0] * 10 + [45.0, 45.0]))  # 90 of 100
    assert not dominated(np.array([1.0] * 11 + [45.0, 45.0]))
    assert not dominated(np.zeros(5))
    assert not dominated(np.zeros(0))
    assert dominated(np.array([-50.0, -40.0, 1.0, 2.0, 3.0]))  # 90 of 96
    assert not dominated(np.array([-5.0, -4.0, -4.0, 1.0, 2.0, 3.0]))


def test_a_share_of_nothing_moves_by_nothing() -> None:
    assert moved_share(np.zeros(4)) == 0
    assert moved_share(np.array([1.0, 3.0])) == 0.75


def test_small_amounts_count_like_large_ones() -> None:
    cents = np.append(np.zeros(99), 0.01)
    assert reach(cents, NOBODY, 10).deviation == 0.001  # a ten-thousandth of the test with 100
    assert dominated(np.array([0.01, 0.02, 0.5]))
    assert moved_share(np.array([0.1, 0.3])) == pytest.approx(0.75)


def test_the_first_and_the_last_customer_count_as_neighbours() -> None:
    """The lower quartile of 0, 10, 11, …, 16 lies at 10.75, and 0 is the neighbour below with two on either side."""
    values, nobody = np.append(0.0, np.arange(10.0, 17.0)), np.zeros(8, dtype=np.bool_)
    assert set(reach(values, nobody, 2).quantiles) == {"median", "q3"}
    assert set(reach(-values, nobody, 2).quantiles) == {"q1", "median"}
    assert reach(np.arange(4.0), nobody[:4], 1).quantiles == {}  # a step of 2 is wider than the values stray


def test_it_is_the_group_itself_in_which_one_makes_the_sum() -> None:
    values = np.append([100.0, 1.0, 1.0, 1.0], np.full(60, 100.0))
    assert any_dominated(values, np.repeat([0, 1, 2], [4, 30, 30]))
    assert not any_dominated(values, np.repeat([0, 1], [34, 30]))


@pytest.mark.parametrize("draw", range(20))
def test_shares_that_lie_half_a_step_off_are_let_be(draw: int) -> None:
    """95 hundredths are as near to 94 as to 96, and floating point knows no halves."""
    rounding = Rounding.of(public=True, least=10, table=f"table {draw}")
    told = told_shares([0.475, 0.475], 0.02, rounding)
    assert set(told) <= {0.46, 0.48}
    assert round(sum(told), 9) in {0.94, 0.96}


@given(
    st.lists(st.integers(0, 1000), min_size=1, max_size=12),
    st.sampled_from([0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5]),
    st.integers(0, 5),
)
def test_shares_add_up_as_nearly_as_the_step_allows(parts: list[int], step: float, draw: int) -> None:
    """Unless each is at the least that is told of one that is not nothing."""
    total = sum(parts) or 1
    shares = [part / total for part in parts]
    told = told_shares(shares, step, Rounding.of(public=True, least=10, table=f"table {draw}"))
    off = (sum(told) - sum(shares)) / step
    assert abs(off) <= 0.5 + 1e-6 or (off > 0 and all(one < step * 1.5 for one in told))
    assert [one > 0 for one in told] == [share > 0 for share in shares]
