"""Customers between two builds."""

from __future__ import annotations

import pytest

from tests.analysis.changes.builds import build, changed, customers

ASSIGNED = {"a": 1, "b": 1, "c": 2, "d": 2, "e": 7}


def flows(**memory: object) -> tuple[object, ...]:
    now = build(customers(4, Income=[30_000.0, 31_000, 60_000, 61_000]), number=2)
    found = changed(build(customers()), now, **memory)
    return found.shared, found.moved, [(one.source, one.target, one.customers) for one in found.flows]


def test_customers_by_their_segment_then_and_now():
    """Of a, c, d only c is in another segment; x is new, b and e are gone."""
    assert flows(assigned=ASSIGNED, identifiers=["a", "c", "d", "x"]) == (
        3, pytest.approx(1 / 3),
        [(1, 1, 1), (1, None, 1), (2, 1, 1), (2, 2, 1), (7, None, 1), (None, 2, 1)],
    )  # fmt: skip


@pytest.mark.parametrize("memory", [{"assigned": ASSIGNED, "identifiers": None}, {"assigned": None}, {}])
def test_without_identifiers_of_both_builds_nothing_is_said_of_customers(memory: dict[str, object]):
    assert flows(**memory) == (None, None, [])


def test_nobody_in_both_tables_is_nobody_who_moved():
    assert flows(assigned={"z": 1}, identifiers=["a", "b", "c", "d"])[:2] == (0, None)
