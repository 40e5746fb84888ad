"""Bounds between scores on a public site are as fine as their own neighbours allow."""

import numpy as np

from analysis.rounding import Rounding
from analysis.scoring_told import told_edge


def test_a_bound_among_many_is_not_rounded_as_one_among_few() -> None:
    """Four fifths spend up to 80, one fifth 100 to 5,000: bounds of 20, 40 and 60 stay apart."""
    spent = np.concatenate([np.linspace(1, 80, 240), np.linspace(100, 5000, 60)])
    told = [told_edge(edge, spent, Rounding(5, 10, b"a key")) for edge in (20.0, 40.0, 60.0)]
    assert told == [20.0, 40.0, 60.0]
    assert told_edge(41.3, spent, Rounding(5, 10, b"a key")) in {40.0, 42.0}
    assert told_edge(41.3, spent, Rounding()) == 41.3
