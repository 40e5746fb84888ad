"""How sure a segment's size, share and stability are, over resamples."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.arrays import Matrix
from analysis.contract import Interval
from analysis.evidence.resampled import DISSOLVED, Resampled, bounds, interval


@dataclass(frozen=True)
class Sureness:
    """Intervals of one segment; None where too few resamples know it.

    Those of size and share hold what other customers and another fit would change; where resamples are drawn from a
    sample of the customers they are as wide as for a table of the sample's size, which is too wide, if anything.
    """

    size: Interval | None = None
    share: Interval | None = None
    value_share: Interval | None = None
    """Share of all value, by the same draws and fits; None where customers' value is not known."""
    stability: Interval | None = None
    """Where 95 % of the resamples' Jaccard similarities lie. No interval of their mean: that would only say how many
    resamples were drawn, and be as narrow as one has patience for."""
    dissolved: int | None = None
    """Resamples in which it dissolved; None without any."""


def sureness(resampled: Resampled | None, k: int, customers: int, value: Matrix | None = None) -> tuple[Sureness, ...]:
    """The intervals of every segment; `customers` is the size of the whole table, `value` theirs, (customers,)."""
    if resampled is None:
        return (Sureness(),) * k
    share = bounds(_shares(resampled, resampled.weights))
    worth = None if value is None else bounds(_shares(resampled, resampled.weights * value[resampled.rows]))
    jaccard = bounds(resampled.jaccard)
    return tuple(
        Sureness(
            size=interval(np.round(share[:, segment] * customers)),
            share=interval(share[:, segment]),
            value_share=None if worth is None else interval(worth[:, segment]),
            stability=interval(jaccard[:, segment]),
            dissolved=int(np.sum(resampled.jaccard[:, segment] <= DISSOLVED)),
        )
        for segment in range(k)
    )


def _shares(resampled: Resampled, amounts: Matrix) -> Matrix:
    """Each segment's part of the amounts drawn, (resamples, k); NaN where the segment dissolved.

    `amounts` are of every customer in every resample, (resamples, customers): how often one was drawn, or the value.
    """
    held = [np.sum(amounts, axis=1, where=resampled.labels == one) for one in range(resampled.k)]
    found, drawn = np.stack(held, axis=1), amounts.sum(axis=1)[:, None]
    known = resampled.came_back & (found > 0) & (drawn > 0)
    return np.asarray(np.divide(found, drawn, out=np.full_like(found, np.nan), where=known))
