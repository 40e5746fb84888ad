"""The interval of a difference of shares, against published examples, and what is made of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.contract import Interval
from report.captions.share_changes import between, mover, share_changes, told_apart
from tests.report.histories import MERGED, with_history


def test_the_interval_is_that_of_newcombes_examples():
    """Newcombe 1998, table II, method 10, examples (a) 56/70 − 48/80 and (b) 9/10 − 3/10, from Wilson’s intervals."""
    assert mover(0.6, (0.490458, 0.700429), 0.8, (0.691824, 0.876872)) == pytest.approx((0.0524, 0.3339), abs=2e-4)
    assert mover(0.3, (0.107789, 0.603222), 0.9, (0.595850, 0.982124)) == pytest.approx((0.1705, 0.8090), abs=2e-4)


@st.composite
def estimates(draw: st.DrawFn) -> tuple[float, tuple[float, float]]:
    low, middle, high = sorted(draw(st.lists(st.floats(0, 1), min_size=3, max_size=3)))
    return middle, (low, high)


@given(estimates(), estimates())
def test_it_holds_the_difference_and_turns_round_with_it(before, now):
    low, high = mover(*before, *now)
    assert low <= now[0] - before[0] <= high
    assert mover(*now, *before) == pytest.approx((-high, -low))


@given(estimates(), estimates())
def test_it_is_no_narrower_than_either_interval(before, now):
    low, high = mover(*before, *now)
    for _, ends in (before, now):
        assert high - low >= ends[1] - ends[0] - 1e-9


@pytest.mark.parametrize(
    ("interval", "told"),
    [((0.01, 0.2), "grown"), ((-0.2, -0.01), "shrunk"), ((-0.1, 0.1), "within chance"), ((0, 0.1), "within chance"),
     (None, "not known")],
)  # fmt: skip
def test_a_change_counts_where_zero_is_outside(interval, told):
    assert told_apart(interval) == told


def test_every_segment_of_both_builds_is_told_once(mall_contract):
    found = {one.id: one for one in share_changes(with_history(mall_contract))}
    assert [*found] == [1, 2, 3, 4, 5, 6, MERGED]
    assert [one.size for one in found.values()] == [
        "grown", "new", "within chance", "within chance", "within chance", "within chance", "gone",
    ]  # fmt: skip
    assert (found[1].before, found[1].now) == (0.0975, 0.195)
    assert found[1].difference == pytest.approx(0.0975)
    assert (found[2].before, found[2].difference, found[2].interval) == (None, None, None)
    assert (found[MERGED].before, found[MERGED].now) == (0.08, None)


def test_without_an_interval_nothing_is_said_to_be_beyond_chance(mall_contract):
    """Not even where the shares differ a lot."""
    now = mall_contract.segments[0]
    before = with_history(mall_contract).past[-1].segments[0]
    assert between(before, now) is not None
    assert between(before.model_copy(update={"share_interval": None}), now) is None
    assert between(before, now.model_copy(update={"share_interval": None})) is None
    assert between(before.model_copy(update={"share": None}), now) is None
    assert between(None, now) is None


def test_a_first_build_has_no_changes(mall_contract):
    assert share_changes(mall_contract) == []
    assert share_changes(with_history(mall_contract, builds=1)) == []


def test_the_interval_is_the_published_one(mall_contract):
    contract = with_history(mall_contract)
    last, now = contract.past[-1].segments[0], contract.segments[0]
    assert isinstance(now.share_interval, Interval)
    expected = mover(
        last.share, (last.share_interval.lower, last.share_interval.upper),
        now.share, (now.share_interval.lower, now.share_interval.upper),
    )  # fmt: skip
    assert share_changes(contract)[0].interval == expected
