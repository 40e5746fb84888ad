"""Structureless tables with categories and marks: nothing in them but shares and correlations.

A Gaussian copula: every column stands for one that nobody sees, and these hidden ones are one normal cloud. An amount
is its hidden column; a mark (yes or no, a step of a scale) is what the hidden column's rank has in the table; of
categories each has a hidden column, and a customer belongs to the one that is highest, once each has been lifted so
far that the categories get their shares (Thurstone 1927, Psychological Review 34:273; the multinomial probit).

Cutting loosens: what is seen correlates less than what is hidden. So the hidden correlations are those that give the
table's own back, found by trying (Cario & Nelson 1997, “Modeling and generating random vectors with arbitrary marginal
distributions and correlation matrix”, who call it NORTA). Else any table whose answers hang together would seem to
have groups.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.basics.arrays import Matrix
from analysis.clustering.battery.tables import ColumnWeights, boxes, drawn, written
from analysis.clustering.battery.unimodal import Unimodal, unimodal

PRACTICE = 4_000
"""Rows on which correlations and shares are tried."""
TRIES = 20
"""Each brings the correlations about half as near again."""
CLOSE_CORRELATION = 0.005
"""How far correlations may stay from the table's own: less than chance moves them from one table to the next."""
FLATTEST = 1e-6
"""Variance that every direction of the hidden cloud keeps."""


@dataclass(frozen=True, eq=False)
class _Block:
    """The categories of one thing."""

    columns: list[int]
    rows: Matrix
    """What the columns hold for a customer of each category, and at last of none, (categories + 1, columns)."""
    lifts: Matrix
    """What is added to each hidden column, and what none of them may fall below, (categories + 1,)."""

    def seen(self, hidden: Matrix) -> Matrix:
        """The columns of customers whose hidden ones are (m, p), (m, columns)."""
        return np.asarray(self.rows[_highest(hidden[:, self.columns], self.lifts)])


def copulas(table: Matrix, kinds: ColumnWeights, count: int, generator: np.random.Generator) -> Matrix:
    """Structureless tables with the table's shares and correlations, (count, n, p)."""
    n, p = table.shape
    noise = generator.standard_normal((PRACTICE, p))
    blocks = [_block(table, list(columns), noise) for columns in kinds.blocks]
    things = _Things(table, kinds, blocks, {column: unimodal(table[:, column]) for column in _amounts(table, kinds)})
    root = _root(things, noise)
    hidden = generator.standard_normal((count, n, p)) @ root
    return written(np.stack([things.seen(each) for each in hidden]), table)


def independent(table: Matrix, kinds: ColumnWeights, count: int, generator: np.random.Generator) -> Matrix:
    """Amounts evenly in their box, marks and categories at random, as often as in the table, (count, n, p)."""
    found = np.empty((count, *table.shape))
    amounts = _amounts(table, kinds)
    if amounts:
        found[..., amounts] = boxes(table[:, amounts], count, generator)
    for columns in [*([mark] for mark in kinds.marks), *(list(block) for block in kinds.blocks)]:
        found[..., columns] = table[:, columns][drawn(len(table), count, generator)]
    return found


def _amounts(table: Matrix, kinds: ColumnWeights) -> list[int]:
    discrete = {*kinds.marks, *(column for block in kinds.blocks for column in block)}
    return [column for column in range(table.shape[1]) if column not in discrete]


def _block(table: Matrix, columns: list[int], noise: Matrix) -> _Block:
    own = table[:, columns]
    inside = own > (own.max(axis=0) + own.min(axis=0)) / 2
    place = np.where(inside.any(axis=1), inside.argmax(axis=1), len(columns))
    shares = np.bincount(place, minlength=len(columns) + 1) / len(table)
    rows = np.where(np.eye(len(columns) + 1, len(columns)) > 0, own.max(axis=0), own.min(axis=0))
    return _Block(columns, rows, _lifts(shares, noise[:, columns]))


def _lifts(shares: Matrix, noise: Matrix) -> Matrix:
    """What gives each category its share of customers; a category that nobody belongs to is never the highest."""
    from scipy.special import ndtri  # noqa: PLC0415 (two fifths of a second, and not for tables of amounts)

    wanted = np.where(shares > 0, shares, 0.5)
    lifts = np.where(shares > 0, ndtri(np.clip(wanted, FLATTEST, 1 - FLATTEST)), -np.inf)
    for _ in range(TRIES):
        found = np.bincount(_highest(noise, lifts), minlength=len(lifts)) / len(noise)
        step = ndtri(np.clip(wanted, FLATTEST, 1 - FLATTEST)) - ndtri(np.clip(found, 1 / PRACTICE, 1 - 1 / PRACTICE))
        lifts = np.where(shares > 0, lifts + step, -np.inf)
    return lifts


def _highest(hidden: Matrix, lifts: Matrix) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    lifted = np.column_stack([hidden, np.zeros(len(hidden))]) + lifts
    return np.asarray(lifted.argmax(axis=1), dtype=np.intp)


@dataclass(frozen=True, eq=False)
class _Things:
    """What the columns show of the hidden ones."""

    table: Matrix
    kinds: ColumnWeights
    blocks: Sequence[_Block]
    amounts: Mapping[int, Unimodal]

    def seen(self, hidden: Matrix) -> Matrix:
        """Rows (m, p) as the table would hold them, from hidden ones."""
        found = np.empty(hidden.shape)
        for column, shape in self.amounts.items():
            found[:, column] = shape.of_normal(hidden[:, column])
        for mark in self.kinds.marks:
            found[:, mark] = self._marked(mark, hidden[:, mark])
        for block in self.blocks:
            found[:, block.columns] = block.seen(hidden)
        return found

    def _marked(self, mark: int, hidden: Matrix) -> Matrix:
        from scipy.special import ndtr  # noqa: PLC0415 (as above)

        rank = (ndtr(hidden) * len(self.table)).astype(np.intp)
        return np.asarray(np.sort(self.table[:, mark])[np.minimum(rank, len(self.table) - 1)])


def _root(things: _Things, noise: Matrix) -> Matrix:
    """What turns independent hidden columns into those that give the table's correlations back, (p, p)."""
    table = things.table
    wanted, apart = _correlations(table), _of_different_things(table.shape[1], things.blocks)
    hidden, root = np.where(apart, wanted, np.eye(len(wanted))), np.eye(len(wanted))
    for _ in range(TRIES):
        root = _square_root(hidden)
        found = _correlations(things.seen(noise @ root))
        if np.abs(wanted - found)[apart].max(initial=0) < CLOSE_CORRELATION:
            break
        hidden = np.where(apart, np.clip(hidden + wanted - found, -1, 1), hidden)
    return root


def _of_different_things(p: int, blocks: Sequence[_Block]) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    """Pairs of columns whose correlation says something; those of one thing's categories follow from the shares."""
    thing = np.arange(p)
    for block in blocks:
        thing[block.columns] = block.columns[0]
    return np.asarray(thing[:, None] != thing)


def _correlations(rows: Matrix) -> Matrix:
    spread = rows.std(axis=0)
    standard = (rows - rows.mean(axis=0)) / np.where(spread > 0, spread, 1)
    return np.asarray(standard.T @ standard / len(rows))


def _square_root(correlations: Matrix) -> Matrix:
    """Of the nearest correlations that can be (negative variances taken for none; Higham 2002), symmetric, (p, p)."""
    variance, axes = np.linalg.eigh(correlations)
    root = (axes * np.sqrt(np.maximum(variance, FLATTEST))) @ axes.T
    return np.asarray(root / np.sqrt(np.sum(root**2, axis=0)))
