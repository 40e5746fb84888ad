"""`make truth`: what the analysis finds in tables whose groups are apart, or overlap, and in tables that have none.

Beside the families it prints the verdict's power, which is how often it says *natural* or *reproducible* of groups that
are there, by how far they are apart and by the number of customers; and what it says of published tables.
Every table goes the whole way that a customer's would: a CSV file, the default configuration, the automatic choice.
The tables and the rule of what counts as separated stand in `tables/`; no table was chosen by its result, and
`--seed` draws fresh ones of the same make.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.table import Table
from tables import FAMILIES, known_tables
from tables.published import published_tables
from tables.score import Outcome, outcome
from tables.summary import HEADINGS, POWER_HEADINGS, Power, Summary, markdown, power, summaries, targets

Task = tuple[str, int, int]
"""Family, number and seed of a table."""
NARROWEST = 140
"""Characters a line where nobody reads along: a file or a pipe."""


def main() -> int:
    """Analyse, print, and tell whether the targets are met; exit status 1 where one is missed."""
    given = _arguments()
    console = Console(highlight=False, stderr=given.markdown)
    if not console.is_terminal:
        console.width = NARROWEST
    chosen = known_tables(given.family, quick=given.quick)
    outcomes = analysed([(family.name, number, given.seed) for family, number in chosen], console)
    lines, steps = summaries(outcomes), power(outcomes)
    if given.markdown:
        sys.stdout.write(markdown(lines) + ("\n" + markdown(steps, POWER_HEADINGS) if steps else ""))
    else:
        console.print(_table(lines))
        if steps:
            console.print(_power(steps))
    if given.family is None:
        console.print(_published())
    for each in outcomes:
        if each.error:
            console.print(f"{each.family} {each.number}: {each.error}", style="red", markup=False, soft_wrap=True)
    if given.json:
        given.json.write_text(json.dumps([asdict(each) for each in outcomes], indent=1) + "\n", encoding="utf-8")
    reached = targets(outcomes)
    for target in reached:
        style = "green" if target.met else "bold red"
        console.print(f"{'met   ' if target.met else 'MISSED'}  {target.name}: {target.figures}", style=style)
    return 0 if all(target.met for target in reached) else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--family", choices=[family.name for family in FAMILIES], help="the tables of one family only")
    parser.add_argument("--quick", action="store_true", help="each third table of a family")
    parser.add_argument("--seed", type=int, default=0, help="other tables of the same kinds (default 0)")
    parser.add_argument("--markdown", action="store_true", help="print the table as docs/accuracy.md shows it")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write each table's result to FILE")
    return parser.parse_args()


def analysed(tasks: Sequence[Task], console: Console) -> list[Outcome]:
    """The outcomes in the tables' order; each processor works on one table at a time, the largest first."""
    # Workers are started anew and read this before NumPy does.
    os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"))
    found: dict[Task, Outcome] = {}
    start_anew = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(os.cpu_count(), mp_context=start_anew) as pool, console.status("") as status:
        running = {pool.submit(task_outcome, task): task for task in sorted(tasks, key=_rows, reverse=True)}
        for done in as_completed(running):
            found[running[done]] = done.result()
            status.update(f"{len(found)} of {len(tasks)} tables")
    return [found[task] for task in tasks]


def task_outcome(task: Task) -> Outcome:
    """What a worker does: make the table, analyse it, and compare."""
    name, number, seed = task
    family = next(each for each in FAMILIES if each.name == name)
    return outcome(family.table(number, seed), seed)


def _rows(task: Task) -> int:
    name, number, _ = task
    return next(family.specs[number].rows for family in FAMILIES if family.name == name)


def _table(lines: Sequence[Summary]) -> Table:
    table = Table()
    for heading in (*HEADINGS, "s a table"):
        table.add_column(heading, justify="left" if heading == HEADINGS[0] else "right", no_wrap=True)
    for line in lines:
        style = "bold" if line.total else None
        table.add_row(*line.cells, f"{line.seconds / line.tables:.1f}", style=style, end_section=line.total)
    return table


def _power(steps: Sequence[Power]) -> Table:
    table = Table(title="Natural or reproducible, by distance of the nearest group in standard deviations")
    for heading in POWER_HEADINGS:
        table.add_column(heading, justify="right", no_wrap=True)
    for step in steps:
        table.add_row(*step.cells)
    return table


def _published() -> Table:
    table = Table(title="Published tables (those of R's packages where R has them)")
    for heading in ("table", "customers", "columns", "groups", "k", "verdict"):
        table.add_column(heading, justify="left" if heading in {"table", "verdict"} else "right", no_wrap=True)
    for name, known in published_tables():
        found = outcome(known)
        figures = (found.rows, found.columns, found.groups, found.k)
        table.add_row(name, *(f"{figure:,}" for figure in figures), found.error or found.verdict)
    return table


if __name__ == "__main__":
    raise SystemExit(main())
