"""Which segments of two builds share customers, or lie at the same place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.basics.arrays import Mask
from analysis.contract import Kin
from analysis.identity.rule import MAJORITY, Overlap

LEAST_KIN = 0.05
"""Of the earlier segment, below which it is not told that customers of it are in the later one."""


@dataclass(frozen=True, eq=False)
class Relations:
    """Who shares customers with whom, by ids; by position alone who lies where, of which no share is told."""

    overlap: Overlap | None
    olds: Sequence[int]
    news: Sequence[int]

    def came_from(self, new: int) -> tuple[Kin, ...]:
        """The old segments with customers of a new one, or at its place, those with most first."""
        if self.overlap is None or new not in self.news[: self.overlap.shared.shape[1]]:
            return ()
        place = self.news.index(new)
        return self._listed(self.olds, ((old, place) for old in range(len(self.olds))))

    def went_to(self, old: int) -> tuple[Kin, ...]:
        """The new segments with customers of an old one, or at its place, those with most first."""
        if self.overlap is None or old not in self.olds:
            return ()
        place = self.olds.index(old)
        return self._listed(self.news, ((place, new) for new in range(self.overlap.shared.shape[1])))

    def _listed(self, numbers: Sequence[int], pairs: Iterable[tuple[int, int]]) -> tuple[Kin, ...]:
        overlap = self.overlap
        if overlap is None:
            return ()
        known, of_old = related(overlap), None if overlap.placed else overlap.of_old
        ranked = sorted(
            (-float(overlap.shared[pair]), number, None if of_old is None else float(of_old[pair]))
            for number, pair in zip(numbers, pairs, strict=False)
            if known[pair]
        )
        return tuple(Kin(id=number, share=share) for _, number, share in ranked)


def related(overlap: Overlap) -> Mask:
    """Which pairs are told, (old, new): those that share enough customers.

    By position: where the new segment lies at the place of the old one, or takes up most of it. Nobody lies at a place
    that is empty.
    """
    if not overlap.placed:
        return np.asarray(overlap.of_old >= LEAST_KIN)
    there = (overlap.speaks_of_old & ~overlap.empty)[:, None]
    return np.asarray(there & ((overlap.of_old > MAJORITY) | (overlap.of_new > MAJORITY)))
