"""The models held against purchases they have not seen: fitted to the first part of the time, to predict the rest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.customers.histories import Past
from analysis.lifetime import purchases
from analysis.lifetime.histories import counted

LAST_CLASS = 7
"""Customers with as many repeat purchases or more are one class, as in the paper."""


@dataclass(frozen=True)
class Class:
    """Customers with as many repeat purchases in the first part."""

    lower: int
    upper: int | None
    """None: or more."""
    customers: int
    expected: float
    """Mean purchases in the second part, by the model."""
    actual: float
    most: float
    """Purchases in the second part of the one who has most, seen or expected."""


def held_out(past: Past) -> tuple[Class, ...]:
    """Expected against actual purchases, by class of frequency; classes without customers are left out.

    Raises NotFittedError where the first part alone does not carry the model.
    """
    known = past.histories
    model = purchases.fitted(counted(known.repeats, known.last, known.observed)[0])
    expected = model.expected(past.days, known.repeats, known.last, known.observed)
    classes = np.minimum(known.repeats, LAST_CLASS).astype(np.intp)
    return tuple(
        Class(
            lower=int(one),
            upper=None if one == LAST_CLASS else int(one),
            customers=int(np.sum(classes == one)),
            expected=float(expected[classes == one].mean()),
            actual=float(past.since[classes == one].mean()),
            most=float(max(expected[classes == one].max(), past.since[classes == one].max())),
        )
        for one in np.unique(classes)
    )
