"""The battery on tables of which the answer is known."""

import numpy as np
import pytest

from analysis.battery import Sample, battery, kmeans
from analysis.battery.bootstrap import bootstrap
from analysis.battery.gap import Gap, gaps, preferred
from analysis.battery.persistence import flows, persistence
from analysis.battery.prediction_strength import preferred as preferred_strength
from analysis.battery.separation import APART, EVENLY_FILLED, separation
from analysis.battery.tables import boxes, halves, normal_clouds, standardised
from analysis.configuration.column import Column
from analysis.transform import transform


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
    assert three.normal.agreement.max() < three.agreement.mean()
    assert three.box.agreement.max() < three.agreement.mean()
    assert three.normal.silhouette.max() < 0.6
    assert three.box.silhouette.max() < 0.6


def test_the_gap_takes_the_number_of_groups(measured):
    found = {k: each.gap for k, each in measured.measures.items()}
    assert preferred(found) == 3


def test_on_one_cloud_the_gap_does_not_grow_and_segments_do_not_come_back():
    table = np.random.default_rng(5).normal(size=(150, 3))
    labels = {2: (table[:, 0] > 0).astype(int), 3: np.digitize(table[:, 0], [-0.5, 0.5])}
    found = battery(Sample(table), labels, kmeans([2, 3]), (40, np.random.SeedSequence(1))).measures
    assert preferred({k: each.gap for k, each in found.items()}) == 2
    assert found[3].weakest < 0.75
    assert found[3].agreement.mean() < found[3].normal.agreement.max()


def test_the_preferred_gap_is_the_first_within_one_error_of_the_next():
    values = {2: Gap(0.1, 0.05), 3: Gap(0.50, 0.05), 4: Gap(0.54, 0.05), 5: Gap(0.7, 0.05)}
    assert preferred(values) == 3
    assert preferred({2: Gap(0.1, 0.01), 3: Gap(0.5, 0.01)}) == 3


def test_the_preferred_strength_is_the_largest_that_is_strong():
    assert preferred_strength({2: 0.95, 3: 0.4, 4: 0.81, 5: 0.5}) == 4
    assert preferred_strength({2: 0.5, 3: 0.6}) == 2


def test_an_inertia_of_nothing_is_no_error():
    table = np.repeat([[0.0, 0.0], [1.0, 1.0]], 10, axis=0)
    found = gaps({2: 0.0}, boxes(table, 5, np.random.default_rng(0)), kmeans([2]), np.random.default_rng(0))
    assert np.isfinite(found[2].value)


def test_structureless_tables_have_the_tables_mean_and_covariance():
    table = np.random.default_rng(0).normal(size=(4000, 2)) @ np.array([[2, 1], [0, 0.5]]) + [5, 7]
    clouds = normal_clouds(table, 5, np.random.default_rng(1))
    assert clouds.mean(axis=(0, 1)) == pytest.approx(table.mean(axis=0), abs=0.1)
    assert np.cov(clouds.reshape(-1, 2).T) == pytest.approx(np.cov(table.T), rel=0.05)


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
