"""Student's t: how often chance alone leads farther from nought.

With x = ν / (ν + t²) it is the regularised incomplete beta function I_x(ν/2, 1/2) (Abramowitz & Stegun 1972, 26.7.1).
"""

from __future__ import annotations

from math import log1p

import numpy as np

from analysis.basics.arrays import Matrix

FEW, MODERATE = 100, 1_000
"""Figures, and degrees of freedom, up to which mpmath has done before SciPy is imported."""
SMALLEST = 690.0
"""Minus the logarithm of what no double holds any more."""


def beyond(t: Matrix, freedom: Matrix) -> Matrix:
    """Two-sided p of each t at its degrees of freedom (positive, in the same shape); NaN where either is."""
    if t.size > FEW or np.nanmax(freedom, initial=0) > MODERATE:
        from scipy.special import stdtr  # noqa: PLC0415 (two fifths of a second, and 40 MB)

        return np.asarray(2 * stdtr(freedom, -np.abs(t)))
    pairs = zip(t.ravel().tolist(), freedom.ravel().tolist(), strict=True)
    return np.array([_beyond(*pair) for pair in pairs]).reshape(t.shape)


def _beyond(t: float, freedom: float) -> float:
    from mpmath import betainc  # noqa: PLC0415 (as long as a chart, and scoring needs none)

    if np.isnan(t + freedom):
        return np.nan
    squared = t * t / freedom
    if not (freedom + 1) / 2 * log1p(squared) <= SMALLEST:
        return 0.0
    return float(betainc(freedom / 2, 0.5, 0, 1 / (1 + squared), regularized=True))
