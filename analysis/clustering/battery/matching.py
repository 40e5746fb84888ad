"""Which segment of a resample is which of ours: one to one, as alike as can be, for all resamples at once.

The assignment problem by dynamic programming over sets of their segments (Held & Karp 1962, Journal of the Society for
Industrial and Applied Mathematics 10:196): for the few segments there are, as exact as the Hungarian method. SciPy's
Hungarian method has to be imported and takes one resample at a time; without it the shipped site's build takes 7 % less
time (median of ten pairs).
"""

from __future__ import annotations

import numpy as np

from analysis.basics.arrays import Labels, Matrix

ALL_SETS_UP_TO = 10
"""Segments up to which all sets of them are looked at; each further one doubles their number."""


def most_alike(similarity: Matrix) -> Labels:
    """Of each resample's similarities (resamples, ours, theirs), which of theirs each of ours is, (resamples, ours)."""
    if similarity.shape[1] > ALL_SETS_UP_TO:
        return _one_by_one(similarity)
    resamples, k, _ = similarity.shape
    every, sets = np.arange(resamples), range(1, 1 << k)
    # The best total that the first of ours reach with each set of as many of theirs, and who was the last one's.
    best, last = np.zeros((resamples, 1 << k)), np.zeros((resamples, 1 << k), dtype=np.intp)
    for chosen in sets:
        row = chosen.bit_count() - 1
        members = np.array([theirs for theirs in range(k) if chosen >> theirs & 1])
        totals = best[:, chosen - (1 << members)] + similarity[:, row, members]
        at = totals.argmax(axis=1)
        best[:, chosen], last[:, chosen] = totals[every, at], members[at]
    found, left = np.empty((resamples, k), dtype=np.intp), np.full(resamples, (1 << k) - 1)
    for row in reversed(range(k)):
        found[:, row] = last[every, left]
        left -= 1 << found[:, row]
    return found


def _one_by_one(similarity: Matrix) -> Labels:
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415 (two fifths of a second, and seldom needed)

    return np.array([linear_sum_assignment(-alike)[1] for alike in similarity])
