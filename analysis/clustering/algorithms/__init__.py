"""Ways to divide customers into segments, one module each, all through the same battery and the same rule.

In: the matrix of features and a number of segments.
Out: labels, and how a new customer is placed.
May import: the rooms up to `clustering.battery`, in the order of `pyproject.toml`.

Each is loaded when it is asked for: a site made with K-Means loads none of the others. The module has the algorithm's
name, and its class stands there as `ALGORITHM`.
"""

from __future__ import annotations

from importlib import import_module

from analysis.clustering.algorithms.algorithm import Algorithm
from analysis.contract.algorithms import ALGORITHMS
from analysis.contract.algorithms import Algorithm as Name

__all__ = ["ALGORITHMS", "Algorithm", "algorithm"]


def algorithm(name: Name, smallest_share: float = 0.0) -> Algorithm:
    """The algorithm of that name; `smallest_share` of the customers is the least that a segment may have."""
    made: type[Algorithm] = import_module(f"analysis.clustering.algorithms.{name}").ALGORITHM
    return made(smallest_share)
