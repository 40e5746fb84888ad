"""What a customer is expected to bring in the months ahead, discounted to today."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from analysis.customers.histories import Histories
from analysis.language import gettext
from analysis.lifetime.maximum import NotFittedError
from analysis.lifetime.purchases import BetaGeometricModel
from analysis.lifetime.spending import Spending

if TYPE_CHECKING:
    from analysis.basics.arrays import Matrix

MONTH = 365.25 / 12
"""Days."""


@dataclass(frozen=True)
class Horizon:
    """The coming months, and by how much a sum a year ahead is worth less than one today."""

    months: int = 12
    discount_rate: float = 0.1
    """A year; .1: 110 in a year are worth 100 today."""
    month: float = MONTH
    """Length of a month in the unit of time of the histories."""

    @property
    def factors(self) -> Matrix:
        """What a sum is worth today that comes in the first, second, … month, (months,); each as at its end."""
        return np.asarray((1 + self.discount_rate) ** (-np.arange(1, self.months + 1) / 12))

    @property
    def ends(self) -> Matrix:
        """Where the months end, in the unit of time of the histories, (months,)."""
        return np.asarray(self.month * np.arange(1, self.months + 1))


@dataclass(frozen=True, eq=False)
class Outlook:
    """What is expected of each customer; all arrays (customers,)."""

    alive: Matrix
    """Probability of being still active."""
    returning: Matrix
    """Probability of a purchase within the months."""
    purchases: Matrix
    """Within the months, not discounted."""
    amount: Matrix
    """Mean amount of a purchase."""
    value: Matrix
    """Sum of the purchases' amounts within the months, each discounted by the end of its month."""


def outlook(purchases: BetaGeometricModel, spending: Spending, histories: Histories, horizon: Horizon) -> Outlook:
    """What the fitted models expect; refunds count, costs do not: value is turnover and no margin.

    Raises NotFittedError where the parameters are so extreme that the expectation cannot be computed.
    """
    history = (histories.repeats, histories.last, histories.observed)
    alive = purchases.alive(*history)
    whole, discounted = _if_alive(purchases, histories, horizon)
    amount = spending.expected(histories.repeats, histories.mean_value)
    if not np.isfinite(discounted).all():
        raise NotFittedError(gettext("the parameters of the model of repeat purchases are too extreme to compute with"))
    return Outlook(
        alive=alive,
        returning=purchases.returning(float(horizon.ends[-1]), *history),
        purchases=alive * whole,
        amount=amount,
        value=alive * discounted * amount,
    )


def _if_alive(purchases: BetaGeometricModel, histories: Histories, horizon: Horizon) -> tuple[Matrix, Matrix]:
    """Purchases of those still active, plain and discounted month by month, (customers,) each."""
    pairs, place = np.unique(np.column_stack([histories.repeats, histories.observed]), axis=0, return_inverse=True)
    with np.errstate(over="ignore", invalid="ignore"):  # what cannot be computed is refused by the caller
        until = purchases.if_alive(horizon.ends[:, None], pairs[:, 0], pairs[:, 1])
    each = np.diff(until, axis=0, prepend=0)
    place = place.reshape(-1)
    return until[-1][place], (horizon.factors @ each)[place]
