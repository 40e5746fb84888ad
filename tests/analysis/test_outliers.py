"""Who is set apart: scattered extremes, but no group and hardly anybody of a cloud; and what must not change it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.clustering.algorithms.cluster import nearest, partition, points
from analysis.configuration import Site
from analysis.preparation.features import LARGEST_FITTED, Features, features
from analysis.preparation.outliers import FEWEST_CUSTOMERS, MOST_SET_APART, outliers
from tests.notes import exact

Matrix = np.ndarray

CLOUDS: dict[str, Callable[[np.random.Generator, tuple[int, int]], Matrix]] = {
    "normal": lambda g, shape: g.standard_normal(shape),
    "uniform": lambda g, shape: g.random(shape),
    "logarithms of a lognormal": lambda g, shape: np.log(g.lognormal(3, 1.2, shape)),
    "correlated": lambda g, shape: g.standard_normal(shape) + 2 * g.standard_normal((shape[0], 1)),
}


def _with_outliers(seed: int, rows: int, columns: int) -> tuple[Matrix, np.ndarray]:
    """A normal cloud, and two rows in a hundred anywhere in a box four times its range, outside that range."""
    generator = np.random.default_rng(seed)
    count = round(0.02 * rows)
    cloud = generator.standard_normal((rows - count, columns))
    low, high = cloud.min(axis=0), cloud.max(axis=0)
    box = (low + high) / 2 + (generator.random((50 * count, columns)) - 0.5) * 4 * (high - low)
    outside = box[np.max(np.abs(box - (low + high) / 2) / (high - low), axis=1) > 0.75][:count]
    return np.vstack([cloud, outside]), np.arange(rows) >= rows - count


def _features(frame: pd.DataFrame, **model: object) -> Features:
    columns = {name: {"role": "feature"} for name in frame}
    return features(frame, Site.model_validate({"data": {"path": "t.csv"}, "columns": columns, "model": model}))


@pytest.mark.parametrize("columns", [2, 3, 6, 10])
@pytest.mark.parametrize("rows", [150, 440, 1500, 5000])
def test_scattered_outliers_are_found(rows: int, columns: int):
    tables = [_with_outliers(seed, rows, columns) for seed in range(6 if rows < 2000 else 1)]
    found = np.concatenate([outliers(matrix).mask[there] for matrix, there in tables])
    false = np.concatenate([outliers(matrix).mask[~there] for matrix, there in tables])
    assert found.mean() >= 0.9
    assert false.mean() <= 0.01


@pytest.mark.parametrize("cloud", CLOUDS)
@pytest.mark.parametrize("shape", [(150, 2), (150, 6), (440, 3), (1500, 2), (5000, 3)])
def test_hardly_anybody_of_a_cloud_is_set_apart(cloud: str, shape: tuple[int, int]):
    shares = [outliers(CLOUDS[cloud](np.random.default_rng(seed), shape)).mask.mean() for seed in range(5)]
    assert np.mean(shares) <= 0.01


@pytest.mark.parametrize("rows", [150, 440, 5000])
@pytest.mark.parametrize("spread", [0.3, 0.0])
def test_a_small_group_far_away_is_a_group(rows: int, spread: float):
    """With no spread at all its customers are one point; they still have each other."""
    generator = np.random.default_rng(rows)
    matrix, size = generator.standard_normal((rows, 3)), max(8, round(0.05 * rows))
    matrix[:size] = 12 + spread * generator.standard_normal((size, 3))
    assert not outliers(matrix).mask[:size].any()


def test_groups_of_any_size_stay_whole():
    generator = np.random.default_rng(3)
    centres = np.array([[0, 0], [20, 0], [0, 20], [25, 25]])
    group = generator.choice(4, 600, p=[0.6, 0.25, 0.1, 0.05])
    assert outliers(centres[group] + generator.standard_normal((600, 2))).count <= 1


def test_nobody_in_the_mall(mall_features: Features):
    assert outliers(mall_features.transformed).count == 0
    assert mall_features.set_apart == 0
    assert mall_features.kept.all()
    assert mall_features.notes == ()


def test_at_most_the_twentieth_of_a_long_tail_is_set_apart():
    generator = np.random.default_rng(0)
    matrix = generator.standard_normal((200, 5)) / np.sqrt(generator.chisquare(1, (200, 1)))
    found = outliers(matrix)
    assert found.tail
    assert found.isolated > found.count
    assert 0 < found.count <= MOST_SET_APART * 200
    note = exact(_features(pd.DataFrame(matrix, columns=list("abcde"))).notes)[0]
    assert note.startswith("More than 5% of the customers are far from all others, which is a long tail.")


@pytest.mark.parametrize("rows", [2, FEWEST_CUSTOMERS - 1])
def test_a_few_customers_are_never_far_from_the_others(rows: int):
    assert outliers(np.array([[0.0]] * (rows - 1) + [[1e6]])).count == 0


@settings(max_examples=15)
@given(order=st.permutations(range(150)))
def test_the_order_of_rows_changes_nothing(order: list[int]):
    matrix, _ = _with_outliers(1, 150, 3)
    assert np.array_equal(outliers(matrix[order]).mask, outliers(matrix).mask[order])


@settings(max_examples=15)
@given(times=st.integers(2, 5), seed=st.integers(0, 50), decimals=st.integers(0, 3))
def test_copies_of_every_row_change_nothing(times: int, seed: int, decimals: int):
    matrix = _with_outliers(seed, 150, 3)[0].round(decimals)
    once = outliers(matrix).mask
    assert np.array_equal(outliers(np.repeat(matrix, times, axis=0)).mask, np.repeat(once, times))


@settings(max_examples=15)
@given(
    factors=st.lists(st.floats(1e-3, 1e3), min_size=3, max_size=3),
    shifts=st.lists(st.floats(-1e3, 1e3), min_size=3, max_size=3),
)
def test_units_and_origins_change_nothing(factors: list[float], shifts: list[float]):
    matrix, _ = _with_outliers(2, 300, 3)
    assert np.array_equal(outliers(matrix * factors + shifts).mask, outliers(matrix).mask)


def test_a_column_that_hardly_varies_does_no_harm():
    generator = np.random.default_rng(0)
    matrix = np.column_stack([generator.standard_normal(300), np.zeros(300), np.arange(300) == 7])
    assert outliers(matrix).count <= 1


def test_scale_and_centroids_are_those_of_the_customers_kept():
    matrix, there = _with_outliers(4, 400, 2)
    table = _features(pd.DataFrame(matrix, columns=["x", "y"]))
    apart = there[table.order]
    assert np.array_equal(table.kept, ~apart)
    assert table.set_apart == 8
    assert np.allclose(table.standard[table.kept].std(axis=0), 1)
    assert np.abs(table.standard[apart]).max() > 5
    note, _ = exact(table.notes)
    assert note.startswith("Outliers, customers far from all others, were left out when")
    assert note.endswith("They were then assigned to the nearest segment.")
    note, _ = exact(_features(pd.DataFrame(matrix, columns=["x", "y"]), algorithm="hdbscan", selection="auto").notes)
    assert note.endswith("to the segment of the nearest customer who took part, or to none.")
    everybody = nearest(table.standard, partition(points(table.standard[table.kept]), 3, 1).centroids)
    assert np.bincount(everybody).sum() == 400
    assert np.bincount(everybody).min() > 50


def test_the_configuration_may_keep_everybody():
    matrix, _ = _with_outliers(4, 400, 2)
    table = _features(pd.DataFrame(matrix, columns=["x", "y"]), outliers="keep")
    assert table.kept.all()
    assert (table.set_apart, exact(table.notes)) == (0, ())


def test_nobody_is_set_apart_where_the_others_would_be_alike():
    table = _features(pd.DataFrame({"x": [1.0] * 99 + [50.0], "y": np.arange(100.0)}))
    assert table.kept.all()
    assert np.all(table.design.spread > 0)


def test_a_large_table_is_fitted_on_a_sample_without_its_outliers():
    matrix, there = _with_outliers(5, 12_000, 3)
    table = _features(pd.DataFrame(matrix, columns=["x", "y", "z"]))
    far = there[table.order]
    assert table.apart is not None
    # Those of the 2,000 rows outside the sample are set apart too, though they would take no part in the fit anyway.
    assert LARGEST_FITTED - 240 <= table.kept.sum() < LARGEST_FITTED
    assert (table.apart & far).sum() >= 0.95 * far.sum()
    assert (table.apart & ~far).sum() <= 0.001 * len(far)
    assert (table.kept & far).sum() <= 0.1 * there.sum()
    assert np.all(table.design.spread < 1.5)
