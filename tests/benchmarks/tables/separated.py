"""Families of tables whose groups are apart by the rule in `groups`: what each adds to it.

equal             spherical groups of the same spread and size
unequal sizes     the smallest has one customer in twenty, 15 at least
unequal spread    standard deviations from 1 to 3
elongated         each group two to three times as long as wide, in a direction of its own
outliers          two customers in a hundred scattered two to four times as far out as the farthest customer of a group
irrelevant        one or two columns of noise beside those that carry the groups, to be clustered like them
money             the rule holds for the logarithms; the columns are the amounts, heavily skewed
other shapes      no group is normal: each is a ball evenly filled, or skewed, or heavy-tailed, as chance will have it
"""

from __future__ import annotations

import numpy as np

from .groups import (
    elongated_groups,
    equal_sizes,
    place,
    round_groups,
    unequal_deviations,
    unequal_sizes,
)
from .known import OUTLIER, Drawn, Labels, Matrix, Spec, as_money, in_units
from .shapes import ball, skewed, student

OUTLIER_SHARE = 0.02
NEAREST_OUTLIER, FARTHEST_OUTLIER = 2.0, 4.0
MONEY_DEVIATION = 0.3
"""Of the natural logarithms within a group: two customers in three lie within a third of the group's median."""
SHAPES = ("ball", "skewed", "student")
DEGREES_OF_FREEDOM = 5
"""Of the heavy-tailed groups: excess kurtosis 6."""


def equal(spec: Spec, generator: np.random.Generator) -> Drawn:
    """Spherical groups of the same spread and size."""
    matrix, labels = _spherical(spec, generator)
    return in_units(matrix), labels


def of_unequal_sizes(spec: Spec, generator: np.random.Generator) -> Drawn:
    """Spherical groups, one of them small."""
    groups = place(round_groups(np.ones(spec.groups), spec.columns), generator)
    matrix, labels = groups.draw(unequal_sizes(spec.rows, spec.groups, generator), generator)
    return in_units(matrix), labels


def of_unequal_spread(spec: Spec, generator: np.random.Generator) -> Drawn:
    """Spherical groups of the same size, tight and wide ones."""
    groups = place(round_groups(unequal_deviations(spec.groups, generator), spec.columns), generator)
    matrix, labels = groups.draw(equal_sizes(spec.rows, spec.groups), generator)
    return in_units(matrix), labels


def elongated(spec: Spec, generator: np.random.Generator) -> Drawn:
    """Cigars of the same size."""
    groups = place(elongated_groups(spec.groups, spec.columns, generator), generator)
    matrix, labels = groups.draw(equal_sizes(spec.rows, spec.groups), generator)
    return in_units(matrix), labels


def with_outliers(spec: Spec, generator: np.random.Generator) -> Drawn:
    """Spherical groups of the same size, and a few customers far from all of them."""
    outliers = round(OUTLIER_SHARE * spec.rows)
    matrix, labels = _spherical(Spec(spec.rows - outliers, spec.groups, spec.columns), generator)
    middle = matrix.mean(axis=0)
    farthest = np.linalg.norm(matrix - middle, axis=1).max()
    directions = generator.standard_normal((outliers, spec.columns))
    directions /= np.linalg.norm(directions, axis=1, keepdims=True)
    distances = farthest * generator.uniform(NEAREST_OUTLIER, FARTHEST_OUTLIER, (outliers, 1))
    everybody = np.vstack([matrix, middle + distances * directions])
    return in_units(everybody), np.concatenate([labels, np.full(outliers, OUTLIER)])


def with_irrelevant_columns(spec: Spec, generator: np.random.Generator) -> Drawn:
    """Spherical groups of the same size; one column of normal noise, or with it a second of uniform noise."""
    matrix, labels = _spherical(spec, generator)
    noise = [generator.standard_normal(spec.rows), generator.uniform(size=spec.rows)]
    return in_units(np.column_stack([matrix, *noise[: int(generator.integers(1, 3))]])), labels


def money(spec: Spec, generator: np.random.Generator) -> Drawn:
    """Amounts whose logarithms form spherical groups of the same size."""
    matrix, labels = _spherical(spec, generator)
    return as_money(MONEY_DEVIATION * matrix), labels


def other_shapes(spec: Spec, generator: np.random.Generator) -> Drawn:
    """Groups of the same spread and size, each of a shape of chance."""
    groups = place(round_groups(np.ones(spec.groups), spec.columns), generator)
    sizes = equal_sizes(spec.rows, spec.groups)
    clouds = [_of_some_shape(int(size), spec.columns, generator) for size in sizes]
    labels = np.repeat(np.arange(spec.groups), sizes)
    return in_units(groups.centres[labels] + np.vstack(clouds)), labels


def _of_some_shape(rows: int, columns: int, generator: np.random.Generator) -> Matrix:
    shape = generator.choice(SHAPES)
    if shape == "student":
        return student(rows, columns, DEGREES_OF_FREEDOM, generator)
    return (ball if shape == "ball" else skewed)(rows, columns, generator)


def _spherical(spec: Spec, generator: np.random.Generator) -> tuple[Matrix, Labels]:
    groups = place(round_groups(np.ones(spec.groups), spec.columns), generator)
    return groups.draw(equal_sizes(spec.rows, spec.groups), generator)
