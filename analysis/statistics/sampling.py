"""How sure a segment's size, share and stability are, over resamples."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from analysis.basics.arrays import Labels, Matrix
from analysis.contract import Interval
from analysis.contract.stability import DISSOLVED
from analysis.statistics.resampled import Resampled, around, bounds, interval

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Sureness:
    """Intervals of one segment; None where too few resamples know it.

    Those of size and share hold what other customers and another fit would change, and the very figures told.
    """

    size: Interval | None = None
    share: Interval | None = None
    value_share: Interval | None = None
    """Share of all value, by the same draws and fits; None where customers' value is not known."""
    stability: Interval | None = None
    """Where 95 % of the resamples' Jaccard similarities lie, reaching to their mean. No interval of the mean: that
    would only say how many resamples were drawn, and be as narrow as one has patience for."""
    dissolved: int | None = None
    """Resamples in which it dissolved; None without any."""


def sureness(resampled: Resampled | None, k: int, labels: Labels, value: Matrix | None = None) -> tuple[Sureness, ...]:
    """The intervals of every segment; of all customers `labels` are the segments and `value` what they are worth."""
    if resampled is None:
        return (Sureness(),) * k
    share = _shares(resampled, labels, np.ones(len(labels)))
    worth = None if value is None or value.sum() <= 0 else _shares(resampled, labels, value)
    jaccard = _stability(resampled)
    return tuple(
        Sureness(
            size=interval(np.round(share[:, segment] * len(labels))),
            share=interval(share[:, segment]),
            value_share=None if worth is None else interval(worth[:, segment]),
            stability=interval(jaccard[:, segment]),
            dissolved=int(np.sum(resampled.jaccard[:, segment] <= DISSOLVED)),
        )
        for segment in range(k)
    )


def _shares(resampled: Resampled, labels: Labels, amounts: Matrix) -> Matrix:
    """Bounds of each segment's part of the amounts of all customers, (customers,), (2, k)."""
    own = amounts[resampled.rows]

    def part(found: NDArray[np.signedinteger], weights: Matrix) -> Matrix:
        drawn = weights * own
        held = np.stack([np.sum(drawn, axis=1, where=found == one) for one in range(resampled.k)], axis=1)
        known = resampled.came_back & (held > 0)
        return np.asarray(np.divide(held, drawn.sum(axis=1)[:, None], out=np.full_like(held, np.nan), where=known))

    figures = np.bincount(labels, amounts, resampled.k)[: resampled.k] / amounts.sum()
    return np.clip(around(figures, resampled.figures(part)), 0, 1)


def _stability(resampled: Resampled) -> Matrix:
    """Percentiles of each segment's Jaccard similarities, (2, k), or their mean where it lies outside."""
    ends, known = bounds(resampled.jaccard), np.isfinite(resampled.jaccard)
    mean = np.nansum(resampled.jaccard, axis=0) / np.maximum(known.sum(axis=0), 1)
    return np.stack([np.minimum(ends[0], mean), np.maximum(ends[1], mean)])
