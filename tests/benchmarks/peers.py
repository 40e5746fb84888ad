"""`make peers`: the indices beside those of R's `fpc` and `cluster`, on the same tables and divisions.

What is a formula must be equal, to one part in a million: both are given the same rows and labels. What is drawn by
chance (the gap's boxes, the halves of the prediction strength, the resamples) each draws by itself: it must agree
within four joint standard errors and .05. They are not quite the same figures: R divides each half as it stands, where
the battery standardises it anew. Exit status 1 where something differs. Where R or one of its packages is missing, that
is said, and nothing is compared.
"""

from __future__ import annotations

import argparse
import json
import math
import os

os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"))

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from rich.console import Console
from rich.table import Table
from sklearn.datasets import load_iris, load_wine

from analysis.basics.arrays import Labels, Matrix
from analysis.basics.distances import between
from analysis.clustering.algorithms.cluster import partition, points
from analysis.clustering.battery import Battery, Sample, battery, kmeans
from analysis.clustering.battery.agreement import adjusted_rand
from analysis.clustering.battery.gap import preferred as preferred_gap
from analysis.clustering.battery.inertia import inertia
from analysis.clustering.battery.persistence import flows, persistence
from analysis.clustering.battery.prediction_strength import preferred as preferred_strength
from analysis.clustering.battery.prediction_strength import standard_error
from analysis.clustering.battery.references import TABLES
from analysis.clustering.battery.silhouette import silhouettes
from analysis.clustering.trials import calinski_harabasz, davies_bouldin

PROJECT = Path(__file__).parents[2]
SCRIPT = Path(__file__).with_suffix(".R")
PACKAGES = ("cluster", "fpc", "jsonlite")
KS = tuple(range(2, 9))
SHOWN = 10
"""Resamples whose Jaccard similarities R computes again."""
EQUAL, ERRORS, ROOM = 1e-6, 4.0, 0.05
MOST_SECONDS = 1_800


@dataclass(frozen=True)
class Pair:
    """One figure by both."""

    table: str
    figure: str
    ours: float
    theirs: float
    error: float | None = None
    """Joint standard error of what is drawn by chance; None where both must be equal."""

    @property
    def agrees(self) -> bool:
        """Whether the two are as alike as they must be."""
        if math.isnan(self.ours) or math.isnan(self.theirs):
            return math.isnan(self.ours) and math.isnan(self.theirs)
        if self.error is None:
            return math.isclose(self.ours, self.theirs, rel_tol=EQUAL, abs_tol=EQUAL)
        return abs(self.ours - self.theirs) <= ERRORS * self.error + ROOM


@dataclass(frozen=True, eq=False)
class Ours:
    """A standardised table, its divisions by number of segments, and what the battery says of them."""

    name: str
    k: int
    """The number of segments whose resamples are compared."""
    rows: Matrix
    labels: Mapping[int, Labels]
    battery: Battery

    def given(self) -> dict[str, Any]:
        """What R is given: rows and labels, none of the figures but those that the gap's rule reads."""
        gaps = self.gaps
        return {
            "rows": self.rows.tolist(), "ks": list(KS), "k": self.k, "divisions": [self._division(k) for k in KS],
            "gap": [gaps[k].value for k in sorted(gaps)], "gap_error": [gaps[k].error for k in sorted(gaps)],
        }  # fmt: skip

    @property
    def gaps(self) -> dict[int, Any]:
        """The gap by number of segments, from one."""
        measures = self.battery.measures
        return {1: self.battery.undivided, **{k: measures[k].gap for k in KS}}

    def _division(self, k: int) -> dict[str, Any]:
        drawn, found = self.battery.bootstrap, self.battery.bootstrap.found[k]
        return {
            "labels": (self.labels[k] + 1).tolist(), "other": (found[0].astype(int) + 1).tolist(),
            "former": (self.labels[k - 1] + 1).tolist() if k > KS[0] else None,
            "resampled": (found[:SHOWN].astype(int) + 1).tolist(), "drawn": drawn.counts[:SHOWN].tolist(),
        }  # fmt: skip


