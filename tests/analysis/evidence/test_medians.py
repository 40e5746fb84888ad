"""Medians over resamples are those of the customers drawn, each as often as they were drawn."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from analysis.statistics.medians import medians


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 40))
def test_each_is_that_of_the_customers_drawn(seed: int, size: int):
    generator = np.random.default_rng(seed)
    values = generator.integers(0, 9, (size, 2)).astype(np.float64)
    values[generator.random(values.shape) < 0.1] = np.nan
    labels = generator.integers(-1, 3, (4, size)).astype(np.int8)
    weights = generator.poisson(1, (4, size)).astype(np.float64)
    found = medians(values, labels, weights, 3)
    assert found.shape == (4, 3, 2)
    for draw, segment, column in np.ndindex(4, 3, 2):
        inside = (labels[draw] == segment) & np.isfinite(values[:, column])
        drawn = np.repeat(values[inside, column], weights[draw, inside].astype(int))
        assert_allclose(found[draw, segment, column], np.median(drawn) if len(drawn) else np.nan)
