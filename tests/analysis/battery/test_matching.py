import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from analysis.clustering.battery.matching import ALL_SETS_UP_TO, most_alike


@given(st.integers(1, 7), st.integers(1, 5), st.integers(0, 2**31))
@settings(deadline=None, max_examples=60)
def test_it_is_as_good_as_the_hungarian_method(k, resamples, seed):
    similarity = np.random.default_rng(seed).random((resamples, k, k)).round(seed % 3 + 1)
    found = most_alike(similarity)
    assert (np.sort(found, axis=1) == np.arange(k)).all()
    for alike, theirs in zip(similarity, found, strict=True):
        ours, best = linear_sum_assignment(-alike)
        assert alike[np.arange(k), theirs].sum() == pytest.approx(alike[ours, best].sum())


def test_segments_that_are_alike_in_nothing_are_still_matched_one_to_one():
    assert sorted(most_alike(np.zeros((1, 4, 4)))[0]) == [0, 1, 2, 3]


def test_many_segments_are_matched_as_well():
    similarity = np.random.default_rng(1).random((3, ALL_SETS_UP_TO + 2, ALL_SETS_UP_TO + 2))
    order = np.random.default_rng(2).permutation(ALL_SETS_UP_TO + 2)
    similarity[:, np.arange(ALL_SETS_UP_TO + 2), order] += 5
    assert (most_alike(similarity) == order).all()
    few = similarity[:, :4, :][:, :, order[:4]]
    assert (most_alike(few) == np.arange(4)).all()
