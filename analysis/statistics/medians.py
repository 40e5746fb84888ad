"""Medians of columns by segment, in many resamples at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analysis.basics.arrays import Matrix

if TYPE_CHECKING:
    from numpy.typing import NDArray


def medians(values: Matrix, labels: NDArray[np.signedinteger], weights: Matrix, k: int) -> Matrix:
    """Of every segment, (draws, segments, columns); not a number where nobody in it has a value.

    `values` is (customers, columns) and may lack values; `labels` and `weights`, how often a customer was drawn, are
    (draws, customers). Halfway between the two middle values where a weight parts them evenly, as ever.
    """
    found = np.full((len(weights), k, values.shape[1]), np.nan)
    for column, all_values in enumerate(values.T):
        order = np.argsort(all_values, kind="stable")[: int(np.isfinite(all_values).sum())]
        if len(order):
            found[:, :, column] = _medians(all_values[order], labels[:, order], weights[:, order], k)
    return found


def _medians(ascending: Matrix, labels: NDArray[np.signedinteger], weights: Matrix, k: int) -> Matrix:
    """Of one column, (draws, segments)."""
    found = np.full((len(weights), k), np.nan)
    last = len(ascending) - 1
    for segment in range(k):
        upto = np.cumsum(np.where(labels == segment, weights, 0.0), axis=1)
        half = upto[:, -1:] / 2
        low, high = ((upto < half).sum(axis=1), (upto <= half).sum(axis=1))
        middle = (ascending[np.minimum(low, last)] + ascending[np.minimum(high, last)]) / 2
        found[:, segment] = np.where(half[:, 0] > 0, middle, np.nan)
    return found
