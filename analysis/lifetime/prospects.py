"""From histories to what is expected of every customer, how sure that is, and how the models stand the test."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from analysis.basics.sample import sample
from analysis.customers.histories import Histories
from analysis.lifetime import purchases, spending
from analysis.lifetime.histories import counted, some
from analysis.lifetime.horizon import Horizon, Outlook, outlook
from analysis.lifetime.resampled import DRAWS, Futures, futures

if TYPE_CHECKING:
    from analysis.basics.arrays import Labels, Matrix
    from analysis.lifetime.purchases import BetaGeometricModel
    from analysis.lifetime.spending import Spending

LARGEST_FITTED = 20_000
"""Customers that the models are fitted to, and futures drawn for, at most: of a larger table a random sample."""


@dataclass(frozen=True, eq=False)
class Prospects:
    """What the fitted models say of every customer."""

    purchases: BetaGeometricModel
    spending: Spending
    outlook: Outlook
    """Of every customer, in the order of the histories."""
    futures: Futures
    """Of the customers at `rows`."""
    repeats: Matrix
    """Days with a purchase after the first, of every customer."""
    rows: Labels
    """Positions of those that were fitted, (at most `LARGEST_FITTED`,)."""
    repeaters: int
    """Customers, of all, who bought again."""
    correlation: float | None
    """Pearson's, of number and mean amount of repeat purchases; None where one of them does not vary."""


def prospects(histories: Histories, horizon: Horizon, seed: np.random.SeedSequence, draws: int = DRAWS) -> Prospects:
    """Fit both models and look ahead.

    Raises NotFittedError, with a clause that says why, where that cannot be done.
    """
    order = np.lexsort((histories.mean_value, histories.observed, histories.last, histories.repeats))
    drawn, futures_seed = np.random.SeedSequence(seed.entropy, spawn_key=seed.spawn_key).spawn(2)
    rows = order[sample(len(order), LARGEST_FITTED, drawn)]
    known = some(histories, rows)
    models = (
        purchases.fitted(counted(known.repeats, known.last, known.observed)[0]),
        spending.fitted(known.repeats, known.mean_value),
    )
    usable = spending.usable(histories.repeats, histories.mean_value)
    return Prospects(
        *models,
        outlook=outlook(*models, histories, horizon),
        futures=futures(models, known, horizon, futures_seed, draws),
        repeats=histories.repeats,
        rows=rows,
        repeaters=int(np.sum(histories.repeats > 0)),
        correlation=_correlation(some(histories, usable)),
    )


def _correlation(histories: Histories) -> float | None:
    if not np.ptp(histories.repeats) or not np.ptp(histories.mean_value):
        return None
    return float(np.corrcoef(histories.repeats, histories.mean_value)[0, 1])
