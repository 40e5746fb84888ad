"""How sure a segment's size, share and stability are, over resamples."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.arrays import Matrix
from analysis.contract import Interval
from analysis.evidence.resampled import Resampled, bounds, interval


@dataclass(frozen=True)
class Sureness:
    """Intervals of one segment; None where too few resamples know it.

    Those of size and share hold what other customers and another fit would change; where resamples are drawn from a
    sample of the customers they are as wide as for a table of the sample's size, which is too wide, if anything.
    """

    size: Interval | None = None
    share: Interval | None = None
    stability: Interval | None = None
    """Where 95 % of the resamples' Jaccard similarities lie. No interval of their mean: that would only say how many
    resamples were drawn, and be as narrow as one has patience for."""


def sureness(resampled: Resampled | None, k: int, customers: int) -> tuple[Sureness, ...]:
    """The intervals of every segment; `customers` is the size of the whole table."""
    if resampled is None:
        return (Sureness(),) * k
    share = bounds(_shares(resampled))
    jaccard = bounds(resampled.jaccard)
    return tuple(
        Sureness(
            size=interval(np.round(share[:, segment] * customers)),
            share=interval(share[:, segment]),
            stability=interval(jaccard[:, segment]),
        )
        for segment in range(k)
    )


def _shares(resampled: Resampled) -> Matrix:
    """Share of the drawn customers in each segment, (resamples, k); NaN where the segment dissolved."""
    drawn = resampled.weights.sum(axis=1)
    held = [np.sum(resampled.weights, axis=1, where=resampled.labels == one) for one in range(resampled.k)]
    found = np.stack(held, axis=1)
    return np.asarray(np.where(resampled.came_back & (found > 0), found / drawn[:, None], np.nan))
