"""Which segment of this build continues which one of the last: the rule, in words and in code.

Two bodies of evidence say how far an old and a new segment overlap: the *customers* in both tables, by their
identifiers, and the *position*, today's customers as the last division would place them
(`analysis.identity.overlaps`). Either gives two shares of a pair: of the old segment the part that the new one has,
and of the new segment the part that came from the old one.

1. An old and a new segment are candidates where each has the *majority* (more than .5) of the other, by customers or by
   position: MONIC's match (Spiliopoulou, Ntoutsi, Theodoridis & Schult 2006, KDD, 706–711; its threshold τ = .5), both
   ways. Where a segment has two candidates, which only customers and position together can give, the pairs are taken
   one to one at least total distance: 1 less the smaller share, summed over both bodies of evidence. Such is a table of
   purchases in which most customers move on from month to month, and others take their places.
2. *Split*: a new segment that continues none, that came mostly from the old one, holds .3 of it or more. The other
   part then keeps the identity only with .7 or more: the thresholds of split and survival of clusTransition (Atif &
   Leisch 2022, R Journal 14/3). As the two parts add up to 1 at most, a split ends a segment but for that one case.
3. *Merge*, the same seen from the new segment: an old segment that is continued by none, and went mostly into the new
   one, makes up .3 of it or more. The other old one is then continued only if it makes up .7 or more.
   A smaller part that leaves, and a smaller segment that is taken in, change no identity: the larger keeps it.
4. What pairs are left are *continued*, all other new segments *new*, all other old ones *gone*: *vanished* where most
   of its customers are in the table no longer, or its place is empty; *split* or *merged* as above; else *dissolved*.
   By which of the two this is known is told with it. Where neither speaks of the segment, how it ended is not known.
5. A new segment that is none of the last build has *returned* where, by position, these words hold of it and one that
   is gone, beside the segments that go on and those that were last there in the same build, and the centres of the two
   lie near each other. Of several the nearest is taken.

Whether the evidence of customers speaks of a segment: where they are in both tables at least .4 times as often as the
customers of all segments, and 5 or more; else, and where there are no identifiers, splits and merges go by position.
By position it is known how many customers an old segment had, not who they were. So one that has all of its customers
has not split, whoever came beside them; and where a new one has more than the old one had, and another old one that
went mostly into it fewer at its place, these are taken to have moved.

The customers whom an algorithm puts into no segment continue each other, and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from analysis.basics.arrays import Mask, Matrix
from analysis.basics.assignment import cheapest
from analysis.contract.changes import Ended, KnownBy

MAJORITY = 0.5
NEAR = 0.6
"""Distance of the centres up to which a segment may have returned, in root mean square distances of customers from the
centre of their own segment."""
PART = 0.3
"""Of a segment, from which on another one that has it, or makes it up, is a part of it."""
SURVIVES = 0.7
"""Of a segment, from which on it is the same though there is such a part."""
QUIET = 0.4
"""How often customers of a segment are in both tables, against those of all, for the evidence to speak of it."""
FEWEST = 5
"""Customers in both tables for the evidence to speak of a segment."""
LEFT = 0.1
"""Of the customers that a segment had, those at its place from which on it may have brought its others elsewhere."""
EMPTY = 0.5
"""Customers at a segment's place, against those it had, below which the place is empty."""


@dataclass(frozen=True, eq=False)
class Overlap:
    """Customers that old and new segments share, by one body of evidence."""

    shared: Matrix
    """(old, new)."""
    old: Matrix
    """Customers of each old segment of whom it is known where they are today, (old,)."""
    new: Matrix
    """Customers of each new segment of whom it is known where they were, (new,)."""
    speaks_of_old: Mask
    speaks_of_new: Mask
    sizes: Matrix | None = None
    """Customers that each old segment had, where today's are only placed there, (old,)."""

    @property
    def placed(self) -> bool:
        """Whether it tells where today's customers lie, and not who they were."""
        return self.sizes is not None

    @property
    def empty(self) -> Mask:
        """Old segments at whose place too few of today's customers lie, (old,); none by customers."""
        return np.zeros(len(self.old), dtype=np.bool_) if self.sizes is None else self.old < EMPTY * self.sizes

    @property
    def of_old(self) -> Matrix:
        """Of each old segment, the share that is in each new one, (old, new)."""
        return self.shared / np.maximum(self.old, 1)[:, None]

    @property
    def of_new(self) -> Matrix:
        """Of each new segment, the share that was in each old one, (old, new)."""
        return self.shared / np.maximum(self.new, 1)

    @property
    def majority(self) -> Mask:
        """Whether each has the majority of the other, where the evidence speaks of both, (old, new)."""
        speaks = np.logical_and.outer(self.speaks_of_old, self.speaks_of_new)
        return np.asarray(speaks & (self.of_old > MAJORITY) & (self.of_new > MAJORITY))


