"""The families, the tables that each has, and the seeds they grow from."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from . import separated, structureless
from .known import Drawn, Frame, Known, Spec, canonical


@dataclass(frozen=True)
class Family:
    """Tables of one kind."""

    name: str
    separated: bool
    specs: tuple[Spec, ...]
    draw: Callable[[Spec, np.random.Generator], Drawn]

    def table(self, number: int, seed: int = 0) -> Known:
        """One of the family's tables; another `seed` gives a fresh one of the same make, to hold a rule against."""
        spec = self.specs[number]
        generator = np.random.default_rng([seed, zlib.crc32(self.name.encode()), number])
        frame, labels = self.draw(spec, generator)
        order = generator.permutation(spec.rows)
        return Known(self.name, number, spec, frame.iloc[order].reset_index(drop=True), canonical(labels[order]))


def _groups(name: str, draw: Callable[[Spec, np.random.Generator], Drawn], *specs: tuple[int, int, int]) -> Family:
    return Family(name, separated=True, specs=tuple(Spec(*each) for each in specs), draw=draw)


def _cloud(name: str, draw: Callable[[Spec, np.random.Generator], Frame], *specs: tuple[int, int]) -> Family:
    def one_group(spec: Spec, generator: np.random.Generator) -> Drawn:
        return draw(spec, generator), np.zeros(spec.rows, dtype=np.int64)

    return Family(name, separated=False, specs=tuple(Spec(rows, 1, columns) for rows, columns in specs), draw=one_group)


VARIED = ((150, 2, 2), (150, 4, 3), (200, 3, 2), (300, 5, 2), (400, 6, 3), (600, 8, 4), (1000, 7, 5), (2500, 4, 4))
"""Rows, groups, columns: few and many of each."""
CLOUDS = ((150, 2), (200, 3), (300, 4), (500, 2), (1000, 3), (2500, 4))
"""Rows, columns."""

FAMILIES: tuple[Family, ...] = (
    _groups("equal", separated.equal, *VARIED, (5000, 6, 3)),
    _groups("unequal sizes", separated.of_unequal_sizes, *((max(rows, 300), k, d) for rows, k, d in VARIED)),
    _groups("unequal spread", separated.of_unequal_spread, *VARIED),
    _groups("elongated", separated.elongated, *VARIED),
    _groups("outliers", separated.with_outliers, *VARIED),
    # A column of noise weighs as much as one that carries groups: many groups in two columns would drown in it.
    _groups(
        "irrelevant columns",
        separated.with_irrelevant_columns,
        *((150, 2, 2), (200, 3, 2), (300, 2, 3), (300, 3, 3), (500, 4, 3), (600, 4, 4), (1000, 5, 5), (2000, 3, 4)),
    ),
    _groups(
        "money",
        separated.money,
        *((150, 2, 2), (200, 3, 2), (300, 4, 2), (400, 3, 3), (500, 5, 3), (800, 6, 4), (1000, 4, 4), (3000, 5, 2)),
    ),
    _cloud("uniform box", structureless.uniform_box, *CLOUDS),
    _cloud("uniform ball", structureless.uniform_ball, *CLOUDS),
    _cloud("normal", structureless.normal, *CLOUDS, (5000, 3)),
    _cloud("correlated", structureless.correlated, *CLOUDS),
    _cloud("heavy tails", structureless.heavy_tails, *CLOUDS),
    _cloud("money cloud", structureless.money_cloud, *CLOUDS),
    _cloud("duplicated column", structureless.duplicated, *CLOUDS),
)


def known_tables(family: str | None = None, *, quick: bool = False) -> Iterator[tuple[Family, int]]:
    """Family and number of each table: of all families or one, and only each third where it must be quick."""
    for each in FAMILIES:
        if family in {None, each.name}:
            for number in range(0, len(each.specs), 3 if quick else 1):
                yield each, number
