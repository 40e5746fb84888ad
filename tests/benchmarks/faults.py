"""`make faults`: real builds are killed at random moments, and what they leave is counted.

Each build asks for another number of segments than the one before, so that a model of one cannot pass for that of
another. Half of the kills come at any moment of a build, half while the new site takes its place: the journal of that
(`report.build.commit`) is waited for, and a random moment after it has appeared is taken. Every other one goes to
the process at the front alone, the others to the whole group. A process reads the site's first page all the time,
two thousand times a second, and without a pause while a site takes its place. After each kill, processes that
outlive it by two seconds are counted; where the journal still stands, `score` is asked next; the site and the
private files must be of one build, and what is left beside them after one more build is counted. Before that, builds
are ended by SIGTERM, which must give one message and exit code 143.

`--kills 20 --terms 5` for fewer, `--seed` for other moments; Ctrl-C prints what was counted so far. Exit code 1 where
any count that must be 0 is not.
"""

from __future__ import annotations

# ruff: noqa: T201 (the figures are printed)
import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import psutil

PROJECT = Path(__file__).resolve().parents[2]
TABLE = PROJECT / "data/Mall_Customers.csv"
MARKED = "SEGMENT_ATLAS_FAULTS"
"""A variable by which every process of a build is known, whatever group or parent it has."""
GRACE = 2.0
"""Seconds in which the processes of a killed build must have ended."""
WITHIN = 0.03
"""Seconds after the journal has appeared in which a kill falls; longer than it stands there."""
KNOWN = {"_site", "build", "customers.csv", "scored.csv", "scored.rejected.csv"}
KNOWN_PRIVATE = {".lock", ".publishing.lock", "analysis.json", "assignments.csv", "rejected.csv", "model.json",
                 "record.json", "replaced", "site-src"}  # fmt: skip
READER = """
import os, signal, sys, time
path, journal, reads, none, going = sys.argv[1], sys.argv[2], 0, 0, [True]
signal.signal(signal.SIGTERM, lambda *_: going.clear())
print("reading", flush=True)
while going:
    reads += 1
    try:
        with open(path, "rb") as page:
            none += not page.read(1)
    except FileNotFoundError:
        none += 1
    if not os.path.exists(journal):
        time.sleep(0.0005)
print(reads, none, flush=True)
"""


@dataclass
class Builds:
    """Builds in one folder, each of another number of segments."""

    folder: Path
    mark: str = field(default_factory=lambda: uuid4().hex)
    made: int = 0

    def begun(self) -> subprocess.Popen[str]:
        """One more build, in a process group of its own."""
        self.made += 1
        given = ("--data", "customers.csv", "--id", "CustomerID", "--k", str(4 + self.made % 2))
        return self.command("build", "--again", "--quiet", "--renderer", "builtin", *given)

    def command(self, *words: str) -> subprocess.Popen[str]:
        """A command of Segment Atlas; what it says is kept."""
        return subprocess.Popen(  # noqa: S603 (the command under test)
            [sys.executable, "-m", "report", *words],
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(PROJECT), MARKED: self.mark},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def done(self, *words: str) -> str:
        """A command, or one more build, to its end; raises RuntimeError where it fails."""
        with self.command(*words) if words else self.begun() as process:
            said, _ = process.communicate()
        if process.returncode:
            raise RuntimeError(f"{words or 'build'} ended with {process.returncode}: {said}")
        return said

    @property
    def journal(self) -> Path:
        """Stands there while a site takes its place."""
        return self.folder / "build/publishing.json"

    def alive(self) -> list[psutil.Process]:
        """Processes of any build that still run."""
        found = []
        for process in psutil.process_iter():
            try:
                ended = process.status() == psutil.STATUS_ZOMBIE
                if not ended and process.environ().get(MARKED) == self.mark:
                    found.append(process)
            except psutil.Error:
                continue
        return found

    def orphans(self) -> list[psutil.Process]:
        """Those that have not ended after the time of grace."""
        end = time.monotonic() + GRACE
        while (found := self.alive()) and time.monotonic() < end:
            time.sleep(0.05)
        return found

    def leftovers(self) -> list[str]:
        """What lies beside the site and in the build's folder and should not."""
        beside = {path.name for path in self.folder.iterdir()} - KNOWN
        return sorted(beside | ({path.name for path in (self.folder / "build").iterdir()} - KNOWN_PRIVATE))

    def stands(self) -> bool:
        """Whether there is a site."""
        return all((self.folder / "_site" / name).is_file() for name in ("index.html", ".segment-atlas"))

    def together(self) -> bool:
        """Whether the site, the contract, the model and the customers' segments are of one build."""
        site, work = self.folder / "_site", self.folder / "build"
        files = (site / "data/analysis.json", work / "analysis.json", work / "model.json")
        digests = {json.loads(file.read_text())["provenance"]["configuration_sha256"] for file in files}
        lines = (work / "assignments.csv").read_text().splitlines()[1:]
        pages = {page.stem for page in (site / "segments").glob("*.html")} - {"index"}
        return len(digests) == 1 and {line.rpartition(",")[2] for line in lines} == pages

    def scored(self) -> bool:
        """Whether `score` names only segments that the site has pages of."""
        self.done("score", "customers.csv", "-o", "scored.csv")
        lines = (self.folder / "scored.csv").read_text().splitlines()
        place = lines[0].split(",").index("slug")
        return all((self.folder / "_site/segments" / f"{line.split(',')[place]}.html").exists() for line in lines[1:])


