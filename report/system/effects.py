"""Everything the report does to the world, behind one small interface.

A command only ever touches the disk, holds a lock, starts a program, asks the environment or speaks through `Effects`.
`Disk` does it for real; tests pass one that records. Reading is no effect: what a build read is known by its digest
(`report.system.contents`). What stays outside, and why, `tests/project/test_effects.py` lists.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from report.system import files, locks, programs
from report.system.exchange import exchanged
from report.system.programs import Command, FinishedProcess

DEBUG = "SEGMENT_ATLAS_DEBUG"
"""The environment variable by which whatever goes wrong is shown in the words of Python and of libraries, too."""


class Reporter(Protocol):
    """What a command says."""

    def step(self, text: str, rows: int | None = None) -> None:
        """A new step begins, on so many rows."""

    def log(self, text: str) -> None:
        """A detail within the step."""

    def warn(self, text: str) -> None:
        """Something to look at that does not stop the build."""

    def say(self, text: str) -> None:
        """A line of what was asked for, on standard output."""

    def put(self, text: str) -> None:
        """A whole document, on standard output, as it stands."""

    def fail(self, text: str) -> None:
        """What went wrong, on standard error."""


class Files(Protocol):
    """Every method raises DiskError, in one sentence, where it cannot do its work."""

    def write(self, path: Path, content: str | bytes) -> None:
        """Write a whole file; its folder is made where it is missing. Text is UTF-8 with the line ends it has."""

    def copy(self, source: Path, target: Path) -> None:
        """Copy a file; the folder of `target` is made where it is missing."""

    def rename(self, source: Path, target: Path) -> None:
        """Rename a file or folder; `target` does not exist."""

    def replace(self, source: Path, target: Path) -> None:
        """Rename a file, in one step in the place of `target` where there is one."""

    def exchange(self, one: Path, other: Path) -> bool:
        """Have two folders change places in one step; False, and nothing has happened, where that cannot be done."""

    def remove(self, path: Path) -> None:
        """Remove a file or a whole folder; nothing happens where there is none."""

    def make(self, folder: Path, *, new: bool = False) -> None:
        """Make a folder and those above it where they are missing; a `new` one alone, which may not stand there."""

    def listing(self, folder: Path) -> list[Path]:
        """What stands in a folder, in the order of the names."""

    def fresh(self) -> str:
        """Twelve hexadecimal digits that nobody has had, for a name."""


class Locks(Protocol):
    """Locks that end with the process that holds them; where there are none of the kind, nothing is held."""

    def locked(self, path: Path, *, told: bool = False) -> AbstractContextManager[None]:
        """Hold a folder or a lock file; another waits here, which is `told` where that may take long."""

    def free(self, path: Path) -> AbstractContextManager[bool]:
        """Hold a folder or a lock file if nobody does, and say whether that is so; False where it cannot be told."""


class Programs(Protocol):
    """Programs that are no part of this one."""

    @property
    def environment(self) -> Mapping[str, str]:
        """The environment variables as the command found them; programs inherit them."""

    def which(self, name: str, folder: str | None = None) -> str | None:
        """The program of that name in the folder, or else on the PATH; None where there is none."""

    def run(self, command: Command) -> FinishedProcess:
        """Run a program to its end or its time limit. Raises RenderError where it cannot be started."""

    def end(self) -> None:
        """End every program that is still running, in whatever thread; nothing where there is none."""


class Web(Protocol):
    """What stands on the web."""

    def fetch(self, address: str, largest: int) -> bytes:
        """A file of that many bytes at most. Raises ConfigurationError, in one sentence, where it cannot be had."""


class Effects(Reporter, Files, Locks, Programs, Web, Protocol):
    """All side effects of a command."""

    @property
    def cache(self) -> Path:
        """The user's folder for what is the same for every site (`report.system.cache`)."""


class PassedOn:
    """What a command says, passed on to a reporter."""

    reporter: Reporter

    def step(self, text: str, rows: int | None = None) -> None:
        """Pass on to the reporter."""
        self.reporter.step(text, rows)

    def log(self, text: str) -> None:
        """Pass on to the reporter."""
        self.reporter.log(text)

    def warn(self, text: str) -> None:
        """Pass on to the reporter."""
        self.reporter.warn(text)

    def say(self, text: str) -> None:
        """Pass on to the reporter."""
        self.reporter.say(text)

    def put(self, text: str) -> None:
        """Pass on to the reporter."""
        self.reporter.put(text)

    def fail(self, text: str) -> None:
        """Pass on to the reporter."""
        self.reporter.fail(text)


class OnDisk:
    """Files and folders as they are."""

    def write(self, path: Path, content: str | bytes) -> None:
        """Write a whole file."""
        files.write(path, content)

    def copy(self, source: Path, target: Path) -> None:
        """Copy a file."""
        files.copy(source, target)

    def rename(self, source: Path, target: Path) -> None:
        """Rename a file or folder."""
        files.rename(source, target)

    def replace(self, source: Path, target: Path) -> None:
        """Rename a file in the place of another."""
        files.replace(source, target)

    def exchange(self, one: Path, other: Path) -> bool:
        """Have two folders change places."""
        return exchanged(one, other)

    def remove(self, path: Path) -> None:
        """Remove a file or a whole folder."""
        files.remove(path)

    def make(self, folder: Path, *, new: bool = False) -> None:
        """Make a folder."""
        files.make(folder, new=new)

    def listing(self, folder: Path) -> list[Path]:
        """What stands in a folder."""
        return files.listing(folder)

    def fresh(self) -> str:
        """Random digits."""
        return os.urandom(6).hex()


@dataclass(frozen=True)
class Disk(PassedOn, OnDisk):
    """The real thing."""

    reporter: Reporter
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ), repr=False)
    _running: set[programs.Process] = field(default_factory=set, repr=False, compare=False)

    def locked(self, path: Path, *, told: bool = False) -> AbstractContextManager[None]:
        """Hold a folder or a lock file."""
        return locks.locked(path, self if told else None)

    def free(self, path: Path) -> AbstractContextManager[bool]:
        """Hold a folder or a lock file if nobody does."""
        return locks.free(path)

    def which(self, name: str, folder: str | None = None) -> str | None:
        """By the PATH of the environment that was handed over."""
        return shutil.which(name, path=self.environment.get("PATH", os.defpath) if folder is None else folder)

    def run(self, command: Command) -> FinishedProcess:
        """Run a program."""
        return programs.run(command, self.environment, self.log, self._running)

    def end(self) -> None:
        """End every program that is still running."""
        for process in list(self._running):
            self._running.discard(process)
            if process.poll() is None:
                programs.end(process)

    def fetch(self, address: str, largest: int) -> bytes:
        """By http or https."""
        from report.system.web import fetched  # noqa: PLC0415 (for `--previous URL` alone)

        return fetched(address, largest)

    @property
    def cache(self) -> Path:
        """The user's own."""
        from report.system.cache import cache_folder  # noqa: PLC0415 (for a build alone)

        return cache_folder()
