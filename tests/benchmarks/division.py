"""`make division`: two things done without scikit-learn on small tables, beside scikit-learn's own, in one run.

- Dividing customers: how long `analysis.cluster.partition` takes, and how far its inertia lies above the lowest found
  by either; beside it scikit-learn's ten starts, followed by the same exchange.
- Recognising them: the F1 of the rule found by beam search, beside that of the best leaf of a decision tree of depth
  three, its bounds set to the same round figures.

The tables are drawn from `--seed`: clouds without groups, and six overlapping groups, of three and of six columns.
"""

from __future__ import annotations

import argparse
import math
import os

# One thread each, as the build itself takes on small tables; read by NumPy when it is imported.
os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"))

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
from rich.console import Console
from rich.table import Table
from sklearn.cluster import KMeans
from sklearn.tree import DecisionTreeClassifier

from analysis.bounds import ABOVE, AT_MOST, Bounds, axis, best_bounds, f1
from analysis.cluster import LARGEST_SIDE_BY_SIDE, Points, exchange, partition, points, summary

ROWS, COLUMNS, KS = (200, 500, 1_000, LARGEST_SIDE_BY_SIDE), (3, 6), (3, 6, 10)
STEPS = 200
"""Round figures that a column's range holds."""


@dataclass
class Tally:
    """What one way took and how well it did, one entry a task."""

    seconds: float = 0.0
    done: list[float] = field(default_factory=list)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tables", type=int, default=4, help="tables of each kind, size and number of columns")
    given = parser.parse_args()
    console = Console(highlight=False)
    console.print(_divisions(given.tables, given.seed))
    console.print(_rules(given.tables, given.seed))
    return 0


def _divisions(tables: int, seed: int) -> Table:
    printed = Table(title="Dividing customers into 3, 6 and 10 segments", title_justify="left")
    for heading in ("rows", "runs", "seconds", "library's", "excess %", "library's"):
        printed.add_column(heading, justify="right", no_wrap=True)
    for rows in ROWS:
        ours, theirs = Tally(), Tally()
        for number, matrix in enumerate(_tables(rows, tables, seed)):
            distinct = points(matrix[np.lexsort(matrix.T[::-1])])
            for k in KS:
                found = [_timed(way, tally, distinct, k, number) for way, tally in ((_own, ours), (_library, theirs))]
                for tally, inertia in zip((ours, theirs), found, strict=True):
                    tally.done.append(inertia / min(found) - 1)
        printed.add_row(
            f"{rows:,}",
            str(len(ours.done)),
            f"{ours.seconds:.2f}",
            f"{theirs.seconds:.2f}",
            *(f"{100 * np.mean(each.done):.3f}" for each in (ours, theirs)),
        )
    return printed


def _own(distinct: Points, k: int, seed: int) -> float:
    return partition(distinct, k, seed).inertia


def _library(distinct: Points, k: int, seed: int) -> float:
    model = KMeans(k, n_init=10, random_state=seed).fit(distinct.position, sample_weight=distinct.weight)
    return summary(distinct, exchange(distinct, model.labels_.astype(np.intp), k), k)[1]


def _rules(tables: int, seed: int) -> Table:
    printed = Table(title="Recognising each segment by a rule", title_justify="left")
    for heading in ("k", "rules", "F1", "tree's", "worst", "tree's", "bounds", "tree's", "seconds", "tree's"):
        printed.add_column(heading, justify="right", no_wrap=True)
    for k in KS:
        ours, theirs, bounds = Tally(), Tally(), ([], [])
        for number, matrix in enumerate(_tables(500, tables, seed)):
            labels = KMeans(k, n_init=3, random_state=number).fit(matrix).labels_
            for segment in range(k):
                member = labels == segment
                for way, tally, lengths in ((_beam, ours, bounds[0]), (_tree, theirs, bounds[1])):
                    found = _timed(way, tally, matrix, member)
                    tally.done.append(f1(matrix, member, found))
                    lengths.append(len(found))
        printed.add_row(
            str(k),
            str(len(ours.done)),
            *(f"{value:.3f}" for how in (np.mean, np.min) for value in (how(ours.done), how(theirs.done))),
            *(f"{np.mean(lengths):.1f}" for lengths in bounds),
            *(f"{each.seconds:.2f}" for each in (ours, theirs)),
        )
    return printed


def _beam(matrix: np.ndarray, member: np.ndarray) -> Bounds:
    return best_bounds(matrix, [axis(column, np.ptp(column) / STEPS) for column in matrix.T], member)


def _tree(matrix: np.ndarray, member: np.ndarray) -> Bounds:
    tree = DecisionTreeClassifier(max_depth=3, random_state=0).fit(matrix, member).tree_
    steps = np.ptp(matrix, axis=0) / STEPS

    def leaves(node: int, bounds: Bounds) -> Iterator[Bounds]:
        if tree.children_left[node] == tree.children_right[node]:
            yield bounds
            return
        column = int(tree.feature[node])
        edge = float(math.floor(tree.threshold[node] / steps[column]) * steps[column])
        yield from leaves(int(tree.children_left[node]), {**bounds, (column, AT_MOST): edge})
        yield from leaves(int(tree.children_right[node]), {**bounds, (column, ABOVE): edge})

    return max(leaves(0, {}), key=lambda bounds: f1(matrix, member, bounds))


def _tables(rows: int, count: int, seed: int) -> Iterator[np.ndarray]:
    """Standardised tables, half of them with groups."""
    generator = np.random.default_rng((seed, rows))
    for columns in COLUMNS:
        for number in range(count):
            table = generator.normal(size=(rows, columns))
            if number % 2:
                table += 3 * generator.normal(size=(6, columns))[generator.integers(0, 6, rows)]
            yield (table - table.mean(axis=0)) / table.std(axis=0)


def _timed(way: Callable, tally: Tally, *given: object) -> object:
    start = time.process_time()
    result = way(*given)
    tally.seconds += time.process_time() - start
    return result


if __name__ == "__main__":
    raise SystemExit(main())
