"""The gap statistic: how much tighter the segments are than those of a table without groups.

Tibshirani, Walther & Hastie (2001), “Estimating the number of clusters in a data set via the gap statistic”, Journal of
the Royal Statistical Society B 63:411; the reference is the uniform box along the principal axes of the standardised
table (their choice b; of marks and categories what `analysis.clustering.battery.copula.independent` draws), R's
default in `cluster::clusGap` (`spaceH0 = "scaledPCA"`). W is the sum of squared distances to the means (`d.power =
2` there). The rule starts with one segment, the whole table: where that is preferred, the statistic sees nothing to
divide.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from analysis.basics.arrays import Matrix


@dataclass(frozen=True)
class Gap:
    """The statistic for one number of segments, and its standard error."""

    value: float
    error: float


def gaps(inertia: Mapping[int, float], reference: Mapping[int, Matrix]) -> dict[int, Gap]:
    """The gap for each number of segments that `inertia` has, from the inertias of reference tables, (tables,)."""
    return {k: _gap(own, reference[k]) for k, own in inertia.items()}


def _gap(own: float, reference: Matrix) -> Gap:
    # The smallest inertia that single precision tells from none: as many segments as there are different customers.
    logs = np.log(np.maximum(reference, 1e-6))
    return Gap(
        value=float(logs.mean() - np.log(max(own, 1e-6))),
        error=float(logs.std() * np.sqrt(1 + 1 / len(logs))),
    )


def preferred(found: Mapping[int, Gap]) -> int:
    """The smallest number of segments whose gap is within one standard error of the next one's; the last if none is.

    `Tibs2001SEmax` in `cluster::maxSE`. Where a number was left out, the one before it is compared with nothing.
    """
    ks = sorted(found)
    for k, following in pairwise(ks):
        if following == k + 1 and found[k].value >= found[following].value - found[following].error:
            return k
    return ks[-1]
