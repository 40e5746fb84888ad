"""What was read: each file with a digest of the very bytes that were taken from it.

A file may change at any moment. What stands in it a moment later says nothing of what a result was made of.
"""

from __future__ import annotations

import hashlib
import stat
from pathlib import Path

Read = tuple[tuple[str, str], ...]
"""Absolute path with links followed, and SHA-256; a file that was read twice stands there twice.

An empty digest means that it is not known what was read: the file changed meanwhile.
"""
KINDS = {stat.S_ISFIFO: "a pipe", stat.S_ISSOCK: "a socket", stat.S_ISCHR: "a device", stat.S_ISBLK: "a device"}


def as_read(path: Path, content: bytes) -> Read:
    """Of one file that was read whole."""
    return ((str(path.resolve()), hashlib.sha256(content).hexdigest()),)


def text_of(content: bytes) -> str:
    """As a text file is read: without a byte order mark, all line ends alike. Raises UnicodeDecodeError."""
    return content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


def special(path: Path) -> str | None:
    """What stands at the path in place of a file, “a pipe” or “a device”; None for files, folders, and nothing at all.

    To read such a thing may wait for ever, or never come to an end.
    """
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return None
    return next((name for kind, name in KINDS.items() if kind(mode)), None)
