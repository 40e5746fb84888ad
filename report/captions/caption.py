"""The words and numbers that are shown around a chart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Option:
    """One choice of a control. `format` is how its axis writes figures (`axis_format`)."""

    value: str
    label: str
    colour: int | None = None
    format: str | None = None
    selected: bool = False


@dataclass(frozen=True)
class Control:
    """Shown below the takeaway once scripts run: segment buttons, a choice of column, a reset, or instructions."""

    kind: Literal["segments", "select", "reset", "words"]
    param: str
    label: str
    options: tuple[Option, ...] = ()


@dataclass(frozen=True)
class Caption:
    """A chart's name, page, takeaway in one sentence, subtitle, alternative text, and table of numbers."""

    name: str
    page: str
    """Place of its page in the site without suffix, `segments/premium-shoppers`."""
    takeaway: str
    subtitle: str
    description: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    controls: tuple[Control, ...] = ()
    small: bool = False
