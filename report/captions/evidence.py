"""By what it is known how a segment ended: only where its customers are known may anything be said of them."""

from __future__ import annotations

from analysis.contract import Contract
from analysis.contract.changes import EVIDENCE, KnownBy


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
