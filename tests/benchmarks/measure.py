"""Time and memory of a whole command, children included."""

from __future__ import annotations

import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import psutil

MIB = 1024 * 1024
EVERY = 0.02
"""Seconds between two looks at the process tree's memory."""


@dataclass(frozen=True)
class Command:
    """What is measured."""

    name: str
    arguments: Sequence[str]
    environment: Mapping[str, str]


@dataclass(frozen=True)
class Run:
    """One run: seconds on the clock, seconds of processor time, and the largest process' resident MiB."""

    wall: float
    processor: float
    largest: float


@dataclass(frozen=True)
class Cost:
    """Medians of several runs, and the most memory the whole tree held at once (MiB, shared pages counted once)."""

    wall: float
    processor: float
    largest: float
    tree: float


def run(command: Command, folder: Path) -> Run:
    """Run the command in `folder` and wait for it; raises RuntimeError with its output where it fails."""
    start = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(  # noqa: S603 (the benchmark's own commands)
            command.arguments, cwd=folder, env=dict(command.environment), stdout=said, stderr=subprocess.STDOUT
        )
        # wait4 adds up the process and all that it waited for.
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise RuntimeError(f"{command.name} failed:\n{said.read().decode(errors='replace')[-2000:]}")
    unit = 1 if os.uname().sysname == "Darwin" else 1024  # bytes there, KiB elsewhere
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit / MIB)


def middle(runs: Sequence[Run]) -> Run:
    """One run that stands for several: the median of each figure."""
    return Run(*(median(getattr(each, name) for each in runs) for name in ("wall", "processor", "largest")))


def tree_memory(command: Command, folder: Path) -> float:
    """Most MiB that the process and its children hold together, looked at again and again in a run of its own."""
    most, done = 0.0, threading.Event()
    me = psutil.Process()

    def look() -> None:
        nonlocal most
        known: set[psutil.Process] = set()
        while not done.wait(EVERY):
            found = set(me.children(recursive=True))
            # Until it runs a program of its own, a new process may live in its parent's memory (vfork), which would
            # count twice: it counts from the second look on.
            most = max(most, sum(map(_held, found & known)) / MIB)
            known = found

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        run(command, folder)
    finally:
        done.set()
        watcher.join()
    return most


def _held(process: psutil.Process) -> int:
    """Bytes of a process: proportional set size, or unique, or resident, whichever the system tells first."""
    try:
        memory = process.memory_full_info()
        return int(getattr(memory, "pss", 0) or getattr(memory, "uss", 0) or memory.rss)
    except psutil.Error:
        return 0


def cost(runs: Sequence[Run], tree: float) -> Cost:
    """Medians of the runs."""
    return Cost(
        wall=median(each.wall for each in runs),
        processor=median(each.processor for each in runs),
        largest=max(each.largest for each in runs),
        tree=tree,
    )
