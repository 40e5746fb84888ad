"""Euclidean distances of all pairs of rows."""

from __future__ import annotations

import numpy as np

from analysis.basics.arrays import Matrix

NUMPY_UP_TO = 1_000
"""Rows up to which no more than NumPy is needed; beyond them SciPy takes less time and memory."""


def between(rows: Matrix) -> Matrix:
    """Distance of each two rows (n, p), (n, n)."""
    if len(rows) > NUMPY_UP_TO:
        from scipy.spatial.distance import cdist  # noqa: PLC0415 (two fifths of a second, and 40 MB)

        return np.asarray(cdist(rows, rows))
    squared = np.zeros((len(rows), len(rows)))
    for column in rows.T:
        squared += np.subtract.outer(column, column) ** 2
    return np.sqrt(squared)
