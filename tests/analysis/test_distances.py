import numpy as np
import pytest
from scipy.spatial.distance import cdist

from analysis.basics import distances
from analysis.basics.distances import between
from analysis.preparation import outliers


@pytest.mark.parametrize("columns", [1, 3, 12])
def test_small_tables_have_the_distances_of_large_ones(columns, monkeypatch):
    rows = np.random.default_rng(columns).normal(size=(60, columns))
    rows[10] = rows[11]
    assert between(rows) == pytest.approx(cdist(rows, rows), rel=1e-12)
    assert between(rows)[10, 11] == 0
    monkeypatch.setattr(distances, "NUMPY_UP_TO", 10)
    assert between(rows) == pytest.approx(cdist(rows, rows), rel=1e-12)


@pytest.mark.parametrize("columns", [2, 5, 10])
def test_isolation_is_the_same_with_and_without_a_tree(columns, monkeypatch):
    rows = np.random.default_rng(columns).normal(size=(200, columns))
    few = outliers._isolation(rows)
    monkeypatch.setattr(outliers, "EVERY_PAIR_UP_TO", 0)
    assert few == pytest.approx(outliers._isolation(rows), rel=1e-9)
