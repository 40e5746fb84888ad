"""What customers will bring, as precisely as a public site may tell it: no customer moves a figure by its step."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.contract import Interval, Prospect
from analysis.lifetime.horizon import Outlook
from analysis.lifetime.told import as_told
from analysis.rounding.random_rounding import AS_IT_IS, Rounding

ROUNDING = Rounding.of(public=True, least=10, table="a table")
MEMBERS = np.arange(60) < 50
VALUES = np.concatenate([[0.0, 1000.0], np.full(48, 500.0), np.full(10, 7500.0)])
"""Of fifty members and ten others: 25,000 and 75,000."""
OUTLOOK = Outlook(
    alive=np.linspace(0, 1, 60),
    returning=np.concatenate([[0.1, 0.6], np.full(48, 0.4), np.zeros(10)]),
    purchases=np.concatenate([[0.0, 5.0], np.full(48, 2.0), np.full(10, 100.0)]),
    amount=np.full(60, 9.0),
    value=VALUES,
)
FOUND = Prospect(
    value=140.0, value_interval=Interval(lower=125.0, upper=155.0), total=7000.0,
    total_interval=Interval(lower=6250.0, upper=7750.0), share_interval=Interval(lower=0.23, upper=0.27),
    purchases=2.3, purchases_interval=Interval(lower=2.04, upper=2.51), returning=0.55, alive=0.7, bought_once=0.2,
)  # fmt: skip


def told(**changes: object) -> Prospect:
    return as_told(FOUND.model_copy(update=changes), OUTLOOK, MEMBERS, ROUNDING, 0.1)


def test_figures_that_are_multiples_stay_and_intervals_grow() -> None:
    """Steps: 1,000 / 50 of value, 5 / 50 of purchases, 7,500 / 100,000 of the share, which is .1."""
    assert told() == FOUND.model_copy(
        update={
            "value_interval": Interval(lower=120, upper=160),
            "share_interval": Interval(lower=0.2, upper=0.3),
            "purchases_interval": Interval(lower=2.0, upper=2.6),
        }
    )


@pytest.mark.parametrize(
    ("name", "exact", "either"),
    [
        ("value", 150.0, {140.0, 160.0}),
        ("purchases", 2.34, {2.3, 2.4}),
        ("returning", 0.555, {0.55, 0.56}),
        ("alive", 0.93, {0.9, 0.95}),
        ("alive", 0.99, {0.95}),  # 1 would say that all are
        ("alive", 0.999, {0.95}),
    ],
)
def test_others_become_a_multiple_next_to_them(name: str, exact: float, either: set[float]) -> None:
    assert getattr(told(**{name: exact}), name) in either


def test_who_is_still_active_is_a_mean_of_as_few_as_half_the_members() -> None:
    """Twenty-five of fifty bought again: each of them moves their mean by as much as .04, and not by .02."""
    drawn = {told(alive=0.5 + part / 1000).alive for part in range(200)}
    assert drawn == {0.5, 0.55, 0.6, 0.65, 0.7}


def test_an_interval_holds_its_rounded_figure() -> None:
    narrow = Interval(lower=150.5, upper=151.0)
    for part in range(20):
        found = told(value=141.0 + part, value_interval=narrow)
        assert found.value_interval is not None
        assert found.value_interval.lower <= found.value <= found.value_interval.upper


def test_what_is_not_known_stays_unknown() -> None:
    nothing = {"value_interval": None, "share_interval": None, "purchases_interval": None, "alive": None}
    found = told(**nothing)
    assert {name: getattr(found, name) for name in nothing} == nothing


def test_an_open_site_tells_figures_as_they_are() -> None:
    exact = FOUND.model_copy(update={"value": 141.234})
    assert as_told(exact, OUTLOOK, MEMBERS, AS_IT_IS, 0.1) is exact
