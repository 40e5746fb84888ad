"""What the explore page draws, and rules by which a segment is recognised."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from scipy import stats

from analysis.configuration import Site
from analysis.contract import Contract
from analysis.pipeline import analyse
from analysis.preparation.features import Features, features
from analysis.profiling.edges import nice_edges
from analysis.profiling.explore import MOST_BINS, MOST_GROUPS, OTHERS, exploration
from analysis.profiling.rules import precision, rules
from analysis.rounding.random_rounding import Rounding
from analysis.wording.number_format import NumberFormat

AGE, INCOME, SCORE = "Age", "Annual Income (k$)", "Spending Score (1-100)"


def _features(frame: pd.DataFrame, columns: dict[str, dict[str, object]]) -> Features:
    return features(frame, Site.model_validate({"data": {"path": "t.csv"}, "columns": columns}))


@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=9), st.integers(2, 20), st.booleans())
@example(numbers=[2.0, -5e-324], most=2, whole=False)
def test_edges_are_round_even_few_and_cover_everything(numbers: list[float], most: int, whole: bool):  # noqa: FBT001
    values = np.round(numbers) if whole else np.array(numbers)
    assume(np.ptp(values) > 1e-3)
    edges = nice_edges(values, most)
    steps = np.diff(edges)
    assert edges[0] <= values.min()
    assert edges[-1] >= values.max()
    assert 1 <= len(steps) <= most
    assert np.allclose(steps, steps[0], rtol=1e-3)
    step = float(f"{steps[0]:.3g}")
    leading = step / 10 ** math.floor(math.log10(step))
    assert min(abs(leading - nice) for nice in (1, 2, 2.5, 5, 10)) < 1e-6


def test_edges_of_known_ranges():
    assert nice_edges(np.array([18.0, 70.0]), 20).tolist() == list(range(15, 80, 5))
    assert nice_edges(np.array([1.0, 99.0]), 20).tolist() == list(range(0, 105, 5))
    assert nice_edges(np.array([0.0, 4.0]), 20).tolist() == [0, 1, 2, 3, 4, 5]
    assert nice_edges(np.array([3.0, 3.0]), 20).tolist() == [2.5, 3.5]
    assert nice_edges(np.array([0.05, 0.95]), 10).tolist() == pytest.approx(np.linspace(0, 1, 11).tolist())


def test_histograms_count_every_customer_once_by_segment(mall_contract: Contract):
    sizes = {segment.id: segment.size for segment in mall_contract.segments}
    for distribution in mall_contract.exploration.distributions:
        assert len(distribution.bins) <= MOST_BINS
        assert sum(each.count for each in distribution.bins) == 200
        for segment, size in sizes.items():
            assert sum(each.by_segment[segment] for each in distribution.bins) == size
        for left, right in zip(distribution.bins, distribution.bins[1:], strict=False):
            assert left.upper == right.lower


def test_a_value_at_an_edge_belongs_to_the_bin_it_opens_and_the_last_to_the_last():
    frame = pd.DataFrame({"x": [round(0.1 * step, 1) for step in range(11)]})
    table = _features(frame, {"x": {"role": "feature"}})
    (distribution,) = exploration(table, np.zeros(11, dtype=np.intp), least=1, points=False).distributions
    for each in distribution.bins:
        upper = each.upper if each is not distribution.bins[-1] else math.inf
        expected = sum(each.lower - 1e-9 <= value < upper - 1e-9 for value in frame["x"])
        assert each.count == expected


def test_correlations_and_skewness_are_scipys(mall_contract: Contract, mall_frame: pd.DataFrame):
    assert len(mall_contract.exploration.correlations) == 3
    for each in mall_contract.exploration.correlations:
        assert each.pearson == pytest.approx(stats.pearsonr(mall_frame[each.a], mall_frame[each.b])[0])
        assert each.spearman == pytest.approx(stats.spearmanr(mall_frame[each.a], mall_frame[each.b])[0])
    for each in mall_contract.exploration.distributions:
        assert each.skewness == pytest.approx(stats.skew(mall_frame[each.feature]))


def test_spending_is_compared_by_age_band_and_every_column_by_gender(mall_contract: Contract, mall_frame: pd.DataFrame):
    compared = {(each.feature, each.by): each for each in mall_contract.exploration.comparisons}
    assert list(compared) == [(SCORE, AGE), (AGE, "Gender"), (INCOME, "Gender"), (SCORE, "Gender")]
    bands = compared[SCORE, AGE].groups
    assert [group.group for group in bands] == ["10–19", "20–29", "30–39", "40–49", "50–59", "60–79"]
    twenties = mall_frame[SCORE][mall_frame[AGE].between(20, 29)]
    assert (bands[1].count, bands[1].mean) == (len(twenties), pytest.approx(twenties.mean()))
    women = compared[INCOME, "Gender"].groups[0]
    assert (women.group, women.count) == ("Female", 112)
    assert women.median == mall_frame[INCOME][mall_frame["Gender"] == "Female"].median()


def test_many_categories_are_shown_as_the_largest_and_the_others(blobs: pd.DataFrame):
    frame = blobs.assign(c=[f"c{place % 20:02}" if place < 60 else "big" for place in range(120)])
    table = _features(frame, {"x": {"role": "feature"}, "y": {"role": "feature"}, "c": {"role": "category"}})
    first, _ = exploration(table, np.zeros(120, dtype=np.intp), least=1, points=False).comparisons
    assert len(first.groups) == MOST_GROUPS
    assert (first.groups[0].group, first.groups[0].count) == ("big", 60)
    assert first.groups[-1].group == OTHERS
    assert sum(group.count for group in first.groups) == 120


def test_money_is_compared_where_no_spending_is_known(blobs: pd.DataFrame):
    frame = blobs.assign(age=np.arange(120) % 50 + 18.0)
    columns = {"x": {"role": "feature"}, "y": {"role": "feature", "format": "money"}, "age": {"role": "age"}}
    found = exploration(_features(frame, columns), np.zeros(120, dtype=np.intp), least=1, points=False).comparisons
    assert [(each.feature, each.by) for each in found] == [("y", "age")]


def test_the_map_is_income_by_spending_and_counts_every_customer(mall_contract: Contract):
    drawn = mall_contract.exploration.map
    assert drawn is not None
    assert (drawn.x, drawn.y) == (INCOME, SCORE)
    assert sum(cell.count for cell in drawn.bins) == 200
    assert len({(cell.x0, cell.y0, cell.segment) for cell in drawn.bins}) == len(drawn.bins)
    for segment in mall_contract.segments:
        assert sum(cell.count for cell in drawn.bins if cell.segment == segment.id) == segment.size


def test_without_those_roles_the_map_takes_the_columns_that_tell_segments_apart():
    generator = np.random.default_rng(1)
    labels = np.repeat([0, 1, 2], 30)
    frame = pd.DataFrame({"noise": generator.normal(size=90), "some": labels + generator.normal(size=90)})
    best = labels * 9.0
    assert _mapped(frame.assign(best=best + generator.normal(size=90)), labels) == ("best", "some")
    # Of three values all customers would lie on three lines; they do where there is nothing else.
    assert _mapped(frame.assign(best=best), labels) == ("some", "noise")
    assert _mapped(frame[["some"]].assign(best=best), labels) == ("some", "best")


def test_an_income_of_three_levels_is_no_axis_where_others_are_finer():
    generator = np.random.default_rng(1)
    labels = np.repeat([0, 1, 2], 30)
    frame = pd.DataFrame(
        {"pay": labels + 1.0, "score": generator.normal(size=90), "x": labels + generator.normal(size=90)}
    )
    roles = {"pay": "income", "score": "spending", "x": "feature"}
    assert _mapped(frame, labels, roles) == ("x", "score")


def _mapped(frame: pd.DataFrame, labels: np.ndarray, roles: dict[str, str] | None = None) -> tuple[str, str]:
    table = _features(frame, {name: {"role": (roles or {}).get(name, "feature")} for name in frame})
    drawn = exploration(table, labels[table.order], least=1, points=False).map
    assert drawn is not None
    return drawn.x, drawn.y


def test_one_column_makes_no_map():
    table = _features(pd.DataFrame({"x": [1.0, 2.0, 9.0]}), {"x": {"role": "feature"}})
    assert exploration(table, np.array([0, 0, 1]), least=1, points=False).map is None


def test_points_hold_numbers_and_segments_without_identifiers(mall_contract: Contract, mall_frame: pd.DataFrame):
    points = mall_contract.exploration.points
    assert points is not None
    assert set(points) == {AGE, INCOME, SCORE, "segment"}
    rows = list(zip(*points.values(), strict=True))
    assert rows == sorted(rows)
    assert sorted(zip(points[AGE], points[INCOME], points[SCORE], strict=True)) == sorted(
        map(tuple, mall_frame[[AGE, INCOME, SCORE]].to_numpy().tolist())
    )


def test_a_constant_column_is_left_out_and_breaks_nothing(configure, blobs: pd.DataFrame):
    frame = blobs.assign(c=1.0)
    columns = {"x": {"role": "feature"}, "y": {"role": "feature"}, "c": {"role": "feature", "use": "describe"}}
    contract = analyse(configure(frame, columns)).contract
    assert [feature.name for feature in contract.data.features] == ["x", "y"]
    assert [one.column for one in contract.data.left_out] == ["c"]


def test_yes_and_no_have_no_middle_half_and_no_histogram(configure, blobs: pd.DataFrame):
    frame = blobs.assign(b=["yes", "no"] * 60, g=["a", "b", "c"] * 40)
    columns = {"x": {"role": "feature"}, "y": {"role": "feature"}, "g": {"role": "category"}}
    columns["b"] = {"role": "feature", "kind": "boolean", "weight": 100}
    found = analyse(configure(frame, columns)).contract.exploration
    assert {one.feature for one in found.distributions} == {one.feature for one in found.comparisons} == {"x", "y"}
    assert {found.map.x, found.map.y} == {"x", "y"}
    assert {frozenset({one.a, one.b}) for one in found.correlations} >= {frozenset({"x", "b"})}


# Rules


def test_a_rule_counts_with_the_bounds_it_shows(mall_contract: Contract, mall_frame: pd.DataFrame):
    for segment in mall_contract.segments:
        assert segment.rule is not None
        picked = np.ones(200, dtype=bool)
        for condition in segment.rule.conditions:
            column = mall_frame[condition.feature].to_numpy()
            picked &= column > condition.value if condition.operator == "above" else column <= condition.value
        assert picked.sum() == segment.rule.picked
        assert segment.rule.correct is not None
        assert segment.rule.precision == pytest.approx(segment.rule.correct / picked.sum())
        assert segment.rule.recall == pytest.approx(segment.rule.correct / segment.size)


def test_a_rule_of_two_bounds_on_one_column_reads_well(formats: NumberFormat):
    x = np.linspace(0, 100, 201)
    table = _features(pd.DataFrame({"x": x}), {"x": {"role": "feature", "label": "Basket size"}})
    labels = ((x > 30) & (x <= 60)).astype(np.intp)
    assert rules(table, labels, formats)[1].sentence == "Basket size above 30 but at most 60."


def test_a_bound_that_hardly_helps_is_dropped(formats: NumberFormat):
    generator = np.random.default_rng(5)
    frame = pd.DataFrame({"x": generator.uniform(0, 100, 400), "y": generator.uniform(0, 100, 400)}).round()
    table = _features(frame, {"x": {"role": "feature"}, "y": {"role": "feature"}})
    labels = ((table.matrix[:, 0] > 50) & ~((table.matrix[:, 0] == 51) & (table.matrix[:, 1] > 50))).astype(np.intp)
    found = rules(table, labels, formats)[1]
    assert [(each.feature, each.operator) for each in found.conditions] == [("x", "above")]


@pytest.mark.parametrize(
    ("settings", "values", "step"),
    [
        ({}, [0, 100], 1),
        ({}, [0, 4], 1),
        ({}, [0, 52_000], 100),
        ({}, [0.0, 0.97], 0.001),
        ({"decimals": 1}, [0.0, 0.97], 0.1),
        ({"format": "percent"}, [0.0, 0.97], 0.01),
        ({"format": "integer"}, [0.5, 7.25], 1),
        ({"format": "money", "scale": 1000}, [15, 137], 1),
        ({"format": "money"}, [0.5, 3.25], 1),
    ],
)
def test_bounds_are_no_finer_than_the_column_shows(settings: dict[str, object], values: list[float], step: float):
    column = np.array(values)
    table = _features(pd.DataFrame({"x": column.astype(float)}), {"x": {"role": "feature", **settings}})
    assert precision(table.clustering[0], column) == pytest.approx(step)


def test_segments_that_no_bound_tells_apart_have_no_rule(formats: NumberFormat):
    table = _features(pd.DataFrame({"x": [1.0, 1.0, 1.0, 2.0]}), {"x": {"role": "feature"}})
    assert rules(table, np.array([0, 1, 0, 0]), formats)[1] is None  # “at most 1” would be wrong for two of three


def test_points_of_a_column_with_gaps_are_read_back(configure, blobs: pd.DataFrame):
    """A gap in a described column and one in a column that segments are found by: null in the document."""
    frame = blobs.assign(age=30 + np.arange(len(blobs)) % 20).astype(object)
    frame.loc[3, "x"], frame.loc[7, "age"] = "", ""
    columns = {
        "x": {"role": "feature", "missing": "median"},
        "y": {"role": "feature"},
        "age": {"role": "age", "use": "describe", "missing": "unknown"},
    }
    contract = analyse(configure(frame, columns, privacy={"mode": "open"})).contract
    points = contract.exploration.points or {}
    assert [points["y"][place] for place, value in enumerate(points["x"]) if value is None] == [frame["y"][3]]
    assert [points["x"][place] for place, value in enumerate(points["age"]) if value is None] == [frame["x"][7]]
    assert Contract.model_validate_json(contract.model_dump_json()) == contract


def test_who_is_apart_widens_the_step_of_a_comparison_where_they_count_in_it():
    """Five of either segment are apart; of the second only nine others are left, so means have its five in."""
    towns = np.repeat(["Ulm", "Bonn"], [60, 14])
    amounts = np.concatenate([np.arange(55.0), np.full(5, 4000.0), np.arange(9.0), np.full(5, 4000.0)])
    frame = pd.DataFrame({"amount": amounts, "age": np.arange(74.0), "town": towns})
    columns = {"amount": {"role": "monetary"}, "age": {"role": "feature"}, "town": {"role": "category"}}
    whole = _features(frame, columns)
    apart, labels = (whole.frame["amount"] == 4000).to_numpy(), (whole.frame["town"] == "Bonn").to_numpy(dtype=np.intp)
    table = replace(whole, apart=apart, fewest=10, summed=frozenset())
    rounding = Rounding.of(public=True, least=10, table="a table")
    found = exploration(table, labels, least=10, points=False, rounding=rounding).comparisons
    groups = {each.group: each for one in found if one.feature == "amount" for each in one.groups}
    assert groups["Ulm"].rounded_to == 1  # 54 / 55
    assert groups["Ulm"].mean == 27
    assert groups["Bonn"].rounded_to == 500  # 4,000 / 14
    assert groups["Bonn"].mean in {1000, 1500}  # 1,431.1
