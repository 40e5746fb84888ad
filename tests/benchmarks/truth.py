"""`make truth`: what the analysis finds in tables whose groups are known, and in tables that have none.

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
from tables import FAMILIES, Family, known_tables
from tables.score import VERDICTS, Outcome, Summary, by_structure, outcome, summary, targets

HEADINGS = ("tables", "exact k", "within one", "mean ARI", *VERDICTS)


def main() -> int:
    """Analyse, print, and tell whether the targets are met; exit status 1 where one is missed."""
    given = _arguments()
    console = Console(highlight=False, stderr=given.markdown)
    if not console.is_terminal:
        console.width = 120
    outcomes = analysed([(family.name, number, given.seed) for family, number in chosen(given)], console)
    lines = summaries(outcomes)
    if given.markdown:
        sys.stdout.write(markdown(lines))
    else:
        console.print(_table(lines))
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
    parser.add_argument("--seed", type=int, default=0, help="fresh tables of the same make (default 0: the README's)")
    parser.add_argument("--markdown", action="store_true", help="print the table as the README shows it")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write each table's result to FILE")
    return parser.parse_args()


def chosen(given: argparse.Namespace) -> list[tuple[Family, int]]:
    """The tables asked for."""
    return list(known_tables(given.family, quick=given.quick))


def analysed(tasks: Sequence[tuple[str, int, int]], console: Console) -> list[Outcome]:
    """The outcomes in the tables' order; each processor works on one table at a time, the largest first."""
    # Workers are started anew and read this before NumPy does.
    os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"))
    found: dict[tuple[str, int, int], Outcome] = {}
    start_anew = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(os.cpu_count(), mp_context=start_anew) as pool, console.status("") as status:
        running = {pool.submit(task_outcome, task): task for task in sorted(tasks, key=_rows, reverse=True)}
        for done in as_completed(running):
            found[running[done]] = done.result()
            status.update(f"{len(found)} of {len(tasks)} tables")
    return [found[task] for task in tasks]


def task_outcome(task: tuple[str, int, int]) -> Outcome:
    """What a worker does: make the table, analyse it, and compare."""
    name, number, seed = task
    family = next(each for each in FAMILIES if each.name == name)
    return outcome(family.table(number, seed), seed)


def _rows(task: tuple[str, int, int]) -> int:
    name, number, _ = task
    return next(family.specs[number].rows for family in FAMILIES if family.name == name)


def summaries(outcomes: Sequence[Outcome]) -> list[tuple[Summary, bool]]:
    """A line a family, with the sum of its kind below; and whether the tables of a line have groups."""
    lines: list[tuple[Summary, bool]] = []
    for separated, title in ((True, "all separated"), (False, "all without structure")):
        of_kind = by_structure(outcomes, separated=separated)
        names = dict.fromkeys(each.family for each in of_kind)
        lines += [(summary(name, [each for each in of_kind if each.family == name]), separated) for name in names]
        if of_kind:
            lines.append((summary(title, of_kind), separated))
    return lines


def cells(line: Summary, *, separated: bool) -> list[str]:
    """The figures of a line; where there are no groups, none can be found."""
    found = [f"{line.exact:.0%}", f"{line.within_one:.0%}", f"{line.ari:.3f}"] if separated else ["", "", ""]
    return [line.name, str(line.tables), *found, *(str(line.verdicts[verdict] or "") for verdict in VERDICTS)]


def markdown(lines: Sequence[tuple[Summary, bool]]) -> str:
    """The table as the README shows it."""
    rows = [["family", *HEADINGS], ["---", *["--:"] * len(HEADINGS)]]
    rows += [cells(line, separated=separated) for line, separated in lines]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _table(lines: Sequence[tuple[Summary, bool]]) -> Table:
    table = Table()
    table.add_column("family", no_wrap=True)
    for heading in (*HEADINGS, "s a table"):
        table.add_column(heading, justify="right", no_wrap=True)
    for line, separated in lines:
        total = line.name.startswith("all ")
        row = [*cells(line, separated=separated), f"{line.seconds / line.tables:.1f}"]
        table.add_row(*row, style="bold" if total else None, end_section=total)
    return table


if __name__ == "__main__":
    raise SystemExit(main())
