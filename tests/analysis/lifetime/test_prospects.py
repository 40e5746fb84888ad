"""From histories to prospects with their intervals: what they cover, and on what they may not depend."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from analysis.customers.histories import Histories, Past
from analysis.lifetime import prospects as module
from analysis.lifetime.futures import future
from analysis.lifetime.histories import some
from analysis.lifetime.holdout import held_out
from analysis.lifetime.horizon import Horizon, outlook
from analysis.lifetime.maximum import NotFittedError
from analysis.lifetime.prospects import Prospects, prospects
from analysis.statistics.resampled import bounds
from tests.analysis.lifetime.made import PURCHASES, SPENDING, Made, made

SEED = np.random.SeedSequence(8)


@pytest.fixture(scope="module")
def table() -> Made:
    return made(800, np.random.default_rng(2))


@pytest.fixture(scope="module")
def customers(table: Made) -> Histories:
    return table.histories


@pytest.fixture(scope="module")
def found(customers: Histories) -> Prospects:
    return prospects(customers, Horizon(12, 0.0), SEED, draws=30)


def _value_by_class(one: Prospects, histories: Histories) -> np.ndarray:
    classes = np.minimum(histories.repeats, 2).astype(int)
    return one.futures.means(one.futures.value, classes[one.rows], 3)


def test_futures_come_out_as_expected(customers: Histories):
    horizon = Horizon(24, 0.2)
    expected = outlook(PURCHASES, SPENDING, customers, horizon)
    generator = np.random.default_rng(4)
    drawn = np.mean([future(PURCHASES, SPENDING, customers, horizon, generator) for _ in range(150)], axis=0)
    assert drawn[0].mean() == pytest.approx(expected.purchases.mean(), rel=0.02)
    assert drawn[1].mean() == pytest.approx(expected.value.mean(), rel=0.02)
    often = customers.repeats >= 3
    assert drawn[1][often].mean() == pytest.approx(expected.value[often].mean(), rel=0.03)


def test_the_same_seed_gives_the_same_prospects(customers: Histories, found: Prospects):
    again = prospects(customers, Horizon(12, 0.0), SEED, draws=30)
    assert np.array_equal(again.futures.value, found.futures.value)
    assert (again.purchases, again.spending) == (found.purchases, found.spending)


def test_the_order_of_customers_does_not_matter(customers: Histories, found: Prospects):
    order = np.random.default_rng(6).permutation(len(customers.repeats))
    turned = prospects(some(customers, order), Horizon(12, 0.0), SEED, draws=30)
    assert np.array_equal(turned.outlook.value, found.outlook.value[order])
    assert _value_by_class(turned, some(customers, order)) == pytest.approx(_value_by_class(found, customers))


def test_a_large_table_is_sampled(customers: Histories, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "LARGEST_FITTED", 500)
    sampled = prospects(customers, Horizon(), SEED, draws=2)
    assert sampled.futures.value.shape == (2, 500)
    assert sampled.outlook.value.shape == (800,)
    assert len(set(sampled.rows.tolist())) == 500


def test_counts_and_correlation(customers: Histories, found: Prospects):
    assert found.repeaters == np.sum(customers.repeats > 0)
    assert abs(found.correlation or 1) < 0.15


def test_who_spends_more_the_more_often_shows_in_the_correlation(customers: Histories):
    linked = replace(customers, mean_value=np.where(customers.repeats > 0, customers.repeats + 1.0, 0.0))
    assert prospects(linked, Horizon(), SEED, draws=1).correlation == pytest.approx(1)


def test_customers_who_never_come_back_cannot_be_told_ahead():
    once = Histories(np.zeros(300), np.zeros(300), np.full(300, 90.0), np.zeros(300))
    with pytest.raises(NotFittedError, match="fewer than 50 customers bought again"):
        prospects(once, Horizon(), SEED)


def test_intervals_cover_what_customers_then_bring():
    """Of 24 segments, by purchases so far; more draws, and more tables: `tests/benchmarks/lifetimes.py`."""
    covered = []
    for number in range(8):
        table = made(300, np.random.default_rng([9, number]))
        one = prospects(table.histories, Horizon(12, 0.0), np.random.SeedSequence(number), draws=30)
        classes = np.minimum(table.histories.repeats, 2).astype(int)
        low, high = np.percentile(_value_by_class(one, table.histories), (2.5, 97.5), axis=0)
        came = np.bincount(classes, table.value) / np.bincount(classes)
        covered += [*((low <= came) & (came <= high))]
    assert sum(covered) >= 18


def test_intervals_of_single_customers_hold_their_own_chance(found: Prospects, table: Made):
    low, high = bounds(found.futures.value)
    came = table.value[found.rows]
    assert np.mean((low <= came) & (came <= high)) > 0.88
    assert np.mean(low == 0) > 0.5


def test_the_second_half_is_foretold_by_class_of_frequency():
    table = made(3000, np.random.default_rng(3), ahead=300.0)
    classes = held_out(Past(table.histories, table.later, 730, 300))
    assert [(one.lower, one.upper) for one in classes][-1] == (7, None)
    assert sum(one.customers for one in classes) == 3000
    for one in classes:
        if one.customers >= 100:
            assert one.expected == pytest.approx(one.actual, abs=0.25 + 0.15 * one.actual)
