"""`make incremental`: a build after each kind of change, beside one that does every step, in one run.

The ways take turns, and every ratio is taken within a turn; the table shows medians. Each change is one that no build
has seen. The package is copied, so that one of its templates can be changed, too.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median

from measure import Command, Run, middle, run
from rich.console import Console
from rich.table import Table

PROJECT = Path(__file__).parents[2]
EVERY_STEP, NOTHING = "every step (--again)", "nothing changed"
PAGE = "---\ntitle: Ours\ndescription: What we do\n---\n\n"


def replaced(file: str, old: str, new: str) -> Callable[[Path, int], None]:
    """Puts another text in one place of the file; `{}` stands for the turn."""

    def change(folder: Path, turn: int) -> None:
        text = (folder / file).read_text(encoding="utf-8")
        if old not in text:
            raise ValueError(f"{file} holds no “{old}”")
        (folder / file).write_text(text.replace(old, new.format(turn), 1), encoding="utf-8")

    return change


def added(file: str, text: str) -> Callable[[Path, int], None]:
    """Adds a line to the file; `{}` stands for the turn."""

    def change(folder: Path, turn: int) -> None:
        with (folder / file).open("a", encoding="utf-8") as opened:
            opened.write(text.format(turn) + "\n")

    return change


def nothing(_folder: Path, _turn: int) -> None:
    """Leaves all as it is."""


CHANGES: Mapping[str, Callable[[Path, int], None]] = {
    EVERY_STEP: nothing,
    NOTHING: nothing,
    "the title of the site": replaced("site_config/site.yml", "title: Mall customers", "title: Mall customers {}"),
    "a text of the playbook": replaced("site_config/playbook.yml", "owner: ", "owner: Team {} of "),
    "an own page": added("site_config/own/ours.qmd", "More, {}."),
    "a template": added("report/templates/components/banner.html.j2", "{{# {} #}}"),
    "the seed of the model": replaced("site_config/site.yml", "seed: 20240601", "seed: 10{}"),
    "a row of the table": added("data/Mall_Customers.csv", "90{0},Male,3{0},60,5{0}"),
}


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5, help="turns, each a timed build of every kind (default 5)")
    given = parser.parse_args()
    console = Console(highlight=False, width=max(100, shutil.get_terminal_size().columns))
    with tempfile.TemporaryDirectory(prefix="segment-atlas-incremental-") as name:
        taken = measured(prepared(Path(name)), given.runs, console)
    console.print(_table(taken, given.runs))
    return 0


def prepared(folder: Path) -> Path:
    """The folder with table, configuration, an own page, and the package."""
    for part in ("site_config", "data", "report", "analysis"):
        shutil.copytree(PROJECT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "site_config/own").mkdir()
    (folder / "site_config/own/ours.qmd").write_text(f"{PAGE}We sell.\n")
    added("site_config/site.yml", "pages: own")(folder, 0)
    return folder


def measured(folder: Path, turns: int, console: Console) -> dict[str, list[Run]]:
    """The runs of each kind of change, turn by turn."""
    console.print("Warming up …")
    _built(folder, "--again")
    _built(folder)
    taken: dict[str, list[Run]] = {name: [] for name in CHANGES}
    for turn in range(turns):
        console.print(f"Turn {turn + 1} of {turns} …")
        for name, change in CHANGES.items():
            change(folder, turn)
            taken[name].append(_built(folder, *(["--again"] if name == EVERY_STEP else [])))
            if name != NOTHING:
                _back(folder)
    return taken


def _back(folder: Path) -> None:
    """The configuration and table as they were, built: what comes next is one change away from it."""
    for file in ("site_config/site.yml", "site_config/playbook.yml", "data/Mall_Customers.csv"):
        shutil.copyfile(PROJECT / file, folder / file)
    added("site_config/site.yml", "pages: own")(folder, 0)
    _built(folder)


def _built(folder: Path, *more: str) -> Run:
    environment = {**os.environ, "PYTHONPATH": str(folder), "XDG_CACHE_HOME": str(folder / "cache")}
    build = [sys.executable, "-m", "report", "build", "--renderer", "builtin", "--quiet", *more]
    return run(Command("build", build, environment), folder)


def _table(taken: Mapping[str, list[Run]], turns: int) -> Table:
    title = f"Medians of {turns} turns, on {os.cpu_count()} processors"
    table = Table(title=title, title_justify="left")
    table.add_column("changed", no_wrap=True)
    for heading in ("clock s", "of every step", "CPU s", "of every step"):
        table.add_column(heading, justify="right", no_wrap=True)
    for name, runs in taken.items():
        whole, one = taken[EVERY_STEP], middle(runs)
        clock = median(each.wall / other.wall for each, other in zip(runs, whole, strict=True))
        busy = median(each.processor / other.processor for each, other in zip(runs, whole, strict=True))
        table.add_row(name, f"{one.wall:.2f}", f"{clock:.2f}", f"{one.processor:.2f}", f"{busy:.2f}")
    return table


if __name__ == "__main__":
    raise SystemExit(main())
