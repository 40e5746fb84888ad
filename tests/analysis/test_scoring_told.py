"""Bounds between scores on a public site are as fine as their own neighbours allow."""

import numpy as np

from analysis.results.quintile_scoring_rounded import edge_step
from analysis.rounding.random_rounding import Rounding


def test_a_bound_among_many_is_not_rounded_as_one_among_few() -> None:
    """Four fifths spend up to 80, one fifth 100 to 5,000: bounds of 20, 40 and 60 stay apart."""
    spent = np.concatenate([np.linspace(1, 80, 240), np.linspace(100, 5000, 60)])
    public = Rounding(5, 10, b"a key")
    assert [edge_step(spent, edge, public) for edge in (20.0, 40.0, 60.0)] == [2.0, 2.0, 2.0]
    assert [public.figure(edge, 2.0) for edge in (20.0, 40.0, 60.0)] == [20.0, 40.0, 60.0]
    assert edge_step(spent, 2500.0, public) == 500.0
    assert edge_step(spent, 41.3, Rounding()) == 0.0
