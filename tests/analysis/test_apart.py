"""Who is set apart from the fit is set apart from means and spreads, everywhere the same; counts have him."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.configuration import Site
from analysis.evidence.compared import compared
from analysis.preparation.features import LARGEST_FITTED, Features, features
from analysis.preparation.set_apart import left_out
from analysis.profiling.explore import exploration
from analysis.profiling.profile import customer_value, profiles
from tests.notes import exact

COLUMNS = {
    "income": {"role": "income", "format": "money"},
    "visits": {"role": "feature"},
    "member": {"role": "feature", "kind": "boolean", "use": "describe"},
    "spent": {"role": "spending", "use": "describe"},
    "town": {"role": "category"},
}


def _frame(rows: int = 300, seed: int = 1) -> pd.DataFrame:
    """Two groups; the first customer earns 666,666 and has spent as unheard-of a sum."""
    draw = np.random.default_rng(seed)
    group = np.arange(rows) % 2
    frame = pd.DataFrame(
        {
            "income": (np.array([40_000, 80_000])[group] + draw.normal(0, 5_000, rows)).round(),
            "visits": np.array([4.0, 12.0])[group] + draw.normal(0, 1, rows),
            "member": draw.integers(0, 2, rows).astype(float),
            "spent": draw.normal(500, 60, rows).round(),
            "town": np.where(draw.random(rows) < 0.5, "A", "B"),
        }
    )
    frame.loc[1, ["income", "spent"]] = [666_666, 90_000]
    return frame


def _features(frame: pd.DataFrame, **model: object) -> Features:
    return features(frame, Site.model_validate({"data": {"path": "t.csv"}, "columns": COLUMNS, "model": model}))


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    return _frame()


@pytest.fixture(scope="module")
def table(frame: pd.DataFrame) -> Features:
    return _features(frame)


@pytest.fixture(scope="module")
def labels(table: Features) -> np.ndarray:
    return np.where(table.values(table.described[1]) > 8, 1, 0)


def test_means_and_spreads_of_the_table_leave_him_out_and_quantiles_do_not(frame: pd.DataFrame, table: Features):
    others = frame.drop(index=1)
    income, _, member, spent, _ = table.described
    assert table.set_apart == 1
    for feature in (income, spent):
        assert feature.mean == pytest.approx(others[feature.name].mean())
        assert feature.standard_deviation == pytest.approx(others[feature.name].std(ddof=0))
        assert feature.median == pytest.approx(frame[feature.name].median())
        assert feature.p95 == pytest.approx(frame[feature.name].quantile(0.95))
    # A share of yes is a share of everybody.
    assert member.mean == pytest.approx(frame["member"].mean())


def test_so_do_those_of_his_segment(frame: pd.DataFrame, table: Features, labels: np.ndarray):
    others, everybody = frame.drop(index=1).query("visits > 8"), frame.query("visits > 8")
    found = compared(profiles(table, labels, None), table, labels)[1]
    income, _, member, spent, _ = table.described
    assert found.size == 150
    assert found.of(income).mean == pytest.approx(others["income"].mean())
    assert found.of(spent).mean == pytest.approx(others["spent"].mean())
    assert found.of(member).mean == pytest.approx(everybody["member"].mean())
    assert found.of(spent).q3 == pytest.approx(everybody["spent"].quantile(0.75))
    rest = frame.drop(index=1)
    effect = (others["spent"].mean() - rest["spent"].mean()) / rest["spent"].std(ddof=0)
    assert found.of(spent).effect == pytest.approx(effect)
    assert abs(found.of(spent).contrast or 0) < 0.3
    assert (found.of(income).contrast or 0) > 4


def test_so_do_comparisons_and_correlations(frame: pd.DataFrame, table: Features, labels: np.ndarray):
    found = exploration(table, labels, least=5, points=False)
    others = frame.drop(index=1)
    one = next(each for each in found.correlations if {each.a, each.b} == {"income", "spent"})
    assert one.pearson == pytest.approx(others["income"].corr(others["spent"]))
    towns = next(each for each in found.comparisons if (each.feature, each.by) == ("spent", "town"))
    for group in towns.groups:
        assert group.mean == pytest.approx(others.query("town == @group.group")["spent"].mean())
        assert group.count == (frame["town"] == group.group).sum()
        assert group.median == pytest.approx(frame.query("town == @group.group")["spent"].median())
    spent = next(each for each in found.distributions if each.feature == "spent")
    assert abs(spent.skewness) < 0.5
    assert sum(each.count for each in spent.bins) == 300


def test_whoever_is_kept_counts_in_every_mean(frame: pd.DataFrame):
    table = _features(frame, outliers="keep")
    assert table.described[0].mean == pytest.approx(frame["income"].mean())
    assert table.notes == ()


def test_the_data_page_says_so(table: Features):
    assert any(
        "Means, spreads and correlations of amounts leave these customers out" in note for note in exact(table.notes)
    )


@pytest.mark.parametrize("value", [{"sum_of": ["spent"]}, {"product_of": ["spent"]}])
def test_on_a_public_site_his_amount_does_not_follow_from_the_shares_of_value(
    frame: pd.DataFrame, labels: np.ndarray, value: dict
):
    """90,000 is what his segment has by its share of all value, less what it has by a mean without him."""
    settings = {"data": {"path": "t.csv"}, "columns": COLUMNS, "value": value}
    public = Site.model_validate({**settings, "privacy": {"mode": "public"}})
    table = features(frame, public)
    assert table.set_apart == 1
    spent = next(one for one in table.described if one.name == "spent")
    assert spent.mean == pytest.approx(frame["spent"].mean())
    worth = customer_value(table, public.value)
    first, second = profiles(table, labels, worth)
    whole = first.size * first.of(spent).mean / first.value_share
    assert second.size * second.of(spent).mean == pytest.approx(second.value_share * whole)
    assert second.of(spent).mean == pytest.approx(frame.query("visits > 8")["spent"].mean())
    assert exact(table.notes)[-1] == (
        "In columns that add up to customer value, every figure includes these customers, and so does every share of "
        "value."
    )
    # Of income no sum is told.
    assert table.described[0].mean == pytest.approx(frame.drop(index=1)["income"].mean())
    shown = features(frame, Site.model_validate({**settings, "privacy": {"mode": "open"}}))
    assert shown.described[3].mean == pytest.approx(frame.drop(index=1)["spent"].mean())


def test_a_group_of_nobody_else_keeps_its_own_mean():
    apart = np.array([True, True, False, True, True])
    assert left_out(apart, np.array([0, 0, 0, 1, -1])).tolist() == [True, True, False, False, False]


def test_a_group_of_fewer_others_than_may_be_published_keeps_its_own_mean():
    apart = np.array([True, False, False, False, True, False, False])
    labels = np.array([0, 0, 0, 0, 1, 1, 1])
    assert left_out(apart, labels, fewest=3).tolist() == [True, *[False] * 6]


def test_of_a_large_table_those_beyond_the_sample_are_set_apart_too():
    frame = _frame(LARGEST_FITTED + 4_000)
    far = np.random.default_rng(0).choice(len(frame), 40, replace=False)
    frame.loc[far, "income"] = 3e6 + 1e6 * np.arange(40)
    table = _features(frame)
    assert table.set_apart == len({1, *far.tolist()})
    assert table.described[0].mean == pytest.approx(frame["income"].drop(index=[1, *far]).mean())
    assert int(table.kept.sum()) <= LARGEST_FITTED
