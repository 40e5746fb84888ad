"""Customers with gaps: they make no segment, go to the one that is theirs, and no figure is made up for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis.configuration import Configuration
from analysis.contract import Contract
from analysis.errors import DataError
from analysis.pipeline import Analysis, analyse

Configure = Callable[..., Configuration]
COLUMNS: dict[str, dict[str, Any]] = {
    "customer_id": {"role": "id"},
    "income": {"role": "income", "missing": "median"},
    "spend": {"role": "spending"},
}


def three_groups(seed: int, rows: int = 400) -> tuple[pd.DataFrame, np.ndarray]:
    """Three clean groups by income and spending, nothing missing."""
    draw = np.random.default_rng(seed)
    group = draw.integers(0, 3, rows)
    income = (np.array([30, 60, 95])[group] * 1000 + draw.normal(0, 5000, rows)).round()
    spend = (np.array([80, 30, 65])[group] + draw.normal(0, 6, rows)).round(1)
    return pd.DataFrame({"customer_id": [f"C{i}" for i in range(rows)], "income": income, "spend": spend}), group


def emptied(frame: pd.DataFrame, column: str, share: float, seed: int) -> pd.DataFrame:
    gap = np.random.default_rng(seed).random(len(frame)) < share
    return frame.assign(**{column: frame[column].astype(object).where(~gap, "")})


def found(configure: Configure, frame: pd.DataFrame, columns: dict[str, Any], **model: object) -> Analysis:
    return analyse(configure(frame, columns, model={"largest_k": 6, **model}))


@pytest.mark.parametrize(("seed", "share"), [(1, 0.1), (2, 0.1), (3, 0.1), (4, 0.12)])
def test_gaps_at_random_make_no_segment(configure: Configure, seed: int, share: float) -> None:
    frame, group = three_groups(seed)
    done = found(configure, emptied(frame, "income", share, seed), COLUMNS)
    assert (done.contract.selection.k, done.contract.selection.verdict) == (3, "natural")
    # By spending alone the lowest group is told from the others for certain; no segment holds two groups.
    crossed = pd.crosstab(done.assignments["segment"], group)
    assert (crossed.max(axis=1) / crossed.sum(axis=1)).min() > 0.95


@pytest.mark.parametrize("algorithm", ["gaussian_mixture", "ward", "hdbscan"])
def test_whatever_the_algorithm(configure: Configure, algorithm: str) -> None:
    frame, _ = three_groups(1)
    done = found(configure, emptied(frame, "income", 0.1, 1), COLUMNS, algorithm=algorithm)
    assert len(done.contract.proper) == 3
    assert done.contract.data.imputed == sum(one.imputed or 0 for one in done.contract.segments)


@pytest.fixture(scope="module")
def answers() -> pd.DataFrame:
    """Three groups with gaps everywhere: amounts, levels of an order, yes or no, a category."""
    draw = np.random.default_rng(8)
    frame, group = three_groups(8, 500)
    levels = np.array(["never", "rarely", "often", "always"])
    frame = frame.assign(
        likes=levels[np.clip(group + draw.integers(0, 2, 500), 0, 3)],
        letter=np.where(draw.random(500) < 0.2 + 0.3 * group, "yes", "no"),
        town=np.array(["Ulm", "Bern", "Graz"])[draw.integers(0, 3, 500)],
        visits=draw.poisson(4 + 3 * group),
    )
    for place, column in enumerate(["income", "likes", "letter", "town", "visits"]):
        frame = emptied(frame, column, 0.08, 20 + place)
    return frame


ANSWERS: dict[str, dict[str, Any]] = {
    **COLUMNS,
    "likes": {
        "role": "feature",
        "kind": "ordinal",
        "order": ["never", "rarely", "often", "always"],
        "missing": "most_frequent",
    },
    "letter": {"role": "feature", "kind": "boolean", "missing": "most_frequent", "use": "describe"},
    "town": {"role": "category", "missing": "most_frequent"},
    "visits": {"role": "feature", "missing": "median", "use": "describe"},
}


@pytest.fixture
def described(configure: Configure, answers: pd.DataFrame) -> tuple[Contract, pd.DataFrame]:
    done = found(configure, answers, ANSWERS)
    codes = {"likes": {"never": 1, "rarely": 2, "often": 3, "always": 4}, "letter": {"no": 0, "yes": 1}}
    given = answers.drop(columns="town").assign(
        **{name: answers[name].map(each) for name, each in codes.items()},
        **{name: pd.to_numeric(answers[name]) for name in ("income", "visits")},
        segment=done.assignments["segment"].to_numpy(),
        town=answers["town"].where(answers["town"] != "", "(missing)"),
    )
    return done.contract, given


def test_figures_are_those_of_the_values_given(described: tuple[Contract, pd.DataFrame]) -> None:
    contract, given = described
    for segment in contract.segments:
        own = given[given["segment"] == segment.id]
        for one in segment.profile:
            values = own[one.feature].dropna()
            assert one.known == len(values)
            assert one.mean == pytest.approx(values.mean())
            assert [one.q1, one.median, one.q3] == pytest.approx(values.quantile([0.25, 0.5, 0.75]).tolist())
        assert segment.centroid == pytest.approx(own[list(segment.centroid)].mean().to_dict())
        for share in (one for one in segment.categories if one.feature == "town"):
            assert share.count == (own["town"] == share.category).sum()
        clustering = own[["income", "spend", "likes"]]
        assert segment.imputed == clustering.isna().any(axis=1).sum()


def test_columns_are_told_by_the_values_given(described: tuple[Contract, pd.DataFrame]) -> None:
    contract, given = described
    for feature in (one for one in contract.data.features if one.kind == "numeric"):
        values = given[feature.name].dropna()
        assert (feature.mean, feature.median) == pytest.approx((values.mean(), values.median()))
        assert feature.missing == feature.imputed == given[feature.name].isna().sum()
    drawn = {one.feature: sum(each.count for each in one.bins) for one in contract.exploration.distributions}
    assert drawn == {name: given[name].notna().sum() for name in ("income", "spend", "likes", "visits")}


def test_a_customer_without_any_clustering_value_has_the_usual_ones(configure: Configure) -> None:
    """The medians of 200 customers at 10 and 20 at 90 are 10: whoever told nothing goes to the larger group."""
    draw = np.random.default_rng(3)
    frame = pd.DataFrame(np.concatenate([draw.normal(10, 1, (200, 2)), draw.normal(90, 1, (60, 2))]).round(2))
    frame = frame.set_axis(["x", "y"], axis="columns").astype(object)
    frame.loc[[5, 250], ["x", "y"]] = ""
    frame["z"] = 1 + np.arange(len(frame)) % 7
    amount = {"role": "feature", "missing": "median"}
    columns = {"x": amount, "y": amount, "z": {"role": "feature", "use": "describe"}}
    done = found(configure, frame, columns)
    assert done.contract.selection.k == 2
    larger = done.assignments["segment"].iloc[0]
    assert done.assignments["segment"].iloc[[5, 250]].tolist() == [larger, larger]
    told = "Some customers have no value in any of these columns."
    assert any(note.startswith(told) for note in done.contract.data.notes)
    frame.loc[[5, 250], "x"] = 50
    without = found(configure, frame, columns).contract.data.notes
    assert not any(note.startswith(told) for note in without)


def test_too_few_complete_rows_are_refused_in_one_sentence(configure: Configure) -> None:
    frame, _ = three_groups(5, 60)
    frame.loc[:44, "income"] = np.nan
    with pytest.raises(DataError, match=r"only 15 of 60 rows have a value in every column.*20 are needed.*“income”"):
        found(configure, frame, COLUMNS)


def test_few_complete_rows_are_told(configure: Configure) -> None:
    frame, _ = three_groups(6, 300)
    done = found(configure, emptied(frame, "income", 0.6, 6), COLUMNS)
    assert done.contract.selection.k == 3
    assert any(note.startswith("Fewer than half of the customers have a value") for note in done.contract.data.notes)
