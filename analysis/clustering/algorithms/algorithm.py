"""What every algorithm offers: to divide the customers, and to divide many tables for the battery."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, Protocol

from analysis.clustering.algorithms.cluster import Partition, Points
from analysis.clustering.battery.dividing import Divide
from analysis.contract.base import Algorithm as Name


class Algorithm(Protocol):
    """One way to divide customers into segments.

    What `fit` does to the customers once, with every care, `divide` does to hundreds of tables, as nearly as time
    allows; each algorithm's module says where the two differ.
    """

    name: ClassVar[Name]
    finds_number: ClassVar[bool]
    """Whether it finds the number of segments by itself and leaves customers unassigned; else it is told the number."""
    measured: ClassVar[int]
    """Customers on whom the battery runs at most."""
    side_by_side: ClassVar[bool]
    """Whether parts of the battery run at the same time; that helps only who computes in arrays."""

    def fit(self, points: Points, ks: Sequence[int], seed: Callable[[int], int]) -> Sequence[Partition]:
        """A division for each of the numbers `ks`, those left out that the algorithm cannot fill.

        `seed` gives the seed of the fit with k segments. One that finds the number gives one division, or none.
        """

    def divide(self, ks: Sequence[int]) -> Divide:
        """The same for many tables at once; one that finds the number gives `ROOM` groups, whatever it is asked."""
