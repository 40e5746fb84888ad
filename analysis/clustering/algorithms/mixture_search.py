"""The likeliest Gaussian mixture of one table, for every number of components, from many starts.

The likelihood of a mixture has many optima, and two starts end in a poor one as often as not. As in Biernacki, Celeux &
Govaert (2003), Computational Statistics & Data Analysis 41:561, many starts go through a few steps of EM and the best
of them on to the end. Starts are

- divisions that are given (K-Means of the table, and of the table sphered);
- rows drawn at random, each with those nearest to it, in the table and sphered by turns;
- the mixture of one component fewer with one of them split across its longest axis, and that of one component more with
  two of them merged (Ueda, Nakano, Ghahramani & Hinton 2000, Neural Computation 12:2109).

Arrays run over starts s, components k, rows n and features p.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import NamedTuple

import numpy as np

from analysis.basics.arrays import Labels, Matrix
from analysis.clustering.algorithms.cluster import nearest
from analysis.clustering.algorithms.mixtures import expected, maximised, terms

STARTS, LARGE = 80, 2_000
"""Rows drawn as starts; above so many rows fewer, in proportion."""
SHORT, FINALISTS = 20, 8
"""Steps of every start, and how many go on from there."""
CLOSE, MOST_STEPS = 1e-6, 1_000
"""Gain in mean log likelihood below which a fit has arrived, and steps at most."""

Given = Callable[[int], Sequence[Labels]]
"""Number of components → divisions to start from."""


class Shares(NamedTuple):
    """How probable each component is for each row."""

    of_rows: Matrix
    """(s, k, n)."""
    likelihood: Matrix
    """Mean log likelihood of a row, (s,)."""


@dataclass(eq=False)
class MixtureSearch:
    """The likeliest mixtures so far."""

    tables: tuple[Matrix, Matrix]
    """The table and the table sphered, (n, p) each."""
    generator: np.random.Generator
    best: dict[int, Shares] = field(default_factory=dict)
    """Number of components → shares (1, k, n)."""

    def __post_init__(self) -> None:
        """One component for all, and the terms of the table."""
        rows = self.tables[0]
        self._terms = terms(rows[None])
        self.best[1] = Shares(np.ones((1, 1, len(rows))), np.array([-np.inf]))

    def begin(self, k: int, divisions: Sequence[Labels]) -> None:
        """From divisions, from rows drawn, and from the mixture of one component fewer."""
        rows = len(self.tables[0])
        count = max(4, min(STARTS, STARTS * LARGE // rows))
        drawn = [self._around(k, self.tables[start % 2]) for start in range(count)]
        self._keep(k, np.stack([np.eye(k)[labels].T for labels in (*divisions, *drawn)]))
        self.split(k)

    def split(self, k: int) -> None:
        """From the mixture of one component fewer."""
        if k - 1 in self.best:
            rows = self.tables[0]
            self._keep(k, np.stack([_split(self.best[k - 1].of_rows[0], part, rows) for part in range(k - 1)]))

    def merge(self, k: int) -> None:
        """From the mixture of one component more."""
        if k + 1 in self.best:
            more = self.best[k + 1].of_rows[0]
            self._keep(k, np.stack([_merged(more, one, other) for one, other in combinations(range(k + 1), 2)]))

    def _around(self, k: int, table: Matrix) -> Labels:
        return nearest(table, table[self.generator.choice(len(table), k, replace=False)])

    def _keep(self, k: int, starts: Matrix) -> None:
        short = self._fitted(starts, SHORT, 0)
        leading = np.argsort(-short.likelihood, kind="stable")[:FINALISTS]
        found = self._fitted(short.of_rows[leading], MOST_STEPS, CLOSE)
        known = self.best.get(k)
        filled = np.array([_filled(shares) for shares in found.of_rows])
        likelihood = np.where(filled, found.likelihood, -np.inf)
        first = int(likelihood.argmax())
        if filled[first] and (known is None or likelihood[first] > known.likelihood[0] + CLOSE):
            self.best[k] = Shares(found.of_rows[first : first + 1], likelihood[first : first + 1])

    def _fitted(self, shares: Matrix, steps: int, tolerance: float) -> Shares:
        """EM from shares (s, k, n), until no start gains as much any more."""
        final, likelihood = shares.copy(), np.full(len(shares), -np.inf)
        moving, current = np.arange(len(shares)), shares
        for _ in range(steps):
            current, reached = expected(maximised(current, self._terms), self._terms)
            still = reached - likelihood[moving] >= tolerance
            final[moving], likelihood[moving] = current, reached
            if not still.any():
                break
            moving, current = moving[still], current[still]
        return Shares(final, likelihood)


def likeliest(
    tables: tuple[Matrix, Matrix], ks: Sequence[int], given: Given, generator: np.random.Generator
) -> dict[int, Matrix]:
    """The shares (k, n) of the likeliest mixture found, for each number of components that can be filled."""
    search = MixtureSearch(tables, generator)
    wanted = range(2, max(ks) + 1)
    for k in wanted:
        search.begin(k, given(k))
    for k in reversed(wanted):
        search.merge(k)
    for k in wanted:
        search.split(k)
    return {k: search.best[k].of_rows[0] for k in ks if k in search.best}


def _filled(shares: Matrix) -> bool:
    """Whether each component is the most probable one of some row."""
    return len(np.unique(shares.argmax(axis=0))) == len(shares)


def _split(shares: Matrix, part: int, rows: Matrix) -> Matrix:
    """Shares (k, n) with one component in two, on either side of its mean along its longest axis, (k + 1, n)."""
    own = shares[part]
    off = rows - own @ rows / max(own.sum(), 1e-9)
    _, axes = np.linalg.eigh((off * own[:, None]).T @ off)
    side = off @ axes[:, -1] > 0
    return np.vstack([np.delete(shares, part, axis=0), own * side, own * ~side])


def _merged(shares: Matrix, one: int, other: int) -> Matrix:
    """Shares (k, n) with two components in one, (k − 1, n)."""
    return np.vstack([np.delete(shares, [one, other], axis=0), shares[one] + shares[other]])
