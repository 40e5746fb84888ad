"""Neighbouring counts put together until each is large enough."""

from __future__ import annotations

from collections.abc import Sequence


def merged(sizes: Sequence[int], least: int) -> list[range]:
    """Neighbouring cells put together, left to right, until each run holds at least `least` customers.

    Runs are ranges of positions and cover all of them; what is left over at the end joins the last run.
    """
    runs: list[range] = []
    start, held = 0, 0
    for position, count in enumerate(sizes):
        held += count
        if held >= least:
            runs.append(range(start, position + 1))
            start, held = position + 1, 0
    if start < len(sizes):
        first = runs.pop().start if runs else 0
        runs.append(range(first, len(sizes)))
    return runs
