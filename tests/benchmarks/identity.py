"""`make identity`: how many segments are recognised rightly over histories of twelve months whose groups are known.

Each history (`histories/`) is a table of customers that changes from month to month: all drift, 5 % leave and come, and
in half of the months something happens to a group, the seed, or the number of segments. K-Means divides each month's
table in the product's own design, without the battery, and the product's own `recognised` tells which segment is which,
by what it was told of the last month. A third of the histories has identifiers, a third none, and a third new ones
every month. What each segment truly is stands in `histories/judged.py`.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor

# One thread each, as the build itself takes on small tables; read by NumPy when it is imported.
os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"))

from histories import EVIDENCE, Judged, history
from rich.console import Console
from rich.progress import track
from rich.table import Table

KEPT, FALSE = 0.98, 0.01
"""Aims: of segments that there were before, the share whose identity is kept; of all, that of false continuations."""
NARROWEST = 140


def main() -> int:
    """Build and judge the histories, and print; exit status 1 where an aim is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--histories", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0, help="other histories of the same kind")
    parser.add_argument("--wrong", action="store_true", help="print every segment that was recognised wrongly")
    given = parser.parse_args()
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = NARROWEST
    found = judged(range(given.seed, given.seed + given.histories), console)
    for title, lines in (("By event of the month", by_event(found)), ("By evidence", by_evidence(found))):
        console.print(_table(title, lines))
    if given.wrong:
        for one in found:
            for line in one.wrong:
                console.print(f"{one.evidence}: {line}", markup=False, soft_wrap=True)
    total = sum((counts for one in found for counts in one.by_event.values()), Counter[str]())
    kept, false = shares(total)
    for name, share, met in (
        ("kept rightly", kept, kept >= KEPT),
        ("false continuations", false, false <= FALSE),
    ):
        console.print(f"{'met   ' if met else 'MISSED'}  {name}: {share:.2%}", style="green" if met else "bold red")
    return 0 if kept >= KEPT and false <= FALSE else 1


def judged(seeds: Sequence[int], console: Console) -> list[Judged]:
    """The histories in order; each processor works on one at a time."""
    evidence = [EVIDENCE[seed % len(EVIDENCE)] for seed in seeds]
    with ProcessPoolExecutor(os.cpu_count(), mp_context=multiprocessing.get_context("spawn")) as pool:
        running = pool.map(history, seeds, evidence)
        return list(track(running, "Histories", len(seeds), console=console, disable=not console.is_terminal))


def shares(counts: Counter[str]) -> tuple[float, float]:
    """Kept rightly, of segments that there were before; false continuations, of all."""
    before = counts["kept"] + counts["lost"] + counts["false"]
    return counts["kept"] / max(1, before), (counts["false"] + counts["false new"]) / max(1, counts.total())


def by_event(found: Sequence[Judged]) -> dict[str, Counter[str]]:
    """Counts by what happened in the month."""
    lines: dict[str, Counter[str]] = {}
    for one in found:
        for event, counts in sorted(one.by_event.items()):
            lines.setdefault(event, Counter()).update(counts)
    return dict(sorted(lines.items()))


def by_evidence(found: Sequence[Judged]) -> dict[str, Counter[str]]:
    """Counts by identifiers, and by kinds of columns."""
    named = {"identifiers": "identifiers", "none": "no identifiers", "anew": "identifiers given anew"}
    lines: dict[str, Counter[str]] = {}
    for one in found:
        counts = sum(one.by_event.values(), Counter[str]())
        for line in (named[one.evidence], "numbers and categories" if one.mixed else "numbers alone", "all"):
            lines.setdefault(line, Counter()).update(counts)
    return dict(sorted(lines.items(), key=lambda line: (line[0] == "all", line[0])))


def _table(title: str, lines: dict[str, Counter[str]]) -> Table:
    table = Table(title=title)
    for heading in ("", "segments", "were before", "kept", "kept %", "new", "new as new", "false %"):
        table.add_column(heading, justify="right" if heading else "left", no_wrap=True)
    for name, counts in lines.items():
        kept, false = shares(counts)
        before = counts["kept"] + counts["lost"] + counts["false"]
        figures = (counts.total(), before, counts["kept"], f"{kept:.2%}", counts.total() - before, counts["new"])
        table.add_row(name, *map(str, figures), f"{false:.2%}")
    return table


if __name__ == "__main__":
    sys.exit(main())
