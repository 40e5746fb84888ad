"""Families of tables whose groups are real, yet run into one another: neither separated nor without structure.

Groups are spherical normal clouds of the same spread and size. Every two centres are `low` standard deviations apart or
more, and each group has another within `high`, so that no gap divides any group from all the others:

nearest at 4 to 4.5    a cut halfway leaves one to two customers in a hundred of both groups on the wrong side
nearest at 3.5 to 4    two to four in a hundred

They have no target. They show where the method ends, and how often it says *reproducible* of groups that are there but
not apart.
"""

from __future__ import annotations

import numpy as np

from .groups import Groups, equal_sizes, round_groups
from .known import Drawn, Matrix, Spec, in_units


def nearest_at_4_to_4_5(spec: Spec, generator: np.random.Generator) -> Drawn:
    """Groups that touch."""
    return _touching(spec, (4.0, 4.5), generator)


def nearest_at_3_5_to_4(spec: Spec, generator: np.random.Generator) -> Drawn:
    """Groups that run into one another further."""
    return _touching(spec, (3.5, 4.0), generator)


def _touching(spec: Spec, within: tuple[float, float], generator: np.random.Generator) -> Drawn:
    centres = chain(spec, within, generator)
    groups = Groups(centres, round_groups(np.ones(spec.groups), spec.columns))
    matrix, labels = groups.draw(equal_sizes(spec.rows, spec.groups), generator)
    return in_units(matrix), labels


def chain(spec: Spec, within: tuple[float, float], generator: np.random.Generator) -> Matrix:
    """Centres (k, columns), each at a distance `within` the bounds from an earlier one, no two nearer than the lower.

    Which earlier one, in what direction, and how far within the bounds is left to chance.
    """
    centres = np.zeros((1, spec.columns))
    while len(centres) < spec.groups:
        direction = generator.standard_normal(spec.columns)
        step = generator.uniform(*within) * direction / np.linalg.norm(direction)
        candidate = centres[generator.integers(len(centres))] + step
        if np.linalg.norm(centres - candidate, axis=1).min() >= within[0]:
            centres = np.vstack([centres, candidate])
    return centres
