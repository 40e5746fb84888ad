"""Tables on which algorithms agree, and tables on which they must not."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.cluster import Points, points
from analysis.features import Labels, Matrix


def standardised(rows: Matrix) -> Matrix:
    """As the features are: standardised and sorted."""
    scaled = (rows - rows.mean(axis=0)) / rows.std(axis=0)
    return np.asarray(scaled[np.lexsort(scaled.T[::-1])])


def kinds(centres: list[list[float]], spread: list[float], each: int, seed: int = 5) -> tuple[Matrix, Labels]:
    """Groups of a size, standardised and in canonical order, and the group of each row."""
    generator = np.random.default_rng(seed)
    rows = np.vstack([generator.normal(centre, spread, (each, 2)) for centre in centres])
    scaled = (rows - rows.mean(axis=0)) / rows.std(axis=0)
    order = np.lexsort(scaled.T[::-1])
    return scaled[order], np.repeat(np.arange(len(centres)), each)[order]


@pytest.fixture(scope="session")
def three() -> tuple[Matrix, Labels]:
    """Three groups far apart, of 60 rows each."""
    return kinds([[0, 0], [40, 5], [20, 50]], [2, 2], 60)


@pytest.fixture(scope="session")
def three_points(three: tuple[Matrix, Labels]) -> Points:
    return points(three[0])


@pytest.fixture(scope="session")
def scattered() -> Matrix:
    """Two dense groups, and rows strewn evenly over the whole plane."""
    generator = np.random.default_rng(9)
    dense = [generator.normal(centre, 0.4, (80, 2)) for centre in ([-5, 0], [5, 0])]
    return standardised(np.vstack([*dense, generator.uniform(-14, 14, (40, 2))]))
