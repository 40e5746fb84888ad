"""Counts of customers with gaps, and of those behind a figure, tell no small group."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.configuration import Site
from analysis.contract import Contract
from analysis.preparation.features import features
from report.disclosure import protected
from report.disclosure.gaps import gaps, imputed, imputed_by_segment
from report.errors import CheckError
from tests.report.contracts import cases, contract_of, counts

LEAST = 10
COLUMNS = {
    "income": {"role": "income", "missing": "median"},
    "visits": {"role": "feature", "missing": "median"},
    "age": {"role": "age", "use": "describe", "missing": "unknown"},
}


def with_gaps(lacking: dict[str, list[int]], size: int = 60) -> Contract:
    """Two segments of `size` customers; column → gaps in each segment, from the first customer of it on."""
    draw = np.random.default_rng(4)
    labels = np.repeat([0, 1], size)
    frame = pd.DataFrame({name: draw.normal(50 + 30 * labels, 5).round(1) for name in COLUMNS})
    for name, numbers in lacking.items():
        for segment, number in enumerate(numbers):
            frame.loc[segment * size : segment * size + number - 1, name] = np.nan
    site = Site.model_validate({"data": {"path": "t.csv"}, "columns": COLUMNS})
    table = features(frame, site, {"income": 50.0, "visits": 50.0})
    return contract_of(table, labels[table.order], least=LEAST)


def told(contract: Contract) -> tuple[list[int | None], dict[str, list[int | None]]]:
    copy = protected(contract)
    known = {name: [one.known for s in copy.segments for one in s.profile if one.feature == name] for name in COLUMNS}
    return [segment.imputed for segment in copy.segments], known


def test_large_counts_are_told() -> None:
    assigned, known = told(with_gaps({"income": [12, 20]}))
    assert assigned == [12, 20]
    assert known == {"income": [48, 40], "visits": [60, 60], "age": [60, 60]}


def test_a_small_count_withholds_the_row() -> None:
    assigned, known = told(with_gaps({"income": [3, 20]}))
    assert assigned == [None, None]
    assert known["income"] == [None, None]
    assert known["visits"] == [60, 60]


def test_the_difference_of_two_columns_is_a_count_too() -> None:
    """The first 12 lack income and the first 15 visits: 3 lack visits alone."""
    assigned, known = told(with_gaps({"income": [12, 20], "visits": [15, 20]}))
    assert assigned == [None, None]
    assert known["income"] == [48, 40]


def test_a_describing_column_is_judged_by_the_customers_behind_it() -> None:
    """Of 60 gaps none needs to be in the other segment: that is known now, so 45 and 15 values may be told."""
    assert told(with_gaps({"age": [15, 45]}))[1]["age"] == [45, 15]
    assert told(with_gaps({"age": [15, 52]}))[1]["age"] == []


def test_gaps_of_a_describing_column_leave_nobody_out_of_the_search() -> None:
    """Twelve lack income and three of them their age, by which no segment is found: 12 may be told."""
    assert told(with_gaps({"income": [12, 20], "age": [3, 20]}))[0] == [12, 20]


def test_few_without_a_gap_or_with_a_value_withhold_the_row() -> None:
    """Eight of 60 have an income, and all others a gap; eight have an age."""
    assert imputed_by_segment(with_gaps({"income": [50, 20]})) is True
    assert imputed_by_segment(with_gaps({"income": [52, 20]})) is False
    whole = with_gaps({"age": [15, 52]})
    known = [[one.known for one in segment.profile] for segment in gaps(whole.segments, whole)]
    assert known == [[60, 60, None], [60, 60, None]]


def test_few_behind_a_clustering_column_stop_the_build() -> None:
    with pytest.raises(CheckError, match=r"has 4 customers with a value in “income”, fewer than privacy\.min_cell"):
        protected(with_gaps({"income": [12, 56]}))


def test_the_total_is_withheld_where_it_is_small() -> None:
    assert protected(with_gaps({"income": [2, 4]})).data.imputed is None
    assert protected(with_gaps({"income": [12, 20]})).data.imputed == 32


@pytest.mark.parametrize(("numbers", "count"), [([2, 4], None), ([12, 20], 32)])
def test_the_total_of_a_single_column_is_withheld_where_it_is_small(numbers: list[int], count: int | None) -> None:
    whole = with_gaps({"income": numbers})
    data = whole.data.model_copy(update={"features": tuple(f for f in whole.data.features if f.name == "income")})
    single = whole.model_copy(update={"data": data})
    assert imputed(single) == count
    assert imputed(single.model_copy(update={"data": data.model_copy(update={"imputed": None})})) is None


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 49), min_size=4, max_size=4))
def test_no_small_count_stands_in_the_copy(numbers: list[int]) -> None:
    contract = with_gaps({"income": numbers[:2], "visits": numbers[2:]})
    copy = protected(contract)
    assert [each for each in counts(json.loads(copy.model_dump_json())) if 0 < each[1] < LEAST] == []
    if imputed_by_segment(contract):
        assert all(segment.imputed is not None for segment in copy.segments)


@settings(max_examples=5, deadline=None)
@given(cases())
def test_without_gaps_everybody_stands_behind_every_figure(made: object) -> None:
    for segment in protected(made.contract).segments:
        assert segment.imputed == 0


def test_shares_of_segments_tried_are_shares_of_the_customers_fitted() -> None:
    """Of 120 customers 40 have gaps: 9 in 80 are few, though 9 / 80 of 120 would be 14."""
    contract = with_gaps({"income": [20, 20]})
    tried = contract.selection.candidates[0]
    segments = (
        tried.segments[0].model_copy(update={"share": 9 / 80}),
        tried.segments[1].model_copy(update={"share": 71 / 80}),
    )
    first = tried.model_copy(update={"smallest_share": 9 / 80, "segments": segments})
    selection = contract.selection.model_copy(update={"candidates": (first,), "flows": ()})
    found = protected(contract.model_copy(update={"selection": selection})).selection.candidates[0]
    assert found.smallest_share is None
    assert [one.share for one in found.segments] == [None, None]
