"""How far old and new segments overlap: by customers in both tables, and by position."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.basics.arrays import Labels, Mask, Matrix
from analysis.contract.changes import Unmatched
from analysis.identity.rule import FEWEST, QUIET, Overlap

FEWEST_SHARED = 30
"""Customers in both tables, below which identifiers are no evidence."""
ASSOCIATED = 0.2
"""Cramér's V between old and new segments, below which identifiers are no evidence: they were given anew, or nearly
all customers have moved."""
REACH = 1.25
"""How much farther than 95 % of their fellow customers are from the mean of their own segment, customers may be from
an old segment to be placed there."""


def by_customers(
    assigned: Mapping[str, int], identifiers: Sequence[str], labels: Labels, olds: Sequence[int], k: int
) -> Overlap | None:
    """The overlap of the segments `olds` (ids) and 0…k−1, by the customers in both tables.

    None where there are too few, or where who was in one segment is no likelier in one today than anybody else.
    """
    places = {number: place for place, number in enumerate(olds)}
    was = np.array([places.get(assigned.get(one, -1), -1) for one in identifiers], dtype=np.intp)
    in_both = _in_both(assigned, identifiers)
    groups = max(k, int(labels.max()) + 1)
    table = np.zeros((len(olds) + 1, groups))
    np.add.at(table, (was[in_both], labels[in_both]), 1)  # the last row: those who were in no segment
    if table.sum() < FEWEST_SHARED or association(table) < ASSOCIATED:
        return None
    before = np.array([sum(1 for each in assigned.values() if each == number) for number in olds])
    sizes = np.bincount(labels, minlength=groups)
    old, new = table.sum(axis=1)[:-1], table.sum(axis=0)[:k]
    return Overlap(
        shared=table[:-1, :k],
        old=old,
        new=new,
        speaks_of_old=_speaks(old, before, table.sum() / max(1, len(assigned))),
        speaks_of_new=_speaks(new, sizes[:k], table.sum() / len(labels)),
    )


def unmatched(assigned: Mapping[str, int], identifiers: Sequence[str]) -> Unmatched:
    """Why there is no overlap by customers, where both builds have identifiers."""
    return "few" if _in_both(assigned, identifiers).sum() < FEWEST_SHARED else "unrelated"


def _in_both(assigned: Mapping[str, int], identifiers: Sequence[str]) -> Mask:
    return np.array([one in assigned for one in identifiers], dtype=np.bool_)


def _speaks(known: Matrix, sizes: Labels, usual: float) -> Mask:
    return np.asarray((known >= FEWEST) & (known >= QUIET * usual * sizes))


def association(table: Matrix) -> float:
    """Cramér's V without its bias (Bergsma 2013, Journal of the Korean Statistical Society 42:323); 1 of one cell."""
    table = table[table.sum(axis=1) > 0][:, table.sum(axis=0) > 0]
    rows, columns = table.shape
    if min(rows, columns) < 2:
        return 1.0
    count = table.sum()
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / count
    phi = max(0.0, float(((table - expected) ** 2 / expected).sum() / count) - (rows - 1) * (columns - 1) / (count - 1))
    most = min(each - (each - 1) ** 2 / (count - 1) for each in (rows, columns)) - 1
    return float(np.sqrt(phi / most)) if most > 0 else 1.0


@dataclass(frozen=True, eq=False)
class Placed:
    """How far today's customers, but those in no segment, lie from the centres of old segments."""

    labels: Labels
    """The segment of each, (customers,)."""
    k: int
    far: Matrix
    """Squared distances by which they go to the nearest, (customers, old); infinite where it is beyond reach."""
    told: Mask
    """Whether it is known where an old segment lies, (old,)."""
    apart: Matrix
    """Distances of the centres of old and new segments, in radii of a usual segment, (old, new)."""

    def overlap(self, olds: Labels, sizes: Matrix | None = None) -> Overlap:
        """The overlap of some of the old segments and 0…k−1; `sizes`: customers that the old ones had, (olds,)."""
        far = self.far[:, olds]
        nearest = far.argmin(axis=1)
        near = np.isfinite(far.min(axis=1))
        shared = np.zeros((len(olds), self.k))
        np.add.at(shared, (nearest[near], self.labels[near]), 1)
        everybody = np.bincount(self.labels, minlength=self.k).astype(np.float64)
        every = np.ones(self.k, dtype=np.bool_)
        return Overlap(shared, shared.sum(axis=1), everybody, self.told[olds], every, sizes)


def placed(rows: Matrix, labels: Labels, centres: Matrix, k: int) -> Placed:
    """Today's customers (customers, axes) beside the centres of old segments (old, axes).

    Coordinates that are not known (NaN) are left out.
    """
    rows, labels = rows[labels < k], labels[labels < k]
    own = np.array([np.nanmean(rows[labels == one], axis=0) for one in range(k)])
    away = np.sqrt(partial(rows, own)[np.arange(len(rows)), labels])
    usual = float(np.sqrt(np.mean(away**2)))
    reach = np.array([REACH * max(float(np.quantile(away[labels == one], 0.95)), usual) for one in range(k)])
    within = np.sqrt(partial(rows, centres)) <= reach[labels][:, None]
    return Placed(
        labels,
        k,
        far=np.where(within, expected(rows, centres), np.inf),
        told=np.array([_says_enough(centre) for centre in centres], dtype=np.bool_),
        apart=np.sqrt(partial(own, centres).T) / usual if usual else partial(own, centres).T,
    )


def partial(rows: Matrix, centres: Matrix) -> Matrix:
    """Squared partial distances (`analysis.preparation.partial`) where centres lack coordinates too, (rows, centres).

    Infinite where a centre is known in fewer than half of the coordinates.
    """
    found = np.full((len(rows), len(centres)), np.inf)
    for place, centre in enumerate(centres):
        if _says_enough(centre):
            off = rows - centre
            known = np.isfinite(off)
            total = np.where(known, off**2, 0.0).sum(axis=1)
            found[:, place] = total * len(centre) / np.maximum(known.sum(axis=1), 1)
    return found


def expected(rows: Matrix, centres: Matrix) -> Matrix:
    """Squared distances to be expected if what is not known of a centre is what it is of anybody, (rows, centres).

    By partial distances a centre that lacks a coordinate would draw customers from those who are known to be near.
    """
    mean, spread = np.nanmean(rows, axis=0), np.nanvar(rows, axis=0)
    anybody = (rows - mean) ** 2 + spread
    found = np.full((len(rows), len(centres)), np.inf)
    for place, centre in enumerate(centres):
        if _says_enough(centre):
            off = np.where(np.isfinite(centre), (rows - centre) ** 2, anybody)
            found[:, place] = np.where(np.isfinite(off), off, 0.0).sum(axis=1)
    return found


def _says_enough(centre: Matrix) -> bool:
    return bool(2 * np.isfinite(centre).sum() >= len(centre))
