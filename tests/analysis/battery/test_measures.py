"""The battery on tables of which the answer is known."""

import numpy as np
import pytest

from analysis.clustering.battery import Sample, battery, kmeans
from analysis.clustering.battery.bootstrap import bootstrap
from analysis.clustering.battery.copula import copulas
from analysis.clustering.battery.gap import Gap, gaps, preferred
from analysis.clustering.battery.persistence import flows, persistence
from analysis.clustering.battery.prediction_strength import most_splits, prediction_strength, standard_error, undecided
from analysis.clustering.battery.prediction_strength import preferred as preferred_strength
from analysis.clustering.battery.references import highest, inertias
from analysis.clustering.battery.separation import separation
from analysis.clustering.battery.tables import ColumnWeights, boxes, halves, standardised
from analysis.configuration.column import Column
from analysis.contract.thresholds import APART, EVENLY_FILLED
from analysis.preparation.transform import transform


def groups(seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Three groups far apart, 40 rows each, and the group of each row."""
    generator = np.random.default_rng(seed)
    labels = np.repeat(np.arange(3), 40)
    return np.array([[0, 0], [20, 0], [0, 300]])[labels] + generator.normal(size=(120, 2)) * [1, 15], labels


@pytest.fixture(scope="module")
def measured():
    table, labels = groups()
    two, four = np.where(labels == 2, 1, 0), np.where((labels == 0) & (table[:, 0] > 0), 3, labels)
    return battery(Sample(table), {2: two, 3: labels, 4: four}, kmeans([2, 3, 4]), (40, np.random.SeedSequence(1)))


def test_parts_that_run_side_by_side_change_nothing():
    table, labels = groups(3)
    sample, divide = Sample(table), kmeans([3])
    one, other = (
        battery(sample, {3: labels}, divide, (20, np.random.SeedSequence(4)), side_by_side=way) for way in (False, True)
    )
    assert (one.bootstrap.found[3] == other.bootstrap.found[3]).all()
    for figure in ("jaccard", "agreement", "prediction_strength"):
        assert (getattr(one.measures[3], figure) == getattr(other.measures[3], figure)).all()
    for kind in ("normal", "box"):
        for figure in ("agreement", "silhouette"):
            pair = [getattr(getattr(each.measures[3], kind), figure) for each in (one, other)]
            assert (pair[0] == pair[1]).all()
    assert one.measures[3].gap == other.measures[3].gap


def test_separated_groups_come_back_whole(measured):
    three = measured.measures[3]
    assert three.stability == pytest.approx(1, abs=1e-6)
    assert three.agreement == pytest.approx(1, abs=1e-6)
    assert three.prediction_strength == pytest.approx(1, abs=1e-6)


def test_a_group_cut_in_two_does_not(measured):
    four = measured.measures[4]
    assert four.weakest < 0.75
    assert four.prediction_strength.mean() < 0.8


def test_tables_without_groups_do_worse_than_separated_groups(measured):
    three = measured.measures[3]
    assert three.normal.agreement.mean() < three.agreement.mean()
    assert three.box.agreement.mean() < three.agreement.mean()
    assert three.normal.tightest < 0.75  # of the groups: .89
    assert three.box.tightest < 0.75


def test_the_gap_takes_the_number_of_groups(measured):
    found = {k: each.gap for k, each in measured.measures.items()}
    assert preferred(found) == 3


def test_on_one_cloud_the_gap_does_not_grow_and_segments_do_not_come_back():
    table = np.random.default_rng(5).normal(size=(150, 3))
    labels = {2: (table[:, 0] > 0).astype(int), 3: np.digitize(table[:, 0], [-0.5, 0.5])}
    found = battery(Sample(table), labels, kmeans([2, 3]), (40, np.random.SeedSequence(1))).measures
    assert preferred({k: each.gap for k, each in found.items()}) == 2  # of those tried; the whole table is no trial
    assert found[3].weakest < 0.75
    assert found[3].agreement.mean() < found[3].normal.agreement.max()


def test_the_preferred_gap_is_the_first_within_one_error_of_the_next():
    values = {2: Gap(0.1, 0.05), 3: Gap(0.50, 0.05), 4: Gap(0.54, 0.05), 5: Gap(0.7, 0.05)}
    assert preferred(values) == 3
    assert preferred({2: Gap(0.1, 0.01), 3: Gap(0.5, 0.01)}) == 3


def test_the_gap_begins_with_the_whole_table():
    assert preferred({1: Gap(0.2, 0), 2: Gap(0.19, 0.05), 3: Gap(0.9, 0.05)}) == 1
    assert preferred({1: Gap(0.1, 0), 2: Gap(0.19, 0.05), 3: Gap(0.2, 0.05)}) == 2
    # Numbers that were left out are compared with nothing.
    assert preferred({1: Gap(0.2, 0), 3: Gap(0.2, 0.05), 4: Gap(0.2, 0.05)}) == 3


@pytest.mark.parametrize("draw", ["normal", "uniform", "gamma"])
def test_on_structureless_tables_the_gap_prefers_one(draw):
    generator = np.random.default_rng(11)
    table = {
        "normal": lambda: generator.normal(size=(200, 3)),
        "uniform": lambda: generator.uniform(size=(200, 2)),
        "gamma": lambda: generator.gamma(4, size=(200, 3)),
    }[draw]()
    found = battery(Sample(table), kmeans_labels(table, [2, 3, 4]), kmeans([2, 3, 4]), (4, np.random.SeedSequence(1)))
    assert found.undivided is not None
    assert preferred({1: found.undivided, **{k: each.gap for k, each in found.measures.items()}}) == 1


def kmeans_labels(table: np.ndarray, ks: list[int]) -> dict[int, np.ndarray]:
    rows = standardised(table[None]).rows
    return {k: part.labels[0].astype(int) for k, part in kmeans(ks)(rows, np.random.default_rng(0)).items()}


def test_the_gap_of_the_whole_table_is_that_of_its_sum_of_squares():
    """ln of the mean of the boxes' sums of squares, less ln of the table's, worked out by hand."""
    boxes_ = np.array([[[0.0], [2.0], [4.0]], [[0.0], [1.0], [2.0]]])  # sums of squares 8 and 2
    found = gaps({1: 4.0}, inertias(boxes_, {}))
    assert found[1].value == pytest.approx((np.log(8) + np.log(2)) / 2 - np.log(4))
    assert found[1].error == pytest.approx(np.log(2) * np.sqrt(1.5))


def test_without_two_segments_the_whole_table_is_not_told():
    table, labels = groups()
    assert battery(Sample(table), {3: labels}, kmeans([3]), (4, np.random.SeedSequence(1))).undivided is None


def strengths(mean: float, half_width: float, splits: int = 10) -> np.ndarray:
    """As many above as below the mean."""
    return mean + half_width * np.resize([-1, 1], splits)


def test_the_preferred_strength_is_the_largest_that_is_strong():
    found = {2: strengths(0.95, 0.01), 3: strengths(0.4, 0.1), 4: strengths(0.83, 0.01), 5: strengths(0.5, 0.1)}
    assert preferred_strength(found) == 4
    assert undecided(found) == ()


def test_one_segment_is_preferred_where_none_is_strong():
    """`fpc::prediction.strength` gives one segment a strength of 1, as the paper does."""
    assert preferred_strength({2: strengths(0.5, 0.1), 3: strengths(0.6, 0.1)}) == 1
    assert preferred_strength({3: strengths(0.5, 0.1)}) is None


def test_a_strength_within_three_errors_of_the_cut_is_undecided():
    # Standard error .1 / √9 = .0333 of ten splits: .88 is 2.4 errors above .80, .71 is 2.7 below, .69 is 3.3 below.
    assert standard_error(strengths(0.88, 0.1)) == pytest.approx(0.1 / 3)
    open_ = {2: strengths(0.95, 0.01), 3: strengths(0.88, 0.1), 4: strengths(0.71, 0.1), 5: strengths(0.69, 0.1)}
    assert undecided(open_) == (3, 4)
    assert preferred_strength(open_) is None
    assert undecided({2: strengths(0.7, 0.2), 3: strengths(0.9, 0.01)}) == ()


def test_more_splits_are_drawn_where_ten_leave_it_open():
    generator = np.random.default_rng(3)
    near = generator.normal(size=(120, 2)) + np.repeat([[0, 0], [3, 0]], 60, axis=0)
    apart, _ = groups()
    found, sure = (
        prediction_strength(Sample(table), kmeans([2, 3]), np.random.default_rng(0), kmeans) for table in (near, apart)
    )
    assert {k: len(each) for k, each in sure.items()} == {2: 10, 3: 10}
    assert len(found[2]) > 10
    bounded = prediction_strength(Sample(near), kmeans([2, 3]), np.random.default_rng(0))
    assert len(bounded[2]) == 10
    assert (found[2][:10] == bounded[2]).all()


@pytest.mark.parametrize(("rows", "most"), [(30, 80), (200, 80), (1_000, 80), (5_000, 20), (10_000, 10), (70_000, 10)])
def test_large_tables_get_fewer_splits(rows, most):
    assert most_splits(rows) == most


def test_an_inertia_of_nothing_is_no_error():
    assert np.isfinite(gaps({2: 0.0}, {2: np.zeros(5)})[2].value)


def test_structureless_tables_have_the_tables_mean_and_covariance():
    table = np.random.default_rng(0).normal(size=(4000, 2)) @ np.array([[2, 1], [0, 0.5]]) + [5, 7]
    clouds = copulas(table, ColumnWeights(), 5, np.random.default_rng(1))
    assert clouds.mean(axis=(0, 1)) == pytest.approx(table.mean(axis=0), abs=0.1)
    assert np.cov(clouds.reshape(-1, 2).T) == pytest.approx(np.cov(table.T), rel=0.05)


def test_structureless_tables_are_as_skewed_as_the_table_and_correlate_as_it_does():
    generator = np.random.default_rng(2)
    hidden = generator.normal(size=(2000, 2)) @ np.array([[1, 0.6], [0, 0.8]])
    table = np.exp(hidden)
    clouds = copulas(table, ColumnWeights(), 5, generator).reshape(-1, 2)
    assert np.corrcoef(clouds.T)[0, 1] == pytest.approx(np.corrcoef(table.T)[0, 1], abs=0.06)
    assert np.quantile(clouds, [0.1, 0.5, 0.9], axis=0) == pytest.approx(
        np.quantile(table, [0.1, 0.5, 0.9], axis=0), rel=0.12
    )


def test_a_silhouette_beyond_chance_is_beyond_it_at_any_number_of_segments():
    """Means .3 and .2, deviations .1 and .01; the farthest is two deviations above its mean, with three segments."""
    two = np.array([0.2, 0.4, 0.2, 0.4, 0.3 + 0.1, 0.3 - 0.1])
    three = 0.2 + 0.01 * np.array([2.0, -0.4, -0.4, -0.4, -0.4, -0.4]) / np.std([2.0, -0.4, -0.4, -0.4, -0.4, -0.4])
    farthest = (three.max() - 0.2) / 0.01
    found = highest({2: two, 3: three})
    assert found[2] == pytest.approx(0.3 + farthest * 0.1)
    assert found[3] == pytest.approx(three.max())
    assert highest({2: np.full(5, 0.4)}) == {2: pytest.approx(0.4)}


def test_boxes_lie_within_the_principal_ranges_of_the_table():
    table = np.random.default_rng(0).normal(size=(200, 3)) * [4, 2, 1]
    axes = np.linalg.svd(table - table.mean(axis=0), full_matrices=False)[2]
    along, drawn = (table - table.mean(axis=0)) @ axes.T, (boxes(table, 3, np.random.default_rng(1)) - table.mean(0))
    assert (drawn @ axes.T <= along.max(axis=0) + 1e-9).all()
    assert (drawn @ axes.T >= along.min(axis=0) - 1e-9).all()


def test_each_table_is_standardised_by_itself_and_lends_its_scale_to_others():
    tables = np.random.default_rng(0).normal(size=(3, 50, 2)) * [5, 1] + [100, 0]
    scaled = standardised(tables)
    assert scaled.rows.mean(axis=1) == pytest.approx(0, abs=1e-5)
    assert scaled.rows.std(axis=1) == pytest.approx(1, abs=1e-5)
    assert scaled.others(tables[0])[0] == pytest.approx(scaled.rows[0])


def test_halves_share_nobody():
    one, other = halves(11, 20, np.random.default_rng(0))
    assert all(not set(a) & set(b) for a, b in zip(one, other, strict=True))
    assert one.shape == other.shape == (20, 5)


def test_resamples_matched_to_segments_bear_their_numbers():
    table, labels = groups()
    drawn = bootstrap(Sample(table), kmeans([3]), 20, np.random.default_rng(0))
    assert (drawn.matched(labels, 3) == labels).all()
    assert drawn.counts.sum(axis=1) == pytest.approx(120)


def test_persistence_is_one_from_one_source_and_none_from_all_alike():
    former, labels = np.array([0, 0, 0, 1, 1, 1]), np.array([0, 0, 2, 1, 1, 2])
    flow = flows(former, labels)
    assert flow.tolist() == [[2, 0, 1], [0, 2, 1]]
    assert persistence(flow) == pytest.approx([1, 1, 0])


def test_an_evenly_filled_stretch_cut_anywhere_is_not_apart():
    stretch = np.linspace(0, 1, 2001)[:, None]
    for cut in (0.2, 0.5, 0.7):
        found = separation(stretch, (stretch[:, 0] > cut).astype(int), 2)
        assert found[0, 1] == pytest.approx(EVENLY_FILLED, rel=0.01)
        assert found[0, 1] == found[1, 0]


def test_marks_of_a_rating_scale_are_no_groups():
    marks = np.repeat([1.0, 2.0, 3.0], 50)[:, None]
    assert separation(marks, marks[:, 0].astype(int) - 1, 3)[0, 1] == pytest.approx(EVENLY_FILLED)


def test_groups_far_apart_are_apart_whatever_their_shape():
    table, labels = groups()
    standard = standardised(table[None]).rows[0].astype(float)
    assert separation(standard, labels, 3)[~np.eye(3, dtype=bool)].min() > 2 * APART


def test_measuring_twice_gives_the_same_and_another_seed_another():
    labels = np.repeat(np.arange(3), 40)
    noise = np.random.default_rng(3).normal(size=(120, 2))
    first, again, other = (
        battery(Sample(noise), {3: labels}, kmeans([3]), (20, np.random.SeedSequence(seed))).measures[3]
        for seed in (1, 1, 2)
    )
    assert np.array_equal(first.jaccard, again.jaccard)
    assert first.gap == again.gap
    assert not np.array_equal(first.jaccard, other.jaccard)


def test_the_unit_of_a_column_changes_nothing():
    noise = np.random.default_rng(3).normal(size=(120, 2))
    labels = {2: (noise[:, 0] > 0).astype(int)}
    a, b = (
        battery(Sample(noise * unit + offset), labels, kmeans([2]), (20, np.random.SeedSequence(1))).measures[2]
        for unit, offset in (([1, 1], 0), ([1000, 0.001], 7))
    )
    assert a.agreement == pytest.approx(b.agreement, abs=0.02)
    assert a.gap.value == pytest.approx(b.gap.value, abs=1e-3)


def test_transforms_are_refitted_in_each_resample():
    """What a resample takes from the data it takes from its own customers: a far one whom it lacks changes nothing."""
    amounts = np.random.default_rng(0).lognormal(5, 1, size=(150, 1))
    column = transform(amounts[:, 0], Column(role="monetary"))
    assert column.name == "log"
    tables = np.stack([amounts, amounts**2 * 3])
    scaled = standardised(tables, (column,))
    first, second = (columns[0] for columns in scaled.columns)
    assert first == column.refitted(amounts[:, 0])
    assert second.constant != first.constant
    assert scaled.others(amounts)[0] == pytest.approx(scaled.rows[0])
    assert scaled.others(tables)[1] == pytest.approx(scaled.rows[1])


def test_the_unit_of_a_column_of_amounts_changes_no_scale():
    amounts = np.random.default_rng(0).lognormal(5, 1, size=(1, 150, 1))
    column, cents = (transform(amounts[0, :, 0] * unit, Column(role="monetary")) for unit in (1, 100))
    a, b = standardised(amounts, (column,)), standardised(amounts * 100, (cents,))
    assert a.rows == pytest.approx(b.rows, abs=1e-5)