def main() -> int:
    """Compare and print; 1 where a figure differs."""
    given = _arguments()
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 110)
    if (missing := lacking()) is not None:
        console.print(f"Nothing was compared: {missing} Debian and Ubuntu have them as r-base-core, "
                      "r-cran-cluster, r-cran-fpc and r-cran-jsonlite.")  # fmt: skip
        return 0
    ours = [_measured(name, k, rows, given.resamples) for name, k, rows in tables()]
    answers = answered(ours, given)
    pairs = [pair for one, answer in zip(ours, answers, strict=True) for pair in compared(one, answer)]
    console.print(_table(pairs if given.every else _worst(pairs)))
    for one, answer in zip(ours, answers, strict=True):
        console.print(f"{one.name}: {_preferences(one, answer['by_chance'])}", soft_wrap=True)
    apart = [pair for pair in pairs if not pair.agrees]
    exact = sum(pair.error is None for pair in pairs)
    console.print(
        f"{len(pairs)} figures: {exact} that must be equal, {len(pairs) - exact} drawn by chance; {len(apart)} differ."
    )
    for pair in apart:
        console.print(
            f"DIFFERS  {pair.table}, {pair.figure}: {pair.ours:.6f} here, {pair.theirs:.6f} in R", style="red"
        )
    return 1 if apart else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", action="store_true", help="print every figure, not the farthest apart of each kind")
    parser.add_argument("--resamples", type=int, default=100)
    parser.add_argument("--splits", type=int, default=50)
    parser.add_argument("--tables", type=int, default=50, help="reference tables of R's gap statistic")
    parser.add_argument("--starts", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1, help="of R's draws; the battery's seed is 1")
    return parser.parse_args()


def lacking() -> str | None:
    """What of R is not there, in a sentence; None where all is."""
    program = shutil.which("Rscript")
    if program is None:
        return "R is not installed (no Rscript on the path)."
    loads = "; ".join(f'if (!requireNamespace("{name}", quietly = TRUE)) cat("{name} ")' for name in PACKAGES)
    found = subprocess.run([program, "-e", loads], capture_output=True, text=True, check=True)  # noqa: S603 (as found)
    absent = found.stdout.split()
    return f"R lacks {', '.join(absent)}." if absent else None


def tables() -> Iterator[tuple[str, int, Matrix]]:
    """Name, number of segments and rows of each table, columns standardised."""
    mall = pd.read_csv(next((PROJECT / "data").glob("*.csv"))).select_dtypes("number").iloc[:, 1:].to_numpy(float)
    for name, k, rows in (
        ("Mall, three columns", 6, mall),
        ("Mall, income and score", 5, mall[:, 1:]),
        ("iris", 3, load_iris().data),
        ("wine", 3, load_wine().data),
    ):
        yield name, k, (rows - rows.mean(axis=0)) / rows.std(axis=0)


def _measured(name: str, k: int, rows: Matrix, resamples: int) -> Ours:
    distinct = points(rows)
    labels = {each: partition(distinct, each, seed=1).labels[distinct.row] for each in KS}
    found = battery(Sample(rows), labels, kmeans(KS), (resamples, np.random.SeedSequence(1)), fewer=kmeans)
    return Ours(name, k, rows, labels, found)


def answered(ours: Sequence[Ours], given: argparse.Namespace) -> list[dict[str, Any]]:
    """What R says of the same tables."""
    settings = {name: getattr(given, name) for name in ("resamples", "splits", "tables", "starts", "seed")}
    with tempfile.TemporaryDirectory(prefix="segment-atlas-peers-") as folder:
        question, answer = Path(folder, "given.json"), Path(folder, "answered.json")
        question.write_text(json.dumps({**settings, "tables_given": [one.given() for one in ours]}), encoding="utf-8")
        subprocess.run(["Rscript", str(SCRIPT), str(question), str(answer)], check=True, timeout=MOST_SECONDS)  # noqa: S603, S607
        found: list[dict[str, Any]] = json.loads(answer.read_text(encoding="utf-8"))
    return found


def compared(ours: Ours, theirs: Mapping[str, Any]) -> Iterator[Pair]:
    """Every figure of one table by both."""
    apart = between(ours.rows)
    for k, answer in zip(KS, theirs["divisions"], strict=True):
        for figure, value in _exact(ours, k, apart).items():
            given = np.atleast_1d(np.asarray(answer[figure], dtype=float))
            for here, there in zip(np.atleast_1d(value), given, strict=True):
                yield Pair(ours.name, f"{figure.replace('_', ' ')}, k={k}", float(here), float(there))
    yield Pair(ours.name, "gap: k by the rule, same gaps", preferred_gap(ours.gaps), theirs["own_gap_k"])
    yield from _by_chance(ours, theirs["by_chance"])


