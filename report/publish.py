"""Putting a finished site in its place: the old one stands until the new one is whole.

A site is made in a folder beside the output folder and takes its place by renaming. The folder is only ever replaced
when it is empty or carries the mark of an earlier build, so that a mistyped `--out` costs nothing.
"""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from analysis.errors import ConfigurationError
from report.effects import Effects

WORK = Path("build")
"""Where a build keeps what stays private, from the current folder."""
KEPT = ("analysis.json", "assignments.csv", "rejected.csv", "model.json")
RECORD = "record.json"
"""What an earlier build went by, in that folder; see `report.standing`."""
SOURCE = "site-src"
"""The generated Quarto project, in that folder."""
MARK = ".segment-atlas"
MARK_TEXT = "Made by Segment Atlas. A build replaces this folder whole; keep nothing else in it.\n"


def claim(out: Path) -> Path:
    """The absolute output folder, once it is sure that a build may replace it.

    Raises ConfigurationError where it is a file, holds something else than a site, or cannot be written beside.
    """
    whole = out.expanduser().resolve()
    if whole.exists() and not whole.is_dir():
        raise ConfigurationError(f"--out {out}: this is a file; name a folder for the site.")
    here = Path.cwd()
    if whole == here or whole in here.parents:
        raise ConfigurationError(
            f"--out {out}: the site cannot replace the current folder or one above it; name a folder inside it."
        )
    if whole.is_dir() and not (whole / MARK).is_file() and any(whole.iterdir()):
        raise ConfigurationError(
            f"--out {out}: the folder holds files that are not a site made here, and a build would replace them; "
            "name another folder, or empty this one."
        )
    _writable(out, whole.parent)
    return whole


def _writable(out: Path, parent: Path) -> None:
    try:
        parent.mkdir(parents=True, exist_ok=True)
        probe = staging(parent / "probe")
        probe.mkdir()
        probe.rmdir()
    except OSError as error:
        raise ConfigurationError(
            f"--out {out}: nothing can be written in {parent} ({error.strerror}); "
            "name a folder elsewhere, or change its permissions."
        ) from None


def staging(out: Path) -> Path:
    """A new name beside the output folder (same disk, so that renaming is possible), never used twice."""
    return out.with_name(f".site-{secrets.token_hex(6)}")


def swap(made: Path, out: Path, effects: Effects) -> None:
    """Put the finished site `made` in the place of `out`; where that fails, the old site is put back."""
    old = staging(out)
    with locked(out.parent):
        replaces = out.exists()
        if replaces:
            effects.rename(out, old)
        try:
            effects.rename(made, out)
        except BaseException:
            if replaces:
                effects.rename(old, out)
            raise
    effects.remove(old)


@contextmanager
def locked(path: Path, effects: Effects | None = None) -> Iterator[None]:
    """Hold a folder, or a lock file that is made where it is missing, for one build; another waits here and says so.

    The lock ends with the process, however that ends.
    """
    if sys.platform == "win32":  # no such locks there; unique staging names still keep builds apart
        yield
        return
    import fcntl  # noqa: PLC0415 (not on every platform)

    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if effects:
                effects.warn(f"Another build is at work in {path.parent}; this one waits until it ends.")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
