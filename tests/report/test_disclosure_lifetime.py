"""What is published of expected value counts no small group."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.contract import Contract, Lifetime
from report.disclosure import protected
from report.disclosure.lifetime import lifetime as told
from report.disclosure.lifetime import prospects
from tests.report.lifetimes import PROSPECT, expected, lifetime

LEAST = 10


@pytest.fixture(scope="module")
def public(mall_contract: Contract) -> Contract:
    privacy = mall_contract.privacy.model_copy(update={"mode": "public", "min_cell": LEAST})
    return mall_contract.model_copy(update={"privacy": privacy})


def _told(public: Contract, found: Lifetime) -> Lifetime:
    answer = told(expected(public, found))
    assert answer is not None
    return answer


def test_the_published_copy_holds_what_is_safe(public: Contract):
    safe = lifetime(120, 50, 30, repeaters=80)
    copy = protected(expected(public, safe))
    assert copy.lifetime.repeaters == 80
    classes = copy.lifetime.held_out.classes
    assert [(one.lower, one.upper, one.customers) for one in classes] == [
        (one.lower, one.upper, one.customers) for one in safe.held_out.classes
    ]
    for one, exact in zip(copy.lifetime.purchases.values(), safe.purchases.values(), strict=True):
        assert one.value == exact.value
        assert one.interval.lower <= exact.interval.lower < exact.interval.upper <= one.interval.upper
    assert all(one.lifetime for one in copy.segments)
    assert protected(copy).lifetime == copy.lifetime


def test_small_classes_are_put_together(public: Contract):
    classes = _told(public, lifetime(153, 4, 4, 30, 9)).held_out.classes
    assert [(one.lower, one.upper, one.customers) for one in classes] == [(0, 0, 153), (1, None, 47)]
    together = _told(public, lifetime(194, 3, 3)).held_out.classes
    assert [(one.lower, one.upper) for one in together] == [(0, None)]
    assert together[0].actual == pytest.approx((194 * 0.6 + 3 * 1.6 + 3 * 2.6) / 200)


@given(counts=st.lists(st.integers(1, 40), min_size=1, max_size=9))
def test_no_class_is_small_and_purchases_stay_the_same(counts: list[int], public: Contract):
    before = lifetime(*counts)
    after = _told(public, before).held_out
    if sum(counts) < LEAST:
        assert after is None
        return
    if any(one.customers is None for one in after.classes):
        assert 0 < 200 - sum(counts) < LEAST
        return
    assert all(one.customers >= LEAST for one in after.classes)
    for name in ("expected", "actual"):
        sums = [sum(getattr(one, name) * one.customers for one in each.classes) for each in (before.held_out, after)]
        assert sums[0] == pytest.approx(sums[1])


def test_counts_are_withheld_where_few_joined_later(public: Contract):
    classes = _told(public, lifetime(100, 60, 35)).held_out.classes
    assert [one.customers for one in classes] == [None, None, None]
    assert [one.customers for one in _told(public, lifetime(100, 60, 30)).held_out.classes] == [100, 60, 30]


@pytest.mark.parametrize(("repeaters", "shown"), [(9, None), (10, 10), (190, 190), (195, None), (200, 200)])
def test_few_who_came_back_or_did_not_are_not_counted(public: Contract, repeaters: int, shown: int | None):
    assert _told(public, lifetime(repeaters=repeaters)).repeaters == shown


def test_a_table_without_lifetimes_has_none(public: Contract):
    assert told(public) is None
    assert _told(public, lifetime(held_out=None)).held_out is None


@pytest.mark.parametrize(
    ("once", "alive", "told"),
    [
        (20, 0.7, (20 / 40, 0.7)),
        (4, 0.7, (None, 0.7)),
        (0, 0.7, (None, 0.7)),  # none bought once
        (31, 0.7, (None, None)),
        (36, None, (None, None)),
        (40, None, (None, None)),  # all did
    ],
)
def test_few_who_bought_once_or_again_are_not_told(public: Contract, once: int, alive: float | None, told):
    """Of 40 customers: fewer than ten on either side are withheld, and so is a mean over fewer than ten."""
    contract = expected(public)
    prospect = PROSPECT.model_copy(update={"bought_once": once / 40, "alive": alive})
    first = contract.segments[0].model_copy(update={"size": 40, "lifetime": prospect})
    found = prospects(contract.model_copy(update={"segments": (first,)}))[1]
    assert (found.bought_once, found.alive) == told


def test_shares_that_are_not_of_all_segments_are_withheld_of_all(public: Contract):
    """What is lacking would follow from the others and the whole."""
    contract = expected(public)
    segments = tuple(
        one.model_copy(update={"size": 40, "lifetime": PROSPECT.model_copy(update={"bought_once": once, "alive": 0.7})})
        for one, once in zip(contract.segments, (0.5, None, 0.5), strict=False)
    )
    found = prospects(contract.model_copy(update={"segments": segments}))
    assert [(one.bought_once, one.alive) for one in found.values()] == [(None, None)] * 3


def test_who_bought_once_does_not_follow_from_all_who_did(public: Contract):
    """Four of 40 bought once; all who did, less those of the other segments, would tell: so 12 of 30 go as well."""
    contract = expected(public)
    segments = tuple(
        one.model_copy(
            update={"size": size, "lifetime": PROSPECT.model_copy(update={"bought_once": once / size, "alive": 0.7})}
        )
        for one, size, once in zip(contract.segments, (40, 30, 50), (4, 12, 20), strict=False)
    )
    found = prospects(contract.model_copy(update={"segments": segments}))
    assert {number: one.bought_once for number, one in found.items()} == {1: None, 2: None, 3: 20 / 50}
    assert {one.alive for one in found.values()} == {0.7}
