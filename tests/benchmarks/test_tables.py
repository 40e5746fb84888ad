"""The generated tables are what they are said to be, and are scored as they should be."""

from __future__ import annotations

import dataclasses
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import kurtosis, multivariate_normal, skew

from tests.benchmarks.tables import FAMILIES, OUTLIER, Family, Known, Spec, known_tables
from tests.benchmarks.tables.groups import (
    LARGEST_RATIO,
    SEPARATION,
    Groups,
    elongated_groups,
    equal_sizes,
    place,
    round_groups,
    separations,
    unequal_deviations,
    unequal_sizes,
)
from tests.benchmarks.tables.known import Matrix, as_money, canonical, in_units
from tests.benchmarks.tables.overlapping import chain
from tests.benchmarks.tables.power import DISTANCES, NEAREST_TO_DISTANCE, SPECS, groups_at
from tests.benchmarks.tables.shapes import GAMMA_SHAPE, ball, skewed, student

SEEDS = st.integers(0, 2**32 - 1)
KS, COLUMNS = st.integers(2, 8), st.integers(2, 5)
EVERY = [(family, number) for family in FAMILIES for number in range(len(family.specs))]
APART = [family for family in FAMILIES if family.kind == "separated"]
few = settings(max_examples=25)


def named(name: str) -> Family:
    return next(family for family in FAMILIES if family.name == name)


def covariances(kind: str, k: int, columns: int, generator: np.random.Generator) -> Matrix:
    if kind == "elongated":
        return elongated_groups(k, columns, generator)
    return round_groups(unequal_deviations(k, generator) if kind == "spread" else np.ones(k), columns)


@few
@given(seed=SEEDS, k=KS, columns=COLUMNS, kind=st.sampled_from(["round", "spread", "elongated"]))
def test_every_two_groups_are_seven_deviations_apart(seed, k, columns, kind):
    generator = np.random.default_rng(seed)
    apart = separations(place(covariances(kind, k, columns, generator), generator))
    assert apart[np.triu_indices(k, 1)].min() >= SEPARATION


@few
@given(seed=SEEDS, k=KS, columns=COLUMNS, kind=st.sampled_from(["round", "spread", "elongated"]))
def test_hardly_any_customer_is_more_likely_in_another_group(seed, k, columns, kind):
    generator = np.random.default_rng(seed)
    groups = place(covariances(kind, k, columns, generator), generator)
    matrix, labels = groups.draw(np.full(k, 500), generator)
    pairs = zip(groups.centres, groups.covariances, strict=True)
    densities = [multivariate_normal.logpdf(matrix, centre, covariance) for centre, covariance in pairs]
    assert np.mean(np.argmax(densities, axis=0) != labels) < 0.005


def test_separation_is_measured_along_the_line_between_two_centres():
    # Three long and one wide: along x they are 12 / ((3 + 1) / 2) apart, along y it would be 12.
    groups = Groups(np.array([[0.0, 0], [12, 0]]), np.array([np.diag([9.0, 1]), np.eye(2)]))
    assert separations(groups) == pytest.approx(np.array([[0, 6], [6, 0]]))


@few
@given(seed=SEEDS, k=KS, columns=COLUMNS)
def test_spread_and_length_keep_to_their_ratio(seed, k, columns):
    generator = np.random.default_rng(seed)
    deviations = unequal_deviations(k, generator)
    assert deviations.max() / deviations.min() == pytest.approx(LARGEST_RATIO)
    axes = np.sqrt(np.linalg.eigvalsh(elongated_groups(k, columns, generator)))
    ratios = axes[:, -1] / axes[:, 0]
    assert ratios.min() >= 2 - 1e-9
    assert ratios.max() <= LARGEST_RATIO + 1e-9


@given(rows=st.integers(150, 5000), k=KS)
def test_equal_sizes_differ_by_one_at_most(rows, k):
    sizes = equal_sizes(rows, k)
    assert (len(sizes), sizes.sum()) == (k, rows)
    assert np.ptp(sizes) <= 1


@given(seed=SEEDS, rows=st.integers(300, 5000), k=KS)
def test_the_smallest_of_unequal_sizes_has_a_twentieth(seed, rows, k):
    sizes = unequal_sizes(rows, k, np.random.default_rng(seed))
    assert (len(sizes), sizes.sum()) == (k, rows)
    assert sizes.min() >= 15
    assert sizes[0] == pytest.approx(0.05 * rows, abs=0.5)


@given(labels=st.lists(st.integers(-1, 5), min_size=1, max_size=40), seed=SEEDS)
def test_truth_is_numbered_by_first_row_whatever_the_names(labels, seed):
    before = np.array(labels)
    renamed = np.where(before < 0, before, np.random.default_rng(seed).permutation(6)[before])
    after = canonical(before)
    assert (canonical(renamed) == after).all()
    assert ((after == OUTLIER) == (before == OUTLIER)).all()
    groups = [label for label in dict.fromkeys(after.tolist()) if label != OUTLIER]
    assert groups == list(range(len(groups)))


