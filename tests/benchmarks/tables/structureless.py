"""Families of tables that have no groups, whatever a clustering finds in them.

uniform box       each column uniform, on its own
uniform ball      everybody equally likely anywhere in a ball
normal            one spherical normal cloud
correlated        one normal cloud, its longest axis two to five times its shortest, in a direction of chance
heavy tails       one spherical cloud of Student's t with 3 degrees of freedom
money cloud       one lognormal cloud of amounts, the columns correlated as purchases are
duplicated        one spherical normal cloud with a column that stands twice: exactly, or but for a measurement error
"""

from __future__ import annotations

import numpy as np

from .known import Frame, Matrix, Spec, as_money, in_units
from .shapes import ball, student

DEGREES_OF_FREEDOM = 3
MONEY_DEVIATION, MONEY_CORRELATION = 0.9, 0.4
MEASUREMENT_ERROR = 0.02


def uniform_box(spec: Spec, generator: np.random.Generator) -> Frame:
    """Uniform in a box."""
    return in_units(generator.uniform(size=(spec.rows, spec.columns)))


def uniform_ball(spec: Spec, generator: np.random.Generator) -> Frame:
    """Uniform in a ball."""
    return in_units(ball(spec.rows, spec.columns, generator))


def normal(spec: Spec, generator: np.random.Generator) -> Frame:
    """One spherical normal cloud."""
    return in_units(generator.standard_normal((spec.rows, spec.columns)))


def correlated(spec: Spec, generator: np.random.Generator) -> Frame:
    """One normal cloud with axes of different length."""
    axes, _ = np.linalg.qr(generator.standard_normal((spec.columns, spec.columns)))
    lengths = np.linspace(generator.uniform(2, 5), 1, spec.columns)
    return in_units((generator.standard_normal((spec.rows, spec.columns)) * lengths) @ axes.T)


def heavy_tails(spec: Spec, generator: np.random.Generator) -> Frame:
    """Multivariate t."""
    return in_units(student(spec.rows, spec.columns, DEGREES_OF_FREEDOM, generator))


def money_cloud(spec: Spec, generator: np.random.Generator) -> Frame:
    """One lognormal cloud: who spends much on one thing spends rather more on the others."""
    shared: Matrix = generator.standard_normal((spec.rows, 1))
    own = generator.standard_normal((spec.rows, spec.columns))
    mixed = np.sqrt(MONEY_CORRELATION) * shared + np.sqrt(1 - MONEY_CORRELATION) * own
    return as_money(MONEY_DEVIATION * mixed)


def duplicated(spec: Spec, generator: np.random.Generator) -> Frame:
    """A normal cloud whose first column comes again as the last."""
    matrix = generator.standard_normal((spec.rows, spec.columns))
    error = MEASUREMENT_ERROR * int(generator.integers(2)) * generator.standard_normal(spec.rows)
    return in_units(np.column_stack([matrix, matrix[:, 0] + error]))
