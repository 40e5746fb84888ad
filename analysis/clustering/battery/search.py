"""The search for the best division of many tables into every number of segments up to the largest.

What is known of a table's divisions suggests where to look next:

- the division into one segment fewer, with a row added as a centroid (Likas, Vlassis & Verbeek 2003, Pattern
  Recognition 36:451), of a few drawn as k-means++ would (Arthur & Vassilvitskii 2007, SODA) those that help most;
- the division itself, with a row for one of its centroids (Lattanzi & Sohler 2019, ICML);
- the division into one segment more, with two of them merged that cost least (Ward 1963);
- the divisions of other tables: resamples of the same customers are divided much alike, and what one of them found by
  luck is found by all.

From each suggestion Lloyd's iterations go a few steps, from the best of them Hartigan's exchange goes on, and at the
very end to its end. Every suggestion is kept only where it lowers the inertia of that table, so that none is favoured.

Arrays run over tables q, suggestions s, segments k, features p and distinct rows n.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from analysis.basics.arrays import Labels, Matrix
from analysis.clustering.battery.dividing import Single
from analysis.clustering.battery.iterations import GAIN, Divided, exchange, least, lloyd, nearest
from analysis.clustering.battery.weighted import Weighted

FIRST_STEPS = 2
"""Few steps tell a poor suggestion from a good one, while the many that follow move few customers."""
HOPEFUL = 1.01
"""Times the inertia known within which a suggestion is after the first steps, if it goes on."""
FEW_EXCHANGES, TOLERANCE = 4, 1e-3
"""Steps of the exchange that follow, and the share of the inertia below which another one is not worth its while."""
PATIENCE = 3
"""Swaps in a row that may fail before a table is left as it is."""
MOST_EXCHANGES = 50
FEWEST_COPIES, SMALL_COPIES, MOST_COPIES, COPIED_ROWS = 4, 8, 16, 160_000
"""Searches of one table: of a small one, of a larger one, and the rows of all of them from which there are fewer."""
SMALL = 250


@dataclass(frozen=True)
class Effort:
    """How much is tried."""

    tried: int
    """Rows put in; twice as many are drawn, and as many pairs are merged."""
    swaps: tuple[int, int]
    """Swaps at most, on the way to more segments and back; half as many as there are segments, if these are fewer."""
    neighbours: int
    """Other tables whose divisions are looked at."""
    beyond: int
    """Segments more than asked that are looked for, so that the largest number also comes from one more."""


THOROUGH = Effort(tried=4, swaps=(1, 4), neighbours=20, beyond=1)
DEEP = Effort(tried=4, swaps=(1, 5), neighbours=0, beyond=1)
"""For searches of one table: who shares on the way looks at the same divisions as all."""
LIGHT = Effort(tried=4, swaps=(0, 1), neighbours=0, beyond=0)
"""For structureless tables: on 120 of 200 × 3 a thorough search, twice as long, moved the mean agreement by less than
.005, and that of any one number of segments by less than .02, up or down."""


@dataclass(eq=False)
class DivisionSearch:
    """The best divisions so far."""

    tables: Weighted
    generator: np.random.Generator
    effort: Effort
    best: dict[int, Divided] = field(default_factory=dict)
    """Number of segments → centroids (q, k, p) and inertia (q,)."""

    def begin(self) -> None:
        """All in one segment."""
        mean = self.tables.multiplied[:, :, :-1].sum(axis=1) / self.tables.mass[:, None]
        self.best[1] = Divided(mean[:, None].astype(np.float32), np.full(self.tables.count, np.inf))

    def grow(self, k: int) -> None:
        """From the division into one segment fewer."""
        self.best[k] = Divided(np.empty(0, dtype=np.float32), np.full(self.tables.count, np.inf))
        self.best[k] = self._settled(_grown(self.tables, self.best[k - 1].centroids, self._chances(self.tables)), k)

    def swap(self, k: int, most: int) -> None:
        """Another row for one of the centroids, again and again."""
        fruitless = np.zeros(self.tables.count, dtype=np.intp)
        for _ in range(min((k + 1) // 2, most)):
            which = np.flatnonzero(fruitless < PATIENCE)
            if not len(which):
                return
            part = self.tables if len(which) == self.tables.count else self.tables.taken(which)
            found = self._settled(_swapped(part, self.best[k].centroids[which], self._chances(part)), k, which)
            better = self._keep(k, found, which)
            fruitless[which] = np.where(better, 0, fruitless[which] + 1)

    def merge(self, k: int) -> None:
        """From the division into one segment more."""
        self._keep(k, self._settled(_merged(self.tables, self.best[k + 1].centroids, 2 * self.effort.tried), k))

    def share(self, k: int) -> None:
        """From the division of another table."""
        count = self.tables.count
        if count == 1 or not self.effort.neighbours:
            return
        steps = 1 + self.generator.permutation(count - 1)[: self.effort.neighbours]
        others = (np.arange(count)[:, None] + steps) % count
        self._keep(k, self._settled(_most_fitting(self.tables, self.best[k].centroids, others), k))

    def finish(self, k: int) -> None:
        """Hartigan's exchange."""
        self._keep(k, exchange(self.tables, nearest(self.tables, self.best[k].centroids[:, None]), MOST_EXCHANGES))

    def _chances(self, tables: Weighted) -> Matrix:
        return self.generator.random((tables.count, 2 * self.effort.tried))

    def _settled(self, suggested: Single, k: int, which: Labels | None = None) -> Divided:
        """The best end that suggestions (q, s, k, p) come to, for all tables or these."""
        tables, known = self.tables, self.best[k].inertia
        if which is not None and len(which) < tables.count:
            tables, known = tables.taken(which), known[which]
        begun = lloyd(tables, suggested, FIRST_STEPS)
        centroids, inertia = begun.centroids[:, 0], begun.inertia[:, 0]
        hopeful = np.flatnonzero(inertia < known * HOPEFUL)
        if len(hopeful) == tables.count:
            return exchange(tables, begun, FEW_EXCHANGES, TOLERANCE)
        if len(hopeful):
            end = exchange(tables.taken(hopeful), begun.taken(hopeful), FEW_EXCHANGES, TOLERANCE)
            centroids[hopeful], inertia[hopeful] = end
        return Divided(centroids, inertia)

    def _keep(self, k: int, found: Divided, which: Labels | None = None) -> np.ndarray:
        """Keep what is better; says where it was."""
        which = np.arange(self.tables.count) if which is None else which
        centroids, inertia = self.best[k]
        better = found.inertia < inertia[which] * (1 - GAIN)
        centroids[which[better]], inertia[which[better]] = found.centroids[better], found.inertia[better]
        return better


