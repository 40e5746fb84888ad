"""The space in which distances are taken, held against factor analysis of mixed data."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from prince import FAMD
from scipy.spatial.distance import pdist

from analysis.cells.spellings import NO_CATEGORY, OTHER
from analysis.configuration import Site
from analysis.configuration.column import Column
from analysis.errors import DataError
from analysis.preparation.design import Design, DesignAxis, categories
from analysis.preparation.features import Features, features
from analysis.preparation.transform import transform

NUMBER = {"role": "feature"}
KIND = {"role": "category", "use": "cluster"}


def _table(rows: int = 240, seed: int = 3) -> pd.DataFrame:
    generator = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            "age": generator.normal(40, 12, rows).round(1),
            "income": generator.normal(50, 20, rows).round(1),
            "sex": generator.choice(["F", "M"], rows, p=[0.6, 0.4]),
            "channel": generator.choice(["web", "shop", "phone", "mail"], rows, p=[0.4, 0.3, 0.2, 0.1]),
        }
    )


def _features(frame: pd.DataFrame, columns: dict[str, dict[str, object]], **settings: object) -> Features:
    model = {"outliers": "keep", **settings}
    privacy = {"mode": "open"}
    site = {"data": {"path": "t.csv"}, "columns": columns, "model": model, "privacy": privacy}
    return features(frame, Site.model_validate(site))


def test_distances_are_those_of_all_components_of_famd():
    """With a weight of one less than its categories a column counts as much as in Pagès's analysis."""
    frame = _table()
    table = _features(frame, {"age": NUMBER, "income": NUMBER, "sex": KIND, "channel": {**KIND, "weight": 3.0}})
    ordered = table.frame.astype({"age": float, "income": float})
    famd = FAMD(n_components=6, n_iter=10, random_state=0).fit(ordered)
    theirs = pdist(famd.row_coordinates(ordered).to_numpy())
    assert np.allclose(pdist(table.standard), theirs, rtol=1e-6)


def test_each_column_has_the_inertia_of_its_weight():
    weights = {"age": 1.0, "income": 2.5, "sex": 1.0, "channel": 0.5}
    columns = {name: {**(KIND if name in {"sex", "channel"} else NUMBER), "weight": w} for name, w in weights.items()}
    table = _features(_table(), columns)
    variance = table.standard.var(axis=0)
    assert {name: pytest.approx(variance[list(table.design.of(name))].sum()) for name in weights} == weights
    shares = {feature.name: feature.inertia_share for feature in table.clustering}
    assert shares == {name: pytest.approx(weight / 5) for name, weight in weights.items()}


def test_two_categories_lie_as_far_apart_as_yes_and_no_written_as_numbers():
    frame = _table().assign(flag=lambda one: (one["sex"] == "F").astype(float))
    words, numbers = _features(frame, {"sex": KIND}), _features(frame, {"flag": NUMBER})
    assert np.ptp(pdist(words.standard)) == pytest.approx(np.ptp(pdist(numbers.standard)))


def test_place_gives_back_the_coordinates_of_the_table():
    table = _features(_table(), {"age": NUMBER, "sex": KIND, "channel": KIND})
    assert np.array_equal(table.design.place(table.frame), table.standard)


def test_an_unseen_or_missing_category_is_placed():
    frame = _table()
    table = _features(frame, {"channel": KIND})
    new = table.design.raw(pd.DataFrame({"channel": ["web", "drone", None]}))
    assert new.sum(axis=1).tolist() == [1, 0, 0]
    frame.loc[:40, "channel"] = None
    known = _features(frame, {"channel": KIND}).design
    assert [axis.category for axis in known.axes] == [NO_CATEGORY, "mail", "phone", "shop", "web"]
    assert known.raw(pd.DataFrame({"channel": [None]}))[0].tolist() == [1, 0, 0, 0, 0]


def test_rare_categories_are_one_and_a_rare_rest_is_none():
    many = pd.Series(["a"] * 50 + ["b"] * 40 + ["c"] * 4 + ["d"] * 4 + ["e"] * 2)
    assert categories(many) == ("a", "b", OTHER)
    assert categories(many[:94]) == ("a", "b")
    assert categories(many, fewest=11) == ("a", "b")
    design = Design(tuple(DesignAxis("x", name) for name in categories(many)))
    assert design.raw(pd.DataFrame({"x": ["e", "a", "zz"]})).tolist() == [[0, 0, 1], [1, 0, 0], [0, 0, 1]]


def test_a_category_that_is_itself_called_other_takes_the_rare_ones_in():
    assert categories(pd.Series(["Other"] * 50 + ["b"] * 40 + ["c"] * 10)) == ("b", "c", OTHER)


def test_a_public_site_tells_no_category_of_fewer_customers_than_it_may_show():
    frame = pd.DataFrame({"x": ["a"] * 40 + ["b"] * 40 + ["c"] * 9})
    axes = {}
    for mode in ("public", "open"):
        site = {"data": {"path": "t"}, "columns": {"x": KIND}, "privacy": {"mode": mode}}
        axes[mode] = [axis.category for axis in features(frame, Site.model_validate(site)).design.axes]
    assert axes == {"public": ["a", "b"], "open": ["a", "b", "c"]}


def test_a_column_without_two_common_categories_cannot_group():
    frame = pd.DataFrame({"x": [f"town {number}" for number in range(200)]})
    with pytest.raises(DataError, match=r"columns\.x: no two of its categories have at least 5%"):
        _features(frame, {"x": KIND})


def test_a_robust_column_counts_as_much_as_any_other_and_far_values_no_farther_than_the_fences():
    generator = np.random.default_rng(1)
    column = np.concatenate([generator.normal(0, 1, 980), np.full(20, 1e4)])
    frame = pd.DataFrame({"a": column, "b": generator.normal(0, 1, 1000)})
    robust = _features(frame, {"a": {**NUMBER, "transform": "robust"}, "b": NUMBER})
    axis = robust.design.axes[0]
    q1, q3 = np.quantile(column, (0.25, 0.75))
    assert axis.transform.name == "robust"
    assert robust.transformed[:, 0].max() == pytest.approx(q3 + 3 * (q3 - q1))
    assert robust.described[0].transform == "limited by quartiles, standardised"
    assert robust.described[0].transform_reason.startswith(
        "Limited by its quartiles, as set in the configuration. Values"
    )
    assert [round(each.inertia_share, 6) for each in robust.described] == [0.5, 0.5]
    assert np.allclose(robust.standard[robust.kept].std(axis=0), 1)


def test_a_robust_column_of_which_half_is_one_figure_is_only_standardised():
    values = np.array([0.0, 0.0, 0.0, 0.0, 0.0, 9.0])
    found = transform(values, Column(role="feature", transform="robust"))
    assert np.array_equal(found.forward(values), values)


def test_the_order_of_rows_changes_nothing():
    frame = _table()
    columns = {"age": NUMBER, "channel": KIND, "sex": KIND}
    once, again = _features(frame, columns), _features(frame.sample(frac=1, random_state=1), columns)
    assert np.array_equal(once.standard, again.standard)


def test_only_amounts_set_customers_apart():
    frame = pd.DataFrame({"a": np.random.default_rng(0).normal(size=300), "seldom": [1.0] * 3 + [0.0] * 297})
    table = _features(frame, {"a": NUMBER, "seldom": NUMBER}, outliers="set_apart")
    assert table.kept[table.frame["seldom"] == 1].any()
    alone = _features(_table(), {"sex": KIND, "channel": KIND}, outliers="set_apart")
    assert alone.set_apart == 0
