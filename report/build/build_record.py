"""What a build leaves to be known by: what it was asked, read, ran with and made (`report.build.unchanged`).

What was read is what the build took from its files, and not what stands in them when it has ended.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.errors import ConfigurationError
from report.build import unchanged
from report.build.memory import MemoryAsked
from report.build.unchanged import RECORD, record_of
from report.errors import RenderError
from report.render.finding import find

if TYPE_CHECKING:
    from analysis.basics.as_read import Read
    from analysis.configuration import Configuration
    from report.system.effects import Effects


@dataclass(frozen=True)
class BuildRecord:
    """What one command would make: its words, the folder of the site, and that of the build."""

    asked: tuple[str, ...]
    out: Path
    work: Path
    memory: MemoryAsked = field(default_factory=MemoryAsked)

    def holds(self, effects: Effects) -> bool:
        """Whether all is as the last build left it."""
        return unchanged.holds(self._words(), self.out, self.work, lambda: ran(effects))

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
                record = record_of(self._words(), self.out, self.work, (places, known, builds), ran)
                effects.write(self.work / RECORD, json.dumps(record, indent=2) + "\n")

    def _words(self) -> tuple[str, ...]:
        return (*self.asked, self.memory.words)


def ran(effects: Effects) -> str:
    """What runs, as a digest."""
    quarto = None
    with suppress(ConfigurationError):  # which a build that wants Quarto will say
        quarto = find(effects)
    return unchanged.ran(effects.environment, quarto)
