"""Programs: how one is run to its end or its time limit, and ended with all that it started."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from analysis.errors import check_memory
from report.errors import RenderError
from report.system.conversation import conversed
from report.system.lifeline import lifeline

Process = subprocess.Popen[bytes]


@dataclass(frozen=True)
class Command:
    """A program to run; never through a shell."""

    args: tuple[str, ...]
    folder: Path | None = None
    stdin: str | None = None
    limit: float = 60.0
    """Seconds, after which the program and all it started are ended."""
    variables: Mapping[str, str] = field(default_factory=dict)
    """Set on top of the environment of the effects."""
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


def run(
    command: Command, environment: Mapping[str, str], log: Callable[[str], None], running: set[Process]
) -> FinishedProcess:
    """Run a program; while it runs it is one of `running`, and the code that ends it removes it from there.

    It and all that it started are ended when it has ended itself, at the time limit, when the build is interrupted,
    and when the build's process ends, however it does. Raises RenderError where it cannot be started, DataError where
    it ended for want of memory.
    """
    process = _started(command, environment)
    running.add(process)
    try:
        finished = _streamed(process, command, log) if command.streamed else _collected(process, command)
        if process in running and not finished.timed_out:  # else it was we who ended it
            check_memory(finished.code)
        return finished
    finally:
        end(process)
        running.discard(process)


def end(process: Process) -> None:
    """End the program and everything it started."""
    if sys.platform == "win32":
        process.kill()
    else:
        with suppress(ProcessLookupError, PermissionError):  # it has ended by itself
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _started(command: Command, environment: Mapping[str, str]) -> Process:
    line = lifeline()
    try:
        return subprocess.Popen(  # noqa: S603 (a list of arguments, none of which a shell reads)
            line.tied(command.args, environment.get("PATH", os.defpath)),
            pass_fds=line.passed,
            cwd=command.folder,
            env={**environment, **command.variables},
            stdin=subprocess.PIPE if command.stdin is not None else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT if command.streamed else subprocess.PIPE,
            start_new_session=True,
        )
    except OSError as error:
        raise RenderError(
            f"{command.args[0]} cannot be started ({error.strerror}); check that it is installed and executable."
        ) from None


@contextmanager
def _limited(process: Process, seconds: float) -> Iterator[threading.Event]:
    """End the program, and all it started, after so many seconds; the event is set where that was needed."""
    late = threading.Event()

    def stop() -> None:
        late.set()
        end(process)

    limit = threading.Timer(seconds, stop)
    limit.start()
    try:
        yield late
    finally:
        limit.cancel()


def _collected(process: Process, command: Command) -> FinishedProcess:
    given = None if command.stdin is None else command.stdin.encode()
    with _limited(process, command.limit) as late:
        if command.answered is None:
            output, errors = process.communicate(given)
        else:
            output, errors = conversed(process, given or b"", command.answered)
    return FinishedProcess(
        process.returncode, output.decode("utf-8", "replace"), errors.decode("utf-8", "replace"), late.is_set()
    )


def _streamed(process: Process, command: Command, log: Callable[[str], None]) -> FinishedProcess:
    lines: list[str] = []
    reader = threading.Thread(target=_read_lines, args=(process, lines, log), daemon=True)
    reader.start()
    with _limited(process, command.limit) as late:
        process.wait()
    # Also after a proper end: a process left behind by it would hold the pipe open for ever.
    end(process)
    reader.join(timeout=5)
    return FinishedProcess(process.returncode, "\n".join(lines), timed_out=late.is_set())


def _read_lines(process: Process, lines: list[str], log: Callable[[str], None]) -> None:
    assert process.stdout is not None  # noqa: S101 (opened as a pipe above)
    with process.stdout as stream:
        for raw in stream:
            # Progress bars redraw one line with carriage returns; only its last state is worth keeping.
            line = raw.decode("utf-8", "replace").rstrip("\r\n").rsplit("\r", 1)[-1]
            lines.append(line)
            log(line)
