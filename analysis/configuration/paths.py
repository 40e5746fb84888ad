"""Paths in messages."""

from __future__ import annotations

from pathlib import Path


def shown(path: Path | str) -> str:
    """The path as people typed or would type it: from the current folder where it lies below that."""
    try:
        return str(Path(path).relative_to(Path.cwd()))
    except ValueError:
        return str(path)
