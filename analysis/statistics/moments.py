"""Counts, means and variances of columns by segment, in the table itself or in many resamples at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from analysis.basics.arrays import Matrix

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Moments:
    """Of groups of customers; every array has the shape (…, columns), and empty groups have no mean."""

    count: Matrix
    mean: Matrix
    squares: Matrix
    """Sum of squared distances from the mean."""

    @property
    def variance(self) -> Matrix:
        """Unbiased variance; not a number for fewer than two customers."""
        return np.asarray(np.where(self.count > 1, self.squares / np.maximum(self.count - 1, 1), np.nan))

    def of(self, columns: slice) -> Moments:
        """Of some of the columns."""
        return Moments(self.count[..., columns], self.mean[..., columns], self.squares[..., columns])


def moments(values: Matrix, labels: NDArray[np.signedinteger], weights: Matrix, k: int) -> tuple[Moments, Moments]:
    """Of every segment and of everybody else, each (draws, segments, columns).

    `values` is (customers, columns) and may lack values, `labels` and `weights` are (draws, customers). Whoever
    belongs to no segment (−1) counts among everybody else.
    """
    known = np.isfinite(values)
    # Sums of squares lose their digits far from nought.
    middle = np.where(known.any(axis=0), np.nansum(values, axis=0) / np.maximum(known.sum(axis=0), 1), 0.0)
    centred = np.where(known, values - middle, 0.0)
    powers = np.concatenate([known.astype(np.float64), centred, centred**2], axis=1)
    everybody = weights @ powers
    inside = np.stack([np.where(labels == segment, weights, 0.0) @ powers for segment in range(k)], axis=1)
    return _moments(inside, middle), _moments(everybody[:, None] - inside, middle)


def _moments(sums: Matrix, middle: Matrix) -> Moments:
    count, total, squared = np.split(sums, 3, axis=-1)
    mean = np.where(count > 0, total / np.maximum(count, 1), np.nan)
    return Moments(count, mean + middle, np.maximum(squared - count * np.nan_to_num(mean) ** 2, 0.0))
