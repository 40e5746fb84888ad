"""`python -m examples.months [OPTION…]`: a year of exports, one after the other, through the command; `make history`.

Each export takes the place of the last one as the shop's table, and goes the way of every new table:

1. `segment-atlas build`, on the first day of the month. It may refuse the table.
2. `segment-atlas diff` of the last two builds. It ends with 1 where a person should look before the site is published.
3. The person knows the truth. A site made from a broken export is undone by `segment-atlas rollback`.

Options go to the build; the renderer is builtin where none is given. The site of the last month ends in
`_site-examples/history/`, all else in `build/examples/history/`, which is made anew.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from examples.deliveries import Delivery, deliveries, write

ROOT = Path(__file__).parents[1]
FIRST = "A first build."
HELD, REFUSED, LOOK = 1, "refused", "published after a look"
PUBLISHED, UNDONE = "published", "rolled back"


@dataclass(frozen=True)
class Said:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Shop:
    """Where the year happens, and how the command is run: with these arguments, in this folder and environment."""

    folder: Path
    config: Path
    site: Path
    run: Callable[[Sequence[str], Path, Mapping[str, str]], Said]
    options: tuple[str, ...] = ("--renderer", "builtin")

    @property
    def history(self) -> Path:
        """What the product remembers, beside the table."""
        return self.folder / "history"

    def command(self, delivery: Delivery, verb: str, *arguments: str) -> Said:
        """Run a verb on the first day of the delivery's month."""
        given = [verb, *arguments, "--config", str(self.config)]
        return self.run(given, self.folder, {"SOURCE_DATE_EPOCH": str(delivery.epoch)})


@dataclass(frozen=True)
class Outcome:
    """What became of a delivery."""

    delivery: Delivery
    ended: str
    code: int
    """Of the build where it refused the table, else of `diff`."""
    told: str
    """In the product's own words."""


def played(shop: Shop, every: Iterable[Delivery]) -> Iterator[Outcome]:
    """Deliver one export after the other, whose files stand in the shop's folder."""
    for delivery in every:
        shutil.copyfile(shop.folder / "exports" / delivery.file, shop.folder / "customers.csv")
        yield _delivered(shop, delivery)


def _delivered(shop: Shop, delivery: Delivery) -> Outcome:
    built = shop.command(delivery, "build", "--quiet", "--out", str(shop.site), *shop.options)
    if built.code:
        return Outcome(delivery, REFUSED, built.code, _line(built.err))
    builds = sorted(file.stem for file in shop.history.glob("*.json"))
    if len(builds) == 1:
        return Outcome(delivery, PUBLISHED, 0, FIRST)
    last, new = (str(int(each)) for each in builds[-2:])
    compared = shop.command(delivery, "diff", last, new)
    if compared.code not in {0, HELD}:
        return Outcome(delivery, REFUSED, compared.code, _line(compared.err))
    told = _line(f"{compared.out} {compared.err}" if compared.code else compared.out)
    if compared.code == 0:
        return Outcome(delivery, PUBLISHED, 0, told)  # nobody is asked
    if delivery.right:
        return Outcome(delivery, LOOK, compared.code, told)
    undone = shop.command(delivery, "rollback", "--out", str(shop.site))
    return Outcome(delivery, UNDONE if undone.code == 0 else REFUSED, compared.code, told)


def _line(text: str) -> str:
    return " ".join(text.split())


def table(outcomes: Iterable[Outcome]) -> str:
    """Month, truth, and what the product said, in Markdown."""
    rows = (f"| {one.delivery.file} | {one.delivery.event} | {one.ended}: {one.told} |" for one in outcomes)
    return "\n".join(("| export | truth | the product |", "|---|---|---|", *rows))


def _process(arguments: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Said:
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH", ""))))
    ended = subprocess.run(  # noqa: S603 (the project's own command)
        [sys.executable, "-m", "report", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": path, **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return Said(ended.returncode, ended.stdout, ended.stderr)


def opened(root: Path = ROOT, options: Sequence[str] = Shop.options) -> tuple[Shop, Sequence[Delivery]]:
    """The shop before its first month below a folder with the configurations that ship, and what it will be given."""
    shop = Shop(
        root / "build" / "examples" / "history",
        root / "site_config" / "examples" / "history" / "site.yml",
        root / "_site-examples" / "history",
        _process,
        tuple(options),
    )
    for folder in (shop.folder, shop.site):
        shutil.rmtree(folder, ignore_errors=True)
    shop.site.parent.mkdir(parents=True, exist_ok=True)
    every = deliveries()
    write(every, shop.folder)
    return shop, every


def main(options: Sequence[str], root: Path = ROOT) -> int:
    """Play the year; 1 where a month ended otherwise than the truth wants it."""
    shop, every = opened(root, options or Shop.options)
    outcomes = []
    for one in played(shop, every):
        outcomes.append(one)
        sys.stdout.write(f"{one.delivery.file}: {one.ended} (exit {one.code}). {one.told}\n")
        sys.stdout.flush()
    sys.stdout.write(f"\n{table(outcomes)}\n\n{shop.site / 'index.html'}\n")
    return int(any(one.delivery.right == (one.ended in {REFUSED, UNDONE}) for one in outcomes))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
