"""What steps of earlier builds have made, kept by a digest of all that each step reads.

A step whose inputs are the same makes the same, so it need not be done again; nothing is known by its time. An entry
says of which step and inputs it is, and carries a digest of its content: one that is cut off, changed, or put in the
place of another is none, and the step is done. Entries are text that is read and never run. They tell of customers, so
they stand in the build's folder and are no more public than what stands beside them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from report.errors import RenderError
from report.system import code

if TYPE_CHECKING:
    from report.system.effects import Files

Made = TypeVar("Made")
PACKAGES = Path(__file__).parents[2]
LATEST = "latest.json"
"""The entries that the last builds used, the last build's first."""
BUILDS = 6
"""Builds whose entries are kept, so that what is undone is known again."""
LARGEST, MOST = 64_000_000, 256_000_000
"""Bytes of an entry, and of all."""


class Steps:
    """The steps of one build. Where it is to build `again`, none is known, and all are kept anew."""

    def __init__(self, folder: Path, effects: Files, *, again: bool = False) -> None:
        self._folder, self._effects, self._again = folder, effects, again
        self._used: dict[str, int] = {}
        self.tables: Sequence[Path] = ()
        """The files of the table, which the next build looks at before it reads anything (`likely`)."""

    def found(self, step: str, inputs: str, read: Callable[[str], Made]) -> Made | None:
        """What the step made of these inputs, as `read` has it; None where it is not known, or nothing of the kind."""
        if self._again:
            return None
        name = _name(step, inputs)
        with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
            head, _, content = (self._folder / name).read_bytes().decode().partition("\n")
            if head == _head(step, inputs, content):
                made = read(content)
                self._used[name] = len(content)
                return made
        return None

    def keep(self, step: str, inputs: str, content: str) -> None:
        """Keep what the step made, whole or not at all; where that cannot be, the next build does without."""
        if len(content) > LARGEST:
            return
        name = _name(step, inputs)
        with suppress(RenderError, UnicodeEncodeError):
            self._put(name, f"{_head(step, inputs, content)}\n{content}")
            self._used[name] = len(content)

    def sweep(self) -> None:
        """The build has ended well: forget what none of the last builds used, or what takes too much room."""
        with suppress(RenderError, OSError):
            latest = [self._used, *_latest(self._folder / LATEST)][:BUILDS]
            stay = _within(latest)
            builds = [{name: each[name] for name in each if name in stay} for each in latest]
            self._put(
                LATEST, json.dumps({"builds": builds, "tables": {str(file): _looks(file) for file in self.tables}})
            )
            for left in self._effects.listing(self._folder):
                if left.name not in stay and left.name != LATEST:
                    self._effects.remove(left)

    def _put(self, name: str, text: str) -> None:
        beside = self._folder / f".{self._effects.fresh()}"
        try:
            self._effects.write(beside, text)
            self._effects.replace(beside, self._folder / name)
        finally:
            self._effects.remove(beside)


def likely(folder: Path) -> bool:
    """Whether the table looks as in the last build, so that there is likely no need to get ready for an analysis.

    A guess, by sizes and times: what is done, and what comes out, does not hang on it.
    """
    try:
        tables = json.loads((folder / LATEST).read_text(encoding="utf-8"))["tables"]
        return bool(tables) and all(_looks(Path(file)) == look for file, look in tables.items())
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def _looks(file: Path) -> list[int]:
    known = file.stat()
    return [known.st_size, known.st_mtime_ns]


@cache
def rooms(*names: str) -> str:
    """A digest of the code of these rooms and files, such as `analysis` or `report/charts`, and of all libraries."""
    return digest(code.code(PACKAGES / name for name in names), code.libraries())


def digest(*parts: str) -> str:
    """Of several texts: none can be taken for another by moving what stands in one to the next."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _name(step: str, inputs: str) -> str:
    return f"{step}-{inputs[:32]}"


def _head(step: str, inputs: str, content: str) -> str:
    return f"{step} {inputs} {hashlib.sha256(content.encode()).hexdigest()}"


def _latest(file: Path) -> list[dict[str, int]]:
    """What `sweep` left; nothing where there is something else."""
    try:
        known = json.loads(file.read_text(encoding="utf-8"))["builds"]
        return [{str(name): int(size) for name, size in each.items()} for each in known]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return []


def _within(latest: Iterable[dict[str, int]]) -> set[str]:
    """The entries that stay, those of the last build first."""
    stay: dict[str, int] = {}
    for build in latest:
        for name, size in build.items():
            if sum(stay.values()) + size <= MOST:
                stay.setdefault(name, size)
    return set(stay)
