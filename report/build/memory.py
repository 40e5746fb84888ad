"""What the command line says about earlier builds."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from analysis.errors import ConfigurationError
from report.build.previous import NONE, nothing_named, on_the_web


@dataclass(frozen=True)
class MemoryAsked:
    """Which build is the last one, and whether this one is remembered."""

    previous: str | None = None
    """An address, a folder or a file; `none`: nothing is remembered."""
    fresh: bool = False
    """Whether a new history is started."""
    trial: bool = False
    """Whether the build only compares."""

    def __post_init__(self) -> None:
        if self.previous is not None and not self.previous.strip():
            raise ConfigurationError(nothing_named("--previous"))
        if self.fresh and self.previous is not None:
            raise ConfigurationError(
                "--fresh starts a new history and --previous names the last build; keep one of them."
            )

    @property
    def words(self) -> str:
        """What was asked, as the record has it: option → value, of those that were given."""
        given = {name: value for name, value in vars(self).items() if value}
        return json.dumps(given, sort_keys=True)

    @property
    def seen(self) -> bool:
        """Whether what is named can be looked at without asking a server."""
        return self.previous is None or not on_the_web(self.previous)

    @property
    def place(self) -> Path | None:
        """The file or folder that is named."""
        named = self.previous if self.previous not in {None, NONE} and self.seen else None
        return Path(named).expanduser().absolute() if named else None
