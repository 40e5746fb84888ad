"""Expected value where the table holds transactions and they carry it; past value, and the reason, where not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from analysis import contract
from analysis.basics.seeds import seeds
from analysis.configuration import Configuration
from analysis.lifetime.histories import some
from analysis.lifetime.horizon import Horizon
from analysis.lifetime.maximum import NotFittedError
from analysis.lifetime.prospects import Prospects, prospects
from analysis.lifetime.told import checked, models

if TYPE_CHECKING:
    from analysis.customers.customers import Customers
    from analysis.preparation.features import Features


@dataclass(frozen=True, eq=False)
class Estimate:
    """The configuration with the value in force, the features that carry it, and what the contract says of it."""

    configuration: Configuration
    features: Features
    lifetime: contract.Lifetime | None = None
    prospects: Prospects | None = None
    """Of every customer, in the features' order."""


def estimate(configuration: Configuration, customers: Customers, features: Features) -> Estimate:
    """Value customers by what they will bring, if that is wanted and can be estimated."""
    wanted, bought = configuration.site.value.lifetime, customers.purchases
    if wanted is None or bought is None:
        return Estimate(configuration, features)
    horizon = Horizon(wanted.months, wanted.discount_rate)
    try:
        found = prospects(
            some(bought.histories, features.order), horizon, seeds(configuration.site.model.seed).lifetimes
        )
    except NotFittedError as error:
        return Estimate(_valued(configuration, lifetime=False), features, _lifetime(horizon, str(error)))
    lifetime = _lifetime(horizon).model_copy(
        update={
            **models(found),
            "repeaters": found.repeaters,
            "correlation": found.correlation,
            "held_out": checked(bought.past),
        }
    )
    expected = replace(features, expected=found.outlook.value)
    return Estimate(_valued(configuration, lifetime=True), expected, lifetime, found)


def _valued(configuration: Configuration, *, lifetime: bool) -> Configuration:
    return replace(configuration, site=configuration.site.valued(lifetime=lifetime))


def _lifetime(horizon: Horizon, reason: str = "") -> contract.Lifetime:
    return contract.Lifetime(months=horizon.months, discount_rate=horizon.discount_rate, used=not reason, reason=reason)
