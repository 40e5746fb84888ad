"""Who stands at a border, and to which segment."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.configuration import Site
from analysis.contract import Contract
from analysis.preparation.features import features
from analysis.profiling.profile import profiles

LINE = Site.model_validate({"data": {"path": "t.csv"}, "columns": {"x": {"role": "feature"}}})
PLANE = Site.model_validate(
    {"data": {"path": "t.csv"}, "columns": {"x": {"role": "feature"}, "y": {"role": "feature"}}}
)


def test_customers_count_at_the_border_to_their_second_nearest_segment():
    """Centroids 5, 20 and 35. 12 lies 7 from its own and 8 from the second; 28 lies 8 and 7 from them."""
    x = [0.0, 3, 5, 5, 12, 12, 20, 28, 30, 35, 40]
    table = features(pd.DataFrame({"x": x}), LINE)
    first, second, third = profiles(table, np.array([0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 2]), None)
    assert [(one.id, one.customers, one.share) for one in first.borders] == [(2, 1, 0.2)]
    assert [(one.id, one.customers) for one in second.borders] == [(1, 1), (3, 1)]
    assert third.borders == ()
    assert second.neighbour is not None
    assert second.neighbour.border_customers == next(
        one.customers for one in second.borders if one.id == second.neighbour.id
    )


@given(st.permutations(range(4)), st.integers(0, 10_000))
def test_borders_stand_most_customers_first_and_follow_their_segments(order: list[int], seed: int):
    generator = np.random.default_rng(seed)
    table = features(pd.DataFrame(generator.normal(size=(60, 2)), columns=["x", "y"]), PLANE)
    labels = np.concatenate([np.arange(4), generator.integers(0, 4, 56)])
    before, after = profiles(table, labels, None), profiles(table, np.array(order)[labels], None)
    for segment, profile in enumerate(before):
        counts = [one.customers or 0 for one in profile.borders]
        assert counts == sorted(counts, reverse=True)
        assert 0 < sum(counts) <= profile.size or not counts
        assert segment + 1 not in {one.id for one in profile.borders}
        moved = {one.id: one.customers for one in after[order[segment]].borders}
        assert moved == {order[one.id - 1] + 1: one.customers for one in profile.borders}


def test_the_malls_neighbours_agree_with_its_borders(mall_contract: Contract):
    for segment in mall_contract.segments:
        assert segment.neighbour is not None
        same = {one.id: one.customers for one in segment.borders}
        assert segment.neighbour.border_customers == same.get(segment.neighbour.id, 0)
        assert all(one.share == pytest.approx(one.customers / segment.size) for one in segment.borders)
