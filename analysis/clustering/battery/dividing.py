"""What the battery needs of an algorithm: to divide many tables at once, and to assign rows to what it found."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from analysis.basics.arrays import Matrix

Single = NDArray[np.float32]
SmallLabels = NDArray[np.uint8]
"""Segments 0, 1, …; there are never more than twenty."""


class Divisions(Protocol):
    """Many tables, each divided into as many segments."""

    @property
    def labels(self) -> SmallLabels:
        """Segment of each row, (tables, n)."""

    @property
    def inertia(self) -> Matrix:
        """Sum of the squared distances to the segments' means, (tables,)."""

    def assigned(self, tables: Single) -> SmallLabels:
        """Segments of the rows of other tables (tables, m, p), each by its own division, (tables, m)."""


class Divide(Protocol):
    """An algorithm with its numbers of segments."""

    def __call__(
        self, tables: Single, generator: np.random.Generator, *, lightly: bool = False
    ) -> Mapping[int, Divisions]:
        """Tables (tables, n, p), standardised → number of segments → divisions.

        `lightly` says that they are structureless, where no division is much better than many others.
        """


Ways = Callable[[Sequence[int]], Divide]
"""What divides tables into each of these numbers of segments."""
