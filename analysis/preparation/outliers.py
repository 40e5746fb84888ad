"""Customers so far from all others that they may decide neither the scale nor a centroid.

An outlier is isolated: the distance to its m-th nearest neighbour is large (Ramaswamy, Rastogi & Shim 2000, SIGMOD;
Byers & Raftery 1998, Journal of the American Statistical Association 93:577). A small group far away is not isolated,
because its members have each other. How large is large depends on the number of rows and columns; the yardstick is
a normal cloud of the same size, which knows no outliers.

Rows alike in every column count by their share of the table, so that writing a table twice changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from analysis.basics.arrays import Labels, Mask, Matrix
from analysis.basics.distances import between

NEIGHBOUR = 5
"""The neighbour that counts: a group of six or more customers is never isolated by its own smallness."""
BEYOND = 1.25
"""How many times farther than anybody in the normal cloud an outlier must be."""
MOST_SET_APART = 0.05
"""Share of customers set apart at most; where more are isolated, they are a long tail and not errors."""
FEWEST_CUSTOMERS = 20
"""Customers below which nobody can be told to be far from the others."""
EVERY_PAIR_UP_TO = 500
"""Rows up to which everybody is compared with everybody sooner than a tree is imported."""
TREE_COLUMNS = 8
"""Columns up to which a tree finds neighbours faster than comparing everybody with everybody (measured)."""
YARDSTICK_ROWS = 2_000
"""Rows of normal clouds measured at least, so that one lucky draw does not set the yardstick."""


@dataclass(frozen=True, eq=False)
class Outliers:
    """Who is set apart."""

    mask: Mask
    """(customers,)."""
    isolated: int
    """Customers found isolated; more than those set apart where they make a tail."""
    reach: float = np.inf
    """Distance from the neighbours beyond which somebody is set apart, in columns scaled as `_scaled` does."""

    @property
    def count(self) -> int:
        """Customers set apart."""
        return int(self.mask.sum())

    @property
    def tail(self) -> bool:
        """Whether too many are isolated to set all of them apart."""
        return self.isolated > self.count


def outliers(matrix: Matrix) -> Outliers:
    """Find the isolated customers of a matrix (customers, features) whose columns are comparable only after scaling."""
    distinct, row, counts = np.unique(matrix, axis=0, return_inverse=True, return_counts=True)
    weight = counts // np.gcd.reduce(counts)
    size = int(weight.sum())
    if size < FEWEST_CUSTOMERS:
        return Outliers(np.zeros(len(matrix), dtype=np.bool_), 0)
    # More copies than neighbours asked for would change no distance.
    copies = np.minimum(weight, NEIGHBOUR + 1)
    found = _isolation(np.repeat(_scaled(distinct, weight), copies, axis=0))
    distance = found[np.cumsum(copies) - 1]
    cutoff = BEYOND * yardstick(size, matrix.shape[1])
    isolated = distance > cutoff
    reach = max(cutoff, _capped(distance, weight))
    row = row.reshape(-1)
    return Outliers((distance > reach)[row], int(isolated[row].sum()), reach)


def beyond(others: Matrix, matrix: Matrix, found: Outliers) -> Mask:
    """Who of those not looked at lies farther out than anybody kept, by more than sets apart; (others,).

    Of a large table only a sample is looked at. Whoever lies outside the box around those of it who were kept, by more
    than `reach`, is at least that far from all of them.
    """
    inside = matrix[~found.mask]
    low, high = inside.min(axis=0), inside.max(axis=0)
    outside = np.nan_to_num(np.maximum(np.maximum(low - others, others - high), 0))  # a gap is nowhere
    return np.asarray(np.sqrt(np.square(outside / _width(matrix)).sum(axis=1)) > found.reach)


def _scaled(distinct: Matrix, weight: Labels) -> Matrix:
    """Columns divided by their middle nine tenths, as wide as a normal column's: 5 % of outliers do not move it."""
    return np.asarray((distinct - distinct.min(axis=0)) / _width(np.repeat(distinct, weight, axis=0)))


def _width(rows: Matrix) -> Matrix:
    low, high = np.quantile(rows, (0.05, 0.95), axis=0, method="averaged_inverted_cdf")
    width = (high - low) / 3.29
    # Nine tenths of a column may be one and the same figure.
    deviation = rows.std(axis=0)
    return np.where(width > 0, width, np.where(deviation > 0, deviation, 1))


def _isolation(rows: Matrix) -> Matrix:
    """Distance of each row to its m-th nearest other row."""
    if len(rows) <= EVERY_PAIR_UP_TO:
        return np.asarray(np.partition(between(rows), NEIGHBOUR, axis=1)[:, NEIGHBOUR])
    if rows.shape[1] <= TREE_COLUMNS:
        from scipy.spatial import cKDTree  # noqa: PLC0415 (two fifths of a second, and 40 MB)

        return np.asarray(cKDTree(rows).query(rows, [NEIGHBOUR + 1])[0][:, 0])
    from sklearn.neighbors import NearestNeighbors  # noqa: PLC0415 (slow to import, and few tables are so wide)

    neighbours = NearestNeighbors(n_neighbors=NEIGHBOUR + 1, algorithm="brute").fit(rows)
    return np.asarray(neighbours.kneighbors(rows)[0][:, -1])


def _capped(distance: Matrix, weight: Labels) -> float:
    """The distance beyond which at most the largest share lies that may be set apart."""
    order = np.argsort(-distance, kind="stable")
    beyond = np.cumsum(weight[order])
    inside = int(np.searchsorted(beyond, MOST_SET_APART * beyond[-1], side="right"))
    return float(distance[order[inside]])


@cache
def yardstick(size: int, columns: int) -> float:
    """The largest isolation in a normal cloud of `size` rows and as many columns, on average over draws.

    A fixed number and no part of any result's randomness: it could as well be printed in a table.
    """
    generator = np.random.default_rng(0)
    draws = max(1, -(-YARDSTICK_ROWS // size))
    return float(np.mean([_isolation(generator.standard_normal((size, columns))).max() for _ in range(draws)]))
