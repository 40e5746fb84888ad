"""A figure as pages tell it, many of them side by side."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fact:
    """A figure with its name and what it is measured against."""

    label: str
    value: str
    note: str
    range: str = ""
    """Its 95 % interval, where there is one."""
