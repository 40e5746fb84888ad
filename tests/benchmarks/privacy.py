"""`make privacy`: attack the sites of tables on which a careless publication gives customers away.

Each table is built by the command, as its owner would build it. The attacker then reads the published files alone:
all linear relations that they state between unknown counts and sums, solved by integer programming, and every number
that stands in them. What is found is held against the table itself.

| column | what it counts |
|---|---|
| relations, unknowns | what the published files state, and of how many counts and sums |
| cells | counts of customers among the unknowns; of these: |
| small | determined to be from 1 to `min_cell` − 1 |
| exact | determined to be one number |
| values | single customers' values that the sums tell to within a tenth (the p % rule) |
| raw | published numbers that equal a customer's value, beyond what chance gives |
| exact figures | true means, spreads and quantiles that stand somewhere to eight digits |
| tails | published quantiles with fewer than `min_cell` customers on a side |
| all or none | segments of which all, or none, are said to have something |
| guesses | what confirms a guess: the table's digest, the last day, silhouettes of few |
| differences | of two builds, one customer apart, what is determined of her, of what was asked |
| false | stated relations that are not true, which is worse than any |

Exit status 1 where a column from `small` on is not 0.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).parents[2]
sys.path.insert(0, str(PROJECT))

from rich.console import Console  # noqa: E402 (the project first)
from rich.table import Table as Drawn  # noqa: E402

from tests.privacy.attack import Outcome, attack  # noqa: E402
from tests.privacy.building import RefusedError, built  # noqa: E402
from tests.privacy.differencing import Difference, difference  # noqa: E402
from tests.privacy.figures import beyond_chance  # noqa: E402
from tests.privacy.tables import TABLES, Table  # noqa: E402

HEADINGS = (
    "table", "relations", "unknowns", "cells", "small", "exact", "values", "raw", "exact figures", "tails",
    "all or none", "guesses", "differences", "false",
)  # fmt: skip
NARROWEST = 170


@dataclass(frozen=True)
class Line:
    """What came of one table."""

    table: str
    outcome: Outcome
    apart: Difference | None

    @property
    def figures(self) -> tuple[int, ...]:
        """The columns that must be 0."""
        one = self.outcome
        differences = len(self.apart.told) + len(self.apart.singled) if self.apart else 0
        return (
            len(one.of("small")), len(one.of("single")), len(one.of("value")), beyond_chance(one.raw),
            len(one.unrounded), len(one.few), len(one.all_or_none), len(one.confirming), differences, len(one.false),
        )  # fmt: skip


def main() -> int:
    """Build, attack, print."""
    given = _arguments()
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = NARROWEST
    lines, refused = [], []
    with tempfile.TemporaryDirectory(prefix="segment-atlas-privacy-") as made:
        folder = given.keep or Path(made)
        for name in given.tables or TABLES:
            with console.status(name):
                try:
                    lines.append(attacked(TABLES[name](), folder / name))
                except RefusedError as error:
                    refused.append(f"{name}: the build is refused. {error}")
    console.print(_table(lines))
    for line in lines if given.every else ():
        _every(console, line)
    for sentence in refused:
        console.print(sentence, markup=False, soft_wrap=True)
    broken = [line.table for line in lines if any(line.figures)]
    total = sum(line.outcome.relations for line in lines)
    console.print(
        f"{total} relations of {len(lines)} tables; {len(broken)} tables give something away."
        + ("" if given.every or not broken else " --every tells what."),
    )
    return 1 if broken else 0


def attacked(table: Table, folder: Path) -> Line:
    """Build the table's site and that of one customer fewer, and attack both."""
    whole = built(table, folder)
    outcome = attack(whole.published, whole.truth, table.known, whole.confirmed)
    if not table.differenced:
        return Line(table.name, outcome, None)
    other = built(table.without(table.at_risk), folder.with_name(f"{folder.name}_less"))
    apart = difference(whole.published, other.published, whole.truth, table.customer, table.known)
    return Line(table.name, outcome, apart)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tables", nargs="*", metavar="TABLE", help=f"of {', '.join(TABLES)}")
    parser.add_argument("--every", action="store_true", help="print everything that is found")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="build there, and build nothing that is there")
    return parser.parse_args()


def _table(lines: list[Line]) -> Drawn:
    drawn = Drawn()
    for heading in HEADINGS:
        drawn.add_column(heading, justify="left" if heading == "table" else "right", no_wrap=heading == "table")
    for line in lines:
        one = line.outcome
        figures = [str(each) for each in line.figures]
        if line.apart:
            figures[8] += f" of {line.apart.asked}"
        drawn.add_row(line.table, str(one.relations), str(one.unknowns), str(one.cells), *figures)
    return drawn


def _every(console: Console, line: Line) -> None:
    one = line.outcome
    said = [f"{each.rule}: {each.what} is {each.least:g}–{each.most:g} (true: {each.true})" for each in one.found]
    said += [f"raw: {name}: {len(there)} ({chance:.1f} by chance)" for name, (there, chance) in one.raw.items()]
    said += [f"exact figure: {each}" for each in one.unrounded]
    said += [f"tail: {each}" for each in one.few]
    said += one.all_or_none + one.confirming + [f"false: {each}" for each in one.false]
    if line.apart:
        said += [f"difference: {each}" for each in line.apart.told]
        said += [f"only her part changed: {each}" for each in line.apart.singled]
        said += [f"only another part changed: {each}" for each in line.apart.elsewhere]
    for each in said:
        console.print(f"{line.table}: {each}", markup=False, soft_wrap=True)


if __name__ == "__main__":
    raise SystemExit(main())
