"""The division of an earlier build, kept: who belongs to it today, and whether today's customers still fit it.

A kept division gives every customer the segment whose centre is nearest, in the scale that it was found in. It is given
up where the customers have drifted from it (`drifted`): by how many are unlike everybody that a segment was found in,
and by how far the mean of a segment's customers has moved from its centre. Both are measured in the division's own
scale, in which one column's standard deviation counts 1 times the root of its weight.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from analysis.basics.arrays import Labels, Matrix
from analysis.clustering.algorithms.cluster import Partition, Points, summary
from analysis.clustering.placement import Placement
from analysis.preparation.design import Design
from analysis.preparation.features import Features

UNLIKE = 0.05
"""Share of the customers farther from the centre than 99 % of those in whom a segment was found."""
MOVED = 0.5
"""Distance of the mean of a segment's customers from its centre: a medium effect (Cohen 1988)."""
Drifted = Literal["unlike", "moved", "emptied"]


@dataclass(frozen=True, eq=False)
class KeptDivision:
    """Segments of an earlier build, as its model has them."""

    placement: Placement
    """By the nearest centre; nobody is left over."""
    design: Design
    """The axes and the scale in which they were found."""
    ids: tuple[int, ...]
    """Of the segments as the placement numbers them, (k,)."""
    usual: Matrix
    """Median distance of a segment's customers from the centre when they were found, (k,)."""
    farthest: Matrix
    """Distance from the centre that 99 % of a segment's customers did not exceed, (k,)."""
    number: int = 1
    """The build in which the division was found."""

    @property
    def k(self) -> int:
        """Number of segments."""
        return self.placement.k

    def ordered(self, order: Labels) -> KeptDivision:
        """The segments numbered anew: the first is the one that was `order[0]`, and so on."""
        return replace(
            self,
            placement=self.placement.ordered(order),
            ids=tuple(self.ids[at] for at in order),
            usual=self.usual[order],
            farthest=self.farthest[order],
        )

    def partition(self, points: Points) -> Partition:
        """Today's customers, divided. None of the segments is empty."""
        labels = self.placement.assigned(points.position)
        return Partition(labels, *summary(points, labels, self.k))


def drifted(kept: KeptDivision, table: Features, least: int) -> Drifted | None:
    """Why the division no longer fits the customers of a table in its own scale; None while it does.

    `least`: customers that each segment must have.
    """
    rows = table.standard
    labels = kept.placement.assigned(rows)
    if np.bincount(labels[table.kept], minlength=kept.k).min() < least:
        return "emptied"
    whole = ~table.incomplete
    away = kept.placement.distances(rows[whole])[np.arange(int(whole.sum())), labels[whole]]
    if float(np.mean(away > kept.farthest[labels[whole]])) > UNLIKE:
        return "unlike"
    return "moved" if _movement(rows[table.kept], labels[table.kept], kept).max() > MOVED else None


def _movement(rows: Matrix, labels: Labels, kept: KeptDivision) -> Matrix:
    """Distance of each segment's mean from its centre, (k,); `rows` (customers, axes) have no gaps."""
    counts = np.bincount(labels, minlength=kept.k)
    means = np.stack([np.bincount(labels, column, kept.k) for column in rows.T], axis=1) / counts[:, None]
    return np.asarray(np.sqrt(np.sum((means - kept.placement.centres) ** 2, axis=1)))
