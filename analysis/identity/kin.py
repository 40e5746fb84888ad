"""Which segments of two builds share customers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.contract import Kin
from analysis.identity.rule import Overlap

LEAST_KIN = 0.05
"""Of the earlier segment, below which it is not told that customers of it are in the later one."""


@dataclass(frozen=True, eq=False)
class Relations:
    """Who shares customers with whom, by ids."""

    overlap: Overlap | None
    olds: Sequence[int]
    news: Sequence[int]

    def came_from(self, new: int) -> tuple[Kin, ...]:
        """The old segments with customers of a new one, those with most first."""
        if self.overlap is None or new not in self.news[: self.overlap.shared.shape[1]]:
            return ()
        place = self.news.index(new)
        shared, share = self.overlap.shared[:, place], self.overlap.of_old[:, place]
        return self._listed(self.olds, shared.tolist(), share.tolist())

    def went_to(self, old: int) -> tuple[Kin, ...]:
        """The new segments with customers of an old one, those with most first."""
        if self.overlap is None or old not in self.olds:
            return ()
        place = self.olds.index(old)
        return self._listed(self.news, self.overlap.shared[place].tolist(), self.overlap.of_old[place].tolist())

    @staticmethod
    def _listed(numbers: Sequence[int], shared: Sequence[float], share: Sequence[float]) -> tuple[Kin, ...]:
        ranked = sorted(zip(numbers, shared, share, strict=False), key=lambda each: (-each[1], each[0]))
        return tuple(Kin(id=number, share=part) for number, _, part in ranked if part >= LEAST_KIN)
