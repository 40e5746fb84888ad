"""The generated tables are what they are said to be, and are scored as they should be."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import multivariate_normal

from tests.benchmarks.tables import FAMILIES, OUTLIER, Family, known_tables
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

SEEDS = st.integers(0, 2**32 - 1)
KS, COLUMNS = st.integers(2, 8), st.integers(2, 5)
EVERY = [(family, number) for family in FAMILIES for number in range(len(family.specs))]
APART = [family for family in FAMILIES if family.separated]
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
    assert len(EVERY) >= 60
    assert (min(rows), max(rows)) == (150, 5000)
    assert groups == set(range(2, 9))
    assert len({family.name for family in FAMILIES}) == len(FAMILIES)


@pytest.mark.parametrize(("family", "number"), EVERY, ids=lambda value: getattr(value, "name", value))
def test_a_table_has_its_rows_and_groups_and_is_the_same_again(family, number):
    table, again, fresh = family.table(number), family.table(number), family.table(number, seed=1)
    spec = family.specs[number]
    assert table.frame.equals(again.frame)
    assert (table.truth == again.truth).all()
    assert not table.frame.equals(fresh.frame)
    assert len(table.frame) == len(table.truth) == spec.rows
    assert table.frame.shape[1] >= spec.columns
    assert np.isfinite(table.frame.to_numpy()).all()
    assert (table.frame.nunique() > 30).all()
    assert set(table.truth[table.truth != OUTLIER]) == set(range(spec.groups))
    assert (OUTLIER in table.truth) == (family.name == "outliers")
    if family.separated:
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
