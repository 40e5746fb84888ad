"""How tight the groups of many divisions are."""

from __future__ import annotations

import numpy as np

from analysis.basics.arrays import Matrix
from analysis.clustering.battery.agreement import members
from analysis.clustering.battery.dividing import Single, SmallLabels


def inertia(tables: Single | Matrix, labels: SmallLabels, k: int) -> Matrix:
    """Sum of the squared distances to the means of the groups, (tables,)."""
    member = members(labels, k).astype(np.float64)
    size = member.sum(axis=2)
    sums = np.matmul(member, tables.astype(np.float64))
    between = np.sum(np.sum(sums**2, axis=2) / np.maximum(size, 1), axis=1)
    return np.asarray(np.sum(tables.astype(np.float64) ** 2, axis=(1, 2)) - between)
