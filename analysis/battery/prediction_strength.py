"""Does one half of the customers predict the segments of the other?

Tibshirani & Walther (2005), “Cluster validation by prediction strength”, Journal of Computational and Graphical
Statistics 14:511. Each half is divided by itself. Of the pairs of customers who share a segment in one half, how many
would the other half's segments also put together? The worst segment counts. Both halves are taken as the one that is
predicted, over several random splits.
"""

from __future__ import annotations

import numpy as np

from analysis.arrays import Matrix
from analysis.battery.agreement import overlap
from analysis.battery.dividing import Divide, SmallLabels
from analysis.battery.tables import Sample, halves

SPLITS = 10
STRONG = 0.80
"""The paper takes the largest number of segments whose strength is above .80 to .90."""


def prediction_strength(sample: Sample, divide: Divide, generator: np.random.Generator) -> dict[int, Matrix]:
    """Number of segments → strength of each half of each split, (2 × splits,)."""
    table = sample.table
    one, other = halves(len(table), SPLITS, generator)
    predicting, predicted = np.concatenate([one, other]), np.concatenate([other, one])
    scaled = sample.standardised(table[predicting])
    rows = scaled.others(table[predicted])
    return {
        k: _strength(own=np.roll(part.labels, SPLITS, axis=0), given=part.assigned(rows), k=k)
        for k, part in divide(scaled.rows, generator).items()
    }


def _strength(own: SmallLabels, given: SmallLabels, k: int) -> Matrix:
    """The worst segment's share of pairs that stay together; a segment of one customer has none and does not count."""
    both = overlap(own, given, k)
    size = both.sum(axis=2)
    pairs, kept = size * (size - 1), (both * (both - 1)).sum(axis=2)
    return np.asarray(np.where(pairs > 0, kept / np.maximum(pairs, 1), 1).min(axis=1))


def preferred(strengths: dict[int, float]) -> int:
    """The largest number of segments whose mean strength is at least .80; the smallest tried if none is."""
    return max((k for k, strength in strengths.items() if strength >= STRONG), default=min(strengths))
