"""The identity of each segment: which one of the last build it continues, if any, by `analysis.identity.rule`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np

from analysis.basics.arrays import Labels, Matrix
from analysis.clustering.kept import KeptDivision
from analysis.contract import Changes, Contract, GoneSegment, Kin, Notice, Segment, SegmentChange
from analysis.contract.changes import EVIDENCE, Basis, Ended, KnownBy, Unmatched
from analysis.history.remembered import Remembered
from analysis.identity.kin import Relations
from analysis.identity.overlaps import Placed, by_customers, placed, unmatched
from analysis.identity.places import centres, common, kept, published
from analysis.identity.rule import NEAR, Overlap, Overlaps, continued, ended, known_by, one_to_one
from analysis.preparation.features import Features

OTHER_SIZE = 1.5
"""How many times more customers, or fewer, a table has that is of quite another size."""


@dataclass(frozen=True)
class Memory:
    """What is remembered of the last build, and who the customers of this one are."""

    remembered: Remembered
    identifiers: Sequence[str] | None
    """Of the customers, in the features’ order; None where the table has no column of identifiers."""
    kept: KeptDivision | None = None
    """The division of an earlier build, where it is kept."""


@dataclass(frozen=True)
class Identity:
    """Of each segment in canonical order, the unassigned last."""

    ids: tuple[int, ...]
    continues: tuple[Segment | GoneSegment | None, ...]
    """The segment of the last build, or the one gone before, whose id, address, name and colour it keeps; None for a
    new one."""
    gone: tuple[GoneSegment, ...] = ()
    """All that no longer exist, of every earlier build."""
    changes: Changes | None = None
    """None in a first build."""
    last: Contract | None = None
    """As the last build was published; None in a first build."""

    @property
    def addresses(self) -> frozenset[str]:
        """Slugs that no new segment may take."""
        return frozenset((*(one.slug for one in self.gone), *(one.slug for one in self.continues if one)))


def first(groups: int) -> Identity:
    """The identity of the segments of a first build: their place in the order."""
    return Identity(tuple(range(1, groups + 1)), (None,) * groups)


def recognised(
    known: Memory | None,
    labels: Labels,
    groups: int,
    features: Features,
    proper: int | None = None,
    own: Sequence[int] | None = None,
) -> Identity:
    """The identities of the segments that `labels` (customers, in the features’ order) give, 0…groups−1.

    `proper`: how many of them are segments, if not all; a group beyond is that of the customers in none. `own`: the
    ids that they have by a division that is kept.
    """
    if known is None or known.remembered.last is None:
        return first(groups)
    k, last = groups if proper is None else proper, known.remembered.last
    here = _position(last, labels, k, features)
    sizes = _sizes(last, features.size) * (len(_looked_at(features)) / features.size)
    position = here.overlap(np.arange(len(last.proper)), sizes) if here is not None else None
    found = Overlaps(_customers(known, labels, k, last), position)
    pairs = kept_pairs(last, own) if own else continued(found)
    before: list[Segment | GoneSegment | None] = [None] * groups
    for old, new in pairs.items():
        before[new] = last.proper[old]
    for new, back in _returned(last, here, pairs).items():
        before[new] = back
    if groups > k:
        before[k] = last.left_over or next((one for one in last.gone if one.kind == "unassigned"), None)
    return _told(tuple(before), last, found, known)


def kept_pairs(last: Contract, own: Sequence[int]) -> dict[int, int]:
    """Old segment → the new one that has its id."""
    places = {one.id: place for place, one in enumerate(last.proper)}
    return {places[number]: new for new, number in enumerate(own) if number in places}


def _customers(known: Memory, labels: Labels, k: int, last: Contract) -> Overlap | None:
    assigned = known.remembered.assigned
    if not assigned or known.identifiers is None or not last.proper:
        return None
    return by_customers(assigned, known.identifiers, labels, [one.id for one in last.proper], k)


def _position(last: Contract, labels: Labels, k: int, features: Features) -> Placed | None:
    """Today's customers beside the segments of the last build, and those gone before."""
    axes = common(last, features)
    if not len(axes) or not last.proper:
        return None
    at = centres([*map(published, last.proper), *map(kept, last.gone)], features)[:, axes]
    who = _looked_at(features)
    return placed(features.standard[who][:, axes], labels[who], at, k)


def _looked_at(features: Features) -> Labels:
    """Customers whose position is looked at: all, or of a large table those that segments were looked for in."""
    return features.looked_at if features.sampled else np.arange(features.size)


def _sizes(last: Contract, customers: int) -> Matrix:
    """Customers of the segments of the last build, (old,); of a table of quite another size as shares of this one."""
    before = last.data.customers or sum(one.size for one in last.segments)
    growth = customers / before if before else 1.0
    scale = 1.0 if 1 / OTHER_SIZE <= growth <= OTHER_SIZE else growth
    return np.array([scale * one.size for one in last.proper], dtype=np.float64)


