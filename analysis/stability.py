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

from analysis.cluster import Points, partition
from analysis.features import Labels, Matrix

Band = Literal["highly stable", "stable", "doubtful", "unstable"]

UNSTABLE, DOUBTFUL, STABLE = 0.60, 0.75, 0.85
STARTS = 2
"""Starts for each draw: only the full table deserves ten, and a worse optimum errs on the side of caution."""


def band(stability: float) -> Band:
    """Hennig's reading of a mean Jaccard similarity."""
    if stability < UNSTABLE:
        return "unstable"
    if stability < DOUBTFUL:
        return "doubtful"
    return "stable" if stability <= STABLE else "highly stable"


def stability(matrix: Matrix, labels: Labels, resamples: int, seed: np.random.SeedSequence) -> Matrix:
    """Mean Jaccard similarity of each segment with its best match in every draw, (k,).

    `matrix` holds the clustering columns in canonical order, `labels` the segment of each row.
    """
    k = int(labels.max()) + 1
    generator = np.random.default_rng(seed)
    similarities = np.zeros(k)
    drawn_at_all = np.zeros(k)
    for _ in range(resamples):
        times = np.bincount(generator.integers(0, len(matrix), len(matrix)), minlength=len(matrix))
        drawn = np.flatnonzero(times)
        similarity = _best_match(matrix[drawn], times[drawn], labels[drawn], k, int(generator.integers(2**31)))
        known = ~np.isnan(similarity)
        similarities[known] += similarity[known]
        drawn_at_all += known
    return np.asarray(similarities / np.maximum(drawn_at_all, 1))


def _best_match(matrix: Matrix, times: Labels, labels: Labels, k: int, seed: int) -> Matrix:
    """Jaccard similarity of each segment with the most similar one of this draw; not a number where none was drawn."""
    weight = times.astype(np.float64)
    centre = np.average(matrix, axis=0, weights=weight)
    spread = np.sqrt(np.average((matrix - centre) ** 2, axis=0, weights=weight))
    standard = (matrix - centre) / np.where(spread > 0, spread, 1)
    draw = Points(standard, weight, np.arange(len(matrix)))
    found = partition(draw, min(k, len(matrix)), seed, STARTS).labels
    return jaccard(labels, found, k).max(axis=1)


def jaccard(a: Labels, b: Labels, k: int) -> Matrix:
    """Jaccard similarity of every segment of `a` (0…k−1) with every segment of `b`, (k, segments of b)."""
    ours, theirs = np.eye(k)[a], np.eye(int(b.max()) + 1)[b]
    both = ours.T @ theirs
    size = ours.sum(axis=0)
    either = size[:, None] + theirs.sum(axis=0) - both
    return np.where(size[:, None] > 0, both / np.maximum(either, 1), np.nan)
