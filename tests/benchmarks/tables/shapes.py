"""Clouds of customers that are not normal, each about the origin with a standard deviation of 1 along every line.

The deviation is the distribution's own, not that of the customers drawn.
"""

from __future__ import annotations

import numpy as np

from .known import Matrix

GAMMA_SHAPE = 4.0
"""Skewness 1, excess kurtosis 1.5."""


def ball(rows: int, columns: int, generator: np.random.Generator) -> Matrix:
    """Uniform in a ball of radius √(columns + 2): a random direction, and a radius whose power is uniform."""
    directions = generator.standard_normal((rows, columns))
    directions /= np.linalg.norm(directions, axis=1, keepdims=True)
    radii = generator.uniform(size=(rows, 1)) ** (1 / columns)
    uniform: Matrix = directions * radii * np.sqrt(columns + 2)
    return uniform


def skewed(rows: int, columns: int, generator: np.random.Generator) -> Matrix:
    """A gamma distribution along each column, its long tail to a side of chance."""
    side = generator.choice([-1.0, 1.0], columns)
    gamma = generator.gamma(GAMMA_SHAPE, size=(rows, columns))
    skew: Matrix = side * (gamma - GAMMA_SHAPE) / np.sqrt(GAMMA_SHAPE)
    return skew


def student(rows: int, columns: int, degrees: int, generator: np.random.Generator) -> Matrix:
    """Multivariate t: each customer of a normal cloud moved out or in by a factor of the customer's own.

    Needs three `degrees` of freedom or more, for fewer have no standard deviation.
    """
    factor = np.sqrt((degrees - 2) / generator.chisquare(degrees, (rows, 1)))
    heavy: Matrix = generator.standard_normal((rows, columns)) * factor
    return heavy
