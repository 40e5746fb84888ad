"""What stands round a chart in words and numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Option:
    """One choice of a control. `format` is the d3 format of the axis that a column is put on."""

    value: str
    label: str
    colour: int | None = None
    format: str | None = None
    selected: bool = False


@dataclass(frozen=True)
class Control:
    """Under the takeaway, shown once scripts run: segment buttons, a choice of column, a reset, or words on how."""

    kind: Literal["segments", "select", "reset", "words"]
    param: str
    label: str
    options: tuple[Option, ...] = ()


@dataclass(frozen=True)
class Caption:
    """A chart's name, its page, its finding in one sentence, what is drawn, what can be seen, and its numbers."""

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
