"""Where anybody goes: the rule by which customers are given to segments, the same for training and for scoring.

A rule alone (the nearest centre, the likeliest cloud, the nearest crowd) does not give every training customer to the
segment that the algorithm found for them: Ward's tree, for one, never looks at centres. Those few are remembered by
their place, so that customers like them go where they went.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from analysis.basics.arrays import Labels, Matrix
from analysis.clustering.algorithms.cluster import Partition, nearest, squared_distances
from analysis.clustering.algorithms.gaussian_assignment import Clouds
from analysis.clustering.algorithms.hdbscan_assignment import Crowds, tree
from analysis.preparation.partial import incomplete, patterns
from analysis.preparation.partial import nearest as partially_nearest
from analysis.preparation.partial import squared as partially_squared

SAME = 1e-9
"""Distance up to which two customers stand in one place: another machine's logarithm may end in another digit."""


@dataclass(frozen=True, eq=False)
class Placement:
    """Where customers go, by their place in the design."""

    centres: Matrix
    """Mean of each segment's fitted customers, (k, axes)."""
    rule: Clouds | Crowds | None
    """None: the nearest centre."""
    leaves_over: bool = False
    """Whether a customer may belong to no segment; else the nearest centre takes them."""
    places: Matrix | None = None
    """Places of training customers whom the rule would send elsewhere, (places, axes); None where there are none."""
    labels: Labels | None = None
    """The segment of each; k for none."""

    @property
    def k(self) -> int:
        """Number of segments."""
        return len(self.centres)

    def assigned(self, rows: Matrix) -> Labels:
        """The segment of each row, (rows,); k for none. Coordinates that are not known (NaN) are left out."""
        gaps = incomplete(rows)
        if not gaps.any():
            return self._whole(rows)
        found = np.empty(len(rows), dtype=np.intp)
        found[~gaps], found[gaps] = self._whole(rows[~gaps]), self._partial(rows[gaps])
        return found

    def _whole(self, rows: Matrix) -> Labels:
        found = nearest(rows, self.centres) if self.rule is None else self.rule.assigned(rows)
        return self._given(self._remembered(rows, found), rows)

    def _partial(self, rows: Matrix) -> Labels:
        found = partially_nearest(rows, self.centres)
        for known, places in patterns(rows) if self.rule is not None else ():
            if self.rule is not None and known.any():
                found[places] = self.rule.along(known).assigned(rows[np.ix_(places, known)])
        return self._given(found, rows)

    def _given(self, found: Labels, rows: Matrix) -> Labels:
        """Whom the rule puts into no segment: into none, or to the nearest centre."""
        left = (found < 0) | (found >= self.k)
        found[left] = self.k if self.leaves_over else partially_nearest(rows[left], self.centres)
        return found

    def _remembered(self, rows: Matrix, found: Labels) -> Labels:
        if self.places is None or self.labels is None or not len(rows):
            return found
        at = tree(self.places).query(rows, distance_upper_bound=SAME)[1]
        return np.where(at < len(self.places), np.append(self.labels, 0)[at], found)

    def distances(self, rows: Matrix) -> Matrix:
        """Distance of each row to each centre, in standard deviations as the design weighs them, (rows, k).

        Of a row with unknown coordinates the partial distance.
        """
        gaps = incomplete(rows)
        found = squared_distances(rows, self.centres)
        found[gaps] = partially_squared(rows[gaps], self.centres)
        return np.asarray(np.sqrt(found))

    def ordered(self, order: Labels) -> Placement:
        """The segments numbered anew: the first is the one that was `order[0]`, and so on; those in none stay last."""
        proper = order[: self.k]
        number = np.append(np.argsort(proper), self.k)
        return replace(
            self,
            centres=self.centres[proper],
            rule=self.rule and self.rule.ordered(proper),
            labels=None if self.labels is None else number[self.labels],
        )


def placing(division: Partition) -> Placement:
    """The rule by which a division assigns customers who took no part in it."""
    return Placement(division.centroids[: division.k], division.rule, leaves_over=True)


def learnt(bare: Placement, rows: Matrix, labels: Labels) -> Placement:
    """The placement that gives each of the rows (rows, axes) its own label, by remembering whom the rule misplaces.

    Rows in one place have one label.
    """
    learning, taken = bare, np.zeros(len(rows), dtype=np.bool_)
    while True:
        # A place remembered speaks for all within a hair of it: who stands there and differs is remembered next.
        missed = (learning.assigned(rows) != labels) & ~taken
        if not missed.any():
            return learning
        taken |= missed
        places, first = np.unique(rows[taken], axis=0, return_index=True)
        learning = replace(learning, places=places, labels=labels[taken][first])
