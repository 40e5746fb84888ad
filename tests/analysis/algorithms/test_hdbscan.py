"""HDBSCAN: dense segments, and those who belong to none."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.basics.arrays import Matrix
from analysis.clustering.algorithms.cluster import points
from analysis.clustering.algorithms.hdbscan import FEWEST_CUSTOMERS, MOST_SEGMENTS, Hdbscan
from analysis.clustering.placement import placing
from analysis.configuration.model import ModelSettings
from analysis.errors import DataError
from analysis.pipeline import Analysis


def _frame(noise: int) -> pd.DataFrame:
    generator = np.random.default_rng(9)
    dense = [generator.normal(centre, 0.8, (60, 2)) for centre in ([-10, 0], [10, 0], [0, 16])]
    rows = np.vstack([*dense, generator.uniform(-30, 30, (noise, 2))]).round(3)
    return pd.DataFrame(rows - rows.min(axis=0) + 1, columns=["x", "y"])


@pytest.fixture(scope="module")
def settings() -> dict[str, object]:
    return {
        "model": {"algorithm": "hdbscan", "outliers": "keep"},
        "budget": {"total": 10_000},
        "value": {"product_of": ["x"]},
        "privacy": {"mode": "open"},
    }


@pytest.fixture(scope="module")
def scattered_analysis(analysed, settings) -> Analysis:
    return analysed(_frame(30), **settings)


def test_noise_is_no_segment(scattered: Matrix):
    distinct = points(scattered)
    (found,) = Hdbscan(0.1).fit(distinct, [], lambda k: k)
    assert (found.k, found.groups, found.unassigned) == (2, 3, True)
    left = int((found.labels == 2).sum())
    assert 15 <= left <= 40
    np.testing.assert_array_equal(placing(found).assigned(distinct.position), found.labels)
    assert placing(found).assigned(np.array([[30.0, 30.0]])) == [2]


def test_no_segment_is_smaller_than_the_rule_allows(scattered: Matrix):
    for share in (0.02, 0.1, 0.3):
        for found in Hdbscan(share).fit(points(scattered), [], lambda k: k):
            sizes = np.bincount(found.labels)[: found.k]
            assert sizes.min() >= max(FEWEST_CUSTOMERS, share * len(scattered))


def test_copies_make_no_dense_place(scattered: Matrix):
    once = Hdbscan(0.1).fit(points(scattered), [], lambda k: k)[0].labels
    some = np.sort(np.concatenate([np.arange(200), [3, 50, 90, 120, 121]]))
    again = Hdbscan(0.1).fit(points(scattered[some]), [], lambda k: k)[0].labels
    np.testing.assert_array_equal(once, again)


def test_a_table_without_dense_places_is_divided_by_lot():
    generator = np.random.default_rng(1)
    tables = np.stack([generator.uniform(-1, 1, (8, 2))] * 2).astype(np.float32)
    (part,) = Hdbscan(0.5).divide([])(tables, generator).values()
    assert len(np.unique(part.labels)) > 2
    assert (part.labels[0] != part.labels[1]).any()
    assert part.labels.max() <= MOST_SEGMENTS


def test_the_unassigned_are_the_last_group_and_are_promised_nothing(scattered_analysis: Analysis):
    contract = scattered_analysis.contract
    *segments, last = contract.segments
    assert [one.kind for one in contract.segments] == ["segment"] * 3 + ["unassigned"]
    assert (last.name, last.slug, last.persona) == ("Unassigned", "unassigned", None)
    assert (last.rule, last.recommendations, last.criteria, last.evaluation) == (None, (), (), None)
    assert (last.neighbour, last.borders, last.stability, last.stability_band) == (None, (), None, None)
    assert last.size + sum(one.size for one in segments) == contract.data.rows_used
    assert sum(one.share for one in contract.segments) == pytest.approx(1)
    assert all(one.neighbour.id <= 3 and one.stability is not None for one in segments)
    assert all("Unassigned" not in criterion.reason for one in segments for criterion in one.criteria)
    assert set(scattered_analysis.assignments["slug"]) == {one.slug for one in contract.segments}


def test_the_budget_goes_to_segments_alone(scattered_analysis: Analysis):
    *segments, last = scattered_analysis.contract.segments
    assert last.budget.amount == 0
    assert sum(one.budget.amount for one in segments) == 10_000
    for part in ("share", "value_part", "size_part", "responsiveness_part"):
        assert sum(getattr(one.budget, part) for one in segments) == pytest.approx(1)


def test_the_number_is_its_own_and_told_as_such(scattered_analysis: Analysis):
    selection = scattered_analysis.contract.selection
    assert (selection.algorithm, selection.k, selection.mode) == ("hdbscan", 3, "auto")
    assert [one.k for one in selection.candidates] == [3]
    assert len(selection.candidates[0].segments) == 3
    assert selection.reason.startswith(
        "HDBSCAN finds 3 dense regions of customers and leaves some customers unassigned."
    )
    assert selection.verdict == "natural"
    assert selection.rule[0].startswith("HDBSCAN finds the number of segments by itself")


def test_row_order_and_units_change_nobodys_segment(analysed, settings, scattered_analysis: Analysis):
    frame = _frame(30)
    shuffled = frame.sample(frac=1, random_state=1)
    changed = analysed(shuffled.assign(x=shuffled.x * 1000), **settings)
    former = scattered_analysis.assignments["segment"].to_numpy()
    np.testing.assert_array_equal(changed.assignments["segment"].to_numpy(), former[shuffled.index])


def test_too_few_to_be_published_go_to_the_nearest_segment(analysed, settings):
    public = {**settings, "privacy": {"mode": "public", "min_cell": 20}}
    contract = analysed(_frame(6), **public).contract
    assert {one.kind for one in contract.segments} == {"segment"}
    assert sum(one.size for one in contract.segments) == 186


def test_a_table_with_no_dense_place_ends_in_one_sentence(analysed, settings):
    even = pd.DataFrame([(x, y) for x in range(12) for y in range(12)], columns=["x", "y"])
    with pytest.raises(DataError, match=r"model.algorithm is hdbscan\. .*; set model.algorithm to kmeans"):
        analysed(even, **settings)


def test_a_number_of_the_teams_is_refused():
    with pytest.raises(ValueError, match="hdbscan finds the number of segments by itself"):
        ModelSettings(algorithm="hdbscan", selection={"k": 4})
