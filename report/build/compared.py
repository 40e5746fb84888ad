"""A build with its changes since any other one: those that it tells itself, or those that both tell together.

A build tells its changes since the one before. Of two that are farther apart, segments are matched by their ids if the
one remembers the other, and else by their addresses; who moved and how columns drifted is not known then.
"""

from __future__ import annotations

from itertools import count

from analysis.changes.notices import notices
from analysis.contract import Changes, Contract, PastEdition, SegmentChange
from analysis.history.edition import in_short
from analysis.history.entry import numbered


def compared(old: Contract, new: Contract) -> Contract:
    """The new build with its changes since the old one, which it remembers then if nothing else."""
    if new.changes and new.changes.since == numbered(old).number and remembers(new, old):
        return new
    before = old if _of_one_history(old, new) else _renumbered(old, new)
    return new.model_copy(update={"past": (in_short(before),), "changes": between(before, new)})


def _of_one_history(old: Contract, new: Contract) -> bool:
    """Whether the segments of both are the same by their ids."""
    return remembers(new, old) or remembers(old, new) or known_by(in_short(new)) == known_by(in_short(old))


def _renumbered(old: Contract, new: Contract) -> Contract:
    """The old build with the ids that its segments have in the new one by their addresses; others have none of it."""
    ids = {one.slug: one.id for one in new.segments}
    past = (one.id for build in new.past for one in build.segments)
    fresh = count(max((*ids.values(), *(one.id for one in new.gone), *past), default=0) + 1)
    segments = tuple(one.model_copy(update={"id": ids.get(one.slug) or next(fresh)}) for one in old.segments)
    return old.model_copy(update={"segments": segments})


def remembers(new: Contract, old: Contract) -> bool:
    """Whether the old build is one of those that the new one speaks of."""
    short = known_by(in_short(old))
    return any(known_by(one) == short for one in new.past)


def known_by(build: PastEdition) -> tuple[object, ...]:
    """What tells a build from those of another history."""
    return build.number, build.date, tuple((one.id, one.slug) for one in build.segments)


def between(old: Contract, new: Contract) -> Changes:
    """What two builds tell together, whose segments are the same where their ids are."""
    before, after = ({one.id: one for one in each.segments} for each in (old, new))
    ended = {one.id: one for one in new.gone}
    changes = [
        SegmentChange(
            id=number,
            became="continued" if number in before else "new",
            renamed_from=before[number].name if number in before and before[number].name != one.name else None,
        )
        for number, one in after.items()
    ]
    lost = [
        SegmentChange(
            id=number,
            became="gone",
            ended=ended[number].ended if number in ended else None,
            went_to=ended[number].into if number in ended else (),
        )
        for number in before
        if number not in after
    ]
    return Changes(since=numbered(old).number, basis="none", segments=(*changes, *lost), notices=notices(old, new))
