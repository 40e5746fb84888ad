"""Whether the site that stands is the one that a build would make: then there is nothing to build.

The same input makes the same bytes. So a build leaves a record of what it was asked, what it read, what it ran with and
what it made, all as digests; where each of them is as it was, the site is, too. What was read is what the build took
from its files, and not what stands in them when it has ended. To look imports nothing heavy.
"""

from __future__ import annotations

import hashlib
import json
import sys
import sysconfig
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.errors import ConfigurationError
from analysis.rounding.random_rounding import SALT
from report.build.memory import MemoryAsked
from report.build.publish import KEPT, RECORD, SOURCE
from report.errors import RenderError
from report.render.finding import find
from report.system.contents import contents
from report.system.inputs import inputs

if TYPE_CHECKING:
    from analysis.basics.as_read import Read
    from analysis.configuration import Configuration
    from report.system.effects import Effects

CODE = (Path(__file__).parents[1], Path(__file__).parents[2] / "analysis")
VARIABLES = ("SOURCE_DATE_EPOCH", "QUARTO_PATH", "PYPANDOC_PANDOC", "PAGEFIND_BINARY_PATH", SALT)


@dataclass(frozen=True)
class BuildRecord:
    """What one command would make: its words, the folder of the site, and that of the build."""

    asked: tuple[str, ...]
    out: Path
    work: Path
    memory: MemoryAsked = field(default_factory=MemoryAsked)

    def holds(self, effects: Effects) -> bool:
        """Whether all is as the last build left it."""
        try:
            record = json.loads((self.work / RECORD).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return False
        if not isinstance(record, dict) or not isinstance(read := record.get("read"), dict):
            return False
        if record.get("asked") != self._words():  # before a folder is read through that may be anybody's
            return False
        places = record.get("places")
        if not isinstance(places, list) or read != inputs(map(Path, places)):
            return False
        remembered = record.get("remembered")
        return isinstance(remembered, dict) and record == self._record(places, read, remembered, ran(effects))

    def keep(self, configuration: Configuration, read: Read, ran: str, effects: Effects) -> None:
        """Leave the record of a build that has put its site in place, by what it read, and what ran when it began.

        None is left of a database or a published site, which are not seen here, and of a file that changed while it was
        read. The history is recorded as the build leaves it.
        """
        known = dict(read)
        sure = (
            self.memory.seen
            and not configuration.site.data.database
            and all(digest and known[file] == digest for file, digest in read)
        )
        with suppress(RenderError):  # without a record the next build builds; this one has done its work
            effects.remove(self.work / RECORD)
            if sure:
                places = sorted(map(str, configuration.named))
                builds = [str(place) for place in (configuration.history, self.memory.place) if place]
                record = self._record(places, known, builds, ran)
                effects.write(self.work / RECORD, json.dumps(record, indent=2) + "\n")

    def _record(self, places: list[str], read: Mapping[str, str], builds: Iterable[str], ran: str) -> dict[str, object]:
        # Of the build's own folder, which may hold much else, what every build puts there.
        made = (self.out, *(self.work / name for name in (*KEPT, SOURCE)))
        return {
            "asked": self._words(),
            "places": places,
            "read": read,
            "remembered": {place: contents(Path(place)) for place in builds},
            "ran": ran,
            "made": [contents(place) for place in made],
        }

    def _words(self) -> list[str]:
        return [*self.asked, repr(self.memory), str(self.out), str(Path.cwd())]


def ran(effects: Effects) -> str:
    """Of the code, by the times of its files, of the libraries, by their versions, and of the programs around."""
    whole = hashlib.sha256(repr((sys.version, [effects.environment.get(name) for name in VARIABLES])).encode())
    libraries = sorted(folder.name for folder in Path(sysconfig.get_path("purelib")).glob("*.dist-info"))
    whole.update(repr(libraries).encode())
    for file in _code(effects):
        known = file.stat()
        whole.update(repr((str(file), known.st_size, known.st_mtime_ns)).encode())
    return whole.hexdigest()


def _code(effects: Effects) -> Iterator[Path]:
    for folder in CODE:
        # What Python compiles comes and goes, under names of its own while it is written.
        yield from sorted(one for one in folder.rglob("*") if "__pycache__" not in one.parts and one.is_file())
    with suppress(ConfigurationError):  # which a build that wants Quarto will say
        if quarto := find(effects):
            yield Path(quarto)
