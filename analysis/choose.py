"""How many segments: the team's number, or the one the data prefer."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from analysis.features import Matrix
from analysis.stability import UNSTABLE
from analysis.trials import Trial

SMALLEST_SHARE, SMALLEST_SIZE = 0.02, 5
"""A smaller segment is a handful of outliers, not a group that marketing can address."""
CONTENDERS = 3
"""How many numbers of segments are resampled at most before the data's choice is made."""


@dataclass(frozen=True, eq=False)
class Rule:
    """What a choice goes by."""

    fixed: int | None
    """The team's own number of segments."""
    smallest: int
    """Customers that the smallest segment must have for the data to take a number of segments."""
    measure: Callable[[Trial], Matrix]
    """Stability of each segment, (k,)."""


@dataclass(frozen=True, eq=False)
class Choice:
    """The number of segments taken, what the data alone would take, and every stability measured on the way."""

    taken: Trial
    auto: Trial
    stability: dict[int, Matrix]
    gate_passed: bool
    """Whether every segment of the data's choice comes back in resamples."""


def smallest_allowed(rows: int) -> int:
    """Customers that a segment must have for the data to take it: two per cent, and five at least."""
    return max(SMALLEST_SIZE, math.ceil(SMALLEST_SHARE * rows))


def choose(candidates: Sequence[Trial], rule: Rule) -> Choice:
    """Take the team's number of segments, or the data's; either way say what the data would take.

    The data's: among the numbers whose smallest segment is no handful, the best mean silhouette, unless one of its
    segments does not come back when customers are drawn anew (bootstrap Jaccard below .60); then the next best, of
    three. Where none passes, the one whose weakest segment is strongest. The silhouette is among the indices with the
    best record over many kinds of clusters (Arbelaitz et al. 2013, Pattern Recognition 46:243), but cannot tell
    structure from chance, hence the gate (Hennig 2007).
    """
    measured: dict[int, Matrix] = {}

    def weakest(trial: Trial) -> float:
        if trial.k not in measured:
            measured[trial.k] = rule.measure(trial)
        return float(measured[trial.k].min())

    contenders = _contenders(candidates, rule.smallest)
    passing = next((trial for trial in contenders if weakest(trial) >= UNSTABLE), None)
    auto = passing or max(contenders, key=weakest)
    taken = auto if rule.fixed is None else next(trial for trial in candidates if trial.k == rule.fixed)
    weakest(taken)
    return Choice(taken, auto, measured, gate_passed=passing is not None)


def _contenders(candidates: Sequence[Trial], smallest: int) -> Sequence[Trial]:
    """The best few by silhouette; where every number splits off a handful, the one whose handful is largest."""
    large_enough = [trial for trial in candidates if trial.smallest >= smallest]
    if not large_enough:
        return [max(candidates, key=lambda trial: (trial.smallest, -trial.k))]
    return sorted(large_enough, key=lambda trial: (-round(trial.silhouette, 9), trial.k))[:CONTENDERS]