def test_there_are_enough_tables_of_every_size():
    rows = [family.specs[number].rows for family, number in EVERY]
    groups = {spec.groups for family in APART for spec in family.specs}
    touching = [spec for family in FAMILIES if family.kind == "overlapping" for spec in family.specs]
    assert len(EVERY) >= 60
    assert (min(rows), max(rows)) == (100, 5000)
    assert groups == set(range(2, 9))
    assert {spec.groups for spec in touching} == set(range(2, 7))
    assert (min(spec.rows for spec in touching), max(spec.rows for spec in touching)) == (200, 2000)
    assert len({family.name for family in FAMILIES}) == len(FAMILIES)


def test_the_documentation_says_how_many_tables_of_each_kind_there_are():
    accuracy = (Path(__file__).parents[2] / "docs/accuracy.md").read_text(encoding="utf-8")
    kinds = Counter(family.kind for family, _ in EVERY)
    assert f"`make truth` analyses {len(EVERY)} generated tables" in accuracy
    for kind, name in (
        ("separated", "separated"),
        ("overlapping", "overlapping"),
        ("power", "apart in steps"),
        ("structureless", "without structure"),
    ):
        assert f"- **{name}**, {kinds[kind]} tables:" in accuracy


@pytest.mark.parametrize("distance", DISTANCES)
@pytest.mark.parametrize("number", [0, 3, 8])
def test_groups_in_steps_have_their_nearest_neighbour_where_it_is_said_to_be(distance, number):
    spec = dataclasses.replace(SPECS[number], rows=40_000)
    generator = np.random.default_rng(number)
    centres = chain(spec, (distance, NEAREST_TO_DISTANCE * distance), generator)
    apart = np.linalg.norm(centres[:, None] - centres, axis=2) + 1e9 * np.eye(len(centres))
    assert distance <= apart.min(axis=1).min()
    assert apart.min(axis=1).max() <= 1.05 * distance
    frame, labels = groups_at(distance, spec, np.random.default_rng(number))
    # Along the line between the means of two groups either has a deviation of 1 in the columns' own units.
    matrix = frame.to_numpy() / np.sqrt(np.mean([frame[labels == group].var() for group in range(spec.groups)], axis=0))
    means = np.array([matrix[labels == group].mean(axis=0) for group in range(spec.groups)])
    found = np.linalg.norm(means[:, None] - means, axis=2) + 1e9 * np.eye(len(means))
    assert found.min() == pytest.approx(distance, rel=0.06, abs=0.1)


@pytest.mark.parametrize(("family", "number"), EVERY, ids=lambda value: getattr(value, "name", value))
def test_a_table_has_its_rows_and_groups_and_is_the_same_again(family, number):
    table, again, fresh = family.table(number), family.table(number), family.table(number, seed=1)
    spec = family.specs[number]
    assert table.frame.equals(again.frame)
    assert (table.truth == again.truth).all()
    assert not table.frame.equals(fresh.frame)
    assert len(table.frame) == len(table.truth) == spec.rows
    assert table.frame.shape[1] >= spec.columns
    numbers = table.frame.select_dtypes("number")
    assert table.frame.notna().all(axis=None)
    assert np.isfinite(numbers.to_numpy()).all()
    assert (numbers.nunique() > 30).all()
    assert (table.frame.drop(columns=numbers.columns).nunique() >= 2).all()
    assert set(table.truth[table.truth != OUTLIER]) == set(range(spec.groups))
    assert (OUTLIER in table.truth) == (family.name == "outliers")
    if family.kind != "structureless":
        assert np.bincount(table.truth[table.truth != OUTLIER]).min() >= 15


def test_two_in_a_hundred_are_outliers_far_from_everybody():
    family = named("outliers")
    for number, spec in enumerate(family.specs):
        table = family.table(number)
        outliers = table.truth == OUTLIER
        assert outliers.sum() == round(0.02 * spec.rows)
        matrix = table.frame.to_numpy()
        matrix = (matrix - matrix[~outliers].mean(axis=0)) / matrix[~outliers].std(axis=0)
        distances = np.linalg.norm(matrix, axis=1)
        assert np.median(distances[outliers]) > 1.5 * distances[~outliers].max()


def test_irrelevant_columns_tell_nothing_of_the_groups():
    family = named("irrelevant columns")
    added = set()
    for number, spec in enumerate(family.specs):
        table = family.table(number)
        for name in table.frame.columns[spec.columns :]:
            groups = table.frame[name].groupby(table.truth)
            assert np.ptp(groups.mean()) < table.frame[name].std()
        added.add(table.frame.shape[1] - spec.columns)
    assert added == {1, 2}


@pytest.mark.parametrize("name", ["money", "money cloud"])
def test_money_is_positive_and_heavily_skewed(name):
    family = named(name)
    frames = [family.table(number).frame for number in range(len(family.specs))]
    assert all((frame > 0).all(axis=None) for frame in frames)
    skews = [frame.skew().mean() for frame in frames]
    assert min(skews) > 0.5
    assert np.mean(skews) > 1


def test_a_duplicated_column_says_the_same_twice():
    family = named("duplicated column")
    for number in range(len(family.specs)):
        frame = family.table(number).frame
        assert frame.iloc[:, 0].corr(frame.iloc[:, -1]) > 0.999


