"""Builds the shipped site again and again under other conditions, and counts the bytes that differ: none may.

Each build has its own file system where there are two, folder, order in which files were made, times of files, time
zone, locale, hash seed and number of threads; and a clock of its own where `faketime` is installed, as by `apt-get
install faketime`. What this machine cannot vary stands in the output.

Compared are all files of the site, its notebook among them, and all in the build's folder but the record of it, which
names that folder. Run it with `make reproducible`; it ends with 1 where a byte differs.
"""

from __future__ import annotations

import locale
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

ROOT = Path(__file__).parents[2]
MEMORY = Path("/dev/shm")  # noqa: S108 (a file system that lists files in another order than a disk)
GERMAN = "de_DE.UTF-8"
INPUTS = ("site_config", "data")
MADE = ("_site", "build")
HERE = "build/record.json"
"""Names the folder of the build, so that the next one may see whether anything has changed."""
BUILD = ("-m", "report", "build", "--quiet", "--renderer", "builtin")
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
    clock: int = 0
    """Days by which its clock is shifted."""


def settings() -> list[Setting]:
    """The first is what the others are compared with."""
    disk, memory = Path(tempfile.gettempdir()), MEMORY if os.access(MEMORY, os.W_OK) else Path(tempfile.gettempdir())
    threads = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "RAYON_NUM_THREADS", "MKL_NUM_THREADS")
    one, four = dict.fromkeys(threads, "1"), dict.fromkeys(threads, "4")
    return [
        Setting("disk, UTC, C", disk, {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "0", **one}),
        Setting(
            "memory, Auckland, C.UTF-8, backwards, old files",
            memory,
            {"TZ": "Pacific/Auckland", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "4242", **four},
            backwards=True,
            touched=-9_000,
            clock=-8_000,
        ),
        Setting(
            "disk, Honolulu, German, random hashes, future files",
            disk,
            {"TZ": "Pacific/Honolulu", "LC_ALL": GERMAN, "LANG": GERMAN, "PYTHONHASHSEED": "random"},
            touched=400,
            clock=2_000,
        ),
    ]


def built(setting: Setting, folder: Path) -> dict[str, bytes]:
    """Every file of the site and of the build's folder, by its path."""
    files = [file for name in INPUTS for file in sorted((ROOT / name).rglob("*")) if file.is_file()]
    for file in reversed(files) if setting.backwards else files:
        target = folder / file.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
        when = file.stat().st_mtime + setting.touched * DAY
        os.utime(target, (when, when))
    kept = {name: value for name, value in os.environ.items() if name not in {"SOURCE_DATE_EPOCH", "LANG", "LANGUAGE"}}
    variables = {**kept, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(folder / "cache"), **setting.variables}
    command = [*clock(setting, shutil.which("faketime")), sys.executable, *BUILD]
    subprocess.run(command, cwd=folder, env=variables, check=True)  # noqa: S603 (the project's own command)
    return made(folder)


def clock(setting: Setting, faketime: str | None) -> tuple[str, ...]:
    """What a command begins with to run under the setting's clock; nothing where that cannot be shifted."""
    if faketime is None or not setting.clock:
        return ()
    return (faketime, "-m", "--exclude-monotonic", "-f", f"{setting.clock:+d}d")


def made(folder: Path) -> dict[str, bytes]:
    """What a build has left in a folder: every file but the one that names the folder."""
    files = (file for name in MADE for file in sorted((folder / name).rglob("*")) if file.is_file())
    contents = {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}
    return {name: content for name, content in contents.items() if name != HERE}


def differing(one: bytes | None, other: bytes | None) -> int:
    """Bytes that differ between two files; all of a file that the other build does not have."""
    return sum(a != b for a, b in zip_longest(one or b"", other or b"")) or int((one is None) != (other is None))


def differences(first: Mapping[str, bytes], other: Mapping[str, bytes]) -> dict[str, int]:
    """The files that differ, with the number of bytes."""
    names = sorted({*first, *other})
    counted = {
        name: differing(first.get(name), other.get(name)) for name in names if first.get(name) != other.get(name)
    }
    return {name: count for name, count in counted.items() if count}


def same() -> list[str]:
    """What is the same in all builds, since this machine has no other."""
    varied = {
        f"One file system: {MEMORY} cannot be written to.": os.access(MEMORY, os.W_OK),
        "One clock: faketime is not installed.": shutil.which("faketime") is not None,
        f"No locale but C: {GERMAN} is not installed.": _installed(GERMAN),
    }
    return [remark for remark, possible in varied.items() if not possible]


def _installed(name: str) -> bool:
    before = locale.setlocale(locale.LC_ALL)
    try:
        locale.setlocale(locale.LC_ALL, name)
    except locale.Error:
        return False
    locale.setlocale(locale.LC_ALL, before)
    return True


def say(line: str) -> None:
    """A line, at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    """Build, compare and tell."""
    for remark in same():
        say(remark)
    first: Mapping[str, bytes] = {}
    total = 0
    for setting in settings():
        with tempfile.TemporaryDirectory(prefix="reproducible-", dir=setting.place) as folder:
            files = built(setting, Path(folder))
        first = first or files
        found = differences(first, files)
        total += sum(found.values())
        days = f", clock {setting.clock:+,} days" if clock(setting, shutil.which("faketime")) else ""
        say(f"{setting.name}{days}: {len(files)} files, {sum(map(len, files.values())):,} bytes")
        for name, count in found.items():
            say(f"  {name}: {count:,} bytes differ")
    say(f"bytes that differ: {total:,}")
    return int(bool(total))


if __name__ == "__main__":
    sys.exit(main())
