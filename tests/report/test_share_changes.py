"""The interval of a difference of shares, against published examples, and what is made of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.contract import Contract, Interval, MovedCustomers, PastSegment, Segment
from report.captions.share_changes import between, correlation_of_shares, mover, share_changes, since_last, told_apart
from tests.report.histories import MERGED, with_history


def test_the_interval_is_that_of_newcombes_examples():
    """Newcombe 1998, table II, method 10, examples (a) 56/70 − 48/80 and (b) 9/10 − 3/10, from Wilson’s intervals."""
    assert mover(0.6, (0.490458, 0.700429), 0.8, (0.691824, 0.876872)) == pytest.approx((0.0524, 0.3339), abs=2e-4)
    assert mover(0.3, (0.107789, 0.603222), 0.9, (0.595850, 0.982124)) == pytest.approx((0.1705, 0.8090), abs=2e-4)


def test_the_interval_of_paired_shares_is_that_of_newcombes_example():
    """Newcombe 1998 (paired), method 10, a = 36, b = 12, c = 2, d = 0: 48 of 50 and 38 of 50, 36 of them in both."""
    found = mover(0.76, (0.625916, 0.857044), 0.96, (0.865402, 0.988960), -24 / (48 * 2 * 38 * 12) ** 0.5)
    assert found == pytest.approx((0.0569, 0.3404), abs=2e-4)


def panel(
    contract: Contract, flows: dict[tuple[int | None, int | None], int | None], base: int | None = None
) -> tuple[Contract, PastSegment, Segment]:
    """Segment 1 in two builds with these flows, of which those of others are segment 2's."""
    told = tuple(MovedCustomers(source=a, target=b, customers=count) for (a, b), count in flows.items())
    counts = {pair: count or 0 for pair, count in flows.items()}
    was, now = (sum(count for pair, count in counts.items() if pair[way] == 1) for way in (0, 1))
    before, after = (sum(count for pair, count in counts.items() if pair[way]) for way in (0, 1))
    made = with_history(contract, flows=told, shared=sum(count for pair, count in counts.items() if all(pair)))
    made = made.model_copy(update={"privacy": made.privacy.model_copy(update={"rounding_base": base})})
    segment = contract.segments[0].model_copy(update={"size": now, "share": now / after})
    return made, made.past[-1].segments[0].model_copy(update={"size": was, "share": was / before}), segment


@pytest.mark.parametrize(
    ("flows", "base", "expected"),
    [
        ({(1, 1): 36, (1, 2): 12, (2, 1): 2}, None, -0.1147),  # Newcombe's: −24 / √(48 · 2 · 38 · 12)
        ({(1, 1): 30, (1, 2): 10, (2, 1): 10, (2, 2): 50}, None, 0.5625),  # (30 · 50 − 10 · 10 − 50) / (40 · 60)
        ({(1, 1): 40, (2, 2): 60}, None, 0.9792),  # (40 · 60 − 50) / (40 · 60)
        ({(1, 1): 40, (2, 2): 60, (1, None): 10, (None, 1): 10}, None, 0.8617),  # 23.5 / √(50 · 60/110 · 50 · 60/110)
        ({(1, 1): 400, (2, 2): 600}, 5, 0.9651),  # (396 − 404 · 404 / 996 − 0.5) / 240
        ({(1, 1): 16, (1, 2): 24, (2, 1): 24, (2, 2): 36}, None, 0.0),  # as many as by chance
        ({(1, 1): None, (2, 2): 60}, None, 0.0),
    ],
)
def test_two_shares_are_alike_by_those_who_stayed(mall_contract, flows, base, expected):
    contract, was, now = panel(mall_contract, flows, base)
    assert correlation_of_shares(contract, was, now) == pytest.approx(expected, abs=1e-4)


def test_a_panel_tells_a_change_that_two_samples_would_not(mall_contract):
    """Of 400 the same customers 25 came to a segment of 120 and 5 left it."""
    contract, was, now = panel(mall_contract, {(1, 1): 115, (1, 2): 5, (2, 1): 25, (2, 2): 255})
    was = was.model_copy(update={"share_interval": Interval(lower=0.25, upper=0.35)})
    now = now.model_copy(update={"share_interval": Interval(lower=0.30, upper=0.40)})
    assert told_apart(between(was, now)) == "within chance"
    assert told_apart(since_last(contract, was, now)) == "grown"
    assert since_last(contract, was, now) == pytest.approx(
        (0.0208, 0.0792), abs=1e-4
    )  # ± 0.05 · √(2 − 2 · 72.5 / √(84 · 91))
    unknown = contract.model_copy(update={"changes": contract.changes.model_copy(update={"flows": ()})})
    assert since_last(unknown, was, now) == between(was, now)
    assert since_last(contract, None, now) is None


@st.composite
def estimates(draw: st.DrawFn) -> tuple[float, tuple[float, float]]:
    low, middle, high = sorted(draw(st.lists(st.floats(0, 1), min_size=3, max_size=3)))
    return middle, (low, high)


@given(estimates(), estimates(), st.floats(-1, 1))
def test_it_holds_the_difference_and_turns_round_with_it(before, now, alike):
    low, high = mover(*before, *now, alike)
    assert low <= now[0] - before[0] <= high
    assert mover(*now, *before, alike) == pytest.approx((-high, -low))


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
        now.share, (now.share_interval.lower, now.share_interval.upper), correlation_of_shares(contract, last, now),
    )  # fmt: skip
    assert share_changes(contract)[0].interval == expected
