"""HDBSCAN: segments are where customers stand densely; who stands in between belongs to none.

Campello, Moulavi & Sander (2013), “Density-based clustering based on hierarchical density estimates”, PAKDD. It finds
the number of segments by itself. The smallest that it may find is the smallest that the rule allows, and ten customers:
any five happen to stand close together somewhere.

A customer who is drawn several times stands in one place, which looks like a dense one. So of customers alike in
everything only half count, and one at least, in resamples and in the table alike.

A customer who took no part in the fit is assigned as `analysis.clustering.algorithms.hdbscan_assignment` says,
perhaps to none.

A table in which it finds nothing is divided at random, for the battery: two tables in which nothing is found have found
nothing alike.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from analysis.basics.arrays import Labels, Matrix
from analysis.clustering.algorithms.algorithm import Algorithm
from analysis.clustering.algorithms.cluster import Partition, Points, summary
from analysis.clustering.algorithms.hdbscan_assignment import Crowds, tree
from analysis.clustering.battery.dividing import Divide, Divisions, Single, SmallLabels
from analysis.clustering.battery.inertia import inertia
from analysis.contract.algorithms import DEFAULT
from analysis.contract.algorithms import Algorithm as Name
from analysis.language import gettext, gettext_noop

MOST_SEGMENTS = 50
"""Segments, where each has two per cent of the customers."""
FEWEST_CUSTOMERS = 10
"""Customers in a segment at least."""
ROOM = MOST_SEGMENTS + 1
"""Groups of the battery: that many segments, and the unassigned."""


@dataclass(frozen=True, eq=False)
class NeighbourReach(Crowds):
    """The segments of a table, and where its rows stand."""

    row: Labels
    """The position of each row of the table."""


class Hdbscan(Algorithm):
    """Dense segments; `smallest_share` of the customers is the least that one may have."""

    name: ClassVar[Name] = "hdbscan"
    room: ClassVar[int] = ROOM
    rule: ClassVar[tuple[str, ...]] = (
        gettext_noop("HDBSCAN finds the number of segments by itself: each segment is a region of dense customers."),
        gettext_noop(
            "No segment has fewer than 2% of the customers, fewer than ten, or fewer than the site may publish."
        ),
        gettext_noop("Customers between the dense regions, or far from all of them, belong to no segment."),
    )

    def fit(self, points: Points, ks: Sequence[int], seed: Callable[[int], int]) -> Sequence[Partition]:  # noqa: ARG002 (the protocol's)
        """The one division that it finds; none where it finds no segment."""
        labels = dense(points.position, points.weight.astype(np.intp), self.smallest_share)
        k = int(labels.max()) + 1
        if k < 1:
            return []
        unassigned = bool((labels < 0).any())
        groups = np.where(labels < 0, k, labels)
        centroids, spread = summary(points, groups, k + unassigned)
        crowds = Crowds(points.position, labels, reaches(points.position, labels, k))
        return [Partition(groups, centroids, spread, unassigned=unassigned, rule=crowds)]

    def divide(self, ks: Sequence[int]) -> Divide:  # noqa: ARG002 (the protocol's)
        """Each table by itself, in `ROOM` groups of which the last is the unassigned."""

        def divide(
            tables: Single,
            generator: np.random.Generator,
            *,
            lightly: bool = False,  # noqa: ARG001 (one way for all)
        ) -> dict[int, Divisions]:
            return {ROOM: _many([_one(table, self.smallest_share) for table in tables], tables, generator)}

        return divide

    def found(self, k: int, *, unassigned: bool) -> str:
        """How many dense regions, and whether some customers are in none."""
        if unassigned:
            return gettext("HDBSCAN finds {k} dense regions of customers and leaves some customers unassigned.", k=k)
        return gettext("HDBSCAN finds {k} dense regions of customers and leaves no customer unassigned.", k=k)

    def nothing(self, fixed: int | None) -> tuple[str, str]:  # noqa: ARG002 (it finds the number)
        """There is no division where fewer than two regions are dense."""
        return (
            gettext_noop("It finds no two dense regions of customers, so it makes no segments."),
            f"set model.algorithm to {DEFAULT}, or cluster by fewer columns",
        )


@dataclass(frozen=True, eq=False)
class ByDensity:
    """Many tables, each divided by density or, where nothing was found, at random."""

    found: list[NeighbourReach]
    labels: SmallLabels
    inertia: Matrix
    seed: int

    def assigned(self, tables: Single) -> SmallLabels:
        """Segments of the rows of other tables (q, m, p), each by its own division, (q, m)."""
        lots = np.random.default_rng(self.seed)
        return np.stack(
            [_numbered(one, one.assigned(table), lots) for one, table in zip(self.found, tables, strict=True)]
        )


def _one(table: Single, share: float) -> NeighbourReach:
    position, row, count = np.unique(table.astype(np.float64), axis=0, return_inverse=True, return_counts=True)
    labels = dense(position, count, share)
    return NeighbourReach(position, labels, reaches(position, labels, int(labels.max()) + 1), row.ravel())


def _many(found: list[NeighbourReach], tables: Single, generator: np.random.Generator) -> ByDensity:
    labels = np.stack([_numbered(one, one.labels[one.row], generator) for one in found])
    return ByDensity(found, labels, inertia(tables, labels, ROOM), int(generator.integers(2**31)))


def _numbered(found: NeighbourReach, labels: Labels, lots: np.random.Generator) -> SmallLabels:
    if not len(found.reach):
        return lots.integers(0, ROOM, len(labels)).astype(np.uint8)
    return np.where(labels < 0, MOST_SEGMENTS, labels).astype(np.uint8)


def dense(position: Matrix, count: Labels, share: float) -> Labels:
    """Segment of each of the different rows (n, p), which stand for so many customers each, (n,); −1 for none.

    No segment has less than this share of the customers counted.
    """
    from sklearn.cluster import HDBSCAN  # noqa: PLC0415 (not on the default path)

    counted = np.maximum(1, count // 2)
    smallest = max(FEWEST_CUSTOMERS, math.ceil(round(share * int(counted.sum()), 9)))
    if counted.sum() < 2 * smallest:
        return np.full(len(position), -1, dtype=np.intp)
    model = HDBSCAN(min_cluster_size=smallest, copy=True).fit(np.repeat(position, counted, axis=0))
    return np.asarray(model.labels_[np.cumsum(counted) - counted], dtype=np.intp)


def reaches(table: Matrix | Single, labels: Labels, k: int) -> Matrix:
    """Largest distance of each segment's rows to the next row of the same segment, (k,)."""
    found = np.zeros(k)
    for segment in range(k):
        own = table[labels == segment]
        if len(own) > 1:
            found[segment] = tree(own).query(own, k=2)[0][:, 1].max()
    return found


ALGORITHM = Hdbscan
