"""What has become of the segments, completed by all else that has changed since the last build."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.basics.arrays import Labels
from analysis.changes.drift import drift
from analysis.changes.moved import moves
from analysis.changes.notices import notices
from analysis.contract import Changes, Contract
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
            "notices": (*changes.notices, *notices(last, contract, present.rounding)),
        }
    )
