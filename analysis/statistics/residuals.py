"""Categories by segment: which cells hold more or fewer customers than independence would give.

Haberman (1973, Biometrics 29:205): the adjusted standardised residual of a cell is standard normal, in large samples,
where segment and category have nothing to do with each other.
"""

from __future__ import annotations

from math import erfc, sqrt

import numpy as np

from analysis.basics.arrays import Matrix

EXPECTED_AT_LEAST = 5
"""Customers that independence must give each cell for a residual to be normal enough for a p-value (Cochran 1954)."""


def residuals(counts: Matrix) -> Matrix:
    """Adjusted standardised residuals of a table of counts, (segments, categories); NaN where one is all or none."""
    total = counts.sum()
    rows, columns = counts.sum(axis=1, keepdims=True), counts.sum(axis=0, keepdims=True)
    expected = rows * columns / total
    variance = expected * (1 - rows / total) * (1 - columns / total)
    there = variance > 0
    return np.asarray(np.where(there, (counts - expected) / np.sqrt(np.where(there, variance, 1)), np.nan))


def residual_p(counts: Matrix) -> Matrix:
    """Two-sided p of every residual, (segments, categories); NaN where too few customers were to be expected.

    Expected inside and outside the segment, with and without the category: the fewest of the four counts.
    """
    total = counts.sum()
    rows, columns = counts.sum(axis=1, keepdims=True), counts.sum(axis=0, keepdims=True)
    fewest = np.minimum(rows, total - rows) * np.minimum(columns, total - columns) / total
    return np.asarray(np.where(fewest >= EXPECTED_AT_LEAST, _beyond(np.abs(residuals(counts))), np.nan))


def _beyond(figures: Matrix) -> Matrix:
    """How often a standard normal figure lies farther from nought, on either side."""
    return np.array([erfc(figure / sqrt(2)) for figure in figures.ravel()]).reshape(figures.shape)


def differences(counts: Matrix) -> Matrix:
    """Share of a category in each segment less its share among everybody else, (segments, categories)."""
    sizes, others = counts.sum(axis=1, keepdims=True), counts.sum() - counts.sum(axis=1, keepdims=True)
    elsewhere = counts.sum(axis=0, keepdims=True) - counts
    return np.asarray(counts / np.maximum(sizes, 1) - elsewhere / np.maximum(others, 1))
