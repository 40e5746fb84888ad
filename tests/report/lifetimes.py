"""Expected value as a contract tells it, made up."""

from __future__ import annotations

from analysis.contract import Contract, FrequencyClass, HeldOut, Interval, Lifetime, Parameter, Prospect


def lifetime(*customers: int | None, **changes: object) -> Lifetime:
    """A lifetime with a class of frequency for each number of customers; the last is “or more”."""
    counts = customers or (400, 120, 60)
    classes = tuple(
        FrequencyClass(
            lower=place,
            upper=None if place == len(counts) - 1 else place,
            customers=count,
            expected=0.5 + place,
            actual=0.6 + place,
        )
        for place, count in enumerate(counts)
    )
    parameter = Parameter(value=0.25, interval=Interval(lower=0.2, upper=0.3))
    return Lifetime(
        months=12, discount_rate=0.1, used=True, reason="",
        purchases=dict.fromkeys(("r", "alpha", "a", "b"), parameter),
        spending=dict.fromkeys(("p", "q", "gamma"), parameter),
        repeaters=130, correlation=0.07, held_out=HeldOut(days_fitted=270, days_predicted=270, classes=classes),
    ).model_copy(update=changes)  # fmt: skip


PROSPECT = Prospect(
    value=79.0, value_interval=Interval(lower=70.0, upper=90.0), total=58_600.0,
    total_interval=Interval(lower=52_000.0, upper=67_000.0), share_interval=Interval(lower=0.82, upper=0.89),
    purchases=2.2, purchases_interval=Interval(lower=2.0, upper=2.5), returning=0.55, alive=0.68,
)  # fmt: skip


def expected(contract: Contract, found: Lifetime | None = None) -> Contract:
    """The contract with value as expectation."""
    segments = tuple(one.model_copy(update={"lifetime": PROSPECT}) for one in contract.segments)
    return contract.model_copy(update={"lifetime": found or lifetime(), "segments": segments})
