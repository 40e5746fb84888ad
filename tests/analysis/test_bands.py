"""Bands of age that each hold enough customers, and levels of an order that each have a bar."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.configuration import Site
from analysis.contract import Distribution, GroupSummary
from analysis.preparation.features import features
from analysis.profiling.explore import MOST_BINS, exploration

COLUMNS: dict[str, dict[str, object]] = {"spent": {"role": "monetary"}, "age": {"role": "age", "use": "describe"}}


def _groups(ages: list[float], least: int) -> tuple[GroupSummary, ...]:
    frame = pd.DataFrame({"spent": np.arange(len(ages)) % 7 + 1.0, "age": ages})
    table = features(frame, Site.model_validate({"data": {"path": "t.csv"}, "columns": COLUMNS}))
    found = exploration(table, np.zeros(len(ages), dtype=np.intp), least=least, points=False).comparisons
    return found[0].groups if found else ()


def _sized(ages: list[float], least: int) -> dict[str, int]:
    return {group.group: group.count for group in _groups(ages, least)}


def test_decades_with_few_customers_go_with_their_neighbours():
    ages = [20.0] * 3 + [34.0] * 9 + [41.0] * 12 + [58.0] * 11 + [75.0] * 20 + [88.0] * 2
    assert _sized(ages, 10) == {"20–39": 12, "40–49": 12, "50–59": 11, "70–89": 22}


def test_a_band_may_reach_over_decades_without_any_customer():
    assert _sized([20.0] * 4 + [55.0] * 8 + [91.0] * 10, 10) == {"20–59": 12, "90–99": 10}


def test_customers_without_an_age_are_in_no_band():
    assert _sized([20.0] * 10 + [np.nan] * 15 + [30.0] * 10, 10) == {"20–29": 10, "30–39": 10}


def test_a_single_band_is_no_comparison():
    assert _sized([30.0] * 20 + [41.0] * 2, 10) == {}


@given(st.lists(st.integers(0, 109), min_size=2, max_size=60), st.integers(1, 12))
def test_bands_hold_everybody_once_and_enough_of_them(ages: list[int], least: int):
    found = _groups([float(age) for age in ages], least)
    assert all(group.count >= least for group in found)
    assert sum(group.count for group in found) in {0, len(ages)}
    for group in found:
        first, last = (int(end) for end in group.group.split("–"))
        assert group.count == sum(first <= age <= last for age in ages)


def _ordinal(values: list[float], levels: int) -> Distribution:
    order = [f"level {place}" for place in range(levels)]
    columns = {"x": {"role": "feature"}, "o": {"role": "feature", "kind": "ordinal", "order": order}}
    frame = pd.DataFrame({"x": np.arange(len(values), dtype=float), "o": values})
    table = features(frame, Site.model_validate({"data": {"path": "t.csv"}, "columns": columns}))
    found = exploration(table, np.zeros(len(values), dtype=np.intp), least=1, points=False).distributions
    return next(one for one in found if one.feature == "o")


def test_every_level_of_an_order_has_a_bar_also_without_customers():
    found = _ordinal([2.0, 2.0, 3.0, 5.0], 6)
    assert [(one.lower, one.upper, one.count) for one in found.bins] == [
        (1, 2, 0), (2, 3, 2), (3, 4, 1), (4, 5, 0), (5, 6, 1), (6, 7, 0),
    ]  # fmt: skip


@pytest.mark.parametrize("levels", [MOST_BINS + 1, 50])
def test_of_very_many_levels_some_share_a_bar(levels: int):
    found = _ordinal([1.0, 2.0, float(levels)], levels)
    assert len(found.bins) <= MOST_BINS
    assert sum(one.count for one in found.bins) == 3
