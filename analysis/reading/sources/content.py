"""The bytes of a file, unpacked where they are gzipped, with one clear sentence wherever they cannot be had."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.basics.as_read import Read, special
from analysis.configuration.origin import GZIP
from analysis.configuration.paths import shown
from analysis.errors import DataError

LARGEST = 4_000_000_000
"""Bytes that a gzipped file may unpack to, and a file may have that is read whole; Parquet is not."""
LONGEST = 100_000_000
"""Bytes of a line of text; a line of a JSON array is its whole table."""
PIECE = 1 << 20


@dataclass(frozen=True)
class Content:
    """What a file holds."""

    path: Path
    name: str
    """As shown in messages."""
    data: bytes
    """Unpacked; of a file that is read from its path only the first bytes."""
    sha256: str
    """Of the file as it stands."""
    packed: bool
    stamp: tuple[int, ...] | None = None
    """As `_stamp`, of a file that is read from its path."""

    def read(self) -> Read:
        """The file as it was read; asked once its rows have been."""
        changed = self.stamp is not None and self.stamp != _stamp(self.path)
        return ((str(self.path.resolve()), "" if changed else self.sha256),)


def content_of(path: Path, on_disk: Sequence[bytes] = ()) -> Content:
    """Read a file; only its first bytes where they are one of `on_disk`.

    Raises DataError where it is missing, unreadable, empty, or cut short as gzip.
    """
    name = shown(path)
    if what := special(path):
        raise DataError(f"{name}: this is {what}, but a table is read from a file; save it to a file, and name it.")
    before = _stamp(path)
    raw, sha256 = _bytes(path, name, on_disk)
    packed = raw.startswith(GZIP)
    data = _unpacked(raw, name) if packed else raw
    if not data.strip():
        raise DataError(f"{name}: the file is empty; name a table with a header line and one row a customer.")
    return Content(path, name, data, sha256, packed, before if raw in on_disk else None)


def _stamp(path: Path) -> tuple[int, ...]:
    """What changes where a file is written to, or another takes its place."""
    try:
        known = path.stat()
    except (OSError, ValueError):
        return ()
    return known.st_dev, known.st_ino, known.st_size, known.st_mtime_ns


def _bytes(path: Path, name: str, on_disk: Sequence[bytes]) -> tuple[bytes, str]:
    """What stands in the file, and its sha256; a file that is read from its path is not kept."""
    try:
        with path.open("rb") as file:
            if mark := next((each for each in on_disk if file.peek(len(each)).startswith(each)), b""):
                return mark, hashlib.file_digest(file, "sha256").hexdigest()
            size = os.fstat(file.fileno()).st_size
            if size > LARGEST:
                raise DataError(
                    f"{name}: this file is larger than {LARGEST // 1_000_000:,} MB; save the table as Parquet."
                )
            raw = file.read()
            return raw, hashlib.sha256(raw).hexdigest()
    except FileNotFoundError:
        raise DataError(f"{name}: there is no such file; correct data.path, or the path you gave.") from None
    except IsADirectoryError:
        raise DataError(f"{name}: this is a folder; name the table inside it.") from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "not a usable path"
        raise DataError(f"{name}: cannot be read ({why}); check the path and its permissions.") from None


def _unpacked(raw: bytes, name: str) -> bytes:
    """What a gzipped file holds, up to a limit: a few kilobytes may stand for gigabytes."""
    found = bytearray()
    try:
        with gzip.open(io.BytesIO(raw)) as packed:
            while len(found) <= LARGEST and (piece := packed.read(PIECE)):
                found += piece
    except (EOFError, OSError, zlib.error):
        raise DataError(
            f"{name}: this is a compressed file, but cut short or damaged, so it cannot be unpacked; fetch or save it "
            "again."
        ) from None
    if len(found) > LARGEST:
        raise DataError(
            f"{name}: unpacked, this file is larger than {LARGEST // 1_000_000:,} MB; unpack it and save the table as "
            "Parquet."
        )
    return bytes(found)


def check_lines(name: str, data: bytes) -> None:
    """Raise DataError where a line is so long that this is no table, before it is split in cells over and over."""
    start = 0
    while len(data) - start > LONGEST:
        end = max(data.rfind(sign, start, start + LONGEST + 1) for sign in (b"\n", b"\r"))
        if end < 0:
            raise DataError(
                f"{name}: a line is longer than {LONGEST // 1_000_000:,} MB, as no row of a table is; save the table "
                "with one row a line."
            )
        start = end + 1
