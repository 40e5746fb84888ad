"""Which segments grew or shrank since the last build, and whether chance alone explains it.

The interval of a difference of two shares comes from the intervals of both by MOVER, the method of variance estimates
recovery (Newcombe 1998, Statistics in Medicine 17:873, for two proportions; Zou & Donner 2008, Statistics in Medicine
27:1693, in general). Customers who are in both tables make the two shares alike, which narrows it: the correlation of
paired proportions (Newcombe 1998, Statistics in Medicine 17:2635, method 10), less where only some customers are in
both (Derrick et al. 2015, MMPS 1:60). Where it is not known how many stayed, it counts as zero: fewer changes are told
from chance, never more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Literal

from analysis.contract import Contract, Interval, PastSegment, Segment
from report.captions.editions import earlier

Size = Literal["grown", "shrunk", "within chance", "not known", "new", "returned", "gone"]

ZERO = 5e-9
"""An end of an interval that is no farther from zero is zero, but for the last digits of the computation."""


@dataclass(frozen=True)
class ShareChange:
    """A segment's share of customers in the last build and in this one; None where it had or has none, or withheld."""

    id: int
    before: float | None
    now: float | None
    interval: tuple[float, float] | None
    """Of the difference, 95 %."""
    size: Size

    @property
    def difference(self) -> float | None:
        """Of the two shares."""
        return None if self.before is None or self.now is None else self.now - self.before


def mover(
    before: float,
    before_ends: tuple[float, float],
    now: float,
    now_ends: tuple[float, float],
    correlation: float = 0.0,
) -> tuple[float, float]:
    """Both ends of the interval of `now − before`, from the intervals of the two and their correlation."""
    difference = now - before
    down = _apart(max(0.0, now - now_ends[0]), max(0.0, before_ends[1] - before), correlation)
    up = _apart(max(0.0, now_ends[1] - now), max(0.0, before - before_ends[0]), correlation)
    return difference - down, difference + up


def _apart(one: float, other: float, correlation: float) -> float:
    """The third side of a triangle; its angle is a right one without correlation."""
    return sqrt(max(0.0, one**2 + other**2 - 2 * correlation * one * other))


def correlation_of_shares(contract: Contract, before: PastSegment | Segment, now: Segment) -> float:
    """Of a segment's shares in the last build and in this one, by how many of its customers stayed in it.

    Newcombe's with his correction for continuity. Counts that are rounded or withheld are taken to be what makes it
    smallest. 0 where it is not published how many stayed.
    """
    changes = contract.changes
    flows = {(one.source, one.target): one.customers for one in changes.flows} if changes else {}
    stayed = flows.get((now.id, now.id))
    if not (changes and changes.shared and stayed and before.size and before.share and now.share):
        return 0.0
    slack = (contract.privacy.rounding_base or 1) - 1
    lost, new = (max(0, (flows.get(pair) or 0) - slack) for pair in ((now.id, None), (None, now.id)))
    by_chance = (before.size + slack - lost) * (now.size + slack - new) / max(1, changes.shared - slack)
    excess = stayed - slack - by_chance
    spread = sqrt(before.size * (1 - before.share) * now.size * (1 - now.share))
    return max(-1.0, min(1.0, (excess - 0.5 if excess > 0.5 else min(excess, 0.0)) / spread)) if spread else 0.0


def told_apart(interval: tuple[float, float] | None) -> Size:
    """What the interval of a difference says: whether it is above zero, below, or neither."""
    if interval is None:
        return "not known"
    low, high = interval
    return "grown" if low > ZERO else "shrunk" if high < -ZERO else "within chance"


def share_changes(contract: Contract) -> list[ShareChange]:
    """Of every segment of this build in its order, then of those that are gone since the last; none in a first one."""
    if contract.changes is None:
        return []
    last, became = earlier(contract), {one.id: one.became for one in contract.changes.segments}
    now = [_change(contract, one, last.get(one.id), became.get(one.id)) for one in contract.segments]
    here = {one.id for one in contract.segments}
    return now + [
        ShareChange(one.id, last[one.id].share if one.id in last else None, None, None, "gone")
        for one in contract.changes.segments
        if one.became == "gone" and one.id not in here
    ]


def between(
    before: PastSegment | Segment | None, now: Segment | PastSegment, correlation: float = 0.0
) -> tuple[float, float] | None:
    """The interval of the difference of a segment's shares; None where a share or an interval is not known."""
    if before is None or before.share is None or now.share is None:
        return None
    ends = (before.share_interval, now.share_interval)
    if ends[0] is None or ends[1] is None:
        return None
    return mover(before.share, _ends(ends[0]), now.share, _ends(ends[1]), correlation)


def since_last(contract: Contract, before: PastSegment | Segment | None, now: Segment) -> tuple[float, float] | None:
    """The interval of the difference since the last build, with the customers who are in both."""
    return between(before, now, 0.0 if before is None else correlation_of_shares(contract, before, now))


def _change(contract: Contract, one: Segment, before: PastSegment | None, became: str | None) -> ShareChange:
    if became == "new":
        return ShareChange(one.id, None, one.share, None, "new")
    if became == "returned":
        return ShareChange(one.id, None, one.share, None, "returned")
    interval = since_last(contract, before, one)
    return ShareChange(one.id, before.share if before else None, one.share, interval, told_apart(interval))


def _ends(interval: Interval) -> tuple[float, float]:
    return interval.lower, interval.upper


def of_size(changes: Sequence[ShareChange], size: Size) -> list[ShareChange]:
    """Those of the changes that are of that kind."""
    return [one for one in changes if one.size == size]
