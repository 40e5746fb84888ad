"""What the command is handed to reach the world by. The front door hands over the real thing, a test its own."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from report.command.progress import Progress, progress
from report.command.questions import Questions, Terminal
from report.system.effects import Disk, Effects, Reporter

if TYPE_CHECKING:
    from typer import Context

    from report.build.build import ProjectWriter
    from report.build.workers import ReadingWorkers


class MakesProgress(Protocol):
    """Makes what tells how far a command is."""

    def __call__(self, *, quiet: bool) -> Progress:
        """One that says next to nothing where that is wanted."""


def side_processes(effects: Effects) -> ReadingWorkers:
    """The workers of the command as people type it."""
    from report.build.side_processes import SideProcesses  # noqa: PLC0415 (for a build alone)

    return SideProcesses(effects)


@dataclass(frozen=True)
class World:
    """The one place where the command's real effects and workers are made, and the environment is read."""

    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ), repr=False)
    reporter: MakesProgress = progress
    questions: Questions = field(default_factory=Terminal)
    disk: Callable[[Reporter, Mapping[str, str]], Effects] = Disk
    workers: Callable[[Effects], ReadingWorkers] = side_processes
    writer: ProjectWriter | None = None
    """Of the Quarto project; none: the build's own."""

    def effects(self, reporter: Reporter | None = None) -> Effects:
        """Of a command that says its progress to that reporter, or none."""
        return self.disk(reporter or self.reporter(quiet=True), self.environment)


def world_of(context: Context) -> World:
    """What was handed over with the command line; the real thing where nothing was."""
    handed: World | None = context.obj
    return handed or World()
