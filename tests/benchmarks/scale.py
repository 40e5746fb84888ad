"""`make scale`: whole sites from larger and larger tables, beside what nobody who reads and fits them can do without.

Each table has five groups of customers in five columns, and identifiers, as CSV. Its site is built from nothing with
the built-in renderer. Beside it stand two plain scripts on the same file: one reads it with pandas; the other also fits
scikit-learn's K-Means with ten starts for 2 to 10 segments to 50,000 of the customers. Last, all customers are scored
by the model that the build leaves. The ways take turns; each is a process of its own. Memory is that of all processes
together, shared pages counted once, in a run of its own.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from measure import Command, Cost, Run, cost, run, tree_memory
from rich.console import Console
from rich.table import Table

ROWS = (100_000, 1_000_000)
GROUPS, COLUMNS, SPREAD, CHUNK = 5, tuple("abcde"), 8.0, 250_000
"""Of the groups, whose centres have a standard deviation of 25: they overlap."""
WIDTH = 120
READ = "import pandas as pd; t = pd.read_csv('table.csv')"
FIT = (
    READ + "; from sklearn.preprocessing import StandardScaler; from sklearn.cluster import KMeans; "
    f"x = StandardScaler().fit_transform(t.sample(min(len(t), 50_000), random_state=0)[{list(COLUMNS)!r}]); "
    "[KMeans(k, n_init=10, random_state=0).fit(x) for k in range(2, 11)]"
)
SITE = "data: {path: table.csv}\ncolumns: {id: {role: id}, " + ", ".join(
    f"{column}: {{role: feature}}" for column in COLUMNS
)
READING, FITTING = "pandas.read_csv alone", "read, and fit 2 to 10 segments"


def main() -> int:
    """Write the tables, run each way, and print seconds, memory and ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=ROWS, help="rows of the tables (default 10⁵ and 10⁶)")
    parser.add_argument("--runs", type=int, default=3, help="timed runs of each way (default 3)")
    given = parser.parse_args()
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = WIDTH
    for rows in given.rows:
        with tempfile.TemporaryDirectory(prefix="segment-atlas-scale-") as name:
            folder = Path(name)
            write(folder / "table.csv", rows)
            (folder / "site.yml").write_text(SITE + "}\n", encoding="utf-8")
            console.print(_table(rows, measured(ways(), folder, given.runs)))
    return 0


def write(file: Path, rows: int, seed: int = 1) -> None:
    """Customers, in pieces, so that writing takes no memory."""
    generator = np.random.default_rng(seed)
    centres = generator.normal(50, 25, (GROUPS, len(COLUMNS)))
    for start in range(0, rows, CHUNK):
        count = min(CHUNK, rows - start)
        values = centres[generator.integers(GROUPS, size=count)] + generator.normal(0, SPREAD, (count, len(COLUMNS)))
        part = pd.DataFrame(values.round(2), columns=list(COLUMNS))
        part.insert(0, "id", [f"K{number:08}" for number in range(start, start + count)])
        part.to_csv(file, mode="a", header=start == 0, index=False)


def ways() -> Sequence[Command]:
    """By hand, and by the command; the site before what needs its model."""
    return (
        Command(READING, [sys.executable, "-c", READ], os.environ),
        Command(FITTING, [sys.executable, "-c", FIT], os.environ),
        _atlas(
            "segment-atlas build",
            "build",
            "--config",
            ".",
            "--renderer",
            "builtin",
            "--again",
            "--previous",
            "none",
            "--quiet",
        ),
        _atlas("segment-atlas score", "score", "table.csv", "-o", "build/scored.csv"),
    )


def _atlas(name: str, *options: str) -> Command:
    return Command(name, [str(Path(sys.executable).with_name("segment-atlas")), *options], os.environ)


def measured(every: Sequence[Command], folder: Path, runs: int) -> dict[str, Cost]:
    """Of each way; they take turns."""
    taken: dict[str, list[Run]] = {way.name: [] for way in every}
    for _ in range(runs):
        for way in every:
            taken[way.name].append(run(way, folder))
    return {way.name: cost(taken[way.name], tree_memory(way, folder)) for way in every}


def _table(rows: int, found: dict[str, Cost]) -> Table:
    table = Table(title=f"{rows:,} customers", title_justify="left")
    table.add_column("", no_wrap=True)
    for heading in ("clock s", "× read and fit", "processor s", "× read and fit", "MiB, all"):
        table.add_column(heading, justify="right", no_wrap=True)
    floor = found[FITTING]
    for name, each in found.items():
        times = ((each.wall, floor.wall), (each.processor, floor.processor))
        texts = (text for value, base in times for text in (f"{value:.1f}", f"{value / base:.2f}"))
        table.add_row(name, *texts, f"{each.tree:,.0f}")
    return table


if __name__ == "__main__":
    raise SystemExit(main())
