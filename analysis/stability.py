"""Do segments come back when the customers are drawn anew? Bootstrap Jaccard stability.

Hennig (2007), “Cluster-wise assessment of cluster stability”, Computational Statistics & Data Analysis 52:258: draw as
many customers with replacement, standardise and cluster them as before, and look up for each segment how alike its
most similar new segment is (Jaccard, over the customers drawn, each counted once). The mean over draws is the
segment's stability. His reading: below .60 not to be trusted, .60–.75 a pattern whose members are doubtful, above .75
stable, above .85 highly stable.
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from analysis.features import Labels, Matrix
from analysis.resamples import divided

Band = Literal["highly stable", "stable", "doubtful", "unstable"]

UNSTABLE, DOUBTFUL, STABLE = 0.60, 0.75, 0.85


def band(stability: float) -> Band:
    """Hennig's reading of a mean Jaccard similarity."""
    if stability < UNSTABLE:
        return "unstable"
    if stability < DOUBTFUL:
        return "doubtful"
    return "stable" if stability <= STABLE else "highly stable"


def stability(matrix: Matrix, labels: Labels, k: int, resamples: int, seed: np.random.SeedSequence) -> Matrix:
    """Mean Jaccard similarity of each segment with its best match in every resample, (k,).

    `matrix` holds the clustering columns in canonical order, `labels` the segment (0…k−1) of each row.
    """
    generator = np.random.default_rng(seed)
    weights = _weights(len(matrix), resamples, generator)
    matches = [jaccard(labels[drawn], found, k).max(axis=1) for drawn, found in divided(matrix, weights, k, generator)]
    # A segment of which nobody was drawn tells nothing, and says so by not being a number.
    known = ~np.isnan(matches)
    return np.asarray(np.nansum(matches, axis=0) / np.maximum(known.sum(axis=0), 1))


def _weights(rows: int, resamples: int, generator: np.random.Generator) -> Matrix:
    """How often each row is drawn in each resample, (resamples, rows)."""
    drawn = generator.integers(0, rows, (resamples, rows))
    return np.stack([np.bincount(each, minlength=rows) for each in drawn]).astype(np.float64)


def jaccard(a: Labels, b: Labels, k: int) -> Matrix:
    """Jaccard similarity of every segment of `a` (0…k−1) with every segment of `b`, (k, segments of b)."""
    ours, theirs = np.eye(k)[a], np.eye(int(b.max()) + 1)[b]
    both = ours.T @ theirs
    size = ours.sum(axis=0)
    either = size[:, None] + theirs.sum(axis=0) - both
    return np.asarray(np.where(size[:, None] > 0, both / np.maximum(either, 1), np.nan))
