"""A program that answers message by message, and stops at the end of its input even where answers are still due.

So its input is held open until the last answer has come, and both are moved by threads: a pipe holds 64 kB.
"""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import IO

CHUNK = 65_536


def conversed(
    process: subprocess.Popen[bytes], given: bytes, answered: Callable[[bytearray], bool]
) -> tuple[bytes, bytes]:
    """What comes back, on standard output and as errors, until it is all that is awaited, or no more can come.

    Ending the process ends the waiting too.
    """
    assert process.stdin is not None  # noqa: S101 (opened as a pipe, as the others are)
    assert process.stdout is not None  # noqa: S101
    assert process.stderr is not None  # noqa: S101
    errors: list[bytes] = []
    writing = threading.Thread(target=_write, args=(process.stdin, given), daemon=True)
    listening = threading.Thread(target=_read_all, args=(process.stderr, errors), daemon=True)
    writing.start()
    listening.start()
    found = bytearray()
    while not answered(found) and (part := process.stdout.read1(CHUNK)):  # type: ignore[attr-defined]
        found += part
    writing.join()
    with suppress(BrokenPipeError):  # it has ended already
        process.stdin.close()
    found += process.stdout.read()
    listening.join()
    process.wait()
    process.stdout.close()
    process.stderr.close()
    return bytes(found), b"".join(errors)


def _write(stream: IO[bytes], given: bytes) -> None:
    with suppress(BrokenPipeError, ValueError):  # it ends before it has read all: its answers or errors tell why
        stream.write(given)
        stream.flush()


def _read_all(stream: IO[bytes], found: list[bytes]) -> None:
    found.append(stream.read())
