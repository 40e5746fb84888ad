"""What the command is handed to reach the world by. The front door hands over the real thing, a test its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from report.system.effects import Disk, Effects, Reporter

if TYPE_CHECKING:
    from typer import Context

    from report.build.build import ProjectWriter
    from report.build.workers import Workers


def side_processes(_effects: Effects) -> Workers:
    """The workers of the command as people type it."""
    from report.build.side_processes import SideProcesses  # noqa: PLC0415 (for a build alone)

    return SideProcesses()


@dataclass(frozen=True)
class World:
    """The one place where the command's real effects and workers are made."""

    effects: Callable[[Reporter], Effects] = Disk
    workers: Callable[[Effects], Workers] = side_processes
    writer: ProjectWriter | None = None
    """Of the Quarto project; none: the build's own."""


def world_of(context: Context) -> World:
    """What was handed over with the command line; the real thing where nothing was."""
    handed: World | None = context.obj
    return handed or World()
