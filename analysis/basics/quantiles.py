"""The five quantiles by which a column, or a figure over resamples, is told."""

from __future__ import annotations

import numpy as np

from analysis.basics.arrays import Matrix

QUANTILES = {"p05": 0.05, "q1": 0.25, "median": 0.5, "q3": 0.75, "p95": 0.95}
"""The contract's name → where it lies."""


def quantiles(values: Matrix) -> dict[str, float]:
    """Name → quantile of values of which none is missing."""
    return dict(zip(QUANTILES, np.quantile(values, list(QUANTILES.values())).tolist(), strict=True))