def _returned(last: Contract, here: Placed | None, pairs: Mapping[int, int]) -> Mapping[int, GoneSegment]:
    """Place of a segment that continues none → the one it was in an earlier build."""
    if here is None or len(pairs) == here.k:
        return {}
    going_on, apart = sorted(pairs), here.apart[len(last.proper) :]
    cost = np.full((len(last.gone), here.k), np.inf)
    gone = [place for place, one in enumerate(last.gone) if one.kind == "segment"]
    for build in {last.gone[place].last for place in gone}:
        then = [place for place in gone if last.gone[place].last == build]
        beside = here.overlap(np.array([*going_on, *(len(last.proper) + place for place in then)]))
        for old, new in continued(Overlaps(None, beside)).items():
            place = then[old - len(going_on)] if old >= len(going_on) else None
            if place is not None and new not in pairs.values() and apart[place, new] <= NEAR:
                cost[place, new] = apart[place, new]
    return {new: last.gone[old] for old, new in one_to_one(cost)}


def _told(before: tuple[Segment | GoneSegment | None, ...], last: Contract, found: Overlaps, known: Memory) -> Identity:
    ids = _numbered(before, last)
    kept_on = {one.id for one in before if one is not None}
    kin = Relations(found.all[0] if found.all else None, [one.id for one in last.proper], ids)
    places = {one.id: place for place, one in enumerate(last.proper)}
    lost = tuple(
        _gone(one, last, *_end(places.get(one.id), found), kin.went_to(one.id))
        for one in last.segments
        if one.id not in kept_on
    )
    gone = (*(_with_evidence(one, last) for one in last.gone if one.id not in kept_on), *lost)
    useless = _unmatched(known, last, found)
    changes = Changes(
        since=last.edition.number if last.edition else 1,
        basis=_basis(found),
        unmatched=useless,
        segments=(
            *(_change(number, one, kin) for number, one in zip(ids, before, strict=True)),
            *(SegmentChange(id=one.id, became="gone", ended=one.ended, went_to=one.into) for one in lost),
        ),
        notices=(Notice(about="identifiers"),) if useless else (),
    )
    return Identity(ids, before, tuple(sorted(gone, key=lambda one: one.id)), changes, last)


def _numbered(before: Sequence[Segment | GoneSegment | None], last: Contract) -> tuple[int, ...]:
    """The ids kept, and new ones that no segment ever had."""
    past = (each.id for build in last.past for each in build.segments)
    fresh = count(max((*(one.id for one in last.segments), *(one.id for one in last.gone), *past), default=0) + 1)
    return tuple(one.id if one else next(fresh) for one in before)


def _change(number: int, one: Segment | GoneSegment | None, kin: Relations) -> SegmentChange:
    if isinstance(one, Segment):
        return SegmentChange(
            id=number, became="continued", came_from=kin.came_from(number), went_to=kin.went_to(number)
        )
    return SegmentChange(id=number, became="returned" if one else "new", came_from=kin.came_from(number))


def _end(old: int | None, found: Overlaps) -> tuple[Ended | None, KnownBy | None]:
    """How a segment ended, and by what that is known; of the customers in no segment neither is."""
    return (None, None) if old is None else (ended(old, found), known_by(old, found))


def _with_evidence(one: GoneSegment, last: Contract) -> GoneSegment:
    """One that was gone already; of the last build it is known by what, also where that was not recorded with it."""
    if one.known_by is not None or last.changes is None or last.changes.since != one.last or one.kind != "segment":
        return one
    return one.model_copy(update={"known_by": EVIDENCE[last.changes.basis]})


def _gone(
    one: Segment, last: Contract, how: Ended | None, evidence: KnownBy | None, into: tuple[Kin, ...]
) -> GoneSegment:
    told = published(one)
    columns = {each.name for each in last.data.features if each.used_for == "clustering"}
    return GoneSegment(
        id=one.id,
        slug=one.slug,
        name=one.name,
        colour=one.colour,
        last=last.edition.number if last.edition else 1,
        ended=how,
        known_by=evidence,
        into=into,
        kind=one.kind,
        mode=last.privacy.mode,
        figures={name: figure for name, figure in told.figures.items() if name in columns},
        shares={name: dict(shares) for name, shares in told.shares.items() if name in columns},
    )


def _basis(found: Overlaps) -> Basis:
    if found.customers is not None:
        return "both" if found.position is not None else "customers"
    return "position" if found.position is not None else "none"


def _unmatched(known: Memory, last: Contract, found: Overlaps) -> Unmatched | None:
    """Why identifiers which both builds have do not tell who is who; None where they do, or a build has none."""
    assigned = known.remembered.assigned
    if not assigned or known.identifiers is None or not last.proper or found.customers is not None:
        return None
    return unmatched(assigned, known.identifiers)
