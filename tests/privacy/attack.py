"""The attack: solve for every count and every single customer's value, and look for raw values among figures."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from tests.privacy.column import Column, Known
from tests.privacy.figures import (
    Confirmed,
    all_or_none,
    beside_contract,
    confirming,
    few_beyond,
    raw_values,
    unrounded,
)
from tests.privacy.published import Node, Published, span
from tests.privacy.relations import answers, categories, correlation, expected_product
from tests.privacy.system import InfeasibleError, Name, System
from tests.privacy.tried import expected, mapped, scored, tried
from tests.privacy.truth import Cell, Truth

COUNTS = frozenset(
    {
        "size", "count", "category", "bar", "known", "lacking", "behind", "apart", "pair", "joint", "flow", "group",
        "scored", "crossing", "band", "once", "repeaters", "class", "rectangle", "picked", "correct", "border",
    }
)  # fmt: skip
"""Unknowns that count customers."""
PERCENT = 0.10
"""The p % rule: whom the sums tell to within a tenth either way is determined."""


@dataclass(frozen=True)
class Found:
    """Something that the attack determined."""

    what: Name
    least: float
    most: float
    true: float | None
    rule: str
    """`small`: between 1 and min_cell − 1 for certain; `single`: one number; `value`: a customer's value."""

    @property
    def right(self) -> bool | None:
        """Whether it is true; None where nothing says."""
        return None if self.true is None else self.least - 0.51 <= self.true <= self.most + 0.51


@dataclass
class Outcome:
    """What came of attacking one site."""

    relations: int = 0
    unknowns: int = 0
    cells: int = 0
    values: int = 0
    found: list[Found] = field(default_factory=list)
    false: list[str] = field(default_factory=list)
    """Relations that the true figures do not meet, and systems that contradict themselves."""
    raw: dict[str, tuple[list[float], float]] = field(default_factory=dict)
    """Column → published numbers that are raw values, and how many there would be by chance."""
    few: list[str] = field(default_factory=list)
    """Published quantiles with fewer than `min_cell` customers on a side."""
    all_or_none: list[str] = field(default_factory=list)
    confirming: list[str] = field(default_factory=list)
    """What a guess could be held against."""
    unrounded: list[str] = field(default_factory=list)
    """True figures that stand on the site to eight digits."""

    def of(self, rule: str) -> list[Found]:
        """What one rule found."""
        return [one for one in self.found if one.rule == rule]


def attack(published: Published, truth: Truth, known: Known, confirmed: Confirmed | None = None) -> Outcome:
    """Everything."""
    outcome = Outcome()
    columns = [
        Column(published, feature, known).build() for feature in published.features if feature["kind"] == "numeric"
    ]
    others: list[System | None] = [categories(published, known), tried(published), scored(published)]
    others += [expected(published), mapped(published)]
    twos = [each for each in columns if len(each.support) == 2]
    others += [answers(published, a, b) for place, a in enumerate(twos) for b in twos[place + 1 :]]
    for system in [*(one.system for one in columns), *(one for one in others if one is not None)]:
        _solve(system, outcome, truth, published.least)
    _values(columns, outcome, truth, known)
    _means_of_few(published, columns, outcome, truth)
    outcome.raw = raw_values(published, truth)
    if published.texts:
        outcome.unrounded = unrounded(published, truth)
        outcome.false += beside_contract(published)
    outcome.few = list(few_beyond(published, truth))
    outcome.all_or_none = list(all_or_none(published))
    outcome.confirming = list(confirming(published, confirmed)) if confirmed else []
    return outcome


def _solve(system: System, outcome: Outcome, truth: Truth, least: int) -> None:
    true = {name: value for name in system.place if (value := truth.of(name)) is not None}
    outcome.false += [one.stated for one in system.violated(true)]
    outcome.false += [
        f"{name} is {value:g}, stated as {system.lower[at]:g}–{system.upper[at]:g}"
        for name, at in system.place.items()
        if name in true and not system.lower[at] - 1e-6 <= (value := true[name]) <= system.upper[at] + 1e-6
    ]
    cells = [name for name in system.place if name[0] in COUNTS]  # type: ignore[index]
    outcome.relations += len(system.relations)
    outcome.unknowns += len(system.place)
    outcome.cells += len(cells)
    try:
        system.spread(cells, 8)
        known = {one.what for one in outcome.found}
        outcome.found += [
            found
            for name in cells
            if name not in known and (found := determined(system, name, least, true.get(name))) is not None
        ]
    except InfeasibleError:
        kinds = sorted({str(name[0]) for name in system.place})  # type: ignore[index]
        columns = sorted({name[1] for name in system.place if len(name) > 2 and isinstance(name[1], str)})  # type: ignore[arg-type, index]
        outcome.false.append(f"contradiction in what is stated of {', '.join(columns or kinds)}")


