"""`make bench`: the whole build beside what it cannot do without, and beside the notebook way, in one run.

Runs take turns, so that a busy moment of the machine falls on all of them, and every ratio is taken within a turn; the
table shows medians. The imports and the build, held against each other, run three times a turn. Memory is taken in a
run of its own, since looking at it costs time.

The notebook way is the notebook that the site offers: the same analysis, every number of segments measured anew on
fewer draws than the build takes, and a handful of charts.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from measure import Command, Cost, Run, cost, middle, run, tree_memory
from rich.console import Console
from rich.table import Table
from weight import weights

PROJECT = Path(__file__).parents[2]
SCRIPTS = Path(sys.executable).parent
BUILD, FIRST, AGAIN = "build", "build, empty cache", "build, nothing changed"
ANALYSIS, IMPORTS, NOTEBOOK = "analysis alone", "imports", "notebook"
OFFERED = "Customer_Segmentation.ipynb"
IMPORTED = "import pandas, sklearn.cluster, sklearn.metrics, altair"
TABLE = "Mall_Customers.csv"
OFTEN = 3
"""Runs a turn of the first two ways."""
MOST_IMPORTS, LEAST_NOTEBOOK, MOST_MEMORY, MOST_PAGE = 1.6, 3.0, 300, 100_000


def main() -> int:
    """Measure, print, and tell whether the targets are met; exit status 1 with --strict where one is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=9, help="turns, each a timed run or three of every way (default 9)")
    parser.add_argument("--strict", action="store_true", help="exit 1 where a target is missed")
    given = parser.parse_args()
    # Wide enough for the tables, whatever they are written to.
    console = Console(highlight=False, width=max(100, shutil.get_terminal_size().columns))
    with tempfile.TemporaryDirectory(prefix="segment-atlas-bench-") as name:
        folder = Path(name)
        for part in ("site_config", "data"):
            shutil.copytree(PROJECT / part, folder / part)
        found = Measured.of(folder, given.runs, console)
        console.print(_times(found))
        console.print(_pages(folder / "_site"))
        heaviest = max(one.total for one in weights(folder / "_site"))
    met = [_target(console, *each) for each in _targets(found, heaviest)]
    return 0 if all(met) or not given.strict else 1


@dataclass(frozen=True)
class Measured:
    """The runs of each way, turn by turn, and what they come to."""

    runs: Mapping[str, Sequence[Run]]
    costs: Mapping[str, Cost]

    @classmethod
    def of(cls, folder: Path, turns: int, console: Console) -> Measured:
        """Measure all ways; `folder` holds the table and its configuration, and in the end the site."""
        ways = commands(folder)
        console.print("Warming up …")
        for command in ways:
            _fresh(folder, command)
            run(command, folder)
            if command.name == BUILD:
                shutil.copyfile(folder / "_site" / OFFERED, folder / OFFERED)
        taken: dict[str, list[Run]] = {command.name: [] for command in ways}
        for turn in range(turns):
            # Said before, not shown while it runs: whatever moves on the screen needs the processor, too.
            console.print(f"Turn {turn + 1} of {turns} …")
            this: dict[str, list[Run]] = {command.name: [] for command in ways}
            for command in [*(ways[:2] * OFTEN), *ways[2:]]:
                _fresh(folder, command)
                this[command.name].append(run(command, folder))
            for name, each in this.items():
                taken[name].append(middle(each))
        console.print("Memory …")
        trees = {}
        for command in ways:
            _fresh(folder, command)
            trees[command.name] = tree_memory(command, folder)
        return cls(taken, {name: cost(each, trees[name]) for name, each in taken.items()})

    def clock(self, name: str, other: str) -> float:
        """How many times as long as the other, the median over turns."""
        return self._ratio(name, other, lambda each: each.wall)

    def processor(self, name: str, other: str) -> float:
        """How many times the processor time of the other, the median over turns."""
        return self._ratio(name, other, lambda each: each.processor)

    def _ratio(self, name: str, other: str, figure: Callable[[Run], float]) -> float:
        pairs = zip(self.runs[name], self.runs[other], strict=True)
        return median(figure(one) / figure(two) for one, two in pairs)