@dataclass(frozen=True, eq=False)
class Overlaps:
    """Both bodies of evidence, either of which may be lacking."""

    customers: Overlap | None
    position: Overlap | None

    @property
    def all(self) -> tuple[Overlap, ...]:
        """Those that there are."""
        return tuple(one for one in (self.customers, self.position) if one is not None)

    def of_old(self, old: int) -> Overlap | None:
        """What splits of an old segment go by."""
        return next((one for one in self.all if one.speaks_of_old[old]), None)

    def of_new(self, new: int) -> Overlap | None:
        """What merges into a new segment go by."""
        return next((one for one in self.all if one.speaks_of_new[new]), None)


def continued(found: Overlaps) -> dict[int, int]:
    """Old segment → the new one that continues it."""
    pairs = _candidates(found)
    return {
        old: new
        for old, new in pairs.items()
        if _survives_split(old, new, pairs, found) and _survives_merge(old, new, pairs, found)
    }


def _candidates(found: Overlaps) -> dict[int, int]:
    """Old → new, one to one."""
    if not found.all:
        return {}
    near = np.any([one.majority for one in found.all], axis=0)
    distance = np.sum([1 - np.minimum(one.of_old, one.of_new) for one in found.all], axis=0)
    return dict(one_to_one(np.where(near, distance, np.inf)))


def one_to_one(distance: Matrix) -> list[tuple[int, int]]:
    """Pairs of row and column at least total distance; those infinitely apart are none, and only they stay alone."""
    near = np.isfinite(distance)
    rows, columns = np.flatnonzero(near.any(axis=1)), np.flatnonzero(near.any(axis=0))
    if not len(rows):
        return []
    farthest = 1 + 2 * float(distance[near].sum())  # costs more than any pairs that leave nobody alone
    cost = np.where(near, distance, farthest)[np.ix_(rows, columns)]
    pairs = ((int(rows[row]), int(columns[column])) for row, column in cheapest(cost))
    return [(row, column) for row, column in pairs if near[row, column]]


def _survives_split(old: int, new: int, pairs: Mapping[int, int], found: Overlaps) -> bool:
    overlap = found.of_old(old)
    if overlap is None:
        return True
    others = [each for each in parts(old, overlap) if each not in pairs.values()]
    if overlap.sizes is not None and 1 - overlap.shared[old, new] / max(1.0, overlap.sizes[old]) < PART:
        return True  # it has its customers: who came beside them was not there before
    return not others or bool(overlap.of_old[old, new] >= SURVIVES)


def _survives_merge(old: int, new: int, pairs: Mapping[int, int], found: Overlaps) -> bool:
    overlap = found.of_new(new)
    if overlap is None:
        return True
    mostly = np.flatnonzero(overlap.of_old[:, new] > MAJORITY).tolist()
    brought = [_brought(each, old, new, overlap) for each in mostly if each not in pairs]
    if not any(share >= PART for share in brought):
        return True
    return bool(min(overlap.of_new[old, new], 1 - max(brought)) >= SURVIVES)


def _brought(other: int, old: int, new: int, overlap: Overlap) -> float:
    """Of a new segment that an old one may continue, the share that came from another old one.

    By position at least what the new segment has more than the old one had, as far as the other, whose place some of
    its customers still are at, has lost so many.
    """
    share = float(overlap.of_new[other, new])
    if overlap.sizes is None or overlap.old[other] < max(FEWEST, LEFT * overlap.sizes[other]):
        return share
    more = overlap.new[new] - overlap.sizes[old]
    return max(share, float(min(more, overlap.sizes[other]) / overlap.new[new]))


def parts(old: int, overlap: Overlap) -> list[int]:
    """The new segments that are parts of an old one: they hold .3 of it, and came mostly from it."""
    return [
        int(each) for each in np.flatnonzero((overlap.of_old[old] >= PART) & (overlap.of_new[old] > MAJORITY)).tolist()
    ]


def known_by(old: int, found: Overlaps) -> KnownBy | None:
    """By what it is known how an old segment ended; None where nothing speaks of it.

    That few of its customers are in both tables is known by customers, too.
    """
    if found.customers is not None:
        return "customers"
    return None if found.of_old(old) is None else "position"


def ended(old: int, found: Overlaps) -> Ended | None:
    """How an old segment ended that none continues; None where nothing speaks of it."""
    overlap = found.of_old(old)
    if found.customers is not None and overlap is not found.customers:
        return "vanished"
    if overlap is None:
        return None
    if overlap.empty[old]:
        return "vanished"
    if len(parts(old, overlap)) > 1:
        return "split"
    return "merged" if bool((overlap.of_old[old] > MAJORITY).any()) else "dissolved"
