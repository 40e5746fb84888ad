"""`make battery`: the battery beside a plain loop over scikit-learn, in one run.

Both measure the same: for every number of segments from 2 to 10, resamples, halves and structureless tables of the
table that ships, each standardised, divided and held against others. The loop calls `KMeans(n_init=10)` for each of
these tables and scikit-learn's metrics for each comparison. Printed is processor time beyond imports.

`--against REV` measures an older commit beside this one, run by run in turn. `--rows 10000` measures as many made-up
customers of eight columns, beside scikit-learn's ten starts and one silhouette for each number of segments. `--r`
measures R's `clusterboot`, `prediction.strength` and `clusGap` on the same table, with as many resamples, splits and
reference tables. R has no search of many tables: each of its starts is a set of rows drawn, and there are as many as
the battery has suggestions for one table (`--starts` for another number). The battery's own structureless tables, which
R has not, are in its time.
"""

from __future__ import annotations

import argparse
import os

# One thread each, as the build itself takes on small tables; read by NumPy when it is imported.
os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"))

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import TypeVar

import numpy as np
from rich.console import Console
from rich.table import Table
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score, silhouette_score

from analysis.clustering.algorithms.cluster import partitions, points
from analysis.clustering.battery import Battery, ColumnWeights, Sample, battery, kmeans
from analysis.clustering.battery.copula import copulas
from analysis.clustering.battery.prediction_strength import SPLITS
from analysis.clustering.battery.references import RESAMPLES, TABLES
from analysis.clustering.battery.search import THOROUGH, Effort
from analysis.clustering.battery.tables import boxes, halves
from analysis.configuration import load_configuration
from analysis.preparation.features import features
from analysis.preparation.validate import validate
from analysis.reading.table import read_table
from tests.benchmarks.peers import lacking

