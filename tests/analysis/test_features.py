"""Columns described, rows in canonical order, profiles of segments, slugs and rounded figures."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.basics.seeds import seeds
from analysis.basics.significant import significant
from analysis.basics.slug import slug, slugs
from analysis.cells.spellings import NO_CATEGORY
from analysis.configuration import Configuration, Site
from analysis.configuration.column import Column
from analysis.configuration.site import Value
from analysis.contract import Contract
from analysis.pipeline import analyse
from analysis.preparation.described import describe
from analysis.preparation.features import Features, features
from analysis.preparation.imputation import completed
from analysis.profiling.profile import canonical, customer_value, profiles
from analysis.wording.number_format import NumberFormat

HOSTILE = ["</script>", "{{< env HOME >}}", "```{python}", "😀", "x" * 200, 'a, "b"', "segment", "f0", "by0", "顧客"]


def _site(columns: dict[str, dict[str, object]]) -> Site:
    return Site.model_validate({"data": {"path": "t.csv"}, "columns": columns})


def test_standardised_columns_have_mean_nought_and_deviation_one(mall_features: Features):
    assert np.allclose(mall_features.standard.mean(axis=0), 0)
    assert np.allclose(mall_features.standard.std(axis=0), 1)


def test_rows_are_sorted_by_their_values_and_can_be_found_again(mall_features: Features, mall_frame: pd.DataFrame):
    columns = [feature.name for feature in mall_features.clustering]
    rows = list(map(tuple, mall_features.matrix.tolist()))
    assert rows == sorted(rows)
    assert np.array_equal(mall_frame[columns].to_numpy()[mall_features.order], mall_features.matrix)


def test_every_column_but_the_identifier_is_described(mall_contract: Contract):
    described = {feature.name: feature for feature in mall_contract.data.features}
    assert list(described) == ["Gender", "Age", "Annual Income (k$)", "Spending Score (1-100)"]
    gender, income = described["Gender"], described["Annual Income (k$)"]
    assert (gender.kind, gender.used_for, gender.categories) == ("category", "description", {"Female": 112, "Male": 88})
    assert (income.used_for, income.label, income.slug, income.scale) == (
        "clustering",
        "Annual income",
        "annual-income",
        1000,
    )
    assert income.mean == pytest.approx(60.56)
    assert income.standard_deviation == pytest.approx(26.1989, abs=1e-4)
    assert (income.q1, income.median, income.q3) == (41.5, 61.5, 78)
    assert described["Age"].compare == "difference"


def test_a_category_left_empty_is_counted_as_such():
    frame = pd.DataFrame({"x": [1.0, 2.0, 3.0], "c": ["a", None, "a"]})
    table = features(frame, _site({"x": {"role": "feature"}, "c": {"role": "category"}}))
    assert table.categorical[0].categories == {"a": 2, NO_CATEGORY: 1}
    assert table.categorical[0].missing == 1
    assert table.categorical[0].missing == 1


def test_roles_are_found_before_names():
    frame = pd.DataFrame({"income": [1.0, 2.0], "money": [5.0, 3.0]})
    table = features(frame, _site({"income": {"role": "feature"}, "money": {"role": "income"}}))
    found = table.find("income")
    assert found is not None
    assert found.name == "money"
    assert table.find("nothing") is None


def test_estimated_value_is_a_product_and_never_negative():
    frame = pd.DataFrame({"a": [1.0, -2.0, 3.0], "b": [5.0, 4.0, 2.0]})
    table = features(frame, _site({"a": {"role": "feature"}, "b": {"role": "feature"}}))
    value = customer_value(table, Value(product_of=("a", "b")))
    assert value is not None
    assert sorted(value.tolist()) == [0, 5, 6]
    assert customer_value(table, Value()) is None


def test_value_may_be_a_sum_and_is_nothing_where_a_part_is_not_known():
    frame = pd.DataFrame({"x": [1.0, 2.0, 3.0], "a": [1.0, np.nan, 3.0], "b": [5.0, 4.0, 2.0]})
    columns = {"x": {"role": "feature"}} | {
        name: {"role": "feature", "use": "describe", "missing": "unknown"} for name in "ab"
    }
    value = customer_value(features(frame, _site(columns)), Value(sum_of=("a", "b")))
    assert value is not None
    assert value.tolist() == [6, 0, 5]


def test_a_gap_is_no_value_and_takes_no_part_in_the_fit():
    frame = pd.DataFrame({"x": [1.0, 2.0, 3.0], "spent": [10.0, np.nan, 30.0]})
    columns = {"x": {"role": "feature"}, "spent": {"role": "monetary", "missing": "median"}}
    done = completed(frame, _site(columns).columns)
    site = _site(columns).model_copy(update={"columns": _site(columns).columns | done.indicators})
    table = features(done.frame, site, done.stand_ins)
    np.testing.assert_array_equal(table.frame["spent"], [10, np.nan, 30])
    assert table.incomplete.tolist() == [False, True, False]
    assert table.kept.tolist() == [True, False, True]
    value = customer_value(table, Value(product_of=("spent",)))
    assert value is not None
    assert value.tolist() == [10, 0, 30]


def test_equal_totals_stand_by_centroid():
    frame = pd.DataFrame({"x": [9.0, 9.0, 1.0, 1.0, 5.0, 5.0]})
    table = features(frame, _site({"x": {"role": "feature"}}))
    labels = np.array([2, 2, 0, 0, 1, 1])
    assert canonical(table.matrix, labels, None).tolist() == [2, 0, 1]


def test_profiles_are_those_of_pandas(mall_features: Features):
    labels = np.arange(200) % 4
    for profile in profiles(mall_features, labels, None):
        inside = mall_features.frame[labels == profile.id - 1]
        for feature in mall_features.numeric:
            values, figure = inside[feature.name], profile.of(feature)
            assert figure.mean == pytest.approx(values.mean())
            assert [figure.q1, figure.median, figure.q3] == pytest.approx(values.quantile([0.25, 0.5, 0.75]).tolist())
            assert figure.effect == pytest.approx((values.mean() - feature.mean) / feature.standard_deviation)
            assert figure.ratio == pytest.approx(values.mean() / feature.mean - 1)
        female = next(share for share in profile.categories if share.category == "Female")
        assert female.count == (inside["Gender"] == "Female").sum()
        assert female.share_overall == pytest.approx(0.56)


@pytest.mark.parametrize("values", [[-3.0, -1.0, 2.0, 9.0], [-3.0, -9.0, -2.0, -5.0], [2019.0, 2020.0, 2021.0, 2022.0]])
def test_no_per_cent_of_an_average_that_means_nothing(values: list[float]):
    """Below 0 a segment would be 400 % below average, and years would all be 0 % from it."""
    table = features(pd.DataFrame({"x": values}), _site({"x": {"role": "feature"}}))
    for profile in profiles(table, np.array([0, 0, 1, 1]), None):
        assert profile.figures[0].ratio is None
        assert profile.figures[0].difference != 0


def test_the_neighbour_is_the_nearest_centroid_and_borders_are_counted():
    x = [0.0, 1.0, 4.0, 10.0, 11.0, 12.0, 100.0, 101.0]
    table = features(pd.DataFrame({"x": x}), _site({"x": {"role": "feature"}}))
    first, second, third = profiles(table, np.array([0, 0, 0, 1, 1, 1, 2, 2]), None)
    assert first.neighbour is not None
    assert second.neighbour is not None
    assert third.neighbour is not None
    assert [first.neighbour.id, second.neighbour.id, third.neighbour.id] == [2, 1, 2]
    assert first.neighbour.distance == pytest.approx((11 - 5 / 3) / table.design.spread[0])
    assert [each.neighbour.border_customers for each in (first, second, third)] == [0, 0, 0]
    wide = profiles(table, np.array([0, 0, 1, 1, 1, 1, 2, 2]), None)
    assert wide[1].neighbour is not None
    # 4 lies 5.25 from its own centroid and 3.5 from its neighbour's.
    assert wide[1].neighbour.border_customers == 1


def test_hostile_columns_and_categories_pass_unharmed(configure, blobs: pd.DataFrame):
    frame = blobs.rename(columns={"x": HOSTILE[1], "y": "segment"})
    frame["group"] = [HOSTILE[place % len(HOSTILE)] for place in range(len(frame))]
    columns = {HOSTILE[1]: {"role": "feature"}, "segment": {"role": "feature"}, "group": {"role": "category"}}
    contract = analyse(configure(frame, columns, privacy={"mode": "public"})).contract
    assert set(contract.data.features[2].categories) == set(HOSTILE)
    assert all(re.fullmatch(r"[a-z0-9-]+", feature.slug) for feature in contract.data.features)
    assert [segment.size for segment in contract.segments] == [40, 40, 40]


def test_assignments_name_customers_in_the_files_order(mall: Configuration, mall_frame: pd.DataFrame):
    result = analyse(mall)
    assert list(result.assignments.columns) == ["CustomerID", "segment", "slug"]
    assert result.assignments["CustomerID"].tolist() == mall_frame["CustomerID"].tolist()
    sizes = result.assignments.groupby("segment").size()
    for segment in result.contract.segments:
        inside = (result.assignments["segment"] == segment.id).to_numpy()
        assert sizes[segment.id] == segment.size
        assert set(result.assignments["slug"][inside]) == {segment.slug}
        assert mall_frame["Age"][inside].mean() == pytest.approx(segment.centroid["Age"])


def test_without_an_identifier_customers_go_by_their_row(configure, blobs: pd.DataFrame, two_features):
    assignments = analyse(configure(blobs, two_features)).assignments
    assert assignments.columns[0] == "row"
    assert assignments["row"].tolist() == list(range(2, 122))


def test_rejected_rows_are_counted_and_handed_on(configure, blobs: pd.DataFrame, two_features):
    frame = blobs.astype({"x": object})
    frame.loc[[3, 50], "x"] = ["much", None]
    result = analyse(configure(frame, two_features))
    data = result.contract.data
    assert (data.rows_read, data.rows_used, data.rows_rejected) == (120, 118, 2)
    assert sum(rejection.rows for rejection in data.rejections) == 2
    assert result.rejected["row"].tolist() == [5, 52]


def test_provenance_names_what_it_was_made_of(mall: Configuration, mall_contract: Contract):
    provenance = mall_contract.provenance
    assert provenance.source == "Mall_Customers.csv"
    assert len(provenance.data_sha256) == 64
    assert provenance.configuration_sha256 == mall.sha256
    assert {"numpy", "pandas", "scikit-learn"} <= set(provenance.libraries)
    assert str(Path.cwd()) not in mall_contract.model_dump_json()


def test_steps_are_told_in_order(mall: Configuration):
    told: list[str] = []
    analyse(mall, lambda text, _rows=None: told.append(text))
    assert told[0] == "Reading the table"
    assert len(told) == len(set(told)) >= 3


@given(st.lists(st.text(max_size=80), max_size=30))
def test_slugs_are_fit_for_file_names_and_never_alike(texts: list[str]):
    made = slugs(texts, "segment")
    assert len(set(made)) == len(texts)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", each) for each in made)
    assert made == slugs(texts, "segment")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Budget Buyers", "budget-buyers"),
        ("Café déjà-vu!", "cafe-deja-vu"),
        ("Premium-Käufer, GROẞ und groß", "premium-kaeufer-gross-und-gross"),
        ("Ka\u0308ufer", "kaeufer"),
        ("顧客", "x"),
        ("", "x"),
        ("../../etc", "etc"),
        ("a" * 99, "a" * 60),
    ],
)
def test_slugs(text: str, expected: str):
    assert slug(text, "x") == expected


def test_repeated_and_empty_slugs_are_numbered():
    assert slugs(["A b", "a-B", "顧客", "a b 2"], "segment") == ("a-b", "a-b-2", "segment-3", "a-b-2-2")


@given(st.floats(-1e300, 1e300))
def test_significant_figures_lose_less_than_the_tenth_digit(value: float):
    assert significant(value) == pytest.approx(value, rel=1e-9)
    assert significant(significant(value)) == significant(value)


def test_significant_reaches_into_everything_and_knows_no_minus_nought():
    found = significant({"a": [1 / 3, {"b": (2 / 3, -0.0)}], "c": "text", "d": 7, "e": True})
    assert found == {"a": [0.3333333333, {"b": [0.6666666667, 0.0]}], "c": "text", "d": 7, "e": True}
    assert str(found["a"][1]["b"][1]) == "0.0"


def test_streams_are_independent_and_repeatable():
    first, again, other = seeds(1), seeds(1), seeds(2)
    assert first.fit(6) == again.fit(6)
    assert len({first.fit(k) for k in range(2, 21)}) == 19
    assert first.fit(6) != other.fit(6)
    assert first.resamples.generate_state(2).tolist() == again.resamples.generate_state(2).tolist()
    assert first.resamples.generate_state(2).tolist() != first.comparison.generate_state(2).tolist()


@pytest.mark.parametrize(("days", "written"), [(60, "41\u00a0days"), (4000, "0.1\u00a0years")])
def test_dates_that_lie_near_together_are_told_in_days(days: int, written: str):
    values = pd.Series(np.linspace(0, days, 50) / 365.25, name="since")
    found = describe(values, Column(role="date", date_format="yyyy-mm-dd"), "Since", "since")
    assert NumberFormat("en_US", "USD").of(found, 41 / 365.25) == written
