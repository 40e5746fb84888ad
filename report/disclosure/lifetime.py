"""What may be said of what customers will bring: classes of frequency are put together until each is large enough."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor, log10

from analysis.contract import Contract, FrequencyClass, HeldOut, Lifetime, Parameter, Prospect
from analysis.contract.runs import merged
from analysis.rounding.random_rounding import Rounding, step_of
from report.disclosure.cells import small, withheld
from report.disclosure.evidence import outwards


def prospects(contract: Contract) -> dict[int, Prospect | None]:
    """Segment → what its customers will bring, without a share that tells of few who bought once, or again.

    Those who bought once and those who bought again are a two-way table with known sums, so complements go with them.
    """
    least = contract.privacy.min_cell
    asked = [(one, one.lifetime) for one in contract.segments if one.lifetime is not None]
    told: dict[int, Prospect | None] = {one.id: one.lifetime for one in contract.segments}
    once = [round((prospect.bought_once or 0) * segment.size) for segment, prospect in asked]
    table = [(count, segment.size - count) for count, (segment, _) in zip(once, asked, strict=True)]
    harmless = any(one.harmless for one in contract.data.features if one.role == "frequency")
    # Of shares that are not those of all segments nobody can say what follows.
    complete = all(prospect.bought_once is not None for _, prospect in asked)
    hidden = withheld(table, least, groups=not harmless) if complete else None
    for row, (segment, prospect) in enumerate(asked):
        if hidden is None or {(row, 0), (row, 1)} & hidden:
            few_again = not complete or small(table[row][1], least)
            update = {"bought_once": None, "alive": None if few_again else prospect.alive}
            told[segment.id] = prospect.model_copy(update=update)
    return told


def lifetime(contract: Contract) -> Lifetime | None:
    """The models; those who bought again are not counted where they or the others are few."""
    found, least = contract.lifetime, contract.privacy.min_cell
    if found is None:
        return None
    everybody = sum(segment.size for segment in contract.segments)
    again = found.repeaters
    few = again is not None and (small(again, least) or small(everybody - again, least))
    return found.model_copy(
        update={
            "repeaters": None if few else again,
            "purchases": {name: _parameter(one) for name, one in found.purchases.items()},
            "spending": {name: _parameter(one) for name, one in found.spending.items()},
            "held_out": found.held_out and _held_out(found.held_out, everybody, least),
        }
    )


def _parameter(one: Parameter) -> Parameter:
    """A parameter with its interval to as many digits as it is told to itself."""
    step = 10.0 ** (floor(log10(abs(one.value))) - 2) if one.value else 0.0
    return one.model_copy(update={"interval": outwards(one.interval, step)})


def _held_out(check: HeldOut, everybody: int, least: int) -> HeldOut | None:
    """Without counts where they would tell how few joined later; None where all together are few."""
    counts = [one.customers or 0 for one in check.classes]
    if small(sum(counts), least):
        return None
    told = [_stepped(_together([check.classes[place] for place in run])) for run in merged(counts, least)]
    if small(everybody - sum(counts), least):
        told = [one.model_copy(update={"customers": None}) for one in told]
    return check.model_copy(update={"classes": tuple(told)})


def _stepped(one: FrequencyClass) -> FrequencyClass:
    """A class with the step of its means, by which no customer could move them."""
    if not one.customers:
        return one
    most = max(one.actual, one.expected) * one.customers if one.most is None else one.most
    return one.model_copy(update={"rounded_to": step_of(most / one.customers)})


def classes_rounded(found: Lifetime | None, rounding: Rounding) -> Lifetime | None:
    """With the means of the classes as multiples of their steps, above 0 where somebody bought."""
    if found is None or found.held_out is None:
        return found
    classes = tuple(
        one.model_copy(
            update={name: _mean(getattr(one, name), one.rounded_to, rounding) for name in ("expected", "actual")}
        )
        for one in found.held_out.classes
    )
    return found.model_copy(update={"held_out": found.held_out.model_copy(update={"classes": classes})})


def _mean(mean: float, step: float | None, rounding: Rounding) -> float:
    return mean if not step or mean <= 0 else max(rounding.figure(mean, step), step)


def _together(classes: Sequence[FrequencyClass]) -> FrequencyClass:
    customers = [one.customers or 0 for one in classes]
    if len(classes) == 1 or not sum(customers):
        return classes[0]
    parts = [count / sum(customers) for count in customers]
    return FrequencyClass(
        lower=classes[0].lower,
        upper=classes[-1].upper,
        customers=sum(customers),
        expected=sum(part * one.expected for part, one in zip(parts, classes, strict=True)),
        actual=sum(part * one.actual for part, one in zip(parts, classes, strict=True)),
        most=max((one.most for one in classes if one.most is not None), default=None),
    )
