"""Whether gaps lie between segments.

The distance of two segments' centroids, in the mean of their standard deviations, along the line on which the two are
best told apart (Fisher 1936, Annals of Eugenics 7:179), which does not depend on the columns' units. Cut an evenly
filled stretch anywhere, and its two parts are √12 ≈ 3.46 apart in this measure; the halves of a normal cloud, denser in
the middle, are 2.65 apart. Only where fewer customers stand between two segments than in them does it grow beyond that.
(Ashman, Bird & Zepf 1994, Astronomical Journal 108:2348, use the like for two normal populations.)
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from analysis.basics.arrays import Labels, Matrix
from analysis.clustering.battery.tables import step

RIDGE = 1e-3
LEAST = 1e-9
"""Deviation below which a segment counts as one point."""


def separation(table: Matrix, labels: Labels, k: int, blocks: Sequence[Sequence[int]] = ()) -> Matrix:
    """How far apart each two segments are, (k, k), 0 on the diagonal; `table` (n, p) is standardised.

    Columns written in whole steps count as rounded: a mark of 3 stands for anything from 2.5 to 3.5 (Sheppard's
    correction, 1/12 of the squared step), else the marks of any rating scale would be separate groups. So do
    categories, each column of `blocks` being one: two of them are one step apart as two marks are, which is a step in
    two columns, so that 1/6 of its square is what makes them no farther apart than an evenly filled stretch.
    """
    part = np.full(table.shape[1], 12.0)
    part[[column for block in blocks for column in block]] = 6.0
    rounding = np.diag(np.array([step(column) for column in table.T]) ** 2 / part)
    centroids, covariances = zip(*(_moments(table[labels == segment]) for segment in range(k)), strict=True)
    spread = np.array(covariances) + rounding
    line = np.array(centroids)[:, None] - np.array(centroids)
    pooled = (spread[:, None] + spread) / 2
    # A column that repeats another leaves no inverse; a thousandth of the mean variance brings one.
    ridge = RIDGE * np.trace(pooled, axis1=2, axis2=3) / table.shape[1] + np.finfo(float).tiny
    direction = np.linalg.solve(pooled + ridge[..., None, None] * np.eye(table.shape[1]), line[..., None])[..., 0]
    length = np.linalg.norm(direction, axis=2, keepdims=True)
    direction = direction / np.where(length > 0, length, 1)
    deviation = np.sqrt(np.maximum(np.einsum("abi,aij,abj->ab", direction, spread, direction), 0))
    both = (deviation + deviation.T) / 2
    return np.asarray(np.einsum("abi,abi->ab", direction, line) / np.maximum(both, LEAST))


def closest(apart: Matrix) -> float:
    """The smallest gap between two segments, (k, k) being all; infinite with one segment."""
    return float(apart[~np.eye(len(apart), dtype=bool)].min(initial=np.inf))


def _moments(rows: Matrix) -> tuple[Matrix, Matrix]:
    centroid = rows.mean(axis=0)
    off = rows - centroid
    return centroid, off.T @ off / len(rows)
