"""Hennig's reading of how faithfully a segment comes back when the customers are drawn anew.

Hennig (2007), “Cluster-wise assessment of cluster stability”, Computational Statistics & Data Analysis 52:258: the mean
Jaccard similarity of a segment with its most similar segment in each of many resamples. Below .60 it is not to be
trusted, from .60 to .75 a pattern whose members are doubtful, above .75 stable, above .85 highly stable.
Hennig (2008), “Dissolution point and isolation robustness”, Journal of Multivariate Analysis 99:1154: in a resample
where the similarity is .50 or less, the segment has dissolved.
"""

from __future__ import annotations

from typing import Literal

Band = Literal["highly stable", "stable", "doubtful", "unstable"]

UNSTABLE, DOUBTFUL, STABLE = 0.60, 0.75, 0.85
"""Where each band ends."""
DISSOLVED = 0.50
"""Jaccard similarity up to which a segment has dissolved in a resample."""
SOLID: tuple[Band, ...] = ("stable", "highly stable")
"""Bands of a segment that comes back."""


def band(stability: float) -> Band:
    """Hennig's reading of a mean Jaccard similarity."""
    if stability < UNSTABLE:
        return "unstable"
    if stability < DOUBTFUL:
        return "doubtful"
    return "stable" if stability <= STABLE else "highly stable"
