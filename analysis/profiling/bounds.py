"""The search for a few bounds that tell some customers from all others, as a rule that is said in one breath.

Subgroup discovery by beam search (Klösgen 1996, “Explora”; Lavrač, Kavšek, Flach & Todorovski 2004, Journal of Machine
Learning Research 5:153): bounds are added one at a time, the few best rules so far are kept, and what is sought is what
the reader is shown, the F1 of the rule at round figures. A decision tree asks for its first bound with all the groups
beyond it in mind, and rounds afterwards.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.basics.arrays import Labels, Mask, Matrix

MOST_BOUNDS = 4
"""Bounds of a rule at most."""
KEPT = 5
"""Rules that are carried on from one number of bounds to the next."""
WORTH = 0.02
"""What another bound must add to the F1: two bounds are remembered, four are not."""
AT_MOST, ABOVE = "at most", "above"
Bounds = dict[tuple[int, str], float]
"""(Axis, `above` or `at most`) → bound."""


@dataclass(frozen=True, eq=False)
class CutAxis:
    """One axis, cut at the figures that a bound may stand at."""

    cuts: Matrix
    """Increasing, (cuts,); each has customers on both sides."""
    place: Labels
    """How many cuts are below each customer, (customers,)."""


def axis(column: Matrix, step: float) -> CutAxis:
    """An axis (customers,) cut at the multiples of a step."""
    multiples = np.arange(math.floor(column.min() / step), math.ceil(column.max() / step) + 1)
    # Written and read, so that a bound is the very number that is shown: 0.3, and not three times 0.1.
    return cut_at(column, np.array([float(f"{multiple * step:.12g}") for multiple in multiples]))


def cut_at(column: Matrix, cuts: Matrix) -> CutAxis:
    """An axis cut at increasing figures, as far as they have customers on both sides."""
    cuts = cuts[(cuts >= column.min()) & (cuts < column.max())]
    return CutAxis(cuts, np.searchsorted(cuts, column))


def picks(matrix: Matrix, bounds: Bounds) -> Mask:
    """The customers within all bounds, (customers,)."""
    picked = np.ones(len(matrix), dtype=bool)
    for (column, side), edge in bounds.items():
        picked &= matrix[:, column] > edge if side == ABOVE else matrix[:, column] <= edge
    return picked


def f1(matrix: Matrix, member: Mask, bounds: Bounds) -> float:
    """Harmonic mean of precision and recall (van Rijsbergen 1979)."""
    picked = picks(matrix, bounds)
    return 2 * float((picked & member).sum()) / float(picked.sum() + member.sum())


def best_bounds(matrix: Matrix, axes: Sequence[CutAxis], member: Mask) -> Bounds:
    """The bounds whose rule is right most often, no more of them than are worth it; none where nothing can be cut.

    `matrix` is (customers, axes), `member` says whom the rule shall pick.
    """
    nothing: Bounds = {}
    beam = [nothing]
    best, most = nothing, f1(matrix, member, nothing)
    for _ in range(MOST_BOUNDS):
        found: dict[frozenset[tuple[tuple[int, str], float]], tuple[float, Bounds]] = {}
        for bounds in beam:
            for score, more in _further(bounds, matrix, axes, member):
                found.setdefault(frozenset(more.items()), (score, more))
        # The order of equals stays as it was found: the earlier axis leads.
        leading = sorted(found.values(), key=lambda each: -each[0])[:KEPT]
        for score, bounds in leading:
            if score - WORTH * len(bounds) > most:
                best, most = bounds, score - WORTH * len(bounds)
        beam = [bounds for _, bounds in leading]
    return best


def _further(bounds: Bounds, matrix: Matrix, axes: Sequence[CutAxis], member: Mask) -> Iterator[tuple[float, Bounds]]:
    """The rules with one bound more, or one moved: on either side of each axis the best cut, with its F1 first."""
    for column, cut in enumerate(axes):
        if not len(cut.cuts):
            continue
        for side in (AT_MOST, ABOVE):
            others = {key: edge for key, edge in bounds.items() if key != (column, side)}
            picked = picks(matrix, others)
            there = np.bincount(cut.place[picked], minlength=len(cut.cuts) + 1)
            right = np.bincount(cut.place[picked & member], minlength=len(cut.cuts) + 1)
            inside, hit = (np.cumsum(each)[:-1] for each in (there, right))
            if side == ABOVE:
                inside, hit = there.sum() - inside, right.sum() - hit
            score = 2 * hit / (inside + member.sum())
            at = _middle(score)
            yield float(score[at]), {**others, (column, side): float(cut.cuts[at])}


def _middle(score: Matrix) -> int:
    """The middle one of the neighbouring cuts that are as good as the best: a bound in a gap stands clear of both."""
    first = int(score.argmax())
    equal = score[first:] == score[first]
    run = len(equal) if equal.all() else int(equal.argmin())
    return first + (run - 1) // 2
