"""A history of twelve months, and whether each segment of each month was recognised rightly.

What a segment truly is follows from the rule's own words, applied to the true groups: a segment *is* a group where each
has the majority of the other; but not where another segment, which is no group, holds .3 of the group or more and came
mostly from it, unless the first holds .7; nor where another group, which is no segment, makes up .3 of it or more and
went mostly into it, unless the first makes up .7. A group that splits into parts of .3 and more is two new groups; with
a smaller part it remains, and the part is a new group; so do groups merge. A segment that is no group, or was none last
month (the number of segments is another one, or K-Means did not find the groups), is what it was last month where the
same words say so of the customers, whatever their group. If none was, it is what another that was no group has been in
an earlier month, where each has .7 of the other's customers.

A segment that truly was there in some earlier month must have the id that it had; one that never was must have a new
one. With an id of another segment it is a *false* continuation, with a new id for an old segment a *lost* one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass, field

import numpy as np

from .division import MonthlyBuild, divided
from .world import EVENTS, Labels, Matrix, World

EVIDENCE = ("identifiers", "none", "anew")
"""Whether the tables have identifiers: they do, they do not, or every month has new ones."""
MONTHS = 12
EVENTFUL = 0.5
"""Chance of an event in a month."""


@dataclass
class Judged:
    """What was right and wrong, by event of the month: `kept`, `lost`, `new`, `false` of known and of new segments."""

    evidence: str
    mixed: bool
    by_event: dict[str, Counter[str]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def count(self, event: str, what: str) -> None:
        self.by_event.setdefault(event, Counter())[what] += 1


def history(seed: int, evidence: str) -> Judged:
    """Build and judge the months of one history."""
    mixed = seed % 2 == 1
    world, found = World(seed, mixed=mixed), Judged(evidence, mixed)
    anew = np.random.default_rng(seed + 1_000_000)
    known: dict[Hashable, int] = {}
    was: tuple[MonthlyBuild, Labels, list[Hashable]] | None = None
    ever: set[int] = set()
    members: dict[Hashable, Labels] = {}
    for month in range(1, MONTHS + 1):
        event = _happens(world) if month > 1 else "first"
        k = len(world.groups.centres)
        if event == "another k":
            k += int(world.draw.choice((-1, 1)))
        seed_of_month = seed if event != "another seed" else int(world.draw.integers(1, 1_000))
        identifiers = _identifiers(world, evidence, anew)
        division = divided(world, k, seed_of_month, was[0] if was else None, identifiers)
        last = (was[1], was[0].segment, was[2]) if was else None
        true = truths(division.segment, world.group, (k, month), last, world.ids)
        true = again(true, division.segment, world.ids, members)
        members |= {one: world.ids[division.segment == place] for place, one in enumerate(true)}
        for number, one in zip(division.identity.ids, true, strict=True):
            if month > 1:
                verdict = _verdict(number, known.get(one), ever)
                found.count(event, verdict)
                if verdict in {"lost", "false", "false new"}:
                    what = f"{verdict}, {one} has id {number}, had {known.get(one)}"
                    found.wrong.append(f"history {seed}, month {month}, {event}: {what}")
        known |= dict(zip(true, division.identity.ids, strict=True))
        ever |= set(division.identity.ids)
        was = division, world.ids.copy(), true
    return found


def _happens(world: World) -> str:
    """Let a month pass, with an event or none; what happened."""
    world.month()
    if world.draw.random() >= EVENTFUL:
        return "none"
    wanted = str(world.draw.choice([*EVENTS, "another seed"]))
    return wanted if wanted == "another seed" or EVENTS[wanted](world) else "none"


def _identifiers(world: World, evidence: str, anew: np.random.Generator) -> list[str] | None:
    if evidence == "none":
        return None
    numbers = world.ids if evidence == "identifiers" else anew.permutation(world.size) + 1
    return [f"C{number}" for number in numbers.tolist()]


def _verdict(number: int, expected: int | None, ever: set[int]) -> str:
    if expected is None:
        return "false new" if number in ever else "new"
    return "kept" if number == expected else "false" if number in ever else "lost"


def truths(
    segment: Labels, group: Labels, now: tuple[int, int], was: tuple[Labels, Labels, list[Hashable]] | None, ids: Labels
) -> list[Hashable]:
    """What each segment truly is; `now`: how many there are, and the month."""
    k, month = now
    names, places = np.unique(group, return_inverse=True)
    table = np.zeros((len(names), k))
    np.add.at(table, (places, segment), 1)
    groups = {place: int(names[row]) for row, place in same(table).items()}
    found: list[Hashable] = [groups.get(place, ("no group", month, place)) for place in range(k)]
    if was is None:
        return found
    before_ids, before, true = was
    _, here, there = np.intersect1d(ids, before_ids, return_indices=True)
    flow = np.zeros((len(true), k))
    np.add.at(flow, (before[there], segment[here]), 1)
    for old, new in same(flow).items():
        # Groups that were found in both months are what they are, whoever is in them.
        if found[new] not in true and true[old] not in found and (isinstance(true[old], tuple) or new not in groups):
            found[new] = true[old]
    return found


def again(true: list[Hashable], segment: Labels, ids: Labels, members: dict[Hashable, Labels]) -> list[Hashable]:
    """The same, with segments that are no group and never were any as those that once had their customers."""
    found = list(true)
    for place, one in enumerate(true):
        if isinstance(one, tuple) and one not in members:
            own = ids[segment == place]
            for other, theirs in members.items():
                still = np.intersect1d(theirs, ids)
                both = len(np.intersect1d(own, still))
                is_none = isinstance(other, tuple) and other not in found
                if is_none and both >= 0.7 * len(own) and both >= 0.7 * len(still):
                    found[place] = other
    return found


def same(table: Matrix) -> dict[int, int]:
    """Row → the column that is the same, by the rule's words, written down here once more."""
    of_row = table / np.maximum(table.sum(axis=1, keepdims=True), 1)
    of_column = table / np.maximum(table.sum(axis=0, keepdims=True), 1)
    pairs = {int(row): int(column) for row, column in np.argwhere((of_row > 0.5) & (of_column > 0.5))}

    def lasts(row: int, column: int) -> bool:
        parts = [
            other
            for other in range(table.shape[1])
            if other not in pairs.values() and of_row[row, other] >= 0.3 and of_column[row, other] > 0.5
        ]
        joined = [
            other
            for other in range(table.shape[0])
            if other not in pairs and of_column[other, column] >= 0.3 and of_row[other, column] > 0.5
        ]
        return (not parts or of_row[row, column] >= 0.7) and (not joined or of_column[row, column] >= 0.7)

    return {row: column for row, column in pairs.items() if lasts(row, column)}