def search(
    tables: Weighted, ks: Sequence[int], generator: np.random.Generator, effort: Effort = THOROUGH
) -> dict[int, Divided]:
    """The best divisions found for each of these numbers of segments."""
    found = DivisionSearch(tables, generator, effort)
    found.begin()
    fewest, top = min(ks), max(ks) + effort.beyond
    for k in range(2, top + 1):
        found.grow(k)
        if k >= fewest:
            found.swap(k, effort.swaps[0])
            found.share(k)
    for k in range(top, fewest - 1, -1):
        if k < top:
            found.merge(k)
        found.swap(k, effort.swaps[1])
        found.share(k)
    for k in ks:
        found.finish(k)
    return {k: found.best[k] for k in ks}


def alone(table: Weighted, ks: Sequence[int], generator: np.random.Generator) -> dict[int, Divided]:
    """The best divisions that several searches of one table find, each (searches, k, p).

    They share what they find at the end.
    """
    rows = table.rows.shape[1]
    most = SMALL_COPIES if rows <= SMALL else MOST_COPIES
    copies = int(np.clip(COPIED_ROWS // rows, FEWEST_COPIES, most))
    searches = table.taken(np.zeros(copies, dtype=np.intp))
    found = DivisionSearch(searches, generator, THOROUGH, search(searches, ks, generator, DEEP))
    for k in ks:
        found.share(k)
        found.swap(k, THOROUGH.swaps[1])
        found.finish(k)
    return found.best


def _grown(tables: Weighted, centroids: Single, chances: Matrix) -> Single:
    """Centroids (q, k, p) with one more of a few rows drawn, those that lower the inertia most, (q, s, k + 1, p)."""
    q, k, p = centroids.shape
    drawn = chances.shape[1]
    found = np.empty((q, drawn // 2, k + 1, p), dtype=np.float32)
    for at, part in tables.chunks(max(k, drawn)):
        near = least(part.squared(centroids[at][:, None]))[:, 0]
        rows = _drawn(part, near, chances[at])
        apart = part.squared(rows[:, None])[:, :, 0]
        reached = part.total(np.minimum(apart, near[:, None], out=apart))
        helpful = np.argsort(reached, axis=1, kind="stable")[:, : drawn // 2]
        found[at, :, :k] = centroids[at][:, None]
        found[at, :, k] = np.take_along_axis(rows, helpful[:, :, None], axis=1)
    return found


def _drawn(tables: Weighted, near: Single, chances: Matrix) -> Single:
    """Rows drawn by their squared distance to the nearest centroid, spread evenly over it, (q, drawn, p)."""
    q, n, p = tables.rows.shape
    drawn, table = chances.shape[1], np.arange(q)[:, None]
    reached = np.cumsum(np.maximum(near, 0) * tables.weight, axis=1, dtype=np.float64)
    # One search for all tables, each a stretch of its own.
    stretch = table + reached / np.maximum(reached[:, -1:], np.finfo(float).tiny)
    aims = table + (np.arange(drawn) + chances) / drawn
    place = np.searchsorted(stretch.ravel(), aims.ravel(), side="right")
    found: Single = tables.rows.reshape(-1, p)[np.clip(place.reshape(q, drawn), table * n, table * n + n - 1)]
    return found


def _swapped(tables: Weighted, centroids: Single, chances: Matrix) -> Single:
    """Centroids (q, k, p) with one of them put in the place of a row drawn, (q, s, k, p).

    For each row drawn the centroid that is missed least; of these the ones after which the inertia is lowest.
    """
    q, k, p = centroids.shape
    drawn = chances.shape[1]
    tried = drawn // 2
    found = np.empty((q, tried, k, p), dtype=np.float32)
    for at, part in tables.chunks(max(k, drawn)):
        squared = part.squared(centroids[at][:, None])
        near = least(squared)
        member = squared == near[:, None]
        squared[member] = np.inf
        second = least(squared)
        rows = _drawn(part, near[:, 0], chances[at])
        apart = part.squared(rows[:, None])[:, :, 0]
        kept = np.minimum(apart, near)
        missed = np.minimum(apart, second, out=apart)
        missed -= kept
        missed *= part.weight[:, None]
        loss = np.matmul(member[:, :, 0].astype(np.float32), missed.transpose(0, 2, 1))
        reached = part.total(kept) + loss.min(axis=1)
        helpful = np.argsort(reached, axis=1, kind="stable")[:, :tried]
        gone = np.take_along_axis(loss.argmin(axis=1), helpful, axis=1)
        swapped = np.repeat(centroids[at][:, None], tried, axis=1)
        table = np.arange(part.count)[:, None]
        swapped[table, np.arange(tried), gone] = rows[table, helpful]
        found[at] = swapped
    return found


def _merged(tables: Weighted, centroids: Single, tried: int) -> Single:
    """Centroids (q, k, p) with two of them merged, for the few pairs that cost least, (q, s, k − 1, p)."""
    q, k, _ = centroids.shape
    size = np.empty((q, k), dtype=np.float32)
    for at, part in tables.chunks(k):
        size[at] = nearest(part, centroids[at][:, None]).size[:, 0]
    one, other = np.triu_indices(k, 1)
    both = np.maximum(size[:, one] + size[:, other], 1)
    cost = size[:, one] * size[:, other] / both * ((centroids[:, one] - centroids[:, other]) ** 2).sum(axis=2)
    cheapest = np.argsort(cost, axis=1, kind="stable")[:, :tried]
    table = np.arange(q)[:, None]
    first, second = one[cheapest], other[cheapest]
    share = (size[table, first] / both[table, cheapest])[:, :, None]
    middle = share * centroids[table, first] + (1 - share) * centroids[table, second]
    found = np.repeat(centroids[:, None], cheapest.shape[1], axis=1)
    merge = np.arange(cheapest.shape[1])
    found[table, merge, first] = middle
    # The last centroid takes the place of the one that is gone.
    found[table, merge, second] = np.where((second == k - 1)[:, :, None], middle, found[:, :, k - 1])
    return found[:, :, : k - 1]


def _most_fitting(tables: Weighted, centroids: Single, others: Labels) -> Single:
    """Of the centroids (q, k, p) of other tables (q, others) those that fit each table best, (q, 1, k, p)."""
    q, k, p = centroids.shape
    found = np.empty((q, 1, k, p), dtype=np.float32)
    for at, part in tables.chunks(others.shape[1] * k):
        theirs = centroids[others[at]]
        fitting = part.total(least(part.squared(theirs))).argmin(axis=1)
        found[at, 0] = theirs[np.arange(part.count), fitting]
    return found
