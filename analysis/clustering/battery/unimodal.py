"""A column as it would be with one peak: its own skew and tails, without the valleys between groups.

A cloud is held to have no groups where no column has more than one peak; a normal cloud is one of many. A table of one
skewed cloud gives its segments back more faithfully than normal clouds do, and would seem to hold groups beside them
(Helgeson, Vock & Bair 2021, “Nonparametric cluster significance testing with reference to a unimodal null
distribution”, Biometrics 77:1215). The density that rises to one peak and falls from it is fitted to bins of equally
many customers by pooling neighbours in the wrong order; of all bins the peak is where the distribution function then
stays nearest to the table's (as in the dip, Hartigan & Hartigan 1985, Annals of Statistics 13:70).
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from analysis.basics.arrays import Labels, Matrix
from analysis.clustering.battery.tables import step

CUSTOMERS_A_BIN, FEWEST_BINS, MOST_BINS = 10, 5, 40
NARROWEST = 1e-9
"""Half the width of the narrowest bin, in ranges of the column: values nearer to each other are one."""
HEIGHTS = np.linspace(-4, 4, 321)
"""Of a standard normal column, between which a column is interpolated; beyond them it ends."""


@dataclass(frozen=True, eq=False)
class Unimodal:
    """A distribution with one peak; its density is even within each bin."""

    edges: Matrix
    """(bins + 1,)."""
    below: Matrix
    """Share of customers below each edge, (bins + 1,)."""

    def of_normal(self, hidden: Matrix) -> Matrix:
        """What stands in the column where a standard normal one stands `hidden` high."""
        share = [NormalDist().cdf(height) for height in HEIGHTS.tolist()]
        return np.asarray(np.interp(hidden, HEIGHTS, np.interp(share, self.below, self.edges)))


def unimodal(column: Matrix) -> Unimodal:
    """The distribution with one peak that is nearest to a column's, with its mean and standard deviation."""
    rows = len(column)
    values = np.sort(column)
    half = max(step(column) / 2, NARROWEST * float(values[-1] - values[0]))
    upper = np.unique(values[_last(rows) - 1])
    edges = np.concatenate([values[:1] - half, upper + half])
    below = np.concatenate([[0.0], np.searchsorted(values, upper, side="right") / rows])
    differ = np.append(np.diff(edges) > half / 2, values=True)
    edges, below = edges[differ], below[differ]
    if len(edges) < 3 or half == 0:
        return Unimodal(edges, below)
    width, share = np.diff(edges), np.diff(below)
    fitted = min((_peaked(share, width, peak) for peak in _peaks(share / width)), key=lambda each: _apart(each, share))
    return _scaled(edges, np.concatenate([[0.0], np.cumsum(fitted)]), column)


def _last(rows: int) -> Labels:
    """How many customers stand in a bin or below it: as many in each, and in the tails half and half of the rest."""
    bins = min(max(rows // CUSTOMERS_A_BIN, FEWEST_BINS), MOST_BINS)
    even = np.ceil(np.arange(1, bins + 1) / bins * rows).astype(np.intp)
    tail = (rows / bins * 0.5 ** np.arange(1, np.log2(rows / bins) + 1)).astype(np.intp)
    return np.unique(np.concatenate([even, tail, rows - tail]))


def _peaks(density: Matrix) -> list[int]:
    """Bins with no denser neighbour: the peak that fits best is one of them."""
    beside = np.concatenate([[0.0], density, [0.0]])
    return np.flatnonzero((density >= beside[:-2]) & (density >= beside[2:])).tolist()


def _apart(fitted: Matrix, share: Matrix) -> float:
    return float(np.abs(np.cumsum(fitted - share)).max())


def _peaked(share: Matrix, width: Matrix, peak: int) -> Matrix:
    """Share of each bin where the density rises up to a bin and falls after it."""
    left = _rising(share[: peak + 1], width[: peak + 1])
    right = _rising(share[peak + 1 :][::-1], width[peak + 1 :][::-1])[::-1]
    return np.concatenate([left, right])


def _rising(share: Matrix, width: Matrix) -> Matrix:
    """Shares whose density never falls: neighbours in the wrong order are pooled (Ayer et al. 1955)."""
    pools: list[tuple[float, float, int]] = []
    for one in zip(share.tolist(), width.tolist(), [1] * len(share), strict=True):
        pool = one
        while pools and pools[-1][0] * pool[1] > pool[0] * pools[-1][1]:
            before = pools.pop()
            pool = (before[0] + pool[0], before[1] + pool[1], before[2] + pool[2])
        pools.append(pool)
    density = np.repeat([mass / wide for mass, wide, _ in pools], [bins for *_, bins in pools])
    return np.asarray(density * width)


def _scaled(edges: Matrix, below: Matrix, column: Matrix) -> Unimodal:
    share, middle, width = np.diff(below), (edges[1:] + edges[:-1]) / 2, np.diff(edges)
    mean = float(share @ middle)
    spread = np.sqrt(share @ ((middle - mean) ** 2 + width**2 / 12))
    return Unimodal(column.mean() + (edges - mean) * (column.std() / spread), below)
