"""A build with its changes since any other one: those that it tells itself, or those that both tell together.

A build tells its changes since the one before. Of two that are farther apart, segments are matched by their ids if the
one remembers the other, and else by their addresses. Who moved is not known then, and how columns drifted only where
the earlier one is the oldest that the later one was compared with.
"""

from __future__ import annotations

from itertools import count

from analysis.changes.notices import as_published, notices
from analysis.contract import Changes, ColumnDrift, Contract, SegmentChange
from analysis.history.edition import in_short, known_by, remembers
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
    same = old == new
    return Changes(
        since=numbered(old).number,
        basis="none",
        segments=(*changes, *lost),
        moved=0.0 if same else None,
        drift=_no_drift(new) if same else _slow_drift(old, new),
        notices=notices(old, new, as_published(new)),
    )


def _no_drift(new: Contract) -> tuple[ColumnDrift, ...]:
    """Of a build compared with itself."""
    return tuple(ColumnDrift(feature=one.name, index=0.0, drift="stable") for one in new.data.features)


def _slow_drift(old: Contract, new: Contract) -> tuple[ColumnDrift, ...]:
    if new.changes is None or new.changes.oldest != numbered(old).number or not remembers(new, old):
        return ()
    return new.changes.drift_since_oldest
