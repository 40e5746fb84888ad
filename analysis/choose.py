"""How many segments: every number tried, the indices by which they are compared, and which one is taken."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.metrics import calinski_harabasz_score, davies_bouldin_score, pairwise_distances, silhouette_samples

from analysis.cluster import Partition, Points
from analysis.configuration.site import Model
from analysis.errors import DataError
from analysis.features import Labels, Matrix
from analysis.stability import UNSTABLE

LARGEST_COMPARED = 10_000
"""Customers on whom silhouettes are computed at most: they cost the square of their number."""
SMALLEST_SHARE, SMALLEST_SIZE = 0.02, 5
"""A smaller segment is a handful of outliers, not a group that marketing can address."""
CONTENDERS = 3


@dataclass(frozen=True, eq=False)
class Trial:
    """One number of segments: the division and how good it is."""

    partition: Partition
    labels: Labels
    """Segment of each customer (0…k−1), in the features' order."""
    silhouettes: Matrix
    """Silhouette of each customer compared (Rousseeuw 1987)."""
    compared: Labels
    """Positions of the customers compared."""
    calinski_harabasz: float
    davies_bouldin: float

    @property
    def k(self) -> int:
        """Number of segments."""
        return self.partition.k

    @property
    def smallest(self) -> int:
        """Customers in the smallest segment."""
        return int(np.bincount(self.labels, minlength=self.k).min())

    @property
    def silhouette(self) -> float:
        """Mean silhouette over customers."""
        return float(self.silhouettes.mean())


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


def trials(points: Points, partitions: Sequence[Partition], seed: np.random.SeedSequence) -> tuple[Trial, ...]:
    """Compare divisions of the same points; distances between customers are computed once."""
    standard = points.position[points.row]
    compared = _sample(len(standard), seed)
    distances = pairwise_distances(standard[compared])
    return tuple(
        _trial(standard, division.labels[points.row], division, compared, distances) for division in partitions
    )


def _sample(rows: int, seed: np.random.SeedSequence) -> Labels:
    if rows <= LARGEST_COMPARED:
        return np.arange(rows)
    return np.sort(np.random.default_rng(seed).choice(rows, LARGEST_COMPARED, replace=False))


def _trial(standard: Matrix, labels: Labels, division: Partition, compared: Labels, distances: Matrix) -> Trial:
    return Trial(
        partition=division,
        labels=labels,
        silhouettes=silhouette_samples(distances, labels[compared], metric="precomputed"),
        compared=compared,
        calinski_harabasz=float(calinski_harabasz_score(standard, labels)),
        davies_bouldin=float(davies_bouldin_score(standard, labels)),
    )


def choose(candidates: Sequence[Trial], rule: Rule) -> Choice:
    """Take the team's number of segments, or the data's; either way say what the data would take.

    The data's: among the numbers whose smallest segment is no handful, the best mean silhouette, unless one of its
    segments does not come back when customers are drawn anew (bootstrap Jaccard below .60); then the next best. The
    silhouette is the index with the best record over many kinds of clusters (Arbelaitz et al. 2013, Pattern
    Recognition 46:243), but cannot tell structure from chance, hence the gate (Hennig 2007).
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
    return sorted(large_enough, key=lambda trial: (-trial.silhouette, trial.k))[:CONTENDERS]


def smallest_allowed(rows: int) -> int:
    """Customers that a segment must have for the data to take it: two per cent, and five at least."""
    return max(SMALLEST_SIZE, math.ceil(SMALLEST_SHARE * rows))


def numbers_tried(model: Model, distinct: int, rows: int, source: str) -> list[int]:
    """The numbers of segments to try: the configured range as far as the table reaches, and the team's own number.

    Raises DataError where the table has too few different customers.
    """
    largest = min(distinct, rows - 1)  # an index that compares segments needs one with two customers
    fixed = None if model.selection == "auto" else model.selection.k
    asked = model.smallest_k if fixed is None else fixed
    if asked > largest:
        raise DataError(_too_few(asked, distinct, rows, source, "selection" if fixed else "smallest_k"))
    tried = set(range(model.smallest_k, min(model.largest_k, largest) + 1)) | ({fixed} if fixed else set())
    return sorted(tried)


def _too_few(k: int, distinct: int, rows: int, source: str, setting: str) -> str:
    return (
        f"{source}: model.{setting} asks for {k} segments, but only {rows} usable rows are there, {distinct} of them "
        f"different; set {'k' if setting == 'selection' else setting} below {distinct}, or bring more customers."
    )
