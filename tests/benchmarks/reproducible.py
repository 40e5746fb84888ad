"""Builds the shipped site again and again under other conditions, and counts the bytes that differ: none may.

Each build has its own file system where there are two, folder, order in which files were made, times of files, time
zone, locale, hash seed and number of threads. Run it with `make reproducible`; it ends with 1 where a byte differs.
"""

from __future__ import annotations

import locale
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

ROOT = Path(__file__).parents[2]
MEMORY = Path("/dev/shm")  # noqa: S108 (a file system that lists files in another order than a disk)
INPUTS = ("site_config", "data")
PRIVATE = ("analysis.json", "assignments.csv", "rejected.csv", "model.json")
DAY = 86_400


@dataclass(frozen=True)
class Setting:
    """What is different in one build."""

    name: str
    place: Path
    variables: Mapping[str, str]
    backwards: bool = False
    """Whether its input files are made in the opposite order."""
    touched: int = 0
    """Days by which the times of its input files are shifted."""


def settings() -> list[Setting]:
    """The first is what the others are compared with."""
    disk = Path(tempfile.gettempdir())
    threads = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "RAYON_NUM_THREADS", "MKL_NUM_THREADS")
    one, four = dict.fromkeys(threads, "1"), dict.fromkeys(threads, "4")
    return [
        Setting("disk, UTC, C", disk, {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "0", **one}),
        Setting(
            "memory, Auckland, C.UTF-8, backwards, old files",
            MEMORY,
            {"TZ": "Pacific/Auckland", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "4242", **four},
            backwards=True,
            touched=-9_000,
        ),
        Setting(
            "disk, Honolulu, German, random hashes, future files",
            disk,
            {"TZ": "Pacific/Honolulu", "LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8", "PYTHONHASHSEED": "random"},
            touched=400,
        ),
    ]


def lacking(setting: Setting) -> Iterator[str]:
    """What this machine does not have, so that the comparison is not taken for one of it."""
    if not os.access(setting.place, os.W_OK):
        yield f"no {setting.place} here"
    now, wanted = locale.setlocale(locale.LC_ALL), setting.variables["LC_ALL"]
    try:
        locale.setlocale(locale.LC_ALL, wanted)
    except locale.Error:
        yield f"no locale {wanted} here"
    else:
        locale.setlocale(locale.LC_ALL, now)


def built(setting: Setting, folder: Path) -> dict[str, bytes]:
    """Every file of the site and of what is kept beside it, by its path."""
    files = [file for name in INPUTS for file in sorted((ROOT / name).rglob("*")) if file.is_file()]
    for file in reversed(files) if setting.backwards else files:
        target = folder / file.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
        when = file.stat().st_mtime + setting.touched * DAY
        os.utime(target, (when, when))
    kept = {name: value for name, value in os.environ.items() if name not in {"SOURCE_DATE_EPOCH", "LANG", "LANGUAGE"}}
    variables = {**kept, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(folder / "cache"), **setting.variables}
    command = [sys.executable, "-m", "report", "build", "--quiet", "--renderer", "builtin"]
    subprocess.run(command, cwd=folder, env=variables, check=True)  # noqa: S603 (the project's own command)
    site = {file.relative_to(folder).as_posix(): file for file in sorted((folder / "_site").rglob("*"))}
    site |= {f"build/{name}": folder / "build" / name for name in PRIVATE}
    return {name: file.read_bytes() for name, file in site.items() if file.is_file()}


def differing(one: bytes | None, other: bytes | None) -> int:
    """Bytes that differ between two files; all of a file that the other build does not have."""
    return sum(a != b for a, b in zip_longest(one or b"", other or b"")) or int((one is None) != (other is None))


def differences(first: Mapping[str, bytes], other: Mapping[str, bytes]) -> dict[str, int]:
    """The files that differ, with the number of bytes."""
    names = sorted({*first, *other})
    return {name: differing(first.get(name), other.get(name)) for name in names if first.get(name) != other.get(name)}


def say(line: str) -> None:
    """A line, at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    """Build, compare and tell."""
    first: Mapping[str, bytes] = {}
    total = 0
    for setting in settings():
        place = setting.place if os.access(setting.place, os.W_OK) else None
        with tempfile.TemporaryDirectory(prefix="reproducible-", dir=place) as folder:
            files = built(setting, Path(folder))
        first = first or files
        found = differences(first, files)
        total += sum(found.values())
        said = "; ".join((setting.name, *lacking(setting)))
        say(f"{said}: {len(files)} files, {sum(map(len, files.values())):,} bytes")
        for name, count in found.items():
            say(f"  {name}: {count:,} bytes differ")
    say(f"bytes that differ: {total:,}")
    return int(bool(total))


if __name__ == "__main__":
    sys.exit(main())
