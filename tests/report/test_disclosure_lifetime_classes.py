"""What came of customers by class of frequency: a mean of few, told exactly, is a sum over a count."""

from __future__ import annotations

import pytest

from analysis.contract import FrequencyClass, HeldOut, Interval, Lifetime, Parameter
from analysis.rounding.random_rounding import Rounding
from report.disclosure.evidence import outwards
from report.disclosure.lifetime import _held_out, _parameter, classes_rounded

PUBLIC = Rounding(5, 10, b"a key")


def _one(customers: int, actual: float, most: float, lower: int = 0) -> FrequencyClass:
    return FrequencyClass(lower=lower, upper=lower, customers=customers, expected=1.234567, actual=actual, most=most)


def _published(*classes: FrequencyClass, everybody: int = 100) -> tuple[FrequencyClass, ...]:
    told = _held_out(HeldOut(days_fitted=365, days_predicted=365, classes=classes), everybody, 10)
    found = Lifetime.model_construct(held_out=told)
    return classes_rounded(found, PUBLIC).held_out.classes


def test_a_mean_of_thirteen_is_told_to_what_one_of_them_moves_it_by() -> None:
    """29 purchases of 13 customers, 7 of one: 2.230769… would tell both; the step is 7 / 13, or 1."""
    told, _ = _published(_one(13, 29 / 13, 7), _one(40, 1.5, 4, 1))
    assert told.rounded_to == 1
    assert (told.actual in {2, 3}, told.expected in {1, 2}) == (True, True)


def test_classes_put_together_have_the_step_of_all_of_them() -> None:
    """Eight and four customers, one of whom bought 30 times: 30 / 12, or 5."""
    told, _ = _published(_one(8, 1.0, 3), _one(4, 9.0, 30, 1), _one(40, 1.5, 4, 2))[:2]
    assert (told.customers, told.rounded_to, told.actual) == (12, 5, 5)


@pytest.mark.parametrize(("actual", "told"), [(0.0, 0.0), (0.01, 0.1)])
def test_only_nobody_is_none(actual: float, told: float) -> None:
    assert _published(_one(40, actual, 4), _one(40, 1.5, 4, 1))[0].actual == told


@pytest.mark.parametrize(
    ("value", "ends", "told"),
    [(148.4, (16.91462747, 148.4131591), (16, 149)), (1.088, (0.8948294568, 1.461223071), (0.89, 1.47)),
     (0.0, (0.0, 0.1234567), (0.0, 0.1234567))],
)  # fmt: skip
def test_an_interval_has_no_more_digits_than_what_it_is_of(value, ends, told) -> None:
    one = _parameter(Parameter(value=value, interval=Interval(lower=ends[0], upper=ends[1])))
    assert (one.interval.lower, one.interval.upper) == told


def test_an_interval_of_stability_is_told_to_hundredths() -> None:
    found = outwards(Interval(lower=0.7696175279, upper=0.9936746988), 0.01)
    assert (found.lower, found.upper) == (0.76, 1.0)
