"""The five quantiles by which a column, or a figure over resamples, is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

QUANTILES = {"p05": 0.05, "q1": 0.25, "median": 0.5, "q3": 0.75, "p95": 0.95}
"""The contract's name → where it lies."""


def quantiles(values: NDArray[np.float64]) -> dict[str, float]:
    """Name → quantile of values of which none is missing."""
    return dict(zip(QUANTILES, np.quantile(values, list(QUANTILES.values())).tolist(), strict=True))