def commands(folder: Path) -> list[Command]:
    """The ways, each a command; all see the same processor and the same Python."""
    warm = {**os.environ, "PATH": f"{SCRIPTS}{os.pathsep}{os.environ['PATH']}", "XDG_CACHE_HOME": str(folder / "warm")}
    cold = {**warm, "XDG_CACHE_HOME": str(folder / "cold")}
    build = [str(SCRIPTS / "segment-atlas"), "build", "--renderer", "builtin", "--out", "_site"]
    convert = [str(SCRIPTS / "jupyter"), "nbconvert", "--execute", "--to", "html", "--output-dir", "converted"]
    # Those that are compared stand next to each other.
    return [
        Command(IMPORTS, [sys.executable, "-c", IMPORTED], warm),
        Command(BUILD, build, warm),
        Command(NOTEBOOK, [*convert, OFFERED], warm),
        Command(AGAIN, build, warm),
        Command(ANALYSIS, [str(SCRIPTS / "segment-atlas"), "analyse", "--json", "analysis.json", "--quiet"], warm),
        Command(FIRST, build, cold),
    ]


def _fresh(folder: Path, command: Command) -> None:
    """A build starts from nothing: neither a site nor what an earlier build left; the last one also without a cache."""
    if command.name in {BUILD, FIRST}:
        for left in ("_site", "build", *(["cold"] if command.name == FIRST else [])):
            shutil.rmtree(folder / left, ignore_errors=True)


def _times(found: Measured) -> Table:
    turns = max(map(len, found.runs.values()))
    table = Table(title=f"{TABLE}: medians of {turns} turns, on {os.cpu_count()} processors", title_justify="left")
    table.add_column("", no_wrap=True)
    for heading in ("clock s", "× imports", "CPU s", "× imports", "MiB, all", "largest"):
        table.add_column(heading, justify="right", no_wrap=True)
    for name, each in found.costs.items():
        table.add_row(
            name,
            f"{each.wall:.2f}",
            f"{found.clock(name, IMPORTS):.2f}",
            f"{each.processor:.2f}",
            f"{found.processor(name, IMPORTS):.2f}",
            f"{each.tree:.0f}",
            f"{each.largest:.0f}",
        )
    return table


def _pages(site: Path) -> Table:
    table = Table(title="First visit, bytes gzipped", title_justify="left")
    table.add_column("page", no_wrap=True)
    for heading in ("page itself", "what it loads", "together"):
        table.add_column(heading, justify="right")
    for one in weights(site):
        table.add_row(one.page, f"{one.own:,}", f"{one.loaded:,}", f"{one.total:,}")
    return table


def _targets(found: Measured, heaviest: int) -> list[tuple[str, str, bool]]:
    build, ratio, busy = found.costs[BUILD], found.clock(BUILD, IMPORTS), found.processor(BUILD, IMPORTS)
    faster = found.clock(NOTEBOOK, BUILD)
    return [
        (
            "Build against imports",
            f"{ratio:.2f} × on the clock, {busy:.2f} × processor, at most {MOST_IMPORTS}",
            ratio <= MOST_IMPORTS,
        ),
        ("Faster than the notebook", f"{faster:.1f} ×, at least {LEAST_NOTEBOOK:.0f}", faster >= LEAST_NOTEBOOK),
        ("Memory of all processes", f"{build.tree:.0f} MiB, under {MOST_MEMORY}", build.tree < MOST_MEMORY),
        ("Memory of the largest", f"{build.largest:.0f} MiB, under {MOST_MEMORY}", build.largest < MOST_MEMORY),
        ("Heaviest first visit", f"{heaviest:,} bytes, at most {MOST_PAGE:,}", heaviest <= MOST_PAGE),
    ]


def _target(console: Console, name: str, figures: str, met: bool) -> bool:  # noqa: FBT001 (a target is met or not)
    console.print(
        f"{'met   ' if met else 'MISSED'}  {name}: {figures}", style="green" if met else "bold red", soft_wrap=True
    )
    return met


if __name__ == "__main__":
    raise SystemExit(main())
