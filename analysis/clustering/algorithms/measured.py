"""The battery for any algorithm: one that finds the number of segments by itself divides every resample its own way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from analysis.basics.arrays import Labels
from analysis.clustering.algorithms.algorithm import Algorithm
from analysis.clustering.algorithms.cluster import Partition
from analysis.clustering.battery import Battery, Measures, Sample, battery
from analysis.statistics.resampled import Resampled

Sequenced = tuple[int, np.random.SeedSequence]
"""Resamples, and the seed of everything that the battery draws."""


@dataclass(frozen=True, eq=False)
class Measured:
    """What the battery says of each number of segments."""

    battery: Battery
    room: int | None
    """Groups that each resample has room for, the last of them the unassigned; None where all have k segments."""

    @property
    def measures(self) -> Mapping[int, Measures]:
        """Number of segments → its measures."""
        return self.battery.measures

    def resampled(self, division: Partition, labels: Labels, rows: Labels) -> Resampled:
        """The resamples of one division, numbered as its own groups are; `labels` are those of the rows measured."""
        bootstrap, k = self.battery.bootstrap, division.k
        if self.room is None:
            matched, jaccard = bootstrap.matched(labels, k).astype(np.int8), self.measures[k].jaccard
        else:
            roomy = _roomy(labels, k, self.room)
            found = bootstrap.matched(roomy, self.room).astype(np.int8)
            none = self.room - 1
            matched = np.where(found == none, k, np.where(found < k, found, -1)).astype(np.int8)
            jaccard = bootstrap.jaccard(roomy, self.room)[:, [*range(k), none]]
        return Resampled(matched, bootstrap.counts, jaccard, rows)


def measured(
    algorithm: Algorithm, rows: Sample, divisions: Sequence[tuple[int, Labels]], sequence: Sequenced
) -> Measured:
    """Run the battery on customers, with the labels of each for each number of segments."""
    if not algorithm.finds_number:
        divide, beside = algorithm.divide([k for k, _ in divisions]), algorithm.side_by_side
        found = battery(rows, dict(divisions), divide, sequence, side_by_side=beside, fewer=algorithm.divide)
        return Measured(found, None)
    ((k, labels),), room = divisions, algorithm.room
    roomy = _roomy(labels, k, room)
    found = battery(rows, {room: roomy}, algorithm.divide([room]), sequence, side_by_side=algorithm.side_by_side)
    bootstrap = replace(found.bootstrap, unassigned=room - 1)
    own = replace(found.measures[room], k=k, jaccard=bootstrap.jaccard(roomy, room)[:, :k])
    return Measured(Battery({k: own}, bootstrap), room)


def _roomy(labels: Labels, k: int, room: int) -> Labels:
    """Labels with the unassigned in the last of many groups."""
    return np.where(labels >= k, room - 1, labels)
