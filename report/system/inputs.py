"""The files that a build reads, found again: those named, those of a pattern, and all in a folder."""

from __future__ import annotations

import glob
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path


def files_in(folder: Path) -> list[Path]:
    """All files of a folder and those below it, without hidden ones."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))


def inputs(places: Iterable[Path]) -> Mapping[str, str]:
    """What there is now, as `basics.as_read.Read` has it: path with links followed → SHA-256 of what it holds."""
    found = {}
    for place in places:
        for file in _files(place):
            with suppress(OSError), file.open("rb") as content:  # what cannot be read is not what was
                found[str(file.resolve())] = hashlib.file_digest(content, "sha256").hexdigest()
    return found


def _files(place: Path) -> Iterator[Path]:
    """Files alone: what is none, such as a pipe, may never come to an end."""
    if place.is_dir():
        yield from files_in(place)
    elif place.is_file():
        yield place
    elif not place.exists():
        yield from (Path(each) for each in sorted(glob.glob(str(place))) if Path(each).is_file())  # noqa: PTH207 (a pattern may be absolute)
