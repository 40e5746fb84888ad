"""Every number of segments that is tried, with the indices by which they are compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from analysis.basics.arrays import Labels, Matrix
from analysis.basics.distances import between
from analysis.basics.sample import sample
from analysis.clustering.algorithms.cluster import Partition, Points
from analysis.clustering.battery import Measures
from analysis.clustering.battery.separation import closest, separation
from analysis.clustering.battery.silhouette import of_divisions, silhouettes
from analysis.configuration.model import ModelSettings
from analysis.contract.thresholds import APART
from analysis.errors import DataError
from analysis.preparation.few import asked_for, too_few

LARGEST_COMPARED = 10_000
"""Customers on whom silhouettes are computed at most: they cost the square of their number, in time."""
LARGEST_HELD = 2_000
"""Customers whose distances are all held at once at most."""
DUST = 1e-12
"""A sum of squares below this part of another is what rounding left."""
BEYOND_CHANCE = 1.1
"""How many times wider than any gap in a structureless table with the same categories one must be. The widest of forty
would be passed by chance at one number of segments in forty-one, and several numbers are tried."""


@dataclass(frozen=True, eq=False)
class Trial:
    """One number of segments: the division and how good it is."""

    partition: Partition
    labels: Labels
    """Segment (0…k−1) of each customer fitted; k: in none, which counts as a group of its own in every index."""
    silhouettes: Matrix
    """Silhouette of each customer compared (Rousseeuw 1987)."""
    compared: Labels
    """Positions of the customers compared among those fitted."""
    calinski_harabasz: float
    davies_bouldin: float
    separation: Matrix
    """How far apart each two segments are, (k, k); see `analysis.clustering.battery.separation`."""
    measures: Measures

    @property
    def k(self) -> int:
        """Number of segments."""
        return self.partition.k

    @cached_property
    def smallest(self) -> int:
        """Customers in the smallest segment, of those fitted."""
        return int(np.bincount(self.labels, minlength=self.k)[: self.k].min())

    @property
    def unassigned(self) -> int:
        """Customers in no segment, of those fitted."""
        return int((self.labels >= self.k).sum())

    @cached_property
    def closest(self) -> float:
        """Separation of the two segments that are least apart."""
        return closest(self.separation)

    @property
    def chance_gap(self) -> float | None:
        """The widest gap of any structureless table drawn; None where all columns are amounts."""
        kinds = (self.measures.normal.separation, self.measures.box.separation)
        found = [float(gaps.max()) for gaps in kinds if gaps is not None]
        return max(found) if found else None

    @property
    def gap_needed(self) -> float:
        """Separation from which gaps lie between all segments.

        Where columns hold marks or categories, also a tenth more than the structureless tables reach: two answers
        that go together part a table without any group.
        """
        return max(APART, BEYOND_CHANCE * (self.chance_gap or 0))

    @cached_property
    def silhouette(self) -> float:
        """Mean silhouette over customers."""
        return float(self.silhouettes.mean())

    @property
    def silhouette_quantiles(self) -> Matrix:
        """Silhouettes of each group's customers at their 5th, 10th, … 95th percentile, (groups, 19)."""
        labels, at = self.labels[self.compared], np.linspace(0.05, 0.95, 19)
        groups = range(self.partition.groups)
        return np.array([np.quantile(self.silhouettes[labels == group], at) for group in groups])

    @cached_property
    def segment_silhouettes(self) -> Matrix:
        """Mean silhouette of each group, (groups,)."""
        labels, groups = self.labels[self.compared], self.partition.groups
        counts = np.bincount(labels, minlength=groups)
        return np.asarray(np.bincount(labels, self.silhouettes, groups) / np.maximum(counts, 1))


def numbers_tried(model: ModelSettings, distinct: int, rows: int, source: str) -> list[int]:
    """The numbers of segments to try: the configured range as far as the table reaches, and the team's own number.

    Raises DataError where the table has too few different customers.
    """
    largest = min(distinct, rows - 1)  # an index that compares segments needs one with two customers
    fixed = None if model.selection == "auto" else model.selection.k
    if asked_for(model)[1] > largest:
        raise DataError(too_few(source, model, f"{rows} usable rows, {distinct} of them different", largest))
    tried = range(model.smallest_k, min(model.largest_k, largest) + 1)
    return sorted({*tried, *([] if fixed is None else [fixed])})


@dataclass(frozen=True, eq=False)
class Distances:
    """How far the customers compared are from one another: computed once, for every division by every algorithm."""

    rows: Labels
    """Positions of the customers compared among those fitted."""
    between: Matrix | None
    """(compared, compared); None where these would not all be held at once."""


def distances(points: Points, seed: np.random.SeedSequence) -> Distances:
    """Distances between the customers, or a sample of them."""
    rows = sample(len(points.row), LARGEST_COMPARED, seed)
    if len(rows) > LARGEST_HELD:
        return Distances(rows, None)
    return Distances(rows, between(points.position[points.row[rows]]))


def _silhouettes(points: Points, partitions: Sequence[Partition], apart: Distances) -> list[Matrix]:
    """Silhouettes of the customers compared in each division, (compared,) each."""
    at = points.row[apart.rows]
    divisions = [(division.labels[at], division.groups) for division in partitions]
    if apart.between is None:
        return of_divisions(points.position[at], divisions)
    return [silhouettes(apart.between, labels, groups) for labels, groups in divisions]


def trials(
    points: Points,
    partitions: Sequence[Partition],
    measures: Mapping[int, Measures],
    apart: Distances,
    blocks: Sequence[Sequence[int]] = (),
) -> tuple[Trial, ...]:
    """Compare divisions of the same points; `blocks` are the axes of each column of categories."""
    standard = points.position[points.row]
    return tuple(
        Trial(
            partition=division,
            labels=(labels := division.labels[points.row]),
            silhouettes=values,
            compared=apart.rows,
            calinski_harabasz=calinski_harabasz(standard, labels, division.centroids),
            davies_bouldin=davies_bouldin(standard, labels, division.centroids),
            separation=separation(standard, labels, division.k, blocks),
            measures=measures[division.k],
        )
        for division, values in zip(partitions, _silhouettes(points, partitions, apart), strict=True)
    )


def calinski_harabasz(standard: Matrix, labels: Labels, centroids: Matrix) -> float:
    """Caliński & Harabasz (1974), from centroids that are known; 1 where nobody differs from the own group's.

    Not even by what rounding leaves of a difference, which would make any figure of it.
    """
    sizes = np.bincount(labels, minlength=len(centroids))
    between = float(sizes @ np.sum((centroids - standard.mean(axis=0)) ** 2, axis=1))
    within = float(np.sum((standard - centroids[labels]) ** 2))
    freedom = (len(labels) - len(centroids)) / (len(centroids) - 1)
    return between / within * freedom if within > DUST * between else 1.0


def davies_bouldin(standard: Matrix, labels: Labels, centroids: Matrix) -> float:
    """Davies & Bouldin (1979), from centroids that are known."""
    off = np.sqrt(np.sum((standard - centroids[labels]) ** 2, axis=1))
    scatter = np.bincount(labels, off) / np.bincount(labels)
    apart = np.sqrt(np.sum((centroids[:, None] - centroids) ** 2, axis=2))
    np.fill_diagonal(apart, np.inf)
    return float(np.mean(np.max((scatter[:, None] + scatter) / apart, axis=1)))
