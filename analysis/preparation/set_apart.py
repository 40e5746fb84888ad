"""Whose amounts make no mean and no spread: the customers set apart as far from all others.

One income of 666,666 among 58 customers moves their mean by a fifth, and the standard deviation many times over, by
which differences are judged. Who takes no part in the fit takes none in these either, so that a mean, its interval
and the name made of it are of the same customers. Counts, shares, sums, medians and quartiles have everybody in them:
one customer more or less hardly moves them, or they would be wrong without him. On a public site the means of what adds
up to customers' value have, too: see `analysis.preparation.features`.
"""

from __future__ import annotations

import numpy as np

from analysis.basics.arrays import Labels, Mask
from analysis.contract import Feature


def is_amount(feature: Feature) -> bool:
    """Whether a column's values can lie far out: neither yes and no, nor levels, whose means are shares."""
    return feature.kind == "numeric" and feature.measure in {"numeric", "date"} and feature.two_values is None


def left_out(apart: Mask, labels: Labels, fewest: int = 1) -> Mask:
    """Those of the customers set apart who count in no mean, (customers,); a group of few others keeps its own.

    `labels` are of segments from 0; −1 is none. A mean of fewer than `fewest` customers may not be published.
    """
    groups = labels + 1
    few = np.bincount(groups[~apart], minlength=int(groups.max(initial=0)) + 1) < fewest
    return np.asarray(apart & ~few[groups])
