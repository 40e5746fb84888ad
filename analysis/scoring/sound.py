"""Whether a written model can be used: one that somebody edited may have the right keys and still be nonsense.

Each function raises ValueError, which the document reports with the place where it stands.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import groupby
from math import isfinite
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator

if TYPE_CHECKING:
    from analysis.preparation.design import DesignAxis

FARTHEST = 1e100
"""Standard deviations: the squares of such coordinates can still be added up."""


def within(values: tuple[float, ...]) -> tuple[float, ...]:
    """Numbers with which distances can be worked out."""
    if not all(isfinite(one) and abs(one) <= FARTHEST for one in values):
        raise ValueError("a coordinate is no number, or too large")
    return values


def length(value: float) -> float:
    """A distance."""
    within((value,))
    return at_least_none(value)


def at_least_none(value: float) -> float:
    """A distance, or a number of customers."""
    if value < 0:
        raise ValueError("less than nothing")
    return value


Coordinates = Annotated[tuple[float, ...], AfterValidator(within)]
Length = Annotated[float, AfterValidator(length)]
Number = Annotated[int, AfterValidator(at_least_none)]


def check_axes(axes: Sequence[DesignAxis], columns: Collection[str]) -> None:
    """There are some, each of a column that is known and none twice, and they can be computed with."""
    if not axes or not all(axis.feature in columns for axis in axes):
        raise ValueError("no axes, or one of a column that is none")
    if len({(axis.feature, axis.category) for axis in axes}) < len(axes):
        raise ValueError("an axis stands there twice")
    together = [(name, [axis.category for axis in group]) for name, group in groupby(axes, lambda axis: axis.feature)]
    if len({name for name, _ in together}) < len(together):
        raise ValueError("the axes of a column stand apart")
    if any(None in categories and len(categories) > 1 for _, categories in together):
        raise ValueError("a column is of numbers and of categories")
    if not all(_computable(axis) for axis in axes):
        raise ValueError("an axis that nobody can have a place on")


def _computable(axis: DesignAxis) -> bool:
    transform = axis.transform
    numbers = (axis.centre, axis.spread, axis.weight, transform.constant, transform.knot, *(transform.fences or ()))
    log = transform.name != "log" or transform.knot + transform.constant > 0
    return log and axis.weight >= 0 and axis.spread >= 1 / FARTHEST and within(numbers) == numbers


def check_places(places: Sequence[Sequence[float]], axes: int) -> None:
    """Each has a coordinate on each axis."""
    if not all(len(place) == axes for place in places):
        raise ValueError("a place has more or fewer coordinates than there are axes")


def check_labels(labels: Sequence[int], places: int, least: int, most: int) -> None:
    """There is one for each place, of a segment that there is."""
    if len(labels) != places or not all(least <= one <= most for one in labels):
        raise ValueError("segments that are none, or not one for each place")
