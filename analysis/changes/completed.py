"""What has become of the segments, completed by all else that has changed since the last build.

A column that moves a little from build to build has not drifted since the last one, however far it gets. So columns are
compared with the oldest build that is remembered, too.
"""

from __future__ import annotations

from dataclasses import dataclass

from analysis.basics.arrays import Labels
from analysis.changes.drift import drift
from analysis.changes.moved import moves
from analysis.changes.notices import notices
from analysis.contract import Changes, Contract
from analysis.history.entry import numbered
from analysis.identity.identity import Memory
from analysis.preparation.features import Features
from analysis.rounding.random_rounding import AS_IT_IS, Rounding


@dataclass(frozen=True, eq=False)
class Present:
    """The customers of the build at work."""

    table: Features
    segments: Labels
    """The id of each customer's segment, in the features' order."""
    rounding: Rounding = AS_IT_IS
    """How counts are told."""


def completed(changes: Changes | None, known: Memory | None, contract: Contract, present: Present) -> Changes | None:
    """The changes with flows, drift and notices; None in a first build.

    `contract` is that of the build at work, its counts still exact. On a public site drift and the figures of notices
    are worked out from rounded counts; flows are protected when the contract is published.
    """
    last = known.remembered.last if known else None
    if changes is None or known is None or last is None:
        return None
    return changes.model_copy(
        update={
            **moves(changes.basis, known.remembered.assigned, known.identifiers, present.segments.tolist()),
            "drift": drift(last, contract, present.table, present.rounding),
            **_since_oldest(known.remembered.oldest, last, contract, present),
            "notices": (*changes.notices, *notices(last, contract, present.rounding)),
        }
    )


def _since_oldest(oldest: Contract | None, last: Contract, contract: Contract, present: Present) -> dict[str, object]:
    """The fields on slow drift, with the degree that the last build told; that of a second build is since the first."""
    if oldest is None:
        return {}
    told = (last.changes.drift_since_oldest or last.changes.drift) if last.changes else ()
    degrees = {one.feature: one.drift for one in told}
    found = drift(oldest, contract, present.table, present.rounding)
    return {
        "oldest": numbered(oldest).number,
        "drift_since_oldest": tuple(one.model_copy(update={"before": degrees.get(one.feature)}) for one in found),
    }
