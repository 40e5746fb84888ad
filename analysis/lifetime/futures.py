"""Futures drawn at random: what each customer may do in the months ahead, under given parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analysis.customers.histories import Histories
from analysis.lifetime.horizon import Horizon
from analysis.lifetime.purchases import BetaGeometricModel
from analysis.lifetime.spending import Spending

if TYPE_CHECKING:
    from analysis.basics.arrays import Matrix


def future(
    purchases: BetaGeometricModel,
    spending: Spending,
    histories: Histories,
    horizon: Horizon,
    generator: np.random.Generator,
) -> tuple[Matrix, Matrix]:
    """One future of every customer: purchases, and their discounted value, (customers,) each.

    Rate, readiness to leave and amounts are drawn from what the history leaves open (their posterior distributions,
    which are again gamma and beta), then single purchases until the customer leaves or the months are over.
    """
    x, everybody = histories.repeats, len(histories.repeats)
    active = generator.random(everybody) < purchases.alive(x, histories.last, histories.observed)
    rate = generator.gamma(purchases.r + x) / (purchases.alpha + histories.observed)
    leaving = generator.beta(purchases.a, purchases.b + x)
    spent = np.where(x > 0, x * np.maximum(np.nan_to_num(histories.mean_value), 0), 0)
    level = generator.gamma(spending.q + spending.p * x) / (spending.gamma + spent)
    bought, value, clock = np.zeros(everybody), np.zeros(everybody), np.zeros(everybody)
    still, factors = np.flatnonzero(active), horizon.factors
    while len(still):
        # A rate may be drawn as nought: then the next purchase never comes.
        with np.errstate(divide="ignore"):
            clock[still] += generator.standard_exponential(len(still)) / rate[still]
        still = still[clock[still] < horizon.ends[-1]]
        month = np.minimum(clock[still] / horizon.month, horizon.months - 1).astype(np.intp)
        bought[still] += 1
        value[still] += generator.gamma(spending.p, size=len(still)) / level[still] * factors[month]
        still = still[generator.random(len(still)) >= leaving[still]]
    return bought, value
