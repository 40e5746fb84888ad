"""The bands by which a segment's stability is read."""

from __future__ import annotations

import pytest

from analysis.clustering.stability import band


@pytest.mark.parametrize(
    ("value", "word"),
    [
        (0.59, "unstable"),
        (0.6, "doubtful"),
        (0.74, "doubtful"),
        (0.75, "stable"),
        (0.85, "stable"),
        (0.86, "highly stable"),
    ],
)
def test_the_bands_are_hennigs(value: float, word: str):
    assert band(value) == word
