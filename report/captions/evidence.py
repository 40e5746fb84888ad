"""By what it is known how a segment ended: only where its customers are known may anything be said of them."""

from __future__ import annotations

from typing import Literal

from analysis.contract import Changes, Contract
from analysis.contract.changes import EVIDENCE, KnownBy, Unmatched

Unlike = Unmatched | Literal["either"] | None
"""Why identifiers of two builds do not tell who is who; `either` where a document does not say which it was."""


def known_by(contract: Contract, number: int) -> KnownBy | None:
    """Of a segment that is gone; None where it is not known, or was not recorded and another build found it."""
    one = next((each for each in contract.gone if each.id == number), None)
    if one is not None and (one.known_by or one.kind != "segment"):
        return one.known_by
    changes = contract.changes
    if changes is None or (one is not None and one.last != changes.since):
        return None
    return EVIDENCE[changes.basis]


def moved_known(contract: Contract) -> bool:
    """Whether customers of the last build were recognised in this one."""
    return contract.changes is not None and EVIDENCE[contract.changes.basis] == "customers"


def why_unmatched(changes: Changes) -> Unlike:
    """None where one of the builds has no identifiers at hand, or they do tell."""
    told = any(one.about == "identifiers" for one in changes.notices)
    return changes.unmatched or ("either" if told else None)
