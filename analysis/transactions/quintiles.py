"""RFM scores by quintiles, and the ten segments that are usually made of them.

Each of recency, frequency and monetary gets a score from 1 to 5 by the share of customers below it (Hughes 1994,
Strategic Database Marketing); the two scores of frequency and monetary are averaged, halves down, and the pair of this
and the recency score is looked up on a grid of 5 × 5 (`rfm_grid.yml` beside the personas).

Who bought once has bought as seldom as one can, however many others have: they score 1 for frequency and for value, so
that none of the segments whose names speak of coming back (“Loyal”, “At Risk”) holds them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from analysis.basics.arrays import Matrix
from analysis.configuration.yaml_text import read_yaml

if TYPE_CHECKING:
    from numpy.typing import NDArray

GRID = Path(__file__).with_name("rfm_grid.yml")


@dataclass(frozen=True, eq=False)
class Scored:
    """Scores of each customer, (customers,), and the segment that follows."""

    recency: NDArray[np.int64]
    frequency: NDArray[np.int64]
    monetary: NDArray[np.int64]
    segment: NDArray[np.int64]
    """Place of the segment in `names()`."""


def scores(values: Matrix, *, ascending: bool = True) -> NDArray[np.int64]:
    """A score from 1 to 5 for each value, (customers,); 5 is the highest value, or the lowest where not `ascending`.

    Customers with equal values always get the same score, whatever the order of the rows: that of the middle of the
    ranks they share (mid-rank). So a score may have more or fewer than a fifth of the customers, or nobody.
    """
    ordered = values if ascending else -values
    _, place, counts = np.unique(ordered, return_inverse=True, return_counts=True)
    middle = (np.cumsum(counts) - counts / 2)[place] / len(values)
    # The middle of the ranks lies strictly between 0 and 1; an edge itself belongs to the score below it.
    return np.ceil(np.round(middle * 5, 9)).astype(np.int64).clip(1, 5)


def scored(recency: Matrix, frequency: Matrix, monetary: Matrix) -> Scored:
    """Score every customer; a recent purchase scores 5, since recency counts the days since."""
    r, f, m = scores(recency, ascending=False), scores(frequency), scores(monetary)
    once = bought_once(frequency)
    f[once] = 1
    value = np.where(once, 1, value_score(f, m))
    return Scored(r, f, m, _lookup()[r - 1, value - 1])


def bought_once(frequency: Matrix) -> NDArray[np.bool_]:
    """Customers with one purchase, (customers,); nobody where the column holds fractions and so counts no purchases."""
    counted = bool(np.all(frequency == np.round(frequency)))
    return np.asarray((frequency <= 1) & counted, dtype=np.bool_)


def value_score(frequency: NDArray[np.int64], monetary: NDArray[np.int64]) -> NDArray[np.int64]:
    """Frequency and monetary in one score: their mean, halves down: who is high on one alone is not high."""
    return (frequency + monetary) // 2


def names() -> tuple[str, ...]:
    """The ten segments, the best customers first."""
    return tuple(grid())


@cache
def grid() -> dict[str, tuple[tuple[int, int], ...]]:
    """Segment → its cells (recency score, score of frequency and monetary)."""
    content = read_yaml(GRID.read_text(encoding="utf-8"))
    return {
        name: tuple((int(recency), int(value)) for recency, values in cells.items() for value in values)
        for name, cells in content.items()
    }


@cache
def _lookup() -> NDArray[np.int64]:
    """Segment's place by recency score − 1 and value score − 1, (5, 5)."""
    table = np.full((5, 5), -1, dtype=np.int64)
    for place, cells in enumerate(grid().values()):
        for r, v in cells:
            table[r - 1, v - 1] = place
    return table
