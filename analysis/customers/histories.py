"""What a model of repeat buying knows of each customer (Fader, Hardie & Lee 2005, Marketing Science 24:275)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analysis.basics.arrays import Matrix

if TYPE_CHECKING:
    import narwhals as nw

CENTS = 6
"""Sums of money are rounded to so many decimals: .1 + .2 − .3 is nothing left, and no purchase."""


@dataclass(frozen=True, eq=False)
class Histories:
    """One entry a customer, in the order of `Customers.frame`; each array has the shape (customers,).

    Several purchases on one day are one here, whatever the invoices: the models' time is continuous, and nobody comes
    twice at the same moment. So `repeats` may be less than frequency − 1.
    """

    repeats: Matrix
    """x: days with a purchase after the first such day."""
    last: Matrix
    """t_x: days from the first to the last purchase; 0 where there was one only."""
    observed: Matrix
    """T: days from the first purchase to the reference date, t_x ≤ T."""
    mean_value: Matrix
    """Mean net amount of a day with a repeat purchase, above 0; 0 where there was none.

    Refunds that belong to no invoice of their own lower all purchases of the customer in the same proportion.
    """


@dataclass(frozen=True, eq=False)
class Past:
    """Customers as they were known at an earlier date, and how often they have bought since."""

    histories: Histories
    since: Matrix
    """Days with a purchase since that date, (customers,)."""
    days_known: int
    """From the first purchase of all to that date."""
    days: int
    """From that date to the reference date."""


def histories(kept: nw.DataFrame[Any], reference: int) -> Histories:
    """Those of customers as `analysis.transactions.rfm` sums them up, at the day `reference` (since 1970-01-01)."""
    import numpy as np  # noqa: PLC0415 (loaded by whoever read the table)

    def numbers(name: str) -> Matrix:
        return kept[name].to_numpy().astype(np.float64)

    repeats = numbers("days") - 1
    return Histories(
        repeats=repeats,
        last=numbers("last") - numbers("first"),
        observed=reference - numbers("first"),
        # Rounded, so that a sum's last digit, which goes by the order of the rows, decides nothing.
        mean_value=np.where(repeats > 0, np.round(numbers("repeat") / np.maximum(repeats, 1), CENTS), 0.0),
    )