PROJECT = Path(__file__).parents[2]
KS = range(2, 11)
MOST_SECONDS = 1.5
LARGE_COLUMNS, MOST_TIMES = 8, 8
R, LEAST_TIMES_R = Path(__file__).with_suffix(".R"), 10
TWICE = """
import sys, time
sys.path.insert(0, sys.argv[1])
import battery
table = battery._table()
for _ in range(2):
    start = time.process_time()
    battery._battery(table, battery._fits(table), 100)
    taken = time.process_time() - start
print(taken)
"""
"""What a process does to measure the code of its own folder: the second run has nothing left to import."""
Result = TypeVar("Result")


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--resamples", type=int, default=100)
    parser.add_argument("--runs", type=int, default=5, help="timed runs of the battery (default 5; the loop runs once)")
    parser.add_argument("--strict", action="store_true", help="exit 1 where the target is missed")
    parser.add_argument("--against", metavar="REV", help="measure this commit and an older one in turn")
    parser.add_argument("--rows", type=int, help="measure the battery on all of so many made-up customers")
    parser.add_argument("--r", action="store_true", help="measure R's fpc and cluster on the same table")
    parser.add_argument("--starts", type=int, default=suggestions(THOROUGH), help="of R (default: as many as here)")
    given = parser.parse_args()
    if given.against:
        return _against(given.against, given.runs, strict=given.strict)
    if given.rows:
        return _large(given.rows, given.resamples, strict=given.strict)
    if given.r:
        return _beside_r(given, strict=given.strict)
    table = _table()
    labels, fits = _timed(lambda: _fits(table))
    found, first = _timed(lambda: _battery(table, labels, given.resamples))
    runs = sorted(
        [first, *(_timed(lambda: _battery(table, labels, given.resamples))[1] for _ in range(given.runs - 1))]
    )
    median = runs[len(runs) // 2] + fits
    (agreement, stability), plain = _timed(lambda: _plain(table, labels, given.resamples))
    console = Console(highlight=False)
    console.print(_printed(median, plain + fits))
    console.print("mean agreement of resamples by number of segments, side by side:")
    for k in KS:
        ours = found.measures[k]
        console.print(
            f"  {k:>2}  {ours.agreement.mean():.3f} {agreement[k]:.3f}   "
            f"weakest Jaccard {ours.weakest:.2f} {stability[k]:.2f}"
        )
    met = median <= MOST_SECONDS
    console.print(
        f"{'met   ' if met else 'MISSED'}  fits and battery: {median:.2f} s of processor time, at most {MOST_SECONDS}",
        style="green" if met else "bold red",
    )
    return 0 if met or not given.strict else 1


def _against(revision: str, runs: int, *, strict: bool) -> int:
    """Fits and battery of both commits in turn, so that whatever else runs slows both."""
    with tempfile.TemporaryDirectory() as folder:
        older = Path(folder) / "older"
        _git("worktree", "add", "--detach", str(older), revision)
        try:
            taken = [(_elsewhere(older), _elsewhere(PROJECT)) for _ in range(runs)]
        finally:
            _git("worktree", "remove", "--force", str(older))
    then, now = np.median(taken, axis=0)
    ratio = float(np.median([new / old for old, new in taken]))
    console = Console(highlight=False)
    met = ratio <= 1
    console.print(
        f"{'met   ' if met else 'MISSED'}  fits and battery: {now:.2f} s of processor time, {then:.2f} s at "
        f"{revision}: {ratio:.2f} times (median of {runs} pairs), at most 1",
        style="green" if met else "bold red",
    )
    return 0 if met or not strict else 1


def _git(*arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=PROJECT, check=True, capture_output=True)  # noqa: S603, S607


def _elsewhere(folder: Path) -> float:
    """Seconds of fits and battery of the code in a folder, in a process of its own and after a first run."""
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    arguments = [sys.executable, "-c", TWICE, str(folder / "tests" / "benchmarks")]
    printed = subprocess.run(arguments, cwd=folder, env=environment, check=True, capture_output=True, text=True)  # noqa: S603
    return float(printed.stdout)


def _large(rows: int, resamples: int, *, strict: bool) -> int:
    """The battery and all fits on many rows, beside scikit-learn's own fits with a silhouette each."""
    generator = np.random.default_rng(1)
    group = generator.integers(0, 5, rows)
    table = 2 * generator.normal(size=(5, LARGE_COLUMNS))[group] + generator.normal(size=(rows, LARGE_COLUMNS))
    table = (table - table.mean(axis=0)) / table.std(axis=0)
    table = table[np.lexsort(table.T[::-1])]
    labels, fits = _timed(lambda: _fits(table))
    _, ours = _timed(lambda: _battery(table, labels, resamples))
    _, theirs = _timed(
        lambda: [silhouette_score(table, KMeans(k, n_init=10, random_state=0).fit(table).labels_) for k in KS]
    )
    ratio = (fits + ours) / theirs
    met = ratio <= MOST_TIMES
    Console(highlight=False).print(
        f"{'met   ' if met else 'MISSED'}  {rows:,} × {LARGE_COLUMNS}: fits {fits:.1f} s and battery {ours:.1f} s of "
        f"processor time, scikit-learn's fits with silhouettes {theirs:.1f} s: {ratio:.1f} times, at most {MOST_TIMES}",
        style="green" if met else "bold red",
    )
    return 0 if met or not strict else 1


def suggestions(effort: Effort) -> int:
    """Starts that one table gets for one number of segments, of five or more: rows put in, merges, other tables'."""
    swaps, shared = sum(effort.swaps) * effort.tried, 2 * (effort.neighbours > 0)
    return effort.tried + 2 * effort.tried + swaps + shared


def _beside_r(given: argparse.Namespace, *, strict: bool) -> int:
    """Fits and battery beside R's three, before and after which the battery is measured."""
    console = Console(highlight=False)
    if (missing := lacking()) is not None:
        console.print(f"Nothing was compared: {missing}")
        return 0
    table = _table()
    labels = _fits(table)
    runs = [_timed(lambda: _battery(table, _fits(table), given.resamples))[1] for _ in range(given.runs)]
    found = _battery(table, labels, given.resamples)
    splits = len(found.measures[KS[0]].prediction_strength)
    numbers = (KS[0], KS[-1], given.resamples, splits, TABLES, given.starts)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        np.savetxt(path, table, delimiter=",")
        arguments = ["Rscript", str(R), str(path), *map(str, numbers)]
        printed = subprocess.run(arguments, check=True, capture_output=True, text=True)  # noqa: S603
    theirs = [float(line) for line in printed.stdout.split()]
    runs += [_timed(lambda: _battery(table, _fits(table), given.resamples))[1] for _ in range(given.runs)]
    ours = float(np.median(runs))
    ratio = sum(theirs) / ours
    met = ratio >= LEAST_TIMES_R
    names = ("clusterboot", "prediction.strength", "clusGap")
    told = ", ".join(f"{name} {taken:.1f}" for name, taken in zip(names, theirs, strict=True))
    console.print(
        f"{'met   ' if met else 'MISSED'}  fits and battery: {ours:.2f} s of processor time; R with {given.starts} "
        f"starts {sum(theirs):.1f} s ({told}): {ratio:.1f} times, at least {LEAST_TIMES_R}",
        style="green" if met else "bold red",
    )
    return 0 if met or not strict else 1


def _table() -> np.ndarray:
    configuration = load_configuration(PROJECT / "site_config" / "site.yml")
    customers = validate(read_table(configuration.origin.places[0], configuration.site), configuration.site)
    return features(customers.frame, configuration.site).standard


def _timed(work: Callable[[], Result]) -> tuple[Result, float]:
    start = time.process_time()
    result = work()
    return result, time.process_time() - start


def _fits(table: np.ndarray) -> dict[int, np.ndarray]:
    distinct = points(table)
    return {division.k: division.labels[distinct.row] for division in partitions(distinct, KS, seed=1)}


def _battery(table: np.ndarray, labels: dict[int, np.ndarray], resamples: int) -> Battery:
    return battery(Sample(table), labels, kmeans(KS), (resamples, np.random.SeedSequence(1)))


def _plain(
    table: np.ndarray, labels: dict[int, np.ndarray], resamples: int
) -> tuple[dict[int, float], dict[int, float]]:
    """The same work by a loop: mean agreement and weakest Jaccard for each number of segments."""
    generator = np.random.default_rng(1)
    agreement, weakest = {}, {}
    for k in KS:
        drawn = [generator.integers(0, len(table), len(table)) for _ in range(resamples)]
        found = [_divided(table[rows], k).predict_all(table) for rows in drawn]
        agreement[k] = float(np.mean([adjusted_rand_score(a, b) for a, b in zip(found[::2], found[1::2], strict=True)]))
        alike = [
            _jaccard(labels[k][rows], other[rows], k) for rows, other in zip(map(np.unique, drawn), found, strict=True)
        ]
        weakest[k] = float(np.nanmean(alike, axis=0).min())
        _references(table, k, generator)
        for one, other in zip(*halves(len(table), SPLITS, generator), strict=True):
            for train, test in ((one, other), (other, one)):
                own, given = _divided(table[test], k), _divided(table[train], k).predict_all(table[test])
                _prediction_strength(own.labels, given, k)
    return agreement, weakest


def single_clouds(table: np.ndarray, count: int, generator: np.random.Generator) -> np.ndarray:
    """Structureless tables with the table's skew and correlations; drawn as the battery draws them."""
    return copulas(table, ColumnWeights(), count, generator)


def _references(table: np.ndarray, k: int, generator: np.random.Generator) -> None:
    for draw in (single_clouds, boxes):
        for reference in draw(table, TABLES, generator):
            rows = [generator.integers(0, len(table), len(table)) for _ in range(RESAMPLES)]
            found = [_divided(reference[each], k).predict_all(reference) for each in rows]
            for a, b in combinations(found, 2):
                adjusted_rand_score(a, b)
            silhouette_score(reference, _divided(reference, k).labels)
            if draw is boxes:
                _divided(reference, k)  # the gap's


class _divided:  # noqa: N801 (reads as the verb that it stands for)
    """K-Means on a table standardised by itself."""

    def __init__(self, table: np.ndarray, k: int) -> None:
        self._centre, self._spread = table.mean(axis=0), table.std(axis=0)
        self._model = KMeans(k, n_init=10, random_state=0).fit((table - self._centre) / self._spread)
        self.labels = self._model.labels_

    def predict_all(self, table: np.ndarray) -> np.ndarray:
        return self._model.predict((table - self._centre) / self._spread)


def _jaccard(ours: np.ndarray, theirs: np.ndarray, k: int) -> list[float]:
    best = []
    for segment in range(k):
        mine = ours == segment
        alike = [(mine & (theirs == other)).sum() / max((mine | (theirs == other)).sum(), 1) for other in range(k)]
        best.append(max(alike) if mine.any() else np.nan)
    return best


def _prediction_strength(own: np.ndarray, given: np.ndarray, k: int) -> float:
    strengths = []
    for segment in range(k):
        inside = given[own == segment]
        if len(inside) > 1:
            together = (inside[:, None] == inside).sum() - len(inside)
            strengths.append(together / (len(inside) * (len(inside) - 1)))
    return min(strengths, default=1.0)


def _printed(ours: float, plain: float) -> Table:
    table = Table(title="200 customers, 3 columns, 2 to 10 segments", title_justify="left")
    table.add_column("", no_wrap=True)
    table.add_column("processor s", justify="right")
    table.add_column("× battery", justify="right")
    table.add_row("fits and battery, all at once", f"{ours:.2f}", "1.0")
    table.add_row("a plain loop over scikit-learn", f"{plain:.2f}", f"{plain / ours:.1f}")
    return table


if __name__ == "__main__":
    raise SystemExit(main())
