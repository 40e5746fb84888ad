"""Customers made up from known parameters, with what they buy afterwards."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.customers.histories import Histories
from analysis.lifetime.purchases import BetaGeometricModel
from analysis.lifetime.spending import Spending

PURCHASES = BetaGeometricModel(r=0.6, alpha=40.0, a=0.8, b=2.5)
SPENDING = Spending(p=6.0, q=4.0, gamma=15.0)


@dataclass(frozen=True, eq=False)
class Made:
    """Histories, and what followed within a time; each array (customers,)."""

    histories: Histories
    later: np.ndarray
    """Purchases."""
    value: np.ndarray
    """Their amounts, not discounted."""


def made(
    customers: int,
    generator: np.random.Generator,
    ahead: float = 365.25,
    purchases: BetaGeometricModel = PURCHASES,
    spending: Spending = SPENDING,
) -> Made:
    """Customers seen for half a year to two years, each simulated purchase by purchase."""
    observed = generator.uniform(180, 730, customers)
    rate = generator.gamma(purchases.r, 1 / purchases.alpha, customers)
    leaving = generator.beta(purchases.a, purchases.b, customers)
    level = generator.gamma(spending.q, 1 / spending.gamma, customers)
    rows = [
        _one(_Customer(*each, spending.p), ahead, generator)
        for each in zip(observed, rate, leaving, level, strict=True)
    ]
    repeats, last, total, later, value = np.array(rows).T
    mean = np.where(repeats > 0, total / np.maximum(repeats, 1), 0.0)
    return Made(Histories(repeats, last, observed, mean), later, value)


@dataclass(frozen=True)
class _Customer:
    observed: float
    rate: float
    leaving: float
    level: float
    shape: float


def _one(one: _Customer, ahead: float, generator: np.random.Generator) -> tuple[float, ...]:
    """Repeat purchases, when the last of them, their amount; purchases afterwards, and their amount."""
    repeats, last, total, later, value, clock = 0, 0.0, 0.0, 0, 0.0, 0.0
    while True:
        clock += generator.exponential(1 / one.rate)
        if clock > one.observed + ahead:
            return repeats, last, total, later, value
        amount = generator.gamma(one.shape) / one.level
        if clock <= one.observed:
            repeats, last, total = repeats + 1, clock, total + amount
        else:
            later, value = later + 1, value + amount
        if generator.random() < one.leaving:
            return repeats, last, total, later, value
