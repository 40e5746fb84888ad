"""What the build at work is told of earlier ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.contract import Contract


@dataclass(frozen=True)
class Remembered:
    """Which build this one is, and what is known of the one before; aggregates, but for `assigned`."""

    number: int = 1
    """Of the build at work."""
    date: str | None = None
    """Of the build at work, YYYY-MM-DD."""
    last: Contract | None = None
    """As the last build was published; None in a first build."""
    assigned: Mapping[str, int] | None = None
    """Identifier → segment id of the last build, where its assignments are at hand."""
    model: str | None = None
    """The last build’s model, JSON, where it is at hand."""
    oldest: Contract | None = None
    """The earliest build before the last one that is at hand, of those that this one speaks of; as it was published."""
