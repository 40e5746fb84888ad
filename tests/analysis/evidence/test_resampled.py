"""Intervals over resamples: of size, share and stability, and where there are none."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics.resampled import Resampled, bounds, interval
from analysis.statistics.sampling import Sureness, sureness

TEN = np.array([0] * 4 + [1] * 6)
"""Segments of ten customers."""


def _resampled(resamples: int = 40, **changes: object) -> Resampled:
    """Ten customers in two segments of 4 and 6; each resample draws every one of them once."""
    labels = np.tile(np.array([0] * 4 + [1] * 6, dtype=np.int8), (resamples, 1))
    given_ = {
        "labels": labels, "weights": np.ones(labels.shape), "jaccard": np.ones((resamples, 2)), "rows": np.arange(10),
    }  # fmt: skip
    return Resampled(**{**given_, **changes})


def test_bounds_are_percentiles():
    """Of 199 figures the 5th from either end: 5 / 200 = 2.5 % (Weibull's)."""
    lower, upper = bounds(np.arange(1.0, 200.0))
    assert (float(lower), float(upper)) == pytest.approx((5, 195))


@pytest.mark.parametrize(("known", "lower"), [(100, 1.525), (50, 0.275), (49, None)])
def test_half_of_the_resamples_must_know_a_figure(known: int, lower: float | None):
    found = interval(bounds(np.where(np.arange(100) < known, np.arange(100.0), np.nan)))
    assert (found and found.lower) == (lower and pytest.approx(lower))


def test_fewer_than_twenty_resamples_tell_nothing():
    assert interval(bounds(np.arange(19.0))) is None
    assert interval(bounds(np.arange(20.0))) is not None


def test_resamples_that_always_agree_leave_no_doubt():
    first, second = sureness(_resampled(), 2, TEN)
    assert (first.size.lower, first.size.upper, first.share.lower) == (4, 4, 0.4)
    assert (second.size.lower, second.size.upper, second.stability.lower) == (6, 6, 1)


def test_on_a_sample_sizes_are_those_of_the_whole_table():
    """In the whole table 35 of 100 are in the first segment, of the sample 4 of 10."""
    labels = np.repeat([0, 1], [35, 65])
    first, _ = sureness(_resampled(rows=np.arange(0, 100, 10)), 2, labels)
    assert (first.size.lower, first.share.lower) == (35, 0.35)


def test_weights_say_how_often_a_customer_was_drawn():
    """The first segment's four twice in half of the resamples: 8 of 10; else 4 of 10; in the middle 6 of 10."""
    weights = np.tile(np.array([[2.0, 2, 2, 2, 1, 1, 0, 0, 0, 0], [1.0] * 10]), (20, 1))
    first = sureness(_resampled(weights=weights), 2, TEN)[0]
    assert (first.share.lower, first.share.upper) == pytest.approx((0.4 - 0.2, 0.4 + 0.2))


def test_a_segment_that_seldom_comes_back_has_no_interval():
    labels = _resampled().labels.copy()
    labels[5:][labels[5:] == 1] = -1
    first, second = sureness(_resampled(labels=labels), 2, TEN)
    assert first.share is not None
    assert second.share is None
    assert second.size is None


def test_resamples_in_which_a_segment_dissolved_tell_nothing_of_its_size():
    """In 30 of 40 the first segment has dissolved; the second, in as many, has but changed."""
    labels = _resampled().labels.copy()
    labels[:30, 3:5] = [1, 0]
    jaccard = np.ones((40, 2))
    jaccard[:30] = [0.5, 0.51]
    first, second = sureness(_resampled(labels=labels, jaccard=jaccard), 2, TEN)
    assert first.share is None
    assert first.stability is not None
    assert second.share is not None
    assert (first.dissolved, second.dissolved) == (30, 0)


def test_the_share_of_value_goes_by_who_was_drawn_and_what_they_are_worth():
    """The first segment's four customers are worth 3 each, the other six 1: 12 of 18, in every resample."""
    value = np.array([3.0] * 4 + [1.0] * 6)
    first, second = sureness(_resampled(), 2, TEN, value)
    assert (first.value_share.lower, first.value_share.upper) == pytest.approx((12 / 18, 12 / 18))
    assert second.value_share.lower == pytest.approx(6 / 18)
    # 24 of 26 in half of the resamples, else 12 of 18: from the middle of the two as far as either is.
    weights = np.tile(np.array([[2.0] * 4 + [1.0] * 2 + [0.0] * 4, [1.0] * 10]), (20, 1))
    reach = (24 / 26 - 12 / 18) / 2
    drawn = sureness(_resampled(weights=weights), 2, TEN, value)[0].value_share
    assert (drawn.lower, drawn.upper) == pytest.approx((12 / 18 - reach, 12 / 18 + reach))
    assert sureness(_resampled(), 2, TEN)[0].value_share is None
    assert sureness(_resampled(), 2, TEN, np.zeros(10))[0].value_share is None


def test_without_resamples_nothing_is_known():
    assert sureness(None, 3, TEN) == (Sureness(),) * 3


def test_the_interval_of_stability_is_that_of_the_resamples_and_not_of_their_mean():
    jaccard = np.tile(np.array([[0.4, 1.0], [0.9, 1.0]]), (100, 1))
    first, _ = sureness(_resampled(200, jaccard=jaccard), 2, TEN)
    assert (first.stability.lower, first.stability.upper) == (0.4, 0.9)


def test_the_interval_of_stability_reaches_to_the_mean_that_is_told():
    """98 resamples of 1 and two of .5: 95 % of them are at 1, and the mean is .99."""
    jaccard = np.ones((100, 2))
    jaccard[:2, 0] = 0.5
    first, _ = sureness(_resampled(100, jaccard=jaccard), 2, TEN)
    assert (first.stability.lower, first.stability.upper) == pytest.approx((0.7625, 1.0))
    jaccard[1:, 0] = 1
    first, _ = sureness(_resampled(100, jaccard=jaccard), 2, TEN)
    assert (first.stability.lower, first.stability.upper) == pytest.approx((0.995, 1.0))


@given(st.permutations(range(4)), st.integers(0, 1000))
def test_reordering_moves_every_interval_with_its_segment(order: list[int], seed: int):
    generator = np.random.default_rng(seed)
    weights = generator.integers(0, 3, (40, 30)).astype(float)
    labels = generator.integers(-1, 4, (40, 30)).astype(np.int8)
    plain = Resampled(labels, weights, generator.random((40, 4)), np.arange(30))
    of_all = generator.permutation(np.arange(30) % 4)
    number = np.argsort(order)
    before, after = sureness(plain, 4, of_all), sureness(plain.ordered(np.array(order)), 4, number[of_all])
    assert [after[place] for place in range(4)] == [before[former] for former in order]
    assert ((plain.ordered(np.array(order)).labels == -1) == (labels == -1)).all()