def determined(system: System, name: Name, least: int, true: float | None) -> Found | None:
    """A count that is one number by all relations, or lies in 1…least − 1 for certain; a count of 0 names nobody."""
    low, high = system.seen(name)
    if low < high and (low < 1 or high >= least):
        return None
    found = system.interval(name)
    if found.least >= 1 and found.most < least:
        return Found(name, found.least, found.most, true, "small")
    return Found(name, found.least, found.most, true, "single") if found.single and found.least > 0 else None


def _values(columns: Sequence[Column], outcome: Outcome, truth: Truth, known: Known) -> None:
    """The largest value in each cell, as the second largest's owner can tell it (the p % rule)."""
    totals = dict(known.totals)
    by_name = {one.name: one for one in columns}
    for one in columns:
        if one.support or one.name not in truth.customers:
            continue
        for name in list(one.system.place):
            if name[0] == "sum":  # type: ignore[index]
                cell = name[2]  # type: ignore[index]
                outcome.values += 1
                ends = _ends(one, name)
                if one.name in totals:
                    ends = _narrowed(ends, [_ends(by_name[each], ("sum", each, cell)) for each in totals[one.name]])
                found = dominating(ends, one, cell, truth)
                if found:
                    outcome.found.append(found)


def _ends(column: Column, name: Name) -> tuple[float, float]:
    if name not in column.system.place:
        return -math.inf, math.inf
    try:
        found = column.system.interval(name)
    except InfeasibleError:
        return -math.inf, math.inf
    return found.least, found.most


def _narrowed(ends: tuple[float, float], parts: Sequence[tuple[float, float]]) -> tuple[float, float]:
    return max(ends[0], sum(low for low, _ in parts)), min(ends[1], sum(high for _, high in parts))


def dominating(ends: tuple[float, float], column: Column, cell: Cell, truth: Truth) -> Found | None:
    """The largest value in a cell, if the sum, with all others' at most the second largest, tells it to a tenth."""
    values = np.sort(truth.customers.loc[truth.behind(column.name, cell), column.name].to_numpy(dtype=float))
    if len(values) == 0 or values[-1] <= 0 or values[0] < 0 or ends[1] == math.inf:
        return None
    largest = values[-1]
    second = values[-2] if len(values) > 1 else 0.0
    most = ends[1] - second
    least = ends[0] - (len(values) - 1) * second
    close = most < (1 + PERCENT) * largest or least > (1 - PERCENT) * largest
    return Found(("value", column.name, cell), least, most, float(largest), "value") if close else None


def _means_of_few(published: Published, columns: Sequence[Column], outcome: Outcome, truth: Truth) -> None:
    """Of the few who have one of two values: what a correlation tells of their values in another column."""
    for answer in columns:
        if len(answer.support) != 2:
            continue
        low, high = answer.support
        for other in columns:
            node = correlation(published, answer.name, other.name)
            if other is answer or node is None or other.name not in truth.customers:
                continue
            for value in (low, high):
                who = truth.customers[answer.name] == value
                if not 1 <= who.sum() < published.least:
                    continue
                outcome.values += 1
                told = _of_one_value(answer, other, node, value)
                mean = float(truth.customers.loc[who, other.name].mean())
                if told and told[0] > (1 - PERCENT) * mean and told[1] < (1 + PERCENT) * mean:
                    name = ("mean of the few", other.name, answer.name, value)
                    outcome.found.append(Found(name, *told, mean, "value"))


def _of_one_value(answer: Column, other: Column, node: Node, value: float) -> tuple[float, float] | None:
    product = expected_product(answer, other, node)
    mean, whole = span(other.feature, "mean"), answer.feature["mean"]
    if product is None or mean is None or whole is None:
        return None
    low, high = answer.support
    rest = low if value == high else high
    share = abs(whole - rest) / (high - low)
    # E[xy] = value × share × m + rest × (E[y] − share × m)
    ends = [(p - rest * m) / ((value - rest) * share) for p in product for m in mean]
    return min(ends), max(ends)
