"""`make acro`: the published sites beside an independent oracle, the package `acro`, on the same tables, cell by cell.

acro (UK secure data services) judges a table before it leaves a secure setting: counts below a threshold, zeros, and
dominance (the two largest hold over 90 %; or all but the two largest come to less than 10 % of the largest). It does
not run with pandas 3, so it gets a virtual environment of its own, in a temporary folder. Compared are the counts of
categories by segment, and the means of columns by segment and by category.

| column | what it counts |
|---|---|
| both tell, both withhold | cells on which the two agree |
| stricter | cells that the site withholds and acro would let pass |
| laxer | cells that the site tells and acro would not, with the checks that failed |

Exit status 1 where the site tells a cell that fails acro's threshold or dominance checks. `docs/attacks.md` says why
the rest differs.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import venv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).parents[2]
sys.path.insert(0, str(PROJECT))

from rich.console import Console  # noqa: E402 (the project first)
from rich.table import Table as Drawn  # noqa: E402

from tests.privacy.building import Built, RefusedError, built  # noqa: E402
from tests.privacy.tables import TABLES  # noqa: E402

PACKAGES = ("acro==1.0.2", "pandas==2.3.3")
ASKING = Path(__file__).with_name("oracle_acro.py")
TOTAL = "(everybody)"
ALLOWED = frozenset({"PresenceOfZeroCheck"})
"""Checks that the site need not meet: a rounded nought may be four."""


@dataclass(frozen=True)
class Question:
    """One table: counts of a column's categories by segment, or means of `values` by segment or by category."""

    site: str
    index: str
    columns: str | None
    values: str | None
    told: dict[str, bool]
    """Cell, as `row|column`, → whether the site tells it."""

    @property
    def asked(self) -> dict[str, Any]:
        """As it is written down."""
        return {"file": f"{self.site}.csv", "index": self.index, "columns": self.columns, "values": self.values}


@dataclass(frozen=True)
class Compared:
    """The cells of one site, by what the two say."""

    site: str
    counts: Counter[str]
    failed: Counter[str]
    """Check → cells that fail it and that the site tells."""
    laxer: list[str]


def main() -> int:
    """Build, ask, compare, print."""
    given = _arguments()
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 140)
    questions: list[Question] = []
    with tempfile.TemporaryDirectory(prefix="segment-atlas-acro-") as made:
        folder = Path(made)
        for name in given.tables or TABLES:
            try:
                one = built(TABLES[name](), (given.keep or folder) / name)
            except RefusedError as error:
                console.print(f"{name}: the build is refused. {error}", markup=False, soft_wrap=True)
                continue
            one.truth.customers.to_csv(folder / f"{name}.csv", index=False)
            questions += asked(name, one)
        answers = answered(questions, folder)
    found = [compared(name, questions, answers) for name in dict.fromkeys(one.site for one in questions)]
    console.print(_table(found))
    for one in found:
        for each in one.laxer:
            console.print(f"{one.site}: {each}", markup=False, soft_wrap=True)
    worse = sum(count for one in found for check, count in one.failed.items() if check not in ALLOWED)
    console.print(f"{worse} cells are told that fail acro's threshold or dominance checks.")
    return 1 if worse else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tables", nargs="*", metavar="TABLE", help=f"of {', '.join(TABLES)}")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="build there, and build nothing that is there")
    return parser.parse_args()


def asked(name: str, one: Built) -> Iterator[Question]:
    """The tables that the site tells and that acro can judge."""
    columns = set(one.truth.customers.columns)
    segments = one.published.segments
    for feature in one.published.features:
        column = feature["name"]
        if column not in columns:
            continue
        if feature["kind"] == "category":
            told = {
                f"{each['id']}|{share['category']}": share["count"] is not None
                for each in segments
                for share in each["categories"]
                if share["feature"] == column
            }
            yield Question(name, "segment", column, None, told)
        else:
            told = {
                f"{each['id']}|{TOTAL}": profile["mean"] is not None
                for each in segments
                for profile in each["profile"]
                if profile["feature"] == column
            }
            yield Question(name, "segment", None, column, told)
    for made in one.published.contract["exploration"]["comparisons"]:
        if made["by"] in columns and made["feature"] in columns and "–" not in made["groups"][0]["group"]:
            told = {f"{group['group']}|{TOTAL}": group["mean"] is not None for group in made["groups"]}
            yield Question(name, made["by"], None, made["feature"], told)


def answered(questions: list[Question], folder: Path) -> list[dict[str, str]]:
    """What acro says of each table."""
    (folder / "asked.json").write_text(json.dumps([one.asked for one in questions]), encoding="utf-8")
    venv.create(folder / "venv", with_pip=True)
    python = folder / "venv" / "bin" / "python"
    install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PACKAGES]
    subprocess.run(install, check=True)  # noqa: S603 (our own, pinned)
    subprocess.run([python, ASKING, folder], check=True, cwd=folder, stdout=subprocess.DEVNULL)  # noqa: S603
    found: list[dict[str, str]] = json.loads((folder / "answered.json").read_text(encoding="utf-8"))
    return found


def compared(site: str, questions: list[Question], answers: list[dict[str, str]]) -> Compared:
    """Cell by cell; a cell that the site does not name is withheld."""
    counts, failed, laxer = Counter[str](), Counter[str](), []
    for question, answer in zip(questions, answers, strict=True):
        for cell, said in answer.items() if question.site == site else ():
            checks = [each.strip() for each in said.split(";") if each.strip() not in {"", "ok"}]
            told = question.told.get(cell, False)
            counts[_agree(told=told, passes=not checks)] += 1
            if told and checks:
                failed.update(checks)
                about = f"mean of {question.values}" if question.values else f"count of {question.columns}"
                laxer.append(f"{about} by {question.index}, {cell.replace('|' + TOTAL, '')}: {', '.join(checks)}")
    return Compared(site, counts, failed, laxer)


def _agree(*, told: bool, passes: bool) -> str:
    if told:
        return "both tell" if passes else "laxer"
    return "stricter" if passes else "both withhold"


def _table(found: list[Compared]) -> Drawn:
    drawn = Drawn()
    headings = ("both tell", "both withhold", "stricter", "laxer")
    drawn.add_column("table")
    for heading in headings:
        drawn.add_column(heading, justify="right")
    drawn.add_column("checks that fail on what is told")
    for one in found:
        failed = ", ".join(f"{check} {count}" for check, count in sorted(one.failed.items()))
        drawn.add_row(one.site, *(str(one.counts[heading]) for heading in headings), failed)
    return drawn


if __name__ == "__main__":
    raise SystemExit(main())
