"""What tells nothing of customers is found and left out; what tells something stays."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.columns.redundant import COMMONEST, Kept, kept, pooled
from analysis.configuration import Column
from analysis.contract import LeftOut
from analysis.errors import DataError
from analysis.pipeline import analyse
from tests.notes import exact

ROWS = 400
FEATURE, CATEGORY = Column(role="feature"), Column(role="category")


@pytest.fixture
def incomes() -> np.ndarray:
    return np.random.default_rng(5).lognormal(10.5, 0.4, ROWS).round()


def judged(columns: dict[str, Column] | None = None, **values: object) -> Kept:
    frame = pd.DataFrame(values)
    columns = columns or {name: FEATURE if frame[name].dtype.kind in "fi" else CATEGORY for name in frame}
    return kept(frame, columns, np.arange(2, len(frame) + 2))


def reasons(found: Kept) -> dict[str, str]:
    return {one.column: one.reason for one in found.left_out}


def shuffled(values: np.ndarray) -> np.ndarray:
    return np.random.default_rng(1).permutation(values)


def test_amounts_stay(incomes: np.ndarray) -> None:
    """Whole, nearly all different, even in order of size: amounts all the same."""
    found = judged(income=np.sort(incomes), age=shuffled(np.arange(ROWS) % 60 + 18.0))
    assert (found.left_out, list(found.columns)) == ((), ["income", "age"])


def test_a_constant_is_left_out(incomes: np.ndarray) -> None:
    found = judged(income=incomes, cost=np.full(ROWS, 3.0), country=["DE"] * ROWS)
    assert reasons(found) == dict.fromkeys(["cost", "country"], "it has the same value for every customer")
    assert list(found.columns) == ["income"]


def test_where_nothing_else_clusters_a_constant_is_an_error(configure) -> None:
    frame = pd.DataFrame({"x": [3] * 60, "g": ["a", "b"] * 30})
    with pytest.raises(DataError, match="“x” has the same value in every usable row"):
        analyse(configure(frame, {"x": {"role": "feature"}, "g": {"role": "category"}}))


def test_running_numbers_are_left_out(incomes: np.ndarray) -> None:
    found = judged(
        income=incomes,
        order=shuffled(np.arange(50_000.0, 50_000 + ROWS)),
        line=np.arange(ROWS) * 10.0 + 5,
        backwards=ROWS - np.arange(ROWS) * 1.0,
    )
    assert "running number" in reasons(found)["order"]
    assert "numbers the rows" in reasons(found)["line"]
    assert "numbers the rows" in reasons(found)["backwards"]


def test_an_identifier_by_name_is_left_out(incomes: np.ndarray) -> None:
    numbers = np.random.default_rng(2).choice(10**9, ROWS, replace=False).astype(float)
    found = judged(**{"income": incomes, "Customer ID": numbers, "turnover": numbers})
    assert "its name is that of an identifier" in reasons(found)["Customer ID"]
    assert "turnover" in found.columns


@pytest.mark.parametrize("image", [lambda x: x / 1000, lambda x: -2 * x + 7, np.log])
def test_the_image_of_another_column_is_left_out(incomes: np.ndarray, image) -> None:
    found = judged(income=incomes, other=shuffled(incomes), again=image(incomes))
    assert list(found.columns) == ["income", "other"]
    assert "“income”" in reasons(found)["again"]


def test_gaps_hide_no_image(incomes: np.ndarray) -> None:
    again = np.where(np.arange(ROWS) % 5 == 0, np.nan, incomes / 1000)
    assert "another unit" in reasons(judged(income=incomes, again=again))["again"]


@pytest.mark.parametrize("glance", [40, 20_000])
def test_some_rows_of_a_large_table_show_where_to_look(monkeypatch, incomes: np.ndarray, glance: int) -> None:
    """All rows decide, so nothing is found that some rows alone show, and nothing missed that they hide."""
    monkeypatch.setattr("analysis.columns.images.GLANCE", glance)
    everywhere, rows = shuffled(incomes), np.arange(ROWS)
    rare = np.where(rows % 10 == 7, 1.0, 0)  # every tenth row is looked at, and none of these
    found = judged(
        income=incomes,
        other=everywhere,
        again=incomes / 1000,
        seemingly=np.where(rows % 10 == 0, everywhere, shuffled(everywhere)),
        rare=rare,
        rarely=3 - 2 * rare,
    )
    assert reasons(found) == {"again": "it is “income” in another unit", "rarely": "it is “rare” in another unit"}


def test_what_the_file_insists_on_stays_and_is_noted(incomes: np.ndarray) -> None:
    columns = {
        "income": FEATURE,
        "again": Column(role="feature", use="cluster"),
        "heavy": Column(role="feature", weight=1),
    }
    found = judged(columns, income=incomes, again=incomes * 2, heavy=incomes + 1)
    assert found.left_out == ()
    assert len(exact(found.notes)) == 2
    assert "because the configuration says so" in exact(found.notes)[0]


def test_what_value_needs_describes_at_least(incomes: np.ndarray) -> None:
    frame = pd.DataFrame({"income": incomes, "again": incomes * 2})
    found = kept(frame, {"income": FEATURE, "again": FEATURE}, np.arange(ROWS), needed=["again"])
    (again,) = found.left_out
    assert (again.column, again.reason, again.describes) == ("again", "it is “income” in another unit", True)
    assert not found.columns["again"].clusters


def test_a_category_of_each_customers_own_is_left_out(incomes: np.ndarray) -> None:
    found = judged(income=incomes, street=[f"{number} Road" for number in range(ROWS)], town=["a", "b"] * (ROWS // 2))
    assert "nearly every customer" in reasons(found)["street"]
    assert "town" in found.columns


def test_the_same_categories_in_other_words_cluster_once(incomes: np.ndarray) -> None:
    columns = {"income": FEATURE, "a": Column(role="category", use="cluster"), "b": Column(role="gender")}
    words = {"a": ["m", "f"] * (ROWS // 2), "b": ["male", "female"] * (ROWS // 2)}
    assert judged(columns, income=incomes, **words).left_out == ()  # one of them only describes
    site = {"income": FEATURE, "a": CATEGORY.model_copy(update={"use": "cluster"})}
    site["b"] = site["a"]
    assert reasons(judged(site, income=incomes, **words)) == {"b": "it says the same as “a” in other words"}


def test_of_ten_thousand_categories_the_commonest_stay() -> None:
    common = np.repeat([f"town {number}" for number in range(40)], 500)
    rare = [f"hamlet {number}" for number in range(10_000)]
    frame = pd.DataFrame({"place": [*common, *rare]})
    found, notes = pooled(frame, {"place": CATEGORY})
    assert found["place"].nunique() == COMMONEST + 1
    assert (found["place"] == "Other").sum() == 10_000 + 10 * 500
    assert exact(notes) == ("Only the 30 most common categories of “place” are kept. All others count as “Other”.",)


def test_ten_thousand_rare_categories_are_left_out() -> None:
    towns = [f"{number % 10_000}" for number in range(30_000)]
    found = judged({"x": FEATURE, "t": CATEGORY}, x=np.arange(30_000) % 97.0, t=towns)
    assert "more than 100 categories" in reasons(found)["t"]


def test_few_rows_prove_nothing() -> None:
    found = judged(a=[1.0, 2, 3, 4], b=[2.0, 4, 6, 8], c=["w", "x", "y", "z"])
    assert found.left_out == ()


@given(st.permutations(range(60)))
def test_the_order_of_rows_decides_nothing(order: list[int]) -> None:
    generator = np.random.default_rng(3)
    frame = pd.DataFrame({"a": generator.normal(size=60), "c": 1.0, "g": ["x", "y"] * 30}).assign(b=lambda f: f.a * 3)
    columns = {"a": FEATURE, "b": FEATURE, "c": FEATURE, "g": CATEGORY}
    rows = np.arange(60)
    assert kept(frame.iloc[order], columns, rows) == kept(frame, columns, rows)


def test_the_contract_tells_what_was_left_out(configure, blobs: pd.DataFrame) -> None:
    frame = blobs.assign(z=blobs["x"] * 1000)
    columns = {name: {"role": "feature"} for name in frame}
    data = analyse(configure(frame, columns)).contract.data
    assert data.left_out == (LeftOut(column="z", reason="it is “x” in another unit", describes=False),)
    assert [feature.name for feature in data.features] == ["x", "y"]


def test_an_unheard_of_income_and_gaps_end_in_segments(configure, blobs: pd.DataFrame) -> None:
    noise = np.random.default_rng(4).normal(0, 1, (960, 2))
    many = pd.DataFrame(np.tile(blobs.to_numpy(), (8, 1)) + noise, columns=["x", "y"])
    frame = many.assign(income=(many["x"] * 1000).round(), z=3).astype(object)
    frame.loc[range(0, 960, 40), "income"] = ""
    frame.loc[5, "income"] = 666_666
    columns = {"income": {"role": "income", "missing": "median"}, "y": {"role": "feature"}, "z": {"role": "feature"}}
    contract = analyse(configure(frame, columns)).contract
    assert contract.data.rows_used == 960
    assert contract.selection.k == 3
    assert {feature.name: feature.imputed for feature in contract.data.features}["income"] == 24
