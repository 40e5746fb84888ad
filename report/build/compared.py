"""A build with its changes since any other one: those that it tells itself, or those that both tell together.

A build tells its changes since the one before. Of two that are farther apart, segments are matched by their ids if the
later one remembers the earlier, and else by their addresses. Who moved is not known then, and how columns drifted only
where the earlier one is the oldest that the later one was compared with.
"""

from __future__ import annotations

from analysis.changes.notices import as_published, notices
from analysis.contract import Changes, ColumnDrift, Contract, Segment, SegmentChange
from analysis.history.edition import in_short, known_by, remembers
from analysis.history.entry import numbered


def compared(old: Contract, new: Contract) -> Contract:
    """The new build with its changes since the old one."""
    if new.changes and new.changes.since == numbered(old).number and remembers(new, old):
        return new
    return new.model_copy(update={"changes": between(old, new)})


def between(old: Contract, new: Contract) -> Changes:
    """What two builds tell together."""
    by_id = remembers(new, old) or known_by(in_short(new)) == known_by(in_short(old))
    before, after = (_by_key(one.segments, by_id=by_id) for one in (old, new))
    ended = {one.id: one for one in new.gone}
    changes = [
        SegmentChange(
            id=one.id,
            became="continued" if key in before else "new",
            renamed_from=before[key].name if key in before and before[key].name != one.name else None,
        )
        for key, one in after.items()
    ]
    lost = [
        SegmentChange(
            id=one.id,
            became="gone",
            ended=ended[one.id].ended if by_id and one.id in ended else None,
            went_to=ended[one.id].into if by_id and one.id in ended else (),
        )
        for key, one in before.items()
        if key not in after
    ]
    return Changes(
        since=numbered(old).number,
        basis="none",
        segments=(*changes, *lost),
        drift=_slow_drift(old, new),
        notices=notices(old, new, as_published(new)),
    )


def _slow_drift(old: Contract, new: Contract) -> tuple[ColumnDrift, ...]:
    if new.changes is None or new.changes.oldest != numbered(old).number or not remembers(new, old):
        return ()
    return new.changes.drift_since_oldest


def _by_key(segments: tuple[Segment, ...], *, by_id: bool) -> dict[int | str, Segment]:
    return {one.id if by_id else one.slug: one for one in segments}
