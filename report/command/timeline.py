"""The timeline of a build (`--profile FILE`): each step, the rows it works on, its seconds, and its peak memory.

Memory is that of all processes of the command together, shared pages counted once (PSS), looked at every twentieth of a
second. Only Linux tells it; elsewhere it is null.
"""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from report.system.effects import PassedOn

if TYPE_CHECKING:
    from report.command.progress import Progress

EVERY = 0.05
"""Seconds between two looks at the memory."""
MIB = 1024 * 1024
STARTING, ENDING = "Starting", "Ending"
PROCESSES = Path("/proc")


@dataclass
class Begun:
    """A step, from its beginning on."""

    step: str
    rows: int | None
    start: float
    """Seconds after the command began."""
    seconds: float | None = None
    peak: float | None = None
    """MiB."""


@dataclass(eq=False)
class Timeline(PassedOn):
    """A reporter that hands on what it is told, and notes when each step began."""

    reporter: Progress
    clock: Callable[[], float] = time.perf_counter
    memory: Callable[[], float | None] = field(default=lambda: held(os.getpid()))
    _steps: list[Begun] = field(default_factory=list)
    _most: float | None = None
    _ended: threading.Event = field(default_factory=threading.Event)
    _watch: threading.Thread = field(init=False)

    def __post_init__(self) -> None:
        self._started = self.clock()
        self._begin(STARTING, None)
        self._watch = threading.Thread(target=self._look, daemon=True)
        self._watch.start()

    def step(self, text: str, rows: int | None = None) -> None:
        """Note it. How many rows were read is known once they are read: by the step that follows."""
        if rows is not None and self._steps[-1].rows is None and len(self._steps) > 1:
            self._steps[-1].rows = rows
        self._begin(text, rows)
        self.reporter.step(text, rows)

    def close(self, *, well: bool) -> None:
        """The steps have ended."""
        self._begin(ENDING, None)
        self.reporter.close(well=well)

    def text(self) -> str:
        """All steps up to now, JSON."""
        self._ended.set()
        self._watch.join()
        self._finish()
        steps = [
            {
                "step": one.step,
                "rows": one.rows,
                "start_seconds": round(one.start, 3),
                "seconds": one.seconds and round(one.seconds, 3),
                "peak_memory_mib": one.peak and round(one.peak, 1),
            }
            for one in self._steps
        ]
        peaks = [one.peak for one in self._steps if one.peak is not None]
        whole = {
            "seconds": round(sum(one.seconds or 0 for one in self._steps), 3),
            "peak_memory_mib": round(max(peaks), 1) if peaks else None,
            "processors": os.cpu_count(),
            "steps": steps,
        }
        return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"

    def _begin(self, text: str, rows: int | None) -> None:
        self._finish()
        self._steps.append(Begun(text, rows, self.clock() - self._started))

    def _finish(self) -> None:
        self._note()
        if self._steps and self._steps[-1].seconds is None:
            last = self._steps[-1]
            last.seconds, last.peak = self.clock() - self._started - last.start, self._most
        self._most = None

    def _look(self) -> None:
        while not self._ended.wait(EVERY):
            self._note()

    def _note(self) -> None:
        now = self.memory()
        if now is not None:
            self._most = max(self._most or 0.0, now)


def held(process: int) -> float | None:
    """MiB that a process and all that it started hold together; None where the system does not tell."""
    if not PROCESSES.is_dir():
        return None
    return sum(map(_share, _family(process))) / MIB


def _family(process: int) -> Iterator[int]:
    yield process
    for task in _read(PROCESSES / str(process) / "task"):
        with suppress(OSError, ValueError):
            for child in (PROCESSES / str(process) / "task" / task / "children").read_text().split():
                yield from _family(int(child))


def _read(folder: Path) -> list[str]:
    with suppress(OSError):
        return os.listdir(folder)  # noqa: PTH208 (names alone)
    return []


def _share(process: int) -> int:
    """Bytes."""
    with suppress(OSError, ValueError, IndexError):
        for line in (PROCESSES / str(process) / "smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0
