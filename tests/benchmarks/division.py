"""`make division`: things done without scikit-learn, beside scikit-learn's own, in one run.

- Dividing customers: how long `analysis.clustering.algorithms.cluster.partition` takes, and how far its inertia lies
  above the lowest found by either; beside it scikit-learn's ten starts, followed by the same exchange.
- Dividing tables that anybody has into 2 to 10 segments: how far each inertia lies above the best of a hundred starts
  of scikit-learn (at most .01 %), and on how many resamples within .05 % of the best of `--starts` (at least 95 % on
  the Mall table).
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
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table
from sklearn.cluster import KMeans
from sklearn.datasets import load_breast_cancer, load_iris, load_wine
from sklearn.tree import DecisionTreeClassifier

from analysis.clustering.algorithms.cluster import Points, exchange, partition, partitions, points, summary
from analysis.clustering.battery import Sample, kmeans
from analysis.clustering.battery.tables import drawn
from analysis.profiling.bounds import ABOVE, AT_MOST, Bounds, axis, best_bounds, f1

PROJECT = Path(__file__).parents[2]
ROWS, COLUMNS, KS = (200, 500, 1_000, 2_000), (3, 6), (3, 6, 10)
KNOWN_KS, LARGEST_RESAMPLED = range(2, 11), 600
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
    parser.add_argument("--resamples", type=int, default=40, help="resamples of each known table")
    parser.add_argument("--starts", type=int, default=30, help="starts of scikit-learn on each of them")
    given = parser.parse_args()
    console = Console(highlight=False, width=120)
    console.print(_known(given.resamples, given.starts))
    console.print(_divisions(given.tables, given.seed))
    console.print(_rules(given.tables, given.seed))
    return 0


def _known(resamples: int, starts: int) -> Table:
    """Excess of the final divisions, and resamples that are divided as well as by many starts."""
    printed = Table(title="Tables that anybody has, by number of segments", title_justify="left")
    for heading in ("table", "rows", "", *map(str, KNOWN_KS)):
        printed.add_column(heading, justify="right", no_wrap=True)
    for name, table in _public():
        excess = [f"{100 * max(0, found):.3f}" for found in _excess(table)]
        printed.add_row(name, f"{len(table):,}", "excess %", *excess)
        if len(table) <= LARGEST_RESAMPLED:
            printed.add_row("", "", "resamples %", *(f"{100 * share:.0f}" for share in _near(table, resamples, starts)))
    return printed


def _public() -> Iterator[tuple[str, np.ndarray]]:
    """The Mall table, three of scikit-learn's, and skewed ones."""
    mall = np.genfromtxt(PROJECT / "data" / "Mall_Customers.csv", delimiter=",", skip_header=1, usecols=(2, 3, 4))
    yield "Mall", mall
    yield from (("iris", load_iris().data), ("wine", load_wine().data), ("cancer", load_breast_cancer().data))
    for rows in (2_000, 9_000):
        generator = np.random.default_rng(rows)
        group = generator.integers(0, 5, rows)
        yield "skewed", np.exp(1.2 * generator.normal(size=(5, 6))[group] + 0.8 * generator.normal(size=(rows, 6)))


def _excess(table: np.ndarray) -> list[float]:
    standard = (table - table.mean(axis=0)) / table.std(axis=0)
    distinct = points(standard[np.lexsort(standard.T[::-1])])
    found = partitions(distinct, KNOWN_KS, 1)
    best = [
        KMeans(k, n_init=100, random_state=0).fit(distinct.position, sample_weight=distinct.weight).inertia_
        for k in KNOWN_KS
    ]
    return [own.inertia / (known * distinct.common) - 1 for own, known in zip(found, best, strict=True)]


def _near(table: np.ndarray, resamples: int, starts: int) -> list[float]:
    sample = Sample(table)
    rows = drawn(len(table), resamples, np.random.default_rng(7))
    tables = sample.standardised(table[rows]).rows
    found = kmeans(KNOWN_KS)(tables, np.random.default_rng(3))
    best = {k: [KMeans(k, n_init=starts, random_state=0).fit(one).inertia_ for one in tables] for k in KNOWN_KS}
    return [float(np.mean(found[k].inertia <= 1.0005 * np.array(best[k]))) for k in KNOWN_KS]


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
