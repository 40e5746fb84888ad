"""What customers are expected to bring, where the table holds transactions."""

from __future__ import annotations

from pydantic import Field

from analysis.contract.base import Frozen, Interval


class Parameter(Frozen):
    """One parameter of a fitted model."""

    value: float
    interval: Interval | None


class FrequencyClass(Frozen):
    """Customers alike in their repeat purchases of the first part of the time, and what they bought in the second."""

    lower: int = Field(description="Repeat purchases in the first part, from")
    upper: int | None = Field(description="… to; null: or more")
    customers: int | None = Field(description="Null where withheld from the published copy")
    expected: float = Field(description="Mean purchases in the second part, by the model fitted to the first")
    actual: float

    @property
    def weight(self) -> int:
        """Customers; all classes count the same where customers are withheld."""
        return self.customers or 1

    @property
    def missed(self) -> float:
        """Purchases by which the class as a whole was missed."""
        return abs(self.expected - self.actual) * self.weight


class HeldOut(Frozen):
    """The model of repeat purchases held against purchases that it has not seen."""

    days_fitted: int
    days_predicted: int
    classes: tuple[FrequencyClass, ...]

    @property
    def total_error(self) -> float:
        """How many more purchases were expected than came, as a share of those that came."""
        came = sum(one.actual * one.weight for one in self.classes)
        return sum(one.expected * one.weight for one in self.classes) / came - 1 if came else 0.0

    @property
    def class_error(self) -> float:
        """Purchases by which classes were missed, whichever way, as a share of those that came."""
        came = sum(one.actual * one.weight for one in self.classes)
        return sum(one.missed for one in self.classes) / came if came else 0.0


class Lifetime(Frozen):
    """The models behind expected value: BG/NBD for how often, Gamma-Gamma for how much."""

    months: int = Field(description="The coming months that count")
    discount_rate: float = Field(description="A year")
    used: bool = Field(description="Whether the value of customers is the expected one")
    reason: str = Field(description="Why it is not, in words; empty where it is")
    purchases: dict[str, Parameter] = Field(
        default_factory=dict, description="r, alpha (days), a and b of BG/NBD (Fader, Hardie & Lee 2005)"
    )
    spending: dict[str, Parameter] = Field(
        default_factory=dict, description="p, q and gamma (money) of Gamma-Gamma (Fader & Hardie 2013)"
    )
    repeaters: int | None = Field(
        None, description="Customers who bought on more than one day; null where withheld or not counted"
    )
    correlation: float | None = Field(
        None, description="Pearson’s, of number and mean amount of repeat purchases; Gamma-Gamma assumes 0"
    )
    held_out: HeldOut | None = Field(None, description="Null where the first part of the time carries no model")


class Prospect(Frozen):
    """What the customers of a segment are expected to bring in the months that count.

    The intervals hold the doubt about the models' parameters and the customers' own chance, not that of the segment.
    """

    value: float = Field(description="Of one customer, discounted")
    value_interval: Interval | None
    total: float = Field(description="Of all of them, discounted")
    total_interval: Interval | None
    share_interval: Interval | None = Field(description="Of the segment's share of all value")
    purchases: float = Field(description="Of one customer")
    purchases_interval: Interval | None
    returning: float = Field(description="Mean probability of a purchase within the months")
    alive: float | None = Field(
        description="Mean probability of being still active, of the customers who bought on several days; null where "
        "most bought on one day only, whom BG/NBD takes as active whatever the time since"
    )
    bought_once: float | None = Field(
        None, description="Share of customers who bought on one day only; null where withheld, and in older documents"
    )
