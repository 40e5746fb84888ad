"""Bars over the bulk of the values, and one more for everybody beyond; counts are the data's own."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.configuration import Site
from analysis.contract import Distribution
from analysis.preparation.features import features
from analysis.profiling.edges import bulk_edges
from analysis.profiling.explore import exploration

Values = Any


def _distribution(values: Values, **column: object) -> Distribution:
    frame = pd.DataFrame({"x": values, "y": np.arange(len(values)) % 7 + 0.5})
    columns = {"x": {"role": "feature", **column}, "y": {"role": "feature"}}
    table = features(frame, Site.model_validate({"data": {"path": "t.csv"}, "columns": columns}))
    found = exploration(table, np.zeros(len(values), dtype=np.intp), least=1, points=False)
    return found.distributions[0]


def _incomes() -> Values:
    """Incomes of 20,000 to 120,000, five of them from 100,000 on, and one of 666,666."""
    draw = np.random.default_rng(2)
    low = draw.normal(55_000, 16_000, 300).round().clip(20_000, 99_000)
    return np.concatenate([low, [100_500, 104_000, 109_000, 112_000, 119_500], [666_666]])


def test_one_value_far_out_does_not_flatten_the_others():
    values = _incomes()
    found = _distribution(values, format="money")
    last = found.bins[-1]
    assert (last.beyond, last.count) == ("above", 1)
    assert last.lower < 200_000
    assert last.upper - last.lower == found.bins[0].upper - found.bins[0].lower
    assert 10 <= len(found.bins) <= 21
    # From 100,000 on, but for the one beyond, there are five.
    assert sum(each.count for each in found.bins[:-1] if each.lower >= 100_000) == 5
    edges = [*(each.lower for each in found.bins), np.inf]
    assert [each.count for each in found.bins] == np.histogram(values, edges)[0].tolist()


def test_the_map_says_that_its_outermost_squares_hold_those_beyond():
    for values, beyond in ((_incomes(), True), (np.arange(306.0), False)):
        frame = pd.DataFrame({"income": values, "score": np.arange(len(values)) % 97 + 0.5})
        columns = {"income": {"role": "income"}, "score": {"role": "spending"}}
        table = features(frame, Site.model_validate({"data": {"path": "t.csv"}, "columns": columns}))
        drawn = exploration(table, np.zeros(len(values), dtype=np.intp), least=1, points=False).map
        assert drawn is not None
        assert drawn.open_ended is beyond
        assert sum(one.count for one in drawn.bins) == 306
        assert max(one.x1 for one in drawn.bins) < 400_000


def test_both_ends_may_have_values_beyond():
    values = np.concatenate([np.random.default_rng(0).normal(50, 5, 300), [-900.0, 1200.0, 1300.0]])
    first, *_, last = _distribution(values).bins
    assert (first.beyond, first.count, last.beyond, last.count) == ("below", 1, "above", 2)


def test_without_far_values_nobody_is_beyond_and_the_last_edge_is_said():
    whole = _distribution(np.arange(100.0))
    parts = _distribution(np.linspace(0, 1, 101))
    assert {each.beyond for each in (*whole.bins, *parts.bins)} == {None}
    assert (whole.bins[-1].closed, parts.bins[-1].closed, parts.bins[0].closed) == (False, True, False)
    # Five at 0.95 to 0.99, and the one at 1.
    assert parts.bins[-1].count == 6


def test_a_value_a_bar_away_is_no_tail():
    values = np.concatenate([np.random.default_rng(0).uniform(0, 10, 200), [11.0]])
    assert {each.beyond for each in _distribution(values).bins} == {None}


def test_a_column_of_which_most_is_one_figure():
    values = np.concatenate([np.zeros(200), np.arange(1.0, 41), [9000.0]])
    found = _distribution(values)
    assert (found.bins[-1].beyond, found.bins[-1].count) == ("above", 1)
    assert found.bins[0].count == 200 + sum(each < found.bins[0].upper for each in range(1, 41))


@settings(max_examples=60)
@given(
    numbers=st.lists(st.integers(-10_000, 10_000), min_size=2, max_size=80).filter(lambda each: len(set(each)) > 1),
    divisor=st.sampled_from([1, 4, 100]),
)
def test_every_value_is_counted_once_in_the_bar_that_says_so(numbers: list[int], divisor: int):
    values = np.array(numbers) / divisor
    edges = bulk_edges(values, 20)
    bounds = edges.drawn.tolist()
    assert 1 <= len(edges.even) - 1 <= 24
    assert np.allclose(np.diff(bounds), edges.step)
    assert edges.below == (values.min() < edges.even[0] - 1e-9)
    assert values.max() <= edges.even[-1] + 1e-9 or edges.above
    lower = [-np.inf if edges.below else bounds[0] - 1e-9, *(each - 1e-9 for each in bounds[1:-1]), np.inf]
    expected = np.histogram(values, lower)[0].tolist()
    if len(set(numbers)) > 2:
        frame = pd.DataFrame({"x": values, "y": np.arange(len(values)) + 0.5})
        site = {"data": {"path": "t"}, "columns": {"x": {"role": "feature"}, "y": {"role": "feature"}}}
        table = features(frame, Site.model_validate(site))
        drawn = exploration(table, np.zeros(len(values), dtype=np.intp), least=1, points=False).distributions[0]
        assert [each.count for each in drawn.bins] == expected


@pytest.mark.parametrize("shape", ["lognormal", "exponential"])
def test_the_tail_of_a_skewed_column_is_one_bar(shape: str):
    draw = np.random.default_rng(1)
    values = draw.lognormal(4, 1, 2000) if shape == "lognormal" else draw.exponential(50, 2000)
    found = _distribution(values)
    assert max(each.count for each in found.bins) < 0.5 * len(values)
    assert sum(each.count for each in found.bins) == len(values)
