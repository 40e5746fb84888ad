"""How far two groups lie apart: the standardised difference of their means, and what chance makes of it."""

from __future__ import annotations

import numpy as np

from analysis.basics.arrays import Matrix
from analysis.statistics.moments import Moments

NORMAL = 1.959963984540054
"""97.5th percentile of the standard normal distribution."""
ROUNDING = 1e-9
"""Spread, as a share of the difference, below which it is left over from rounding."""


def hedges_g(a: Moments, b: Moments) -> Matrix:
    """(mean of a − mean of b) / pooled standard deviation, corrected for small samples (Hedges 1981).

    Not a number with fewer than two values in a group; infinite where groups differ and nobody within them does.
    """
    freedom = a.count + b.count - 2
    enough = (a.count > 1) & (b.count > 1)
    pooled = np.sqrt((a.squares + b.squares) / np.maximum(freedom, 1))
    correction = 1 - 3 / (4 * np.maximum(freedom, 1) - 1)
    # An infinite difference of so few values that the correction is 0 is not a number, and no error.
    with np.errstate(invalid="ignore"):
        return np.asarray(np.where(enough, correction * _ratio(a.mean - b.mean, pooled), np.nan))


def hedges_interval(g: Matrix, a: Moments, b: Moments) -> Matrix:
    """95 % interval of Hedges' g for large samples, (2, …) (Hedges & Olkin 1985, Statistical Methods, ch. 5)."""
    both = np.maximum(a.count + b.count, 1)
    known = np.where(np.isfinite(g), g, np.nan)
    error = np.sqrt(both / np.maximum(a.count * b.count, 1) + known**2 / (2 * both))
    return np.stack([known - NORMAL * error, known + NORMAL * error])


def welch_p(a: Moments, b: Moments) -> Matrix:
    """Two-sided p of equal means where variances need not be equal (Welch 1947); NaN below two values in a group."""
    of_a, of_b = a.variance / np.maximum(a.count, 1), b.variance / np.maximum(b.count, 1)
    t = _ratio(a.mean - b.mean, np.sqrt(of_a + of_b))
    spread = of_a**2 / np.maximum(a.count - 1, 1) + of_b**2 / np.maximum(b.count - 1, 1)
    freedom = np.where(spread > 0, (of_a + of_b) ** 2 / np.where(spread > 0, spread, 1), 1.0)
    return np.asarray(np.where(np.isfinite(freedom * (of_a + of_b)), _beyond(t, freedom), np.nan))


def _beyond(t: Matrix, freedom: Matrix) -> Matrix:
    """Two-sided p of each t at its degrees of freedom (Student's t); NaN where either is."""
    from scipy.special import stdtr  # noqa: PLC0415 (a quarter of a second, which scoring need not wait for)

    return np.asarray(2 * stdtr(freedom, -np.abs(t)))


def _ratio(difference: Matrix, spread: Matrix) -> Matrix:
    """`difference / spread`; infinite without spread, and 0 without either."""
    least = ROUNDING * np.abs(difference)
    there = spread > np.where(np.isfinite(least), least, 0)
    without = np.where(difference == 0, 0.0, np.copysign(np.inf, difference))
    return np.asarray(np.where(there, difference / np.where(there, spread, 1), without))
