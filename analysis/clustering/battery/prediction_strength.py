"""Does one half of the customers predict the segments of the other?

Tibshirani & Walther (2005), “Cluster validation by prediction strength”, Journal of Computational and Graphical
Statistics 14:511. Each half is divided by itself. Of the pairs of customers who share a segment in one half, how many
would the other half's segments also put together? The worst segment counts. Both halves are taken as the one that is
predicted, over several random splits.

The mean over splits is compared with .80, so it must be known on which side of .80 it lies. Ten splits leave it open on
many tables: more are drawn, each time as many as there are, until every number of segments that could be preferred is
three standard errors from .80, or until there are `most` of them. What is then still open is said to be undecided.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from analysis.basics.arrays import Matrix
from analysis.clustering.battery.agreement import overlap
from analysis.clustering.battery.dividing import Divide, SmallLabels, Ways
from analysis.clustering.battery.tables import Sample, halves
from analysis.contract.thresholds import STRONG

SPLITS, MOST_SPLITS = 10, 80
MOST_ROWS = 100_000
"""Rows of all splits together, so that a large table, whose splits differ less, takes no more time than a small one."""
CLEAR = 3.0
"""Standard errors from .80 at which a mean is on one side of it: splits are looked at up to four times."""


def prediction_strength(
    sample: Sample, divide: Divide, generator: np.random.Generator, fewer: Ways | None = None
) -> dict[int, Matrix]:
    """Number of segments → strength of each split, the mean of its two halves, (splits,).

    `fewer` gives what divides tables into some of the numbers only; without it ten splits are all.
    """
    found = _splits(sample, divide, SPLITS, generator)
    drawn, most = SPLITS, most_splits(len(sample.table))
    while fewer is not None and (left := undecided(found)) and drawn < most:
        more = min(drawn, most - drawn)
        further = _splits(sample, fewer([k for k in sorted(found) if k <= max(left)]), more, generator)
        found |= {k: np.concatenate([found[k], strengths]) for k, strengths in further.items()}
        drawn += more
    return found


def most_splits(rows: int) -> int:
    """Splits of a table of so many rows at most."""
    return max(SPLITS, min(MOST_SPLITS, MOST_ROWS // rows))


def standard_error(strengths: Matrix) -> float:
    """Of the mean over splits: how far another draw of as many splits would move it."""
    return float(strengths.std(ddof=1) / np.sqrt(len(strengths)))


def preferred(strengths: Mapping[int, Matrix]) -> int | None:
    """The largest number of segments whose strength is at least .80; 1 if none is; None if that is undecided.

    One segment predicts itself: its strength is 1 in the paper. Nothing is said where two segments were not tried and
    none of those tried is strong.
    """
    if undecided(strengths):
        return None
    strong = surely(strengths)
    return strong if strong > 1 or 2 in strengths else None


def undecided(strengths: Mapping[int, Matrix]) -> tuple[int, ...]:
    """Numbers of segments of which it is open whether they are strong, above the largest that surely is."""
    strong = surely(strengths)
    return tuple(sorted(k for k, each in strengths.items() if k > strong and _highest(each) >= STRONG))


def surely(strengths: Mapping[int, Matrix]) -> int:
    """The largest number of segments that is surely strong; 1 if none is."""
    return max((k for k, each in strengths.items() if _lowest(each) >= STRONG), default=1)


def _lowest(strengths: Matrix) -> float:
    return float(strengths.mean()) - CLEAR * standard_error(strengths)


def _highest(strengths: Matrix) -> float:
    return float(strengths.mean()) + CLEAR * standard_error(strengths)


def _splits(sample: Sample, divide: Divide, splits: int, generator: np.random.Generator) -> dict[int, Matrix]:
    table = sample.table
    one, other = halves(len(table), splits, generator)
    predicting, predicted = np.concatenate([one, other]), np.concatenate([other, one])
    scaled = sample.standardised(table[predicting])
    rows = scaled.others(table[predicted])
    return {
        k: _strength(own=np.roll(part.labels, splits, axis=0), given=part.assigned(rows), k=k)
        .reshape(2, splits)
        .mean(axis=0)
        for k, part in divide(scaled.rows, generator).items()
    }


def _strength(own: SmallLabels, given: SmallLabels, k: int) -> Matrix:
    """The worst segment's share of pairs that stay together; a segment of one customer has none and does not count."""
    both = overlap(own, given, k)
    size = both.sum(axis=2)
    pairs, kept = size * (size - 1), (both * (both - 1)).sum(axis=2)
    return np.asarray(np.where(pairs > 0, kept / np.maximum(pairs, 1), 1).min(axis=1))
