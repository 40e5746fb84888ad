import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import stdtr

from analysis.statistics import student
from analysis.statistics.student import FEW, MODERATE, beyond


@given(st.floats(1, MODERATE), st.floats(-1e9, 1e9))
def test_a_few_figures_and_many_have_the_same_p(freedom, t):
    few = beyond(np.array([t]), np.array([freedom]))[0]
    assert few == pytest.approx(2 * stdtr(freedom, -abs(t)), rel=1e-6, abs=1e-290)


@pytest.mark.parametrize("size", [2, FEW + 2])
def test_edges_and_what_is_no_number(size):
    t, freedom = np.resize([0.0, np.inf], size), np.resize([5.0, 1.0], size)
    assert beyond(t, freedom)[:2].tolist() == [1, 0]
    t[0], freedom[1] = np.nan, np.nan
    assert np.isnan(beyond(t, freedom)[:2]).all()


def test_the_shape_stays(monkeypatch):
    t = np.array([[0.5, -2.0], [3.0, 8.0]])
    few = beyond(t, np.full((2, 2), 12.0))
    monkeypatch.setattr(student, "FEW", 0)
    assert few == pytest.approx(beyond(t, np.full((2, 2), 12.0)))
    assert beyond(np.empty((3, 0)), np.empty((3, 0))).shape == (3, 0)
