"""Intervals of what customers will bring: the models refitted to resamples, and a future drawn from each.

A draw holds both kinds of doubt: the parameters would be others had other customers been seen (bootstrap of customers,
Efron & Tibshirani 1993, ch. 6), and even under known parameters customers buy at random (one future each). So the
interval of a segment's mean is one for what these very customers will bring, if the model holds; that the model may
be wrong, or the times change, it does not cover.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from analysis.customers.histories import Histories
from analysis.lifetime import purchases, spending
from analysis.lifetime.futures import future
from analysis.lifetime.histories import CountedHistories, counted
from analysis.lifetime.horizon import Horizon
from analysis.lifetime.maximum import NotFittedError
from analysis.lifetime.purchases import BetaGeometricModel
from analysis.lifetime.spending import Spending

if TYPE_CHECKING:
    from analysis.basics.arrays import Labels, Matrix

DRAWS = 200
"""Refits and futures: enough for the 2.5th and 97.5th percentile."""


@dataclass(frozen=True, eq=False)
class Futures:
    """What customers bring in each draw; rows whose refit failed are not numbers."""

    purchases: Matrix
    """(draws, customers)."""
    value: Matrix
    """Discounted, (draws, customers)."""
    parameters: Matrix
    """r, alpha, a, b, p, q and gamma of each refit, (draws, 7)."""

    def means(self, values: Matrix, labels: Labels, segments: int) -> Matrix:
        """Mean of `values` (draws, customers) over each segment, (draws, segments); NaN where nobody is in it."""
        members = np.eye(segments)[labels]
        sizes = members.sum(axis=0)
        return np.asarray(values @ members) / np.where(sizes > 0, sizes, np.nan)


def futures(
    fitted: tuple[BetaGeometricModel, Spending],
    histories: Histories,
    horizon: Horizon,
    seed: np.random.SeedSequence,
    draws: int = DRAWS,
) -> Futures:
    """Refit and draw, each time from a stream of its own."""
    distinct, place = counted(histories.repeats, histories.last, histories.observed)
    shape = (draws, len(place))
    found = Futures(np.full(shape, np.nan), np.full(shape, np.nan), np.full((draws, 7), np.nan))
    for draw, stream in enumerate(seed.spawn(draws)):
        generator = np.random.default_rng(stream)
        try:
            again = _refitted(fitted, histories, (distinct, place), generator)
        except NotFittedError:
            continue
        found.purchases[draw], found.value[draw] = future(*again, histories, horizon, generator)
        found.parameters[draw] = _row(*again)
    return found


def _refitted(
    fitted: tuple[BetaGeometricModel, Spending],
    histories: Histories,
    grouped: tuple[CountedHistories, Labels],
    generator: np.random.Generator,
) -> tuple[BetaGeometricModel, Spending]:
    distinct, place = grouped
    size = len(place)
    weights = np.bincount(generator.integers(size, size=size), minlength=size).astype(np.float64)
    drawn = distinct.weighing(np.bincount(place, weights, len(distinct.observed)).astype(np.float64))
    return (
        purchases.fitted(drawn, fitted[0]),
        spending.fitted(histories.repeats, histories.mean_value, weights, fitted[1]),
    )


def _row(purchases: BetaGeometricModel, spending: Spending) -> list[float]:
    return [*vars(purchases).values(), *vars(spending).values()]
