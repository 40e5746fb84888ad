"""The chosen segments in every bootstrap resample, and the intervals that follow from how figures vary over them.

The interval of a figure lies around the very figure that is told: it reaches as far below and above it as the 2.5th and
the 97.5th percentile over resamples lie from their median (bootstrap percentiles; Efron & Tibshirani 1993, An
Introduction to the Bootstrap, ch. 13; of few resamples the percentiles are those of Weibull, which on average leave 5 %
outside). In each resample the segments are found anew, so it holds both what drawing other customers and what fitting
other segments would change. A resample in which a segment dissolves has another segment in its place and tells nothing
of its figures: of a segment that often dissolves, the intervals hold only for the times when it does not, and how often
it does is its stability's to say.

Resamples of m customers stray √(n / m) times as far as those of n (Politis, Romano & Wolf 1999, Subsampling, ch. 2).
Of a large table they are drawn from a sample, so both parts of what they stray are brought to the number of customers
that each goes by: fitting to those to whom the segments were fitted, counting to all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from analysis.basics.arrays import Labels, Mask, Matrix
from analysis.contract import Interval
from analysis.contract.stability import DISSOLVED

if TYPE_CHECKING:
    from numpy.typing import NDArray

ENOUGH_RESAMPLES, SHARE_OF_RESAMPLES = 20, 0.5
"""Resamples that must know a segment, in number and as a share of all, before an interval is told."""
TAILS = (2.5, 97.5)


@dataclass(frozen=True, eq=False)
class Resampled:
    """What the resamples at the chosen number of segments found, over the customers they were drawn from.

    `labels` are matched to the segments of the whole table; −1 is a segment that matches none of them.
    """

    labels: NDArray[np.int8]
    """Segment (0…k−1, or −1) that each resample's centroids give every customer, (resamples, customers)."""
    weights: Matrix
    """How often each customer was drawn, (resamples, customers)."""
    jaccard: Matrix
    """Jaccard similarity of each segment with its match, (resamples, segments); not a number where nobody was drawn."""
    rows: Labels
    """Positions of these customers among the features' rows; on a large table a sample."""
    refitting: float = 1.0
    """What fits to the customers that the segments were fitted to stray, by what those of the resamples do."""
    counting: float = 1.0
    """What figures of all customers stray under the same fit, by what those of these customers do."""

    @property
    def k(self) -> int:
        """Number of segments."""
        return int(self.jaccard.shape[1])

    @property
    def came_back(self) -> Mask:
        """Whether each segment came back in each resample, (resamples, segments)."""
        return np.asarray(self.jaccard > DISSOLVED)

    def ordered(self, order: Labels) -> Resampled:
        """The same with segment `order[i]` as segment i, as the canonical order wants it."""
        # The last entry serves the label −1, which stays.
        place = np.append(np.argsort(order), -1).astype(np.int8)
        return replace(self, labels=place[self.labels], jaccard=self.jaccard[:, order])

    def figures(self, of: Callable[[NDArray[np.signedinteger], Matrix], Matrix]) -> Matrix:
        """A figure of every segment in every resample, (resamples, …), up to a constant; NaN where none.

        `of` takes it from labels and weights (resamples, customers).
        """
        drawn = of(self.labels, self.weights)
        if self.refitting == self.counting == 1:
            return drawn
        refitted = of(self.labels, np.ones_like(self.weights))
        # An infinite effect strays by no number.
        with np.errstate(invalid="ignore"):
            return np.asarray(self.refitting * refitted + self.counting * (drawn - refitted))


def bounds(values: Matrix) -> Matrix:
    """The 2.5th and 97.5th percentile over the first axis, (2, …); NaN where too few resamples know a figure."""
    draws = len(values)
    flat = values.reshape(draws, -1)
    found = np.full((2, flat.shape[1]), np.nan)
    for column, drawn in enumerate(flat.T):
        known = drawn[np.isfinite(drawn)]
        if len(known) >= max(ENOUGH_RESAMPLES, SHARE_OF_RESAMPLES * draws):
            found[:, column] = np.percentile(known, TAILS, method="weibull")
    return found.reshape(2, *values.shape[1:])


def around(figures: Matrix, drawn: Matrix) -> Matrix:
    """Bounds around figures (…), from how they are drawn over resamples (resamples, …), (2, …); NaN as in `bounds`."""
    ends = bounds(drawn)
    known = np.isfinite(ends[0])
    middle = np.full(ends.shape[1:], np.nan)
    finite = np.where(np.isfinite(drawn), drawn, np.nan)
    middle[known] = np.nanmedian(finite[:, known], axis=0)
    reach = np.stack([np.minimum(ends[0] - middle, 0), np.maximum(ends[1] - middle, 0)])
    with np.errstate(invalid="ignore"):
        return np.asarray(figures + reach)


def interval(pair: Matrix) -> Interval | None:
    """The contract's interval of a lower and an upper bound, (2,); None where they are not numbers."""
    if not np.isfinite(pair).all():
        return None
    return Interval(lower=float(pair[0]), upper=float(pair[1]))