def centred(name: str, columns: int, generator: np.random.Generator, rows: int = 20_000) -> Matrix:
    if name == "student":
        return student(rows, columns, 5, generator)
    return (ball if name == "ball" else skewed)(rows, columns, generator)


@few
@given(seed=SEEDS, columns=COLUMNS, name=st.sampled_from(["ball", "skewed", "student"]))
def test_a_shape_is_about_the_origin_and_one_wide_along_every_line(seed, columns, name):
    matrix = centred(name, columns, np.random.default_rng(seed))
    assert np.abs(matrix.mean(axis=0)).max() < 0.05
    covariance = np.cov(matrix.T)
    assert np.abs(covariance - np.eye(columns)).max() < 0.2


@few
@given(seed=SEEDS, columns=COLUMNS)
def test_a_shape_is_the_one_that_it_is_called(seed, columns):
    generator = np.random.default_rng(seed)
    evenly, gamma, heavy = (centred(name, columns, generator) for name in ("ball", "skewed", "student"))
    distances = np.linalg.norm(evenly, axis=1)
    assert distances.max() <= np.sqrt(columns + 2) * (1 + 1e-9)
    assert np.mean(distances <= np.sqrt(columns + 2) / 2) == pytest.approx(0.5**columns, abs=0.02)
    assert np.abs(skew(gamma)) == pytest.approx(2 / np.sqrt(GAMMA_SHAPE), abs=0.2)
    assert kurtosis(evenly).max() < 0
    assert kurtosis(heavy).min() > 1


def test_groups_of_other_shapes_come_in_every_shape():
    family = named("other shapes")
    tables = [family.table(number, seed) for number in range(len(family.specs)) for seed in (0, 1)]
    frames = [members for table in tables for _, members in table.frame.groupby(table.truth) if len(members) > 100]
    assert any((np.abs(frame.skew()) > 0.5).all() for frame in frames)
    assert any((frame.kurt() < -0.3).all() for frame in frames)
    assert any((frame.kurt() > 1).all() and np.abs(frame.skew()).max() < 1 for frame in frames)


def misplaced(table: Known) -> float:
    """Share of customers nearer to another group's centre, by the groups' common covariance."""
    matrix = table.frame.to_numpy()
    centres = table.frame.groupby(table.truth).mean().to_numpy()
    off = matrix - centres[table.truth]
    whitened = np.linalg.cholesky(np.linalg.inv(off.T @ off / len(off)))
    distances = np.linalg.norm((matrix[:, None] - centres) @ whitened, axis=2)
    return float(np.mean(distances.argmin(axis=1) != table.truth))


@pytest.mark.parametrize("number", range(len(named("other shapes").specs)))
def test_hardly_any_customer_of_another_shape_is_nearer_to_another_group(number):
    assert misplaced(named("other shapes").table(number)) < 0.01


@few
@given(seed=SEEDS, k=st.integers(2, 6), columns=COLUMNS, low=st.sampled_from([3.5, 4.0]))
def test_overlapping_groups_touch_another_and_keep_their_distance(seed, k, columns, low):
    centres = chain(Spec(200, k, columns), (low, low + 0.5), np.random.default_rng(seed))
    distances = np.linalg.norm(centres[:, None] - centres, axis=2)
    np.fill_diagonal(distances, np.inf)
    nearest = distances.min(axis=1)
    assert centres.shape == (k, columns)
    assert low <= nearest.min()
    assert nearest.max() <= low + 0.5
    # From any group one comes to all by such steps: no gap divides them into two halves.
    reached = {0}
    for _ in range(k):
        reached |= {other for one in reached for other in np.flatnonzero(distances[one] <= low + 0.5 + 1e-9)}
    assert len(reached) == k


@pytest.mark.parametrize(("name", "least", "most"), [("nearest at 4 to 4.5", 1, 6), ("nearest at 3.5 to 4", 2, 12)])
def test_some_customers_of_overlapping_groups_are_nearer_to_another_group(name, least, most):
    family = named(name)
    shares = [misplaced(family.table(number)) for number, spec in enumerate(family.specs) if spec.rows >= 800]
    assert all(least / 100 <= share <= most / 100 for share in shares), shares


def test_units_shift_and_stretch_and_money_undoes_the_logarithm():
    matrix = np.random.default_rng(1).standard_normal((500, 3))
    correlations = np.corrcoef(matrix.T, in_units(matrix).to_numpy().T)
    assert np.diag(correlations[:3, 3:]) == pytest.approx(np.ones(3), abs=1e-3)
    assert np.log(as_money(matrix)).std().to_numpy() == pytest.approx(matrix.std(axis=0), rel=0.01)


def test_some_of_the_tables_can_be_asked_for():
    assert list(known_tables()) == EVERY
    assert {family.name for family, _ in known_tables("money")} == {"money"}
    quick = list(known_tables(quick=True))
    assert len(EVERY) / 4 < len(quick) < len(EVERY) / 2
    assert {family.name for family, _ in quick} == {family.name for family in FAMILIES}
