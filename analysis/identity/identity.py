"""The identity of each segment: which one of the last build it continues, if any."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.basics.arrays import Labels
from analysis.clustering.kept import KeptDivision
from analysis.contract import Changes, GoneSegment, Segment
from analysis.history.remembered import Remembered
from analysis.preparation.features import Features


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
    continues: tuple[Segment | None, ...]
    """The segment of the last build whose id, address, name and colour it keeps; None for a new one."""
    gone: tuple[GoneSegment, ...] = ()
    """All that no longer exist, of every earlier build."""
    changes: Changes | None = None
    """None in a first build."""

    @property
    def addresses(self) -> frozenset[str]:
        """Slugs that no new segment may take."""
        return frozenset((*(one.slug for one in self.gone), *(one.slug for one in self.continues if one)))


def first(groups: int) -> Identity:
    """The identity of the segments of a first build: their place in the order."""
    return Identity(tuple(range(1, groups + 1)), (None,) * groups)


def recognised(
    memory: Memory | None, labels: Labels, groups: int, features: Features, own: Sequence[int] | None = None
) -> Identity:
    """The identities of the segments that `labels` (customers, in the features’ order) give, 0…groups−1.

    `own`: the ids that they have by a division that is kept.
    """
    _ = labels, features
    if memory and memory.remembered.last and own:
        last = {one.id: one for one in memory.remembered.last.segments}
        return Identity(tuple(own), tuple(last.get(number) for number in own))
    return first(groups)
