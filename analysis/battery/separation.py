"""Whether gaps lie between segments.

The distance of two segments' centroids, in the mean of their standard deviations along the line between the two.
Cut an evenly filled stretch anywhere, and its two parts are √12 ≈ 3.46 apart in this measure; the halves of a normal
cloud, denser in the middle, are 2.65 apart. Only where fewer customers stand between two segments than in them does it
grow beyond that. (Ashman, Bird & Zepf 1994, Astronomical Journal 108:2348, use the like for two normal populations.)
"""

from __future__ import annotations

import numpy as np

from analysis.features import Labels, Matrix

EVENLY_FILLED = float(np.sqrt(12))
APART = 4.5
"""From here a gap is there: a third more than an evenly filled stretch gives, to leave room for chance. Of tables
without groups, of 150 customers and more, `make truth` shows whether any reaches it."""


def separation(table: Matrix, labels: Labels, k: int) -> Matrix:
    """How far apart each two segments are, (k, k), 0 on the diagonal; `table` (n, p) is standardised.

    Columns written in whole steps count as rounded: a mark of 3 stands for anything from 2.5 to 3.5 (Sheppard's
    correction, 1/12 of the squared step), else the marks of any rating scale would be separate groups.
    """
    rounding = np.array([_step(column) for column in table.T]) ** 2 / 12
    centroids, covariances = zip(*(_moments(table[labels == segment]) for segment in range(k)), strict=True)
    line = np.array(centroids)[:, None] - np.array(centroids)
    length = np.linalg.norm(line, axis=2)
    direction = line / np.where(length > 0, length, 1)[:, :, None]
    spread = np.einsum("abi,aij,abj->ab", direction, np.array(covariances), direction) + direction**2 @ rounding
    deviation = np.sqrt(np.maximum(spread, 0))
    both = (deviation + deviation.T) / 2
    return np.asarray(np.where(length > 0, length / np.maximum(both, 1e-9), 0))


def _step(column: Matrix) -> float:
    """The smallest difference of two values of a column; 0 where there is but one."""
    steps = np.diff(np.unique(column))
    return float(steps.min(initial=np.inf)) if len(steps) else 0.0


def _moments(rows: Matrix) -> tuple[Matrix, Matrix]:
    centroid = rows.mean(axis=0)
    off = rows - centroid
    return centroid, off.T @ off / len(rows)
