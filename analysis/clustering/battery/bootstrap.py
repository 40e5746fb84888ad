"""Do the same segments reappear in resamples of the customers?

As many customers as there are are drawn with replacement, standardised and divided as before, many times over. All
customers are then assigned to the centroids of each resample. Pairs of resamples tell how alike two divisions are
(Dolnicar & Leisch 2010, Marketing Letters 21:83); each segment's most similar segment in a resample tells how
faithfully that one reappears (Hennig 2007, Computational Statistics & Data Analysis 52:258).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from analysis.basics.arrays import Labels, Matrix
from analysis.clustering.battery.agreement import adjusted_rand, jaccard
from analysis.clustering.battery.dividing import Divide, Single, SmallLabels
from analysis.clustering.battery.matching import most_alike
from analysis.clustering.battery.tables import Sample, drawn


@dataclass(frozen=True, eq=False)
class Bootstrap:
    """Resamples of a table, each divided into every number of segments."""

    rows: Labels
    """Position of each row drawn, (resamples, n)."""
    found: Mapping[int, SmallLabels]
    """Number of segments → segment that each resample gives to every row of the table, (resamples, n)."""
    unassigned: int | None = None
    """The number that stands for no segment, if one does: who is in none came back to none."""

    def agreement(self, k: int) -> Matrix:
        """Adjusted Rand index of the first resample with the second, the third with the fourth, … (resamples // 2,)."""
        found = self.found[k]
        pairs = len(found) // 2
        return adjusted_rand(found[0 : 2 * pairs : 2], found[1 : 2 * pairs : 2], k)

    def jaccard(self, labels: Labels, k: int) -> Matrix:
        """Likeness of each segment to its best match in each resample, (resamples, k).

        Over the customers drawn, each counted once; NaN where nobody of the segment was drawn.
        """
        return np.asarray(self._similarity(labels, k).max(axis=2))

    def matched(self, labels: Labels, k: int) -> SmallLabels:
        """`found` with each resample's segments numbered as the segments they are most like, one to one."""
        similarity = np.nan_to_num(self._similarity(labels, k))
        number = np.argsort(most_alike(similarity), axis=1).astype(np.uint8)
        return np.take_along_axis(number, self.found[k].astype(np.intp), axis=1)

    @property
    def counts(self) -> Matrix:
        """How often each row was drawn, (resamples, n)."""
        resamples, n = self.rows.shape
        return np.stack([np.bincount(rows, minlength=n) for rows in self.rows]).reshape(resamples, n).astype(np.float64)

    def _similarity(self, labels: Labels, k: int) -> Matrix:
        counted: Single = np.zeros(self.rows.shape, dtype=np.float32)
        np.put_along_axis(counted, self.rows, 1, axis=1)
        similarity = jaccard(labels.astype(np.uint8), self.found[k], counted, k)
        if self.unassigned is not None:
            others = np.arange(k) != self.unassigned
            similarity[:, others, self.unassigned] *= 0
            similarity[:, self.unassigned, others] *= 0
        return similarity


def bootstrap(sample: Sample, divide: Divide, resamples: int, generator: np.random.Generator) -> Bootstrap:
    """Draw resamples, transform, standardise and divide each, and assign everybody."""
    rows = drawn(len(sample.table), resamples, generator)
    scaled = sample.standardised(sample.table[rows])
    parts = divide(scaled.rows, generator)
    everybody = scaled.others(sample.table)
    return Bootstrap(rows, {k: part.assigned(everybody) for k, part in parts.items()})
