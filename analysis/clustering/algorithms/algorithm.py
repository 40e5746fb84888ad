"""What every algorithm offers: to divide the customers, and to divide many tables for the battery.

Whatever is done for one algorithm and not for another is an attribute or a method here; nobody asks for a name.
What is said of each where no engine may be loaded stands in `analysis.contract.algorithms`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import ClassVar

from analysis.clustering.algorithms.cluster import Partition, Points
from analysis.clustering.battery.dividing import Divide
from analysis.contract.algorithms import DEFAULT, described
from analysis.contract.algorithms import Algorithm as Name
from analysis.language import gettext_noop


class Algorithm(ABC):
    """One way to divide customers into segments.

    What `fit` does to the customers once, with every care, `divide` does to hundreds of tables, as nearly as time
    allows; each algorithm's module says where the two differ.
    """

    name: ClassVar[Name]
    measured: ClassVar[int] = 500
    """Customers on whom the battery runs at most."""
    side_by_side: ClassVar[bool] = False
    """Whether parts of the battery run at the same time; that helps only who computes in arrays."""
    scikit_learn: ClassVar[bool] = True
    """Whether scikit-learn divides, hundreds of times; it takes a second to import."""
    settles_on_all: ClassVar[bool] = False
    """Whether the segments found among a sample are then fitted to all customers."""
    largest_fit: ClassVar[int | None] = None
    """Customers that one fit holds at most; of more it takes a sample."""
    numbers_alone: ClassVar[str] = ""
    """Why it cannot go by categories; empty where it can."""
    room: ClassVar[int] = 0
    """Of one that finds the number: the groups of every division of `divide`, the last of them the unassigned."""
    rule: ClassVar[tuple[str, ...]] = ()
    """Of one that finds the number: how, one step each, as messages in English."""

    def __init__(self, smallest_share: float = 0.0) -> None:
        """Take note of the least share of the customers that a segment may have."""
        self.smallest_share = smallest_share

    @property
    def finds_number(self) -> bool:
        """Whether it finds the number of segments by itself and leaves customers unassigned."""
        return described(self.name).finds_number

    @abstractmethod
    def fit(self, points: Points, ks: Sequence[int], seed: Callable[[int], int]) -> Sequence[Partition]:
        """A division for each of the numbers `ks`, those left out that the algorithm cannot fill.

        `seed` gives the seed of the fit with k segments. One that finds the number gives one division, or none.
        """

    @abstractmethod
    def divide(self, ks: Sequence[int]) -> Divide:
        """The same for many tables at once; one that finds the number gives `room` groups, whatever it is asked."""

    def found(self, k: int, *, unassigned: bool) -> str:
        """Of one that finds the number: what it found, in words."""
        raise NotImplementedError(f"{self.name} is told the number of segments: {k}, {unassigned}")

    def nothing(self, fixed: int | None) -> tuple[str, str]:
        """Why there is no division of the table, a message in English with a slot `k`, and what to do.

        `fixed` is the team's number of segments.
        """
        fewer = ", or ask for fewer segments" if fixed and fixed > 2 else ""
        why = (
            gettext_noop("With {k} segments it leaves one of them empty.")
            if fixed
            else gettext_noop("With every number of segments tried it leaves one of them empty.")
        )
        return why, f"set model.algorithm to {DEFAULT}{fewer}"