def _exact(ours: Ours, k: int, apart: Matrix) -> dict[str, Any]:
    labels, drawn = ours.labels[k], ours.battery.bootstrap
    centroids = np.array([ours.rows[labels == segment].mean(axis=0) for segment in range(k)])
    widths = silhouettes(apart, labels, k)
    small = labels[None].astype(np.uint8)
    found = {
        "silhouette": widths.mean(),
        "segment_silhouettes": np.bincount(labels, widths) / np.bincount(labels),
        "calinski_harabasz": calinski_harabasz(ours.rows, labels, centroids),
        "davies_bouldin": davies_bouldin(ours.rows, labels, centroids),
        "log_w": math.log(inertia(ours.rows[None], small, k)[0]),
        "adjusted_rand": adjusted_rand(small, drawn.found[k][:1], k),
        "jaccard": np.nan_to_num(drawn.jaccard(labels, k)[:SHOWN]).mean(axis=0),
    }
    return found if k == KS[0] else found | {"persistence": persistence(flows(ours.labels[k - 1], labels))}


def _by_chance(ours: Ours, theirs: Mapping[str, Any]) -> Iterator[Pair]:
    measures = ours.battery.measures
    for at, (k, own) in enumerate(sorted(ours.gaps.items())):
        # The statistic's own error is that of one reference table; the mean over tables is what is compared.
        error = math.hypot(own.error / math.sqrt(TABLES + 1), theirs["gap_error"][at] / math.sqrt(theirs["tables"] + 1))
        yield Pair(ours.name, f"gap, k={k}", own.value, theirs["gap"][at], error)
    for k, strength, error in zip(KS, theirs["strength"], theirs["strength_error"], strict=True):
        own = measures[k].prediction_strength
        yield Pair(
            ours.name,
            f"prediction strength, k={k}",
            float(own.mean()),
            strength,
            math.hypot(standard_error(own), error),
        )
    one = measures[ours.k]
    weakest = one.jaccard[:, int(one.stability.argmin())]
    error = math.hypot(float(np.nanstd(weakest)) / math.sqrt(len(weakest)), theirs["weakest_error"])
    yield Pair(ours.name, f"weakest segment's Jaccard, k={ours.k}", one.weakest, theirs["weakest"], error)


def _preferences(ours: Ours, theirs: Mapping[str, Any]) -> str:
    """The numbers of segments that both would take, each by its own draws; near a cut they may differ by chance."""
    strong = preferred_strength({k: each.prediction_strength for k, each in ours.battery.measures.items()})
    return (
        f"the gap prefers {preferred_gap(ours.gaps)} here, {theirs['gap_k']} in R (firstSEmax: {theirs['gap_first']}); "
        f"prediction strength {strong or 'none for certain'} here, {theirs['strength_k']} in R."
    )


def _worst(pairs: Sequence[Pair]) -> list[Pair]:
    """Of each kind of figure that must be equal the one farthest apart; what is drawn by chance as it is."""
    found: dict[tuple[str, str], Pair] = {}
    for pair in pairs:
        key = (pair.table, pair.figure.split(", k=")[0] if pair.error is None else pair.figure)
        if key not in found or abs(pair.ours - pair.theirs) > abs(found[key].ours - found[key].theirs):
            found[key] = pair
    return list(found.values())


def _table(pairs: Sequence[Pair]) -> Table:
    table = Table()
    for heading in ("table", "figure", "Segment Atlas", "R", "joint error", ""):
        table.add_column(heading, justify="left" if heading in {"table", "figure", ""} else "right", no_wrap=True)
    for pair, following in zip(pairs, [*pairs[1:], None], strict=True):
        told = ("equal" if pair.agrees else "DIFFERS") if pair.error is None else "within" if pair.agrees else "BEYOND"
        error = "" if pair.error is None else f"{pair.error:.3f}"
        table.add_row(
            pair.table, pair.figure, f"{pair.ours:.6g}", f"{pair.theirs:.6g}", error, told,
            end_section=following is not None and following.table != pair.table,
        )  # fmt: skip
    return table


if __name__ == "__main__":
    raise SystemExit(main())
