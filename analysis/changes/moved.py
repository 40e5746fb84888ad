"""Customers by their segment in the last build and in this one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from analysis.contract import MovedCustomers
from analysis.contract.changes import Basis


def moves(
    basis: Basis, assigned: Mapping[str, int] | None, identifiers: Sequence[str] | None, segments: Sequence[int]
) -> dict[str, object]:
    """The fields of `Changes` that go by customers; none unless segments were recognised by them.

    `segments` is the id of the segment of each of the `identifiers`.
    """
    if assigned is None or identifiers is None or basis not in {"customers", "both"}:
        return {}
    found = Counter[tuple[int | None, int | None]]()
    found.update((assigned.get(one), segment) for one, segment in zip(identifiers, segments, strict=True))
    here = set(identifiers)
    found.update((segment, None) for one, segment in assigned.items() if one not in here)
    shared = sum(count for pair, count in found.items() if None not in pair)
    stayed = sum(count for (source, target), count in found.items() if source == target)
    return {
        "shared": shared,
        "moved": (shared - stayed) / shared if shared else None,
        "flows": tuple(
            MovedCustomers(source=source, target=target, customers=found[source, target])
            for source, target in sorted(found, key=_place)
        ),
    }


def _place(pair: tuple[int | None, int | None]) -> tuple[tuple[bool, int], ...]:
    """By segment, those in no segment of that table last."""
    return tuple((number is None, number or 0) for number in pair)
