"""Families that ask how much structure the verdict needs before it says so.

Groups stand in a chain: each has its nearest neighbour at the stated distance (up to a twentieth more), in standard
deviations of one group, and no two are nearer than that. At 0 there is one group only. Distances, numbers of customers,
groups and columns, unequal sizes and skewed groups are fixed here, before any table is analysed.

2    one hump: two equal normal groups have a single peak up to here, whatever the number of customers
3    two humps; a cut halfway puts one customer in fifteen of either group on the wrong side
4    one in forty-four
5    one in a hundred and sixty
6, 8 hardly any: a gap that anybody would see
"""

from __future__ import annotations

import numpy as np

from .groups import equal_sizes, unequal_sizes
from .known import Drawn, Frame, Spec, in_units
from .overlapping import chain
from .shapes import skewed

DISTANCES = (2.0, 3.0, 4.0, 5.0, 6.0, 8.0)
NEAREST_TO_DISTANCE = 1.05

SPECS = tuple(
    Spec(rows, groups, columns, sizes, shape)
    for rows, groups, columns, sizes, shape in (
        (100, 2, 2, "equal", "normal"),
        (100, 3, 3, "equal", "normal"),
        (200, 3, 2, "unequal", "normal"),
        (200, 4, 3, "equal", "skewed"),
        (200, 2, 5, "equal", "normal"),
        (500, 3, 2, "equal", "skewed"),
        (500, 5, 4, "equal", "normal"),
        (500, 2, 8, "unequal", "normal"),
        (1000, 4, 3, "unequal", "normal"),
        (1000, 6, 8, "equal", "normal"),
        (2000, 3, 5, "equal", "normal"),
        (2000, 5, 3, "unequal", "skewed"),
    )
)
"""The same at every distance."""
CLOUDS = tuple(Spec(each.rows, 1, each.columns, shape=shape) for each in SPECS for shape in ("normal", "skewed"))
"""One group of as many customers and columns as each of them, normal and skewed."""


def groups_at(distance: float, spec: Spec, generator: np.random.Generator) -> Drawn:
    """Groups whose nearest neighbour is that far."""
    centres = chain(spec, (distance, NEAREST_TO_DISTANCE * distance), generator)
    sizes = equal_sizes if spec.sizes == "equal" else lambda *both: unequal_sizes(*both, generator)
    labels = np.repeat(np.arange(spec.groups), sizes(spec.rows, spec.groups))
    if spec.shape == "skewed":
        noise = np.vstack([skewed(int(size), spec.columns, generator) for size in np.bincount(labels)])
    else:
        noise = generator.standard_normal((spec.rows, spec.columns))
    return in_units(centres[labels] + noise), labels


def one_group(spec: Spec, generator: np.random.Generator) -> Frame:
    """No structure at all: one group, normal or skewed."""
    if spec.shape == "skewed":
        return in_units(skewed(spec.rows, spec.columns, generator))
    return in_units(generator.standard_normal((spec.rows, spec.columns)))
