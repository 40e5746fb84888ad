"""Two publications, one customer apart: what their difference tells of her.

The attacker has all relations of both, and knows that they differ by exactly one customer. And she looks which parts
of a table changed at all: if only one segment's own figures did, the customer was in it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from tests.privacy.attack import COUNTS, PERCENT
from tests.privacy.column import Column, Known, segments
from tests.privacy.published import Node, Published
from tests.privacy.relations import categories
from tests.privacy.system import InfeasibleError, Name, System
from tests.privacy.truth import EVERYBODY, Truth

OWN = ("size", "count", "known", "mean", "median", "q1", "q3", "share", "standard_deviation")
"""Figures of a part that depend on nobody outside of it."""


@dataclass
class Difference:
    """What two publications told of the customer who is in only one of them."""

    asked: int = 0
    """Her segment and her attributes, each in turn."""
    told: list[str] = field(default_factory=list)
    """Those that were determined, and rightly."""
    singled: list[str] = field(default_factory=list)
    """Divisions of the customers of which only her part changed."""
    elsewhere: list[str] = field(default_factory=list)
    """Divisions of which only another part changed, so that chance is as likely a reason."""


def difference(before: Published, after: Published, truth: Truth, customer: str, known: Known) -> Difference:
    """Attack two publications; the second lacks the customer of that identifier."""
    row = int(np.flatnonzero(truth.customers["id"] == customer)[0])
    found, fewer = Difference(), truth.without(row)
    names = {one["name"] for one in before.features if one["kind"] == "numeric"}
    for feature in before.features:
        other = [one for one in after.features if one["name"] == feature["name"]]
        if feature["name"] in names and other:
            pair = [Column(each, one, known).build() for each, one in ((before, feature), (after, other[0]))]
            both = union(pair[0].system, pair[1].system)
            _of_column(both, pair[0], found, (truth, fewer))
    both = union(categories(before, known), categories(after, known))
    _of_categories(both, before, found, (truth, fewer))
    for division, changed, hers in changes(before, after, truth, row):
        if len(changed) == 1:
            (found.singled if hers in changed else found.elsewhere).append(f"{division}: {', '.join(changed)}")
    return found


def union(before: System, after: System) -> System:
    """Both systems, and that every count is the same but for one customer, whose counts are 0 or 1."""
    both = System()
    for mark, one in (("before", before), ("after", after)):
        for name, at in one.place.items():
            both.unknown((mark, name), one.lower[at], one.upper[at], whole=one.whole[at])
        for each in one.relations:
            both.relate(
                {(mark, name): value for name, value in each.terms.items()}, each.lower, each.upper, each.stated
            )
    for name, at in before.place.items():
        if name in after.place:
            count = name[0] in COUNTS or name == ("customers",)  # type: ignore[index]
            gone = both.unknown(("gone", name), 0.0, 1.0 if count else math.inf, whole=before.whole[at])
            both.equal({("before", name): 1.0, ("after", name): -1.0, gone: -1.0}, "one customer fewer")
    if ("gone", ("customers",)) in both.place:
        both.equal({("gone", ("customers",)): 1.0}, "one customer fewer", 1.0)
    return both


def _of_column(both: System, column: Column, found: Difference, truths: tuple[Truth, Truth]) -> None:
    name = column.name
    if name not in truths[0].customers or not _premise(both, truths):
        return
    if column.support:
        names = [("count", name, EVERYBODY, value) for value in column.support]
        _among(both, names, found, truths, name)
        return
    value = (truths[0].of(("sum", name, EVERYBODY)) or 0.0) - (truths[1].of(("sum", name, EVERYBODY)) or 0.0)
    gone = ("gone", ("sum", name, EVERYBODY))
    if gone not in both.place or value <= 0:
        return
    found.asked += 1
    ends = _interval(both, gone)
    if ends and ends[0] > (1 - PERCENT) * value and ends[1] < (1 + PERCENT) * value:
        found.told.append(f"{name}: {ends[0]:g}–{ends[1]:g}")


def _of_categories(both: System, published: Published, found: Difference, truths: tuple[Truth, Truth]) -> None:
    if not _premise(both, truths):
        return
    _among(both, [("size", cell) for cell in segments(published)], found, truths, "segment")
    listed: dict[str, list[Name]] = {}
    for kind in both.place:
        if kind[0] == "gone" and kind[1][0] == "category" and kind[1][2] == EVERYBODY:  # type: ignore[index]
            listed.setdefault(kind[1][1], []).append(kind[1])  # type: ignore[index]
    for name, parts in listed.items():
        _among(both, parts, found, truths, name)


def _among(both: System, parts: list[Name], found: Difference, truths: tuple[Truth, Truth], called: str) -> None:
    """Whether the customer is in one of the parts for certain, or can be in no other."""
    there = [each for each in parts if ("gone", each) in both.place]
    if not there:
        return
    found.asked += 1
    hers = [each for each in there if _gone(each, truths) == 1]
    for each in hers:
        least = _interval(both, ("gone", each))
        if least and least[0] >= 1:
            found.told.append(f"{called}: {each[-1]}")  # type: ignore[index]


def _gone(name: Name, truths: tuple[Truth, Truth]) -> float | None:
    values = [one.of(name) for one in truths]  # type: ignore[arg-type]
    return None if values[0] is None or values[1] is None else values[0] - values[1]


def _premise(both: System, truths: tuple[Truth, Truth]) -> bool:
    """Whether exactly her counts differ; where customers changed segments, the attack's premise is false."""
    true: dict[Name, float] = {}
    for name in both.place:
        mark, inner = name  # type: ignore[misc]
        value = _gone(inner, truths) if mark == "gone" else truths[mark == "after"].of(inner)
        if value is not None:
            true[name] = value
    return not both.violated(true)


def _interval(both: System, name: Name) -> tuple[float, float] | None:
    try:
        found = both.interval(name)
    except InfeasibleError:
        return None
    return found.least, found.most


def changes(before: Published, after: Published, truth: Truth, row: int) -> Iterator[tuple[str, list[str], str]]:
    """Each division of the customers, the parts of which a figure changed, and the part that she was in."""
    parts = [_parts(before), _parts(after)]
    for division in parts[0].keys() & parts[1].keys():
        shared = parts[0][division].keys() & parts[1][division].keys()
        changed = sorted(part for part in shared if parts[0][division][part] != parts[1][division][part])
        if division == "segments":
            hers = str(truth.customers["segment"].iloc[row])
        else:
            inside = [part for part in shared if truth.inside(("by", division, part))[row]]
            hers = inside[0] if inside else ""
        yield division, changed, hers


def _parts(published: Published) -> dict[str, dict[str, list[object]]]:
    """Division → part → its own figures."""
    found: dict[str, dict[str, list[object]]] = {"segments": {}}
    for one in published.segments:
        own = [*_own(one), *(each for node in (*one["profile"], *one["categories"]) for each in _own(node))]
        found["segments"][str(one["id"])] = own
    for made in published.contract["exploration"]["comparisons"]:
        for group in made["groups"]:
            found.setdefault(made["by"], {}).setdefault(group["group"], []).extend(_own(group))
    return found


def _own(node: Node) -> list[object]:
    return [node.get(name) for name in OWN if not (name == "share" and "size" in node)]
