"""Locks on files and folders that end with the process that holds them, however that ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol


class Warns(Protocol):
    """Who is told of a wait."""

    def warn(self, text: str) -> None:
        """Something to look at."""


@contextmanager
def locked(path: Path, reporter: Warns | None = None) -> Iterator[None]:
    """Hold a folder, or a lock file that is made where it is missing, for one process; another waits here.

    The reporter is told of the wait. Where a system or a disk has no such locks, nothing is held.
    """
    handle = _opened(path)
    try:
        if handle is not None and not _taken(handle):
            if reporter:
                reporter.warn(f"Another build is running in {path.parent}; this one waits until it ends.")
            _taken(handle, wait=True)
        yield
    finally:
        if handle is not None:
            os.close(handle)


@contextmanager
def free(path: Path) -> Iterator[bool]:
    """Hold a folder or a lock file if nobody does, and say whether that is so; False also where it cannot be told."""
    handle = _opened(path)
    try:
        yield handle is not None and _taken(handle) is True
    finally:
        if handle is not None:
            os.close(handle)


def _opened(path: Path) -> int | None:
    if sys.platform == "win32":  # folders cannot be opened there
        return None
    try:
        return os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR | os.O_CREAT, 0o644)
    except OSError:
        return None


def _taken(handle: int, *, wait: bool = False) -> bool | None:
    """Whether the lock was had; None where there are none of the kind."""
    import fcntl  # noqa: PLC0415 (not on every platform)

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    except OSError:  # some network disks
        return None
    return True
