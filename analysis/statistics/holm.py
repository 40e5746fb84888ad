"""Many comparisons at once: p-values adjusted so that even one false claim among all is unlikely."""

from __future__ import annotations

import numpy as np

from analysis.basics.arrays import Matrix

BY_CHANCE = 0.05
"""Adjusted p from which a difference may be chance."""


def holm(p: Matrix) -> Matrix:
    """Holm's step-down adjustment (1979, Scandinavian Journal of Statistics 6:65), in the same order, (comparisons,).

    What is not a number is no comparison and stays as it is.
    """
    known = np.flatnonzero(~np.isnan(p))
    rising = known[np.argsort(p[known], kind="stable")]
    adjusted = np.full(p.shape, np.nan)
    left = len(known) - np.arange(len(known))
    adjusted[rising] = np.minimum(np.maximum.accumulate(left * p[rising]), 1.0)
    return adjusted
