"""The code that runs, by its content: of one's own every file, of libraries the versions that are installed.

Never by time: a checkout or an unpacked cache has other times and the same content. The standard library alone is
imported, since a build with nothing to do asks this first.
"""

from __future__ import annotations

import hashlib
import os
import sys
import sysconfig
from collections.abc import Iterable
from pathlib import Path

COMPILED = "__pycache__"
"""What Python compiles comes and goes, under names of its own while it is written."""


def code(places: Iterable[Path]) -> str:
    """A digest of the files in these folders and below, and of these files, with their names from the folder on."""
    whole = hashlib.sha256()
    for place in places:
        for name, path in _files(str(place)):
            whole.update(f"{name}\0".encode(errors="surrogateescape"))
            with open(path, "rb", buffering=0) as file:  # noqa: PTH123 (700 files: a path takes as long as its file)
                whole.update(hashlib.sha256(file.read()).digest())
    return whole.hexdigest()


def libraries() -> str:
    """A digest of the machine's kind, of Python, and of the libraries installed beside it, by their versions."""
    names = sorted(folder.name for folder in Path(sysconfig.get_path("purelib")).glob("*.dist-info"))
    return hashlib.sha256(repr((sysconfig.get_platform(), sys.version, names)).encode()).hexdigest()


def _files(place: str) -> list[tuple[str, str]]:
    """Name from the folder on, path; in the order of the names."""
    if os.path.isfile(place):  # noqa: PTH113
        return [(os.path.basename(place), place)]  # noqa: PTH119
    found = []
    for folder, inside, names in os.walk(place):
        inside[:] = [each for each in inside if each != COMPILED]
        found += [(os.path.relpath(path, place), path) for path in (os.path.join(folder, name) for name in names)]  # noqa: PTH118
    return sorted(each for each in found if os.path.isfile(each[1]))  # noqa: PTH113
