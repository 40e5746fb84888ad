"""What customers are expected to bring, where the table holds transactions."""

from __future__ import annotations

from collections.abc import Callable

from pydantic import Field

from analysis.contract.base import ROUNDED_TO, Frozen, Interval
from analysis.contract.kinds import (
    Count,
    Index,
    Number,
    Private,
    RoundedMean,
    RoundedShare,
    Setting,
    Step,
    SteppedMean,
    Sum,
    Told,
    Word,
)


class Parameter(Frozen):
    """One parameter of a fitted model."""

    value: Index
    interval: Interval | None


class FrequencyClass(Frozen):
    """Customers alike in their repeat purchases of the first part of the time, and what they bought in the second."""

    lower: Number = Field(description="Repeat purchases in the first part, from")
    upper: Number | None = Field(description="… to; null: or more")
    customers: Count | None = Field(description="Null where withheld from the published copy")
    expected: SteppedMean = Field(description="Mean purchases in the second part, by the model fitted to the first")
    actual: SteppedMean
    rounded_to: Step | None = Field(None, description=ROUNDED_TO)
    most: Private[float] | None = Field(
        None, description="Purchases in the second part of the one who has most, seen or expected"
    )

    @property
    def missed(self) -> float:
        """Purchases by which the class was missed, of one customer."""
        return abs(self.expected - self.actual)


class HeldOut(Frozen):
    """The model of repeat purchases held against purchases that it has not seen."""

    days_fitted: Number
    days_predicted: Number
    classes: tuple[FrequencyClass, ...]

    @property
    def total_error(self) -> float | None:
        """How many more purchases were expected than came, as a share of those that came; None where withheld."""
        sums = self._sums(lambda one: one.expected - one.actual)
        return None if sums is None else sums[0] / sums[1] if sums[1] else 0.0

    @property
    def class_error(self) -> float | None:
        """Purchases by which classes were missed, whichever way, as a share of those that came; None where withheld."""
        sums = self._sums(lambda one: one.missed)
        return None if sums is None else sums[0] / sums[1] if sums[1] else 0.0

    @property
    def worst(self) -> FrequencyClass:
        """The class by which most purchases were missed; where customers are withheld, most of one customer."""
        return max(self.classes, key=lambda one: one.missed * (1 if one.customers is None else one.customers))

    def _sums(self, figure: Callable[[FrequencyClass], float]) -> tuple[float, float] | None:
        """A figure and the purchases that came, added up over all customers; None where these are withheld."""
        known = [(one, one.customers) for one in self.classes if one.customers is not None]
        if len(known) < len(self.classes):
            return None
        return sum(figure(one) * count for one, count in known), sum(one.actual * count for one, count in known)


class Lifetime(Frozen):
    """The models behind expected value: BG/NBD for how often, Gamma-Gamma for how much."""

    months: Number = Field(description="The coming months that count")
    discount_rate: Setting[float] = Field(description="A year")
    used: Word[bool] = Field(description="Whether the value of customers is the expected one")
    reason: Told = Field(description="Why it is not, in words; empty where it is")
    purchases: dict[Word[str], Parameter] = Field(
        default_factory=dict, description="r, alpha (days), a and b of BG/NBD (Fader, Hardie & Lee 2005)"
    )
    spending: dict[Word[str], Parameter] = Field(
        default_factory=dict, description="p, q and gamma (money) of Gamma-Gamma (Fader & Hardie 2013)"
    )
    repeaters: Count | None = Field(
        None, description="Customers who bought on more than one day; null where withheld or not counted"
    )
    correlation: Index | None = Field(
        None, description="Pearson’s, of number and mean amount of repeat purchases; Gamma-Gamma assumes 0"
    )
    held_out: HeldOut | None = Field(None, description="Null where the first part of the time carries no model")


class Prospect(Frozen):
    """What the customers of a segment are expected to bring in the months that count.

    The intervals hold the doubt about the models' parameters and the customers' own chance, not that of the segment.
    """

    value: RoundedMean = Field(description="Of one customer, discounted")
    value_interval: Interval | None
    total: Sum = Field(description="Of all of them, discounted")
    total_interval: Interval | None
    share_interval: Interval | None = Field(description="Of the segment's share of all value")
    purchases: RoundedMean = Field(description="Of one customer")
    purchases_interval: Interval | None
    returning: RoundedMean = Field(description="Mean probability of a purchase within the months")
    alive: RoundedMean | None = Field(
        description="Mean probability of being still active, of the customers who bought on several days; null where "
        "most bought on one day only, whom BG/NBD takes as active whatever the time since"
    )
    bought_once: RoundedShare | None = Field(
        None, description="Share of customers who bought on one day only; null where withheld, and before 1.4"
    )
