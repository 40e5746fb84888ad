"""Some of the customers' histories, and customers with the same history counted."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.customers.histories import Histories

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from analysis.basics.arrays import Labels, Matrix


def some(histories: Histories, rows: NDArray[Any]) -> Histories:
    """The histories of some customers, by position or mask."""
    return Histories(
        histories.repeats[rows], histories.last[rows], histories.observed[rows], histories.mean_value[rows]
    )


@dataclass(frozen=True, eq=False)
class CountedHistories:
    """Distinct histories, sorted, with the number of customers who share each; all arrays (histories,)."""

    repeats: Matrix
    """Purchase occasions after the first, x."""
    last: Matrix
    """Time from the first occasion to the last, t_x; 0 for those who bought once."""
    observed: Matrix
    """Time from the first occasion to the reference date, T."""
    weights: Matrix
    """Customers."""

    @cached_property
    def numbers(self) -> tuple[Matrix, Labels]:
        """The distinct numbers of repeat purchases, few, and for each history the position of its own."""
        counts, places = np.unique(self.repeats, return_inverse=True)
        return counts, places.reshape(-1)

    def weighing(self, weights: Matrix) -> CountedHistories:
        """The same histories with other weights; those of nobody are left out."""
        kept = weights > 0
        return CountedHistories(self.repeats[kept], self.last[kept], self.observed[kept], weights[kept])


def counted(repeats: Matrix, last: Matrix, observed: Matrix) -> tuple[CountedHistories, Labels]:
    """Equal histories put together, and for each customer the position of theirs, (customers,)."""
    rows = np.column_stack([repeats, last, observed]).astype(np.float64)
    distinct, places = np.unique(rows, axis=0, return_inverse=True)
    places = places.reshape(-1)
    x, t_x, whole = distinct.T.copy()
    return CountedHistories(x, t_x, whole, np.bincount(places).astype(np.float64)), places
