"""What is the same for every site is made once and kept in the user's cache folder, under a checksum of itself.

A damaged file is made anew, and a folder that cannot be written to does no harm, so nothing that is built hangs on it.
Which folder it is, the effects say (`Effects.cache`).
"""

from __future__ import annotations

import glob
import hashlib
import os
import stat
import sys
import tempfile
import time
from pathlib import Path

from platformdirs import user_cache_path

ABANDONED = 3600
"""Seconds after which nobody writes to a temporary file any more."""


def cache_folder() -> Path:
    """The user's own; `XDG_CACHE_HOME` moves it."""
    return user_cache_path("segment-atlas")


def kept(path: Path) -> bytes | None:
    """What `keep` left there; None where there is nothing, or something else."""
    try:
        digest, _, content = path.read_bytes().partition(b"\n")
    except OSError:
        return None
    return content if digest == _digest(content) else None


def keep(path: Path, content: bytes) -> None:
    """Leave content there for later builds, whole or not at all."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _sweep(path)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(_digest(content) + b"\n" + content)
            Path(temporary).replace(path)
        finally:
            Path(temporary).unlink(missing_ok=True)
    except OSError:
        return


def _sweep(path: Path) -> None:
    """Remove what builds that were killed while they kept this file have left."""
    for left in path.parent.glob(f".{glob.escape(path.name)}-*"):
        if time.time() - left.stat().st_mtime > ABANDONED:
            left.unlink(missing_ok=True)


def private(folder: Path) -> bool:
    """Make a folder that nobody else can write to; whether it is one, as it must be where code is kept."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        known = folder.stat()
    except OSError:
        return False
    if sys.platform == "win32":  # the user's own folder, by the system's own rules
        return True
    return known.st_uid == os.getuid() and not known.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode()
