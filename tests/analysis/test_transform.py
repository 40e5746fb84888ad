"""Which columns go through a logarithm, that it can be undone, and what must not change the choice."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from sklearn.cluster import KMeans

from analysis.configuration.column import Column
from analysis.configuration.site import Site
from analysis.errors import ConfigurationError
from analysis.language import speaking
from analysis.language.slots import on_site
from analysis.preparation.features import Features, features
from analysis.preparation.transform import IDENTITY, Transform, quantiles, skewness, transform
from analysis.wording.number_format import NumberFormat

Values = np.ndarray
Draw = Callable[[np.random.Generator, int], Values]

AMOUNT = Column(role="monetary")
SKEWED: dict[str, Draw] = {
    "lognormal": lambda g, n: g.lognormal(3, 1, n),
    "very skewed": lambda g, n: g.lognormal(3, 1.5, n),
    "exponential": lambda g, n: g.exponential(10, n),
    "with zeros": lambda g, n: np.where(g.random(n) < 0.2, 0, g.lognormal(3, 1, n)).round(),
    "with outliers": lambda g, n: np.r_[g.lognormal(3, 1, n - n // 50), g.uniform(300, 3000, n // 50)],
    "three groups of logarithms": lambda g, n: np.exp(2 * g.integers(1, 4, n) + g.normal(0, 0.4, n)),
    "mostly in debt": lambda g, n: g.lognormal(3, 1, n) - 40,
}
LEFT: dict[str, Draw] = {
    "normal": lambda g, n: g.normal(50, 10, n),
    "uniform": lambda g, n: g.random(n),
    "Student's t": lambda g, n: g.standard_t(3, n),
    "left-skewed": lambda g, n: 100 - g.exponential(10, n),
    "normal with outliers on one side": lambda g, n: np.r_[g.normal(50, 10, n - n // 50), g.uniform(200, 900, n // 50)],
    "two groups, one large": lambda g, n: np.where(g.random(n) < 0.8, 20, 60) + g.normal(0, 3, n),
    "three groups": lambda g, n: np.array([10, 30, 90])[g.choice(3, n, p=[0.6, 0.3, 0.1])] + g.normal(0, 3, n),
    "marks": lambda g, n: g.poisson(1, n).astype(float),
    "mostly zeros": lambda g, n: np.where(g.random(n) < 0.6, 0, g.lognormal(3, 1, n)),
}


def _drawn(draw: Draw, seed: int = 0, rows: int = 600) -> Values:
    return draw(np.random.default_rng(seed), rows)


def _features(frame: pd.DataFrame, **settings: dict[str, object]) -> Features:
    columns = {name: {"role": "feature", **settings.get(name, {})} for name in frame}
    return features(frame, Site.model_validate({"data": {"path": "t.csv"}, "columns": columns}))


@pytest.mark.parametrize("name", SKEWED)
def test_skewed_amounts_go_through_a_logarithm(name: str):
    for seed in range(3):
        assert transform(_drawn(SKEWED[name], seed), AMOUNT).name == "log"


@pytest.mark.parametrize("name", LEFT)
def test_other_columns_are_left_as_they_are(name: str):
    for seed in range(3):
        assert transform(_drawn(LEFT[name], seed), AMOUNT) == IDENTITY


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (Column(role="age"), "none"),
        (Column(role="recency"), "none"),
        (Column(role="spending", format="percent"), "none"),
        (Column(role="income", transform="none"), "none"),
        (Column(role="income"), "log"),
        (Column(role="spending"), "log"),
        (Column(role="frequency"), "log"),
        (Column(role="feature"), "log"),
        (Column(role="age", transform="log"), "log"),
    ],
)
def test_only_amounts_are_asked_unless_the_configuration_says_so(column: Column, expected: str):
    assert transform(_drawn(SKEWED["lognormal"]), column).name == expected


def test_a_logarithm_that_is_asked_for_is_the_plain_one():
    values = _drawn(LEFT["normal"])
    asked = transform(values, Column(role="feature", transform="log"))
    assert np.allclose(asked.forward(values), np.log(values))


def test_zeros_get_a_constant_from_the_column_itself():
    values = np.concatenate([[0.0, 0.0], np.arange(1.0, 101)])
    asked = transform(values, Column(role="feature", transform="log"))
    assert asked.constant == 5
    assert np.allclose(asked.forward(values), np.log(values + 5))


def test_no_logarithm_below_nought():
    with pytest.raises(ConfigurationError, match=r"columns\.x\.transform: log needs values of 0 or more; write auto"):
        _features(pd.DataFrame({"x": [-1.0, 2.0, 3.0]}), x={"transform": "log"})


def test_only_columns_that_cluster_can_be_transformed():
    with pytest.raises(ValidationError, match="transform: log is for columns of numbers that cluster"):
        Column(role="income", use="describe", transform="log")


def test_the_outer_twentieths_end_up_equally_far_from_the_median():
    values = _drawn(SKEWED["lognormal"])
    described = quantiles(values)
    assert described is not None
    logged = transform(values, AMOUNT).forward(described)
    middle = np.log(np.median(described) + transform(values, AMOUNT).constant)
    assert logged[-1] - middle == pytest.approx(middle - logged[0])
    assert abs(skewness(logged)) < 0.1 < skewness(described)


def test_skewness_is_that_of_groeneveld_and_meeden():
    """Of an exponential column it is (1 − ln 2) / ln 2; twentieths are left out at either end here."""
    ranks = (np.arange(1000) + 0.5) / 1000
    exponential = -np.log(1 - ranks)
    assert skewness(exponential) == pytest.approx((1 - np.log(2)) / np.log(2), abs=0.01)
    assert skewness(-exponential) == pytest.approx(-skewness(exponential))


@given(
    st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=30),
    st.floats(-1e3, 1e3),
    st.floats(1e-2, 1e3),
)
def test_a_logarithm_keeps_the_order(values: list[float], knot: float, start: float):
    log = Transform("log", (), start - knot, knot)
    there = np.sort(np.array(values))
    forward = log.forward(there)
    assert np.all(np.diff(forward) >= 0)


def test_the_curve_has_no_kink_where_the_line_begins():
    log = Transform("log", (), 3.0, 2.0)
    left, middle, right = log.forward(np.array([2 - 1e-6, 2, 2 + 1e-6]))
    assert middle - left == pytest.approx(right - middle, rel=1e-5)


@settings(max_examples=10)
@given(factor=st.floats(1e-3, 1e3), shift=st.floats(-1e3, 1e3), name=st.sampled_from([*SKEWED, *LEFT]))
def test_unit_and_origin_change_nothing(factor: float, shift: float, name: str):
    values = _drawn({**SKEWED, **LEFT}[name], rows=300)
    changed = values * factor + shift
    here, there = transform(values, AMOUNT), transform(changed, AMOUNT)
    assert here.name == there.name
    assert np.allclose(_standard(here.forward(values)), _standard(there.forward(changed)), atol=1e-5)


def _standard(values: Values) -> Values:
    return (values - values.mean()) / values.std()


@settings(max_examples=6)
@given(seed=st.integers(0, 1000), times=st.integers(2, 5), name=st.sampled_from([*SKEWED, *LEFT]))
def test_neither_the_order_of_rows_nor_copies_of_all_change_the_choice(seed: int, times: int, name: str):
    values = _drawn({**SKEWED, **LEFT}[name], rows=200)
    assert transform(np.random.default_rng(seed).permutation(values), AMOUNT) == transform(values, AMOUNT)
    copied = transform(np.repeat(values, times), AMOUNT)
    assert copied.name == transform(values, AMOUNT).name
    assert copied.constant == pytest.approx(transform(values, AMOUNT).constant)


def test_figures_stay_in_the_columns_own_unit():
    frame = pd.DataFrame({"spent": _drawn(SKEWED["lognormal"]), "score": _drawn(LEFT["normal"], 1)})
    table = _features(frame)
    spent, score = table.clustering
    assert (spent.transform, score.transform) == ("log, standardised", "standardised")
    assert "logarithm" in spent.transform_reason
    assert score.transform_reason == ""
    assert spent.mean == pytest.approx(frame["spent"].mean())
    assert np.array_equal(table.matrix, frame.to_numpy()[table.order])
    assert np.allclose(table.standard[table.kept].mean(axis=0), 0)
    assert np.allclose(table.standard[table.kept].std(axis=0), 1)
    assert not np.allclose(table.transformed[:, 0], table.matrix[:, 0])
    assert np.array_equal(table.transformed[:, 1], table.matrix[:, 1])


def _wholesale(seed: int) -> pd.DataFrame:
    """Yearly spending of 440 wholesale customers, restaurants and shops, on six kinds of goods."""
    generator = np.random.default_rng(seed)
    restaurant = generator.random(440) < 0.68
    goods = {
        "Fresh": (8.9, 8.5, 1.1),
        "Milk": (7.9, 9.2, 0.9),
        "Grocery": (8.1, 9.6, 0.8),
        "Frozen": (7.6, 7.0, 1.1),
        "Paper": (6.1, 8.6, 1.2),
        "Delicatessen": (6.8, 7.1, 1.1),
    }
    return pd.DataFrame(
        {
            name: np.exp(np.where(restaurant, one, other) + generator.normal(0, deviation, 440)).round()
            for name, (one, other, deviation) in goods.items()
        }
    )


@pytest.mark.parametrize("seed", range(4))
def test_columns_alike_come_out_alike_though_one_has_a_few_values_far_out(seed: int):
    frame = _wholesale(seed)
    frame.loc[:2, "Grocery"] = 10 * frame["Grocery"].quantile(0.99)
    columns = _features(frame).clustering
    assert {one.transform for one in columns} == {"log, standardised"}
    assert [round(one.inertia_share or 0, 9) for one in columns] == [round(1 / 6, 9)] * 6


def told(found: Transform, locale: str = "en_US") -> str:
    manner = on_site(NumberFormat(locale, "USD").number)
    return " ".join(each.told(manner) for each in found.reason)


def test_the_reason_writes_figures_as_the_locale_does():
    values = np.exp(np.random.default_rng(0).normal(3, 1, 600))
    with speaking("de"):
        reason = told(transform(values, AMOUNT), "de_DE")
    assert re.search(r"Schiefe: 0,\d\d", reason)
    assert not re.search(r"\d\.\d", reason)


def test_the_reason_says_what_was_measured():
    values = np.exp(np.random.default_rng(0).normal(3, 1, 600))
    described = quantiles(values)
    assert described is not None
    before, after = skewness(described), skewness(np.log(described + transform(values, AMOUNT).constant))
    reason = told(transform(values, AMOUNT))
    figures = f"Skewness: {before:.2f}, and {after:.2f} as a logarithm (0 is symmetric, 1 is the maximum).".replace(
        "-", "−"
    )
    assert reason == (
        "Skewed to the right and simpler to describe by its logarithm. The logarithm is taken of the value plus a "
        f"constant that balances both ends. {figures} All figures shown are in the column’s own unit."
    )
    assert "configuration" not in reason
    asked = told(transform(values, Column(role="monetary", transform="log")))
    assert asked.startswith(f"Taken as a logarithm, as set in the configuration. Skewness: {before:.2f}, and ")


def _with_far_values(far: int = 3) -> Values:
    values = np.random.default_rng(0).normal(55_000, 12_000, 400).round()
    values[:far] = 666_666
    return values


def test_a_handful_of_values_far_out_is_limited_where_the_rest_needs_no_logarithm():
    values = _with_far_values()
    found = transform(values, Column(role="income"))
    q1, q3 = np.quantile(values, (0.25, 0.75))
    assert found.name == "robust"
    assert found.forward(values).max() == pytest.approx(q3 + 3 * (q3 - q1))
    described = quantiles(values)
    assert described is not None
    assert f"The rest needs no logarithm. Skewness: {skewness(described):.2f} (0 is symmetric" in told(found)
    assert "configuration" not in told(found)
    assert "666" not in told(found)


@pytest.mark.parametrize("far", [3, 12])
def test_whatever_the_transform_each_column_has_the_same_part_in_the_distances(far: int):
    """Twelve alike are too many to be set apart or to be a handful, three are few enough for both."""
    draw = np.random.default_rng(3)
    frame = pd.DataFrame(
        {"income": _with_far_values(far), "spent": draw.lognormal(4, 1, 400), "visits": draw.normal(9, 2, 400)}
    )
    for set_to in ("auto", "robust", "none", "log"):
        columns = _features(frame, income={"role": "income", "transform": set_to}).clustering
        assert [round(one.inertia_share or 0, 9) for one in columns] == [round(1 / 3, 9)] * 3
    weighed = _features(frame, income={"role": "income", "weight": 2.0}).clustering
    assert [round(one.inertia_share or 0, 9) for one in weighed] == [0.5, 0.25, 0.25]


def test_who_is_far_out_is_set_apart_though_the_column_is_limited():
    draw = np.random.default_rng(3)
    frame = pd.DataFrame({"income": _with_far_values(3), "visits": draw.normal(9, 2, 400)})
    table = _features(frame, income={"role": "income"})
    assert table.set_apart == 3
    assert not table.kept[table.values(table.described[0]) == 666_666].any()


def test_the_fences_of_a_resample_are_its_own():
    found = transform(_with_far_values(), Column(role="income"))
    other = np.random.default_rng(1).normal(10, 2, 100)
    q1, q3 = np.quantile(other, (0.25, 0.75))
    assert found.refitted(other).fences == pytest.approx((q1 - 3 * (q3 - q1), q3 + 3 * (q3 - q1)))


@pytest.mark.parametrize("seed", [1, 3])
def test_logarithms_keep_a_handful_of_large_customers_from_being_half_of_the_answer(seed: int):
    frame = _wholesale(seed)
    raw = _smallest_of_two(_standard_columns(frame.to_numpy()))
    table = _features(frame)
    assert {feature.transform for feature in table.clustering} == {"log, standardised"}
    logged = _smallest_of_two(table.standard[table.kept])
    assert raw < 0.15
    assert logged > 0.3


def _standard_columns(matrix: Values) -> Values:
    return (matrix - matrix.mean(axis=0)) / matrix.std(axis=0)


def _smallest_of_two(standard: Values) -> float:
    """Share of the smaller of two segments."""
    labels = KMeans(2, n_init=10, random_state=0).fit_predict(standard)
    return float(np.bincount(labels).min() / len(labels))