@contextmanager
def reading(page: Path, journal: Path) -> Iterator[Callable[[], tuple[int, int]]]:
    """A process reads the page all the time; called at the end: how often, and how often there was none."""
    with subprocess.Popen(  # noqa: S603 (this interpreter)
        [sys.executable, "-c", READER, page, journal], stdout=subprocess.PIPE, text=True
    ) as reader:
        assert reader.stdout
        reader.stdout.readline()

        def ended() -> tuple[int, int]:
            reader.terminate()
            reads, none = reader.stdout.readline().split()  # type: ignore[union-attr]
            return int(reads), int(none)

        try:
            yield ended
        finally:
            reader.kill()


def wait(process: subprocess.Popen[str], seconds: float) -> None:
    """So long, or until the process ends."""
    end = time.perf_counter() + seconds
    while process.poll() is None and time.perf_counter() < end:
        time.sleep(max(0.0, min(0.001, end - time.perf_counter())))


def until_swap(process: subprocess.Popen[str], builds: Builds, chance: random.Random) -> None:
    """Until a random moment while the new site takes its place, or the build has ended."""
    while not builds.journal.exists() and process.poll() is None:
        time.sleep(0.0002)
    time.sleep(chance.uniform(0, WITHIN))


def killed(builds: Builds, number: int, usual: float, chance: random.Random) -> Counter[str]:
    """One build that is killed, and what came of it."""
    found: Counter[str] = Counter()
    process = builds.begun()
    if number % 2:
        until_swap(process, builds, chance)
    else:
        wait(process, chance.uniform(0, usual))
    found["kills that came too late"] += process.poll() is not None
    alone = number // 2 % 2 == 0
    found["to the process at the front alone"] += alone
    if process.poll() is None:
        (os.kill if alone else os.killpg)(process.pid, signal.SIGKILL)
    found["orphans"] += len(builds.orphans())
    process.communicate()
    found["sites lost"] += not builds.stands()
    if builds.journal.exists():
        found["in the middle of the swap"] += 1
        found["sites and model that do not belong together"] += not builds.scored()
    found["sites and model that do not belong together"] += not builds.together()
    found["that left something"] += bool(builds.leftovers())
    builds.done()
    found["leftovers after the next build"] += len(builds.leftovers())
    return found


def terminated(builds: Builds, usual: float, chance: random.Random) -> Counter[str]:
    """One build that is ended by SIGTERM to the process at the front, and what came of it."""
    process = builds.begun()
    wait(process, chance.uniform(0.5, usual))
    late = process.poll() is not None
    if not late:
        process.terminate()
    said, _ = process.communicate()
    well = late or (process.returncode == 143 and said == "Stopped.\n")
    if not well:
        print(f"exit {process.returncode}: {said}", file=sys.stderr)
    return Counter(
        {
            "ended otherwise than by one message and 143": not well,
            "orphans of theirs": len(builds.orphans()),
            "leftovers of theirs": 0 if late else len(builds.leftovers()),
            "that came too late": late,
        }
    )


def main() -> int:
    """Kill, count, print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--kills", type=int, default=200)
    asked.add_argument("--terms", type=int, default=20)
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    chance = random.Random(given.seed)  # noqa: S311 (moments, no secrets)
    total, terms = Counter[str](), Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        shutil.copyfile(TABLE, Path(folder) / "customers.csv")
        builds = Builds(Path(folder))
        builds.done()
        start = time.perf_counter()
        builds.done()
        usual = time.perf_counter() - start
        with reading(Path(folder) / "_site/index.html", builds.journal) as ended:
            # Those ended by SIGTERM first: Ctrl-C then gives the figures of the kills so far.
            for _ in range(given.terms):
                terms += terminated(builds, usual, chance)
            with suppress(KeyboardInterrupt):
                for number in range(given.kills):
                    total += killed(builds, number, usual, chance)
                    total["kills"] += 1
                    print(f"\r{number + 1} of {given.kills} kills", end="", file=sys.stderr, flush=True)
            reads, none = ended()
        for process in builds.alive():  # where all was interrupted
            process.kill()
    print(file=sys.stderr)
    faults = {
        "sites lost": total["sites lost"],
        f"reads that found none (of {reads:,})": none,
        **{
            name: total[name]
            for name in ("leftovers after the next build", "orphans", "sites and model that do not belong together")
        },
        **{
            name: terms[name]
            for name in ("ended otherwise than by one message and 143", "orphans of theirs", "leftovers of theirs")
        },
    }
    print(f"{total['kills']} kills")
    for name in ("to the process at the front alone", "in the middle of the swap", "that left something",
                 "kills that came too late"):  # fmt: skip
        print(f"  {name}: {total[name]}")
    print(f"{given.terms} builds ended by SIGTERM")
    print(f"  that came too late: {terms['that came too late']}")
    for name, count in faults.items():
        print(f"{name}: {count}")
    return int(any(faults.values()))


if __name__ == "__main__":
    sys.exit(main())
