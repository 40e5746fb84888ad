"""Everything the report does to the world, behind one small interface.

A build only ever touches the disk, starts a program or speaks through `Effects`. `Disk` does it for real; tests
pass one that records.
"""

from __future__ import annotations

import errno
import os
import shutil
import signal
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from analysis.errors import check_memory
from report.errors import RenderError
from report.system.conversation import conversed
from report.system.exchange import exchanged
from report.system.lifeline import lifeline


@dataclass(frozen=True)
class Command:
    """A program to run; never through a shell."""

    args: tuple[str, ...]
    folder: Path | None = None
    stdin: str | None = None
    limit: float = 60.0
    """Seconds, after which the program and all it started are ended."""
    variables: Mapping[str, str] = field(default_factory=dict)
    """Set on top of the inherited environment."""
    streamed: bool = False
    """Whether each line of output goes to the log as it appears; standard error is then part of the output."""
    answered: Callable[[bytearray], bool] | None = None
    """Whether this output is all that is awaited before the standard input is closed; None closes it at once."""


@dataclass(frozen=True)
class FinishedProcess:
    """How a program ended."""

    code: int
    output: str
    errors: str = ""
    timed_out: bool = False


class Reporter(Protocol):
    """What a build says while it works."""

    def step(self, text: str) -> None:
        """A new step begins."""

    def log(self, text: str) -> None:
        """A detail within the step."""

    def warn(self, text: str) -> None:
        """Something to look at that does not stop the build."""


class Effects(Reporter, Protocol):
    """All side effects of a build. Every method raises RenderError, in one sentence, where it cannot do its work."""

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

    def run(self, command: Command) -> FinishedProcess:
        """Run a program to its end or its time limit."""

    def end(self) -> None:
        """End every program that is still running, in whatever thread; nothing where there is none."""


@dataclass(frozen=True)
class Disk:
    """The real thing."""

    reporter: Reporter
    _running: set[subprocess.Popen[bytes]] = field(default_factory=set, repr=False, compare=False)

    def step(self, text: str) -> None:
        """Pass on to the reporter."""
        self.reporter.step(text)

    def log(self, text: str) -> None:
        """Pass on to the reporter."""
        self.reporter.log(text)

    def warn(self, text: str) -> None:
        """Pass on to the reporter."""
        self.reporter.warn(text)

    def write(self, path: Path, content: str | bytes) -> None:
        """Write a whole file."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        except OSError as error:
            raise _refused("written", path, error) from None

    def copy(self, source: Path, target: Path) -> None:
        """Copy a file."""
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
        except OSError as error:
            raise _refused("copied", source, error) from None

    def rename(self, source: Path, target: Path) -> None:
        """Rename a file or folder."""
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            _rename(source, target)
        except OSError as error:
            raise _refused(f"renamed to {target}", source, error) from None

    def replace(self, source: Path, target: Path) -> None:
        """Rename a file in the place of another."""
        try:
            source.replace(target)
        except OSError as error:
            raise _refused(f"renamed to {target}", source, error) from None

    def exchange(self, one: Path, other: Path) -> bool:
        """Have two folders change places."""
        return exchanged(one, other)

    def remove(self, path: Path) -> None:
        """Remove a file or a whole folder."""
        try:
            if path.is_dir() and not path.is_symlink():
                _remove_folder(path)
            else:
                path.unlink(missing_ok=True)
        except OSError as error:
            raise _refused("removed", path, error) from None

    def run(self, command: Command) -> FinishedProcess:
        """Run a program.

        It and all that it started are ended when it has ended itself, at the time limit, when the build is interrupted,
        and when the build's process ends, however it does. Raises DataError where it ended for want of memory.
        """
        line = lifeline()
        try:
            process = subprocess.Popen(  # noqa: S603 (a list of arguments, none of which a shell reads)
                line.tied(command.args),
                pass_fds=line.passed,
                cwd=command.folder,
                env={**os.environ, **command.variables},
                stdin=subprocess.PIPE if command.stdin is not None else subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT if command.streamed else subprocess.PIPE,
                start_new_session=True,
            )
        except OSError as error:
            raise RenderError(
                f"{command.args[0]} cannot be started ({error.strerror}); check that it is installed and executable."
            ) from None
        self._running.add(process)
        try:
            finished = _streamed(process, command, self.log) if command.streamed else _collected(process, command)
            if process in self._running and not finished.timed_out:  # else it was we who ended it
                check_memory(finished.code)
            return finished
        finally:
            _end(process)
            self._running.discard(process)

    def end(self) -> None:
        """End every program that is still running."""
        for process in list(self._running):
            self._running.discard(process)
            if process.poll() is None:
                _end(process)


def _remove_folder(folder: Path) -> None:
    """Remove a folder, also one in which its owner has forbidden that."""
    try:
        shutil.rmtree(folder)
    except FileNotFoundError:  # another process removes it, too
        shutil.rmtree(folder, ignore_errors=True)
    except PermissionError:
        for inside, _, _ in os.walk(folder):
            with suppress(OSError):  # what is left is told below
                Path(inside).chmod(stat.S_IRWXU)
        shutil.rmtree(folder)


def _rename(source: Path, target: Path) -> None:
    try:
        source.rename(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        shutil.move(source, target)  # the two lie on different disks


@contextmanager
def _limited(process: subprocess.Popen[bytes], seconds: float) -> Iterator[threading.Event]:
    """End the program, and all it started, after so many seconds; the event is set where that was needed."""
    late = threading.Event()

    def stop() -> None:
        late.set()
        _end(process)

    limit = threading.Timer(seconds, stop)
    limit.start()
    try:
        yield late
    finally:
        limit.cancel()


def _collected(process: subprocess.Popen[bytes], command: Command) -> FinishedProcess:
    given = None if command.stdin is None else command.stdin.encode()
    with _limited(process, command.limit) as late:
        if command.answered is None:
            output, errors = process.communicate(given)
        else:
            output, errors = conversed(process, given or b"", command.answered)
    return FinishedProcess(
        process.returncode, output.decode("utf-8", "replace"), errors.decode("utf-8", "replace"), late.is_set()
    )


def _streamed(process: subprocess.Popen[bytes], command: Command, log: Callable[[str], None]) -> FinishedProcess:
    lines: list[str] = []
    reader = threading.Thread(target=_read_lines, args=(process, lines, log), daemon=True)
    reader.start()
    with _limited(process, command.limit) as late:
        process.wait()
    # Also after a proper end: a process left behind by it would hold the pipe open for ever.
    _end(process)
    reader.join(timeout=5)
    return FinishedProcess(process.returncode, "\n".join(lines), timed_out=late.is_set())


def _read_lines(process: subprocess.Popen[bytes], lines: list[str], log: Callable[[str], None]) -> None:
    assert process.stdout is not None  # noqa: S101 (opened as a pipe above)
    with process.stdout as stream:
        for raw in stream:
            # Progress bars redraw one line with carriage returns; only its last state is worth keeping.
            line = raw.decode("utf-8", "replace").rstrip("\r\n").rsplit("\r", 1)[-1]
            lines.append(line)
            log(line)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the program and everything it started."""
    if sys.platform == "win32":
        process.kill()
    else:
        with suppress(ProcessLookupError, PermissionError):  # it has ended by itself
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _refused(done: str, path: Path, error: OSError) -> RenderError:
    return RenderError(f"{path} cannot be {done} ({error.strerror}); check the path, its permissions and the disk.")
