"""Ways to divide customers into segments, one module each, all through the same battery and the same rule.

In: the matrix of features and a number of segments.
Out: labels, and how a new customer is placed.
May import: the rooms up to `clustering.battery`, in the order of `pyproject.toml`.

Each is loaded when it is asked for: a site made with K-Means loads none of the others.
"""

from __future__ import annotations

from importlib import import_module

from analysis.clustering.algorithms.algorithm import Algorithm
from analysis.contract.base import Algorithm as Name

__all__ = ["ALGORITHMS", "Algorithm", "algorithm"]

ALGORITHMS: dict[Name, str] = {
    "kmeans": "KMeans",
    "gaussian_mixture": "GaussianMixture",
    "ward": "Ward",
    "bisecting": "Bisecting",
    "hdbscan": "Hdbscan",
}
"""Name → class, in the order in which they are compared."""


def algorithm(name: Name, smallest_share: float) -> Algorithm:
    """The algorithm of that name; `smallest_share` of the customers is the least that a segment may have."""
    made = getattr(import_module(f"analysis.clustering.algorithms.{name}"), ALGORITHMS[name])
    found: Algorithm = made(smallest_share) if name == "hdbscan" else made()
    return found
