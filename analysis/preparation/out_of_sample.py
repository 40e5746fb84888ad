"""Where customers go who took no part in the fit, in words: each algorithm has a way of its own."""

from __future__ import annotations

NEAREST = "to the nearest segment"
PLACES = {
    "gaussian_mixture": "to the segment that is likeliest theirs",
    "hdbscan": "to the segment of the nearest customer who took part, or to none",
}
"""Algorithm → the end of “assigned …”, where that is not the segment of the nearest centroid."""


def place(algorithm: str) -> str:
    """`to the nearest segment`."""
    return PLACES.get(algorithm, NEAREST)
