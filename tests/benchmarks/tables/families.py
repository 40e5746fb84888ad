"""The families, the tables that each has, and the seeds they grow from."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np

from . import mixed, overlapping, power, separated, structureless
from .known import Drawn, Frame, Kind, Known, Spec, canonical

Draw = Callable[[Spec, np.random.Generator], Drawn]


@dataclass(frozen=True)
class Family:
    """Tables of one kind."""

    name: str
    kind: Kind
    specs: tuple[Spec, ...]
    draw: Draw

    def table(self, number: int, seed: int = 0) -> Known:
        """One of the family's tables; another `seed` gives a fresh one of the same make, to hold a rule against."""
        spec = self.specs[number]
        generator = np.random.default_rng([seed, zlib.crc32(self.name.encode()), number])
        frame, labels = self.draw(spec, generator)
        order = generator.permutation(spec.rows)
        return Known(self.name, number, spec, frame.iloc[order].reset_index(drop=True), canonical(labels[order]))


def _apart(name: str, draw: Draw, *specs: tuple[int, int, int]) -> Family:
    return Family(name, "separated", tuple(Spec(*each) for each in specs), draw)


def _touching(name: str, draw: Draw, *specs: tuple[int, int, int]) -> Family:
    return Family(name, "overlapping", tuple(Spec(*each) for each in specs), draw)


def _cloud(name: str, draw: Callable[[Spec, np.random.Generator], Frame], *specs: tuple[int, int]) -> Family:
    def one_group(spec: Spec, generator: np.random.Generator) -> Drawn:
        return draw(spec, generator), np.zeros(spec.rows, dtype=np.int64)

    return Family(name, "structureless", tuple(Spec(rows, 1, columns) for rows, columns in specs), one_group)


def _in_steps() -> Iterator[Family]:
    """Tables that differ in nothing but how far apart their groups are; at 0 there is one."""

    def alone(spec: Spec, generator: np.random.Generator) -> Drawn:
        return power.one_group(spec, generator), np.zeros(spec.rows, dtype=np.int64)

    yield Family("apart by 0", "structureless", power.CLOUDS, alone)
    for distance in power.DISTANCES:
        yield Family(f"apart by {distance:g}", "power", power.SPECS, partial(power.groups_at, distance))


VARIED = ((150, 2, 2), (150, 4, 3), (200, 3, 2), (300, 5, 2), (400, 6, 3), (600, 8, 4), (1000, 7, 5), (2500, 4, 4))
"""Rows, groups, columns: few and many of each."""
TOUCHING = ((200, 2, 2), (200, 4, 3), (300, 3, 2), (500, 5, 3), (800, 2, 4), (1000, 6, 4), (1500, 4, 2), (2000, 3, 3))
"""Rows, groups, columns."""
CLOUDS = ((150, 2), (200, 3), (300, 4), (500, 2), (1000, 3), (2500, 4))
"""Rows, columns."""

MIXED_GROUPS = ((200, 2, 2), (300, 3, 2), (400, 3, 3), (500, 4, 3), (800, 5, 4), (2000, 4, 3))
CLASSES = ((300, 2, 6), (300, 3, 8), (500, 2, 10), (500, 4, 8), (1000, 3, 6), (1000, 5, 12))
"""Rows, groups, columns."""
MIXED_CLOUDS = ((150, 2), (200, 3), (300, 4), (400, 5), (500, 2), (800, 6), (1000, 4), (2000, 3))
ANSWERS = ((150, 3), (200, 4), (300, 5), (400, 8), (500, 3), (800, 6), (1000, 7), (2000, 10))
"""Rows, columns."""

FAMILIES: tuple[Family, ...] = (
    _apart("equal", separated.equal, *VARIED, (5000, 6, 3)),
    _apart("unequal sizes", separated.of_unequal_sizes, *((max(rows, 300), k, d) for rows, k, d in VARIED)),
    _apart("unequal spread", separated.of_unequal_spread, *VARIED),
    _apart("elongated", separated.elongated, *VARIED),
    _apart("outliers", separated.with_outliers, *VARIED),
    # A column of noise weighs as much as one that carries groups: many groups in two columns would drown in it.
    _apart(
        "irrelevant columns",
        separated.with_irrelevant_columns,
        *((150, 2, 2), (200, 3, 2), (300, 2, 3), (300, 3, 3), (500, 4, 3), (600, 4, 4), (1000, 5, 5), (2000, 3, 4)),
    ),
    _apart(
        "money",
        separated.money,
        *((150, 2, 2), (200, 3, 2), (300, 4, 2), (400, 3, 3), (500, 5, 3), (800, 6, 4), (1000, 4, 4), (3000, 5, 2)),
    ),
    _apart("other shapes", separated.other_shapes, *VARIED),
    _apart("mixed groups", mixed.mixed_groups, *MIXED_GROUPS),
    _touching("nearest at 4 to 4.5", overlapping.nearest_at_4_to_4_5, *TOUCHING),
    _touching("nearest at 3.5 to 4", overlapping.nearest_at_3_5_to_4, *TOUCHING),
    _touching("latent classes", mixed.latent_classes, *CLASSES),
    _cloud("uniform box", structureless.uniform_box, *CLOUDS),
    _cloud("uniform ball", structureless.uniform_ball, *CLOUDS),
    _cloud("normal", structureless.normal, *CLOUDS, (5000, 3)),
    _cloud("correlated", structureless.correlated, *CLOUDS),
    _cloud("heavy tails", structureless.heavy_tails, *CLOUDS),
    _cloud("money cloud", structureless.money_cloud, *CLOUDS),
    _cloud("duplicated column", structureless.duplicated, *CLOUDS),
    _cloud("mixed, independent", mixed.independent, *MIXED_CLOUDS),
    _cloud("mixed, correlated", mixed.correlated, *MIXED_CLOUDS),
    _cloud("answers", mixed.answers, *ANSWERS),
    _cloud("categories", mixed.categories, *ANSWERS),
    *_in_steps(),
)


def known_tables(family: str | None = None, *, quick: bool = False) -> Iterator[tuple[Family, int]]:
    """Family and number of each table: of all families or one, and only each third where it must be quick."""
    for each in FAMILIES:
        if family in {None, each.name}:
            for number in range(0, len(each.specs), 3 if quick else 1):
                yield each, number
