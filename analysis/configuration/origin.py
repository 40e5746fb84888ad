"""Where a table comes from: one file, several by list or pattern, or a query to a database."""

from __future__ import annotations

import glob
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.configuration.address import sqlite_file
from analysis.configuration.paths import shown
from analysis.errors import DataError

if TYPE_CHECKING:  # the configuration itself holds an origin
    from analysis.configuration.table import TableSettings

WILD = re.compile(r"[*?\[]")
NAMED = 3
GZIP = b"\x1f\x8b"
DATABASE = "database query"


@dataclass(frozen=True)
class Origin:
    """What `data` of the configuration says, and the folder that its paths start from."""

    settings: TableSettings
    folder: Path

    @classmethod
    def of(cls, path: Path, settings: TableSettings) -> Origin:
        """A single file or pattern, whatever path the settings name."""
        return cls(settings.model_copy(update={"path": str(path), "database": None, "query": None}), Path.cwd())

    @property
    def places(self) -> tuple[Path, ...]:
        """The paths as configured, made absolute; some may be patterns. None for a database."""
        return tuple(_absolute(self.folder / each) for each in self.settings.paths)

    @property
    def named(self) -> tuple[Path, ...]:
        """The same with links left as they are: tomorrow they may lead elsewhere."""
        return tuple((self.folder / each).absolute() for each in self.settings.paths)

    @property
    def name(self) -> str:
        """What the result says it was made of: file names without their folder, and nothing of a database."""
        if not self.places:
            return DATABASE
        names = [place.name for place in self.places]
        rest = len(names) - NAMED
        return ", ".join(names[:NAMED]) + (f" and {rest} more" if rest > 0 else "")

    @property
    def shown(self) -> str:
        """The table as people typed or would type it, for messages."""
        return ", ".join(map(shown, self.places[:NAMED])) if self.places else f"the {DATABASE}"

    @property
    def watched(self) -> tuple[Path, ...]:
        """What to look at for changes: files, patterns, and the file of a database if it is one."""
        database = sqlite_file(self.settings.database or "")
        return (_absolute(self.folder / database),) if database else self.places

    @property
    def plain(self) -> bool:
        """Whether it is one file that is not packed, so that any program can open it under the name given."""
        if len(self.places) != 1 or not self.places[0].is_file():
            return False
        with self.places[0].open("rb") as file:
            return file.read(len(GZIP)) != GZIP

    def files(self) -> tuple[Path, ...]:
        """The files there are, those of a pattern sorted by name; raises DataError where a pattern finds none."""
        found = [file for place in self.places for file in _matching(place)]
        return tuple(dict.fromkeys(found))


def _absolute(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, ValueError):  # a path that no system can have; opening it will say so
        return path.absolute()


def _matching(place: Path) -> list[Path]:
    """The file of this very name, `customers[1].csv`, or else those that the pattern finds."""
    if not WILD.search(str(place)) or place.exists():
        return [place]
    found = [Path(each) for each in sorted(glob.glob(str(place)))]  # noqa: PTH207 (a pattern may be absolute)
    files = [each for each in found if each.is_file()]
    if not files:
        raise DataError(f"{shown(place)}: no file matches; correct data.path, or the path you gave.")
    return files
