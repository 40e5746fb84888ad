"""Structureless tables of the same kinds: shares and correlations are the table's, and nothing else is."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.basics.arrays import Matrix
from analysis.clustering.battery import ColumnWeights, Sample, battery, kmeans
from analysis.clustering.battery.copula import copulas, independent
from analysis.clustering.battery.separation import separation
from analysis.clustering.battery.tables import standardised
from analysis.contract.thresholds import EVENLY_FILLED

KINDS = ColumnWeights(blocks=((2, 3, 4, 5), (6, 7)), marks=(1,))


@pytest.fixture(scope="module")
def mixed() -> Matrix:
    """An amount, a yes or no, four categories and two, all of one disposition."""
    generator = np.random.default_rng(1)
    hidden = generator.multivariate_normal(np.zeros(4), np.full((4, 4), 0.7) + 0.3 * np.eye(4), 600)
    four, two = np.digitize(hidden[:, 2], [-0.8, 0.3, 1.0]), (hidden[:, 3] > 1).astype(int)
    columns = [hidden[:, 0], hidden[:, 1] > 0.5, *np.eye(4)[four].T, *np.eye(2)[two].T]
    table: Matrix = standardised(np.column_stack(columns)[None]).rows[0].astype(np.float64)
    return table


def test_shares_and_correlations_are_the_tables(mixed: Matrix):
    drawn = copulas(mixed, KINDS, 40, np.random.default_rng(0))
    correlations = np.mean([np.corrcoef(table.T) for table in drawn], axis=0)
    assert np.abs(correlations - np.corrcoef(mixed.T)).max() < 0.05
    assert np.abs((drawn > 0)[..., 1:].mean(axis=(0, 1)) - (mixed > 0)[:, 1:].mean(axis=0)).max() < 0.03


@pytest.mark.parametrize("draw", [copulas, independent])
def test_marks_stay_marks_and_everybody_has_one_category(mixed: Matrix, draw):
    drawn = draw(mixed, KINDS, 5, np.random.default_rng(0))
    for column in range(1, mixed.shape[1]):
        assert np.allclose(np.unique(drawn[..., column]), np.unique(mixed[:, column]))
    for block in KINDS.blocks:
        assert ((drawn[..., block] > 0).sum(axis=2) == 1).all()


def test_by_lot_nothing_hangs_together(mixed: Matrix):
    drawn = independent(mixed, KINDS, 40, np.random.default_rng(0))
    correlations = np.mean([np.corrcoef(table.T) for table in drawn], axis=0)
    assert abs(correlations[0, 1]) < 0.03
    assert np.abs(correlations[2:6, 6]).max() < 0.03


def test_who_is_in_no_category_stays_so():
    """A rare rest has no axis: its customers stand in none."""
    column = np.repeat([0, 1, 2], [50, 45, 5])
    table = np.eye(3)[column][:, :2]
    drawn = copulas(table, ColumnWeights(blocks=((0, 1),)), 50, np.random.default_rng(0))
    assert (drawn.sum(axis=2) == 0).mean() == pytest.approx(0.05, abs=0.02)


@pytest.mark.parametrize("categories", [2, 3, 7])
def test_two_categories_are_no_farther_apart_than_an_evenly_filled_stretch(categories: int):
    table = np.eye(categories)[np.arange(700) % categories]
    table = standardised(table[None]).rows[0].astype(np.float64)
    labels = (np.arange(700) % categories).astype(np.intp)
    apart = separation(table, labels, categories, [tuple(range(categories))])
    assert np.allclose(apart[~np.eye(categories, dtype=bool)], EVENLY_FILLED, rtol=0.01)


def test_weights_stretch_every_resample():
    generator = np.random.default_rng(2)
    tables = generator.normal(5, 3, (4, 50, 2))
    plain, weighed = standardised(tables), standardised(tables, (), (1.0, 4.0))
    assert np.allclose(weighed.rows, plain.rows * [1, 2], rtol=1e-5)
    assert np.allclose(weighed.others(tables[0])[1], plain.others(tables[0])[1] * [1, 2], rtol=1e-5)


def test_a_table_of_amounts_is_measured_as_ever():
    """Nothing that is drawn depends on kinds where there are none."""
    table = np.random.default_rng(3).normal(size=(80, 2))
    labels = {2: (table[:, 0] > 0).astype(np.intp)}
    found = battery(Sample(table), labels, kmeans([2]), (20, np.random.SeedSequence(1))).measures[2]
    assert found.normal.separation is None
    assert copulas(table, ColumnWeights(), 3, np.random.default_rng(0)).shape == (3, 80, 2)
