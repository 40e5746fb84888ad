"""Distances by the coordinates that are known, with the right values written out."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.clustering.algorithms.gaussian_assignment import Clouds
from analysis.clustering.algorithms.hdbscan_assignment import Crowds
from analysis.clustering.placement import Placement
from analysis.preparation.partial import incomplete, nearest, patterns, squared

NAN = np.nan
CENTRES = np.array([[0.0, 0.0, 0.0], [3.0, 0.0, 0.0], [0.0, 4.0, 1.0]])


def test_a_whole_row_has_the_usual_distance() -> None:
    assert squared(np.array([[0.0, 0.0, 1.0]]), CENTRES).tolist() == [[1, 10, 16]]


def test_a_gap_is_left_out_and_the_sum_raised_by_all_coordinates_over_the_known_ones() -> None:
    found = squared(np.array([[1.0, NAN, 1.0]]), CENTRES)
    assert found[0] == pytest.approx([(1 + 1) * 1.5, (4 + 1) * 1.5, (1 + 0) * 1.5])


def test_the_nearest_is_that_of_the_known_coordinates() -> None:
    rows = np.array([[2.0, NAN, NAN], [NAN, 3.0, NAN], [NAN, NAN, 0.6]])
    assert nearest(rows, CENTRES).tolist() == [1, 2, 2]
    assert incomplete(rows).all()


def test_patterns_are_the_different_sets_of_known_columns() -> None:
    rows = np.array([[1.0, NAN], [NAN, 2.0], [3.0, NAN]])
    found = {tuple(known.tolist()): places.tolist() for known, places in patterns(rows)}
    assert found == {(True, False): [0, 2], (False, True): [1]}


def test_the_middle_of_a_column_draws_nobody() -> None:
    """A gap filled with the middle, 0, would join the third group."""
    centres = np.array([[-3.0, 0.0], [3.0, 0.3], [0.0, 0.6]])
    rows = np.array([[NAN, 0.1]])
    assert Placement(centres, None).assigned(rows).tolist() == [0]
    assert Placement(centres, None).distances(rows)[0] == pytest.approx(np.sqrt([0.02, 0.08, 0.5]))


@given(st.lists(st.floats(-5, 5), min_size=3, max_size=3), st.integers(0, 5))
def test_a_cloud_along_some_axes_is_its_margin(row: list[float], seed: int) -> None:
    draw = np.random.default_rng(seed)
    factor = draw.normal(0, 1, (3, 3)) + 3 * np.eye(3)
    covariance = factor @ factor.T
    root = np.linalg.inv(np.linalg.cholesky(covariance)).T
    cloud = Clouds(np.array([1.0]), np.zeros((1, 3)), root[None])
    known = np.array([True, False, True])
    margin = covariance[np.ix_(known, known)]
    off = np.array(row)[known]
    expected = -0.5 * off @ np.linalg.solve(margin, off) - 0.5 * np.log(np.linalg.det(margin))
    assert cloud.along(known).likelihood(off[None])[0, 0] == pytest.approx(expected)


def test_a_crowd_reaches_less_far_along_fewer_axes() -> None:
    crowd = Crowds(np.array([[0.0, 0.0], [9.0, 9.0]]), np.array([0, 1]), np.array([2.0, 2.0]))
    placement = Placement(np.array([[0.0, 0.0], [9.0, 9.0]]), crowd, leaves_over=True)
    # Along one of two axes the reach of 2 is 2 / √2 = 1.41.
    assert placement.assigned(np.array([[1.4, NAN], [1.5, NAN], [NAN, 8.0], [0.5, 0.5]])).tolist() == [0, 2, 1, 0]
