"""`make million`: a million customers, and the whole of CDNOW, beside what they cannot do without.

A million rows are analysed beside two plain scripts: one reads the same file with pandas, the other also scales it and
runs scikit-learn's K-Means once. 69,659 transactions of 23,570 customers stand beside reading them. Each way is a
process of its own; the figures are of one run, or the medians of `--runs`.
"""

from __future__ import annotations

import argparse
import csv
import os
import sys
import tempfile
from pathlib import Path

import numpy as np
from measure import Command, Cost, cost, run, tree_memory
from rich.console import Console
from rich.table import Table

PROJECT = Path(__file__).parents[2]
sys.path.insert(0, str(PROJECT))
from tests.exports.cdnow import cdnow  # noqa: E402 (the project's folder is not on the path of a script)

ROWS, GROUPS, CHUNK = 1_000_000, 4, 100_000
WIDTH = 120
"""Characters a line where nobody reads along: a file or a pipe."""
PANDAS = "import pandas as pd; t = pd.read_csv({file!r})"
KMEANS = (
    PANDAS + "; from sklearn.preprocessing import StandardScaler; from sklearn.cluster import KMeans; "
    "KMeans(4, n_init=10, random_state=0).fit(StandardScaler().fit_transform(t[['age', 'income', 'visits', 'basket']]))"
)
TRANSACTIONS = """
data: {path: cdnow.csv}
transactions: {customer: id, date: date, amount: amount, date_format: yyyymmdd}
privacy: {mode: public}
"""
HEADER = ("customer_id", "age", "income", "visits", "basket", "region")


def main() -> int:
    """Write the tables, run each way, and print seconds, memory and ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=ROWS, help=f"rows of the customer table (default {ROWS:,})")
    parser.add_argument("--runs", type=int, default=1, help="timed runs of each (default 1)")
    given = parser.parse_args()
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = WIDTH
    with tempfile.TemporaryDirectory(prefix="segment-atlas-million-") as name:
        folder = Path(name)
        write(folder / "million.csv", given.rows)
        (folder / "cdnow.csv").write_text(cdnow(sign=","), encoding="utf-8")
        (folder / "cdnow.yml").write_text(TRANSACTIONS, encoding="utf-8")
        for title, ways in (("customers", customers(folder)), ("transactions", transactions(folder))):
            console.print(_table(title, {way.name: measured(way, folder, given.runs) for way in ways}))
    return 0


def write(file: Path, rows: int, seed: int = 8) -> None:
    """Customers of four groups, in pieces, so that writing takes no memory."""
    generator = np.random.default_rng(seed)
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened, lineterminator="\n")
        writer.writerow(HEADER)
        for start in range(0, rows, CHUNK):
            group = generator.integers(GROUPS, size=min(CHUNK, rows - start))
            age = 22 + 14 * group + generator.integers(0, 9, len(group))
            income = np.rint(np.exp(generator.normal(9.6 + 0.5 * group, 0.15)))
            visits = generator.poisson(4 + 16 * (group % 2))
            basket = np.round(generator.normal(30 + 40 * (group // 2), 5), 2)
            region = generator.choice(["north", "south", "west"], len(group))
            numbers = range(start, start + len(group))
            writer.writerows(zip(numbers, age, income.astype(int), visits, basket, region, strict=True))


def customers(folder: Path) -> list[Command]:
    """The million rows: by the command, and by hand."""
    file = str(folder / "million.csv")
    return [
        _python("pandas.read_csv alone", PANDAS.format(file=file)),
        _python("read, scale, K-Means once", KMEANS.format(file=file)),
        _analyse("segment-atlas analyse", "--data", file, "--k", "4"),
    ]


def transactions(folder: Path) -> list[Command]:
    """The whole of CDNOW."""
    return [
        _python("pandas.read_csv alone", PANDAS.format(file=str(folder / "cdnow.csv"))),
        _analyse("segment-atlas analyse", "--config", str(folder / "cdnow.yml")),
    ]


def _python(name: str, code: str) -> Command:
    return Command(name, [sys.executable, "-c", code], os.environ)


def _analyse(name: str, *options: str) -> Command:
    atlas = str(Path(sys.executable).with_name("segment-atlas"))
    return Command(name, [atlas, "analyse", "--quiet", "--json", "analysis.json", *options], os.environ)


def measured(way: Command, folder: Path, runs: int) -> Cost:
    """Its cost; memory is taken in a run of its own."""
    return cost([run(way, folder) for _ in range(runs)], tree_memory(way, folder))


def _table(title: str, found: dict[str, Cost]) -> Table:
    table = Table(title=title, title_justify="left")
    table.add_column("", no_wrap=True)
    for heading in ("clock s", "× reading", "processor s", "× reading", "MiB, all", "× reading"):
        table.add_column(heading, justify="right", no_wrap=True)
    least = next(iter(found.values()))
    for name, each in found.items():
        figures = ((each.wall, least.wall), (each.processor, least.processor), (each.tree, least.tree))
        table.add_row(name, *(text for value, base in figures for text in (f"{value:.1f}", f"{value / base:.1f}")))
    return table


if __name__ == "__main__":
    raise SystemExit(main())
