"""A digest of what stands somewhere, by which it is known again."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path


def contents(place: Path) -> str:
    """Of the bytes of a file, or of all names and bytes in a folder; empty where there is nothing."""
    if not place.exists():
        return ""
    whole = hashlib.sha256()
    for file in sorted(file for file in (place, *place.rglob("*")) if file.is_file()):
        whole.update(f"{file.relative_to(place).as_posix()}\0".encode(errors="surrogateescape"))
        with suppress(OSError), file.open("rb") as content:  # what cannot be read is not what was
            whole.update(hashlib.file_digest(content, "sha256").digest())
    return whole.hexdigest()
