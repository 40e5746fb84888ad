"""The command in the process of the tests, so that what takes longest, importing its libraries, is done once.

Tests of processes, of signals and of the command as a user runs it start a real one.
"""

from __future__ import annotations

from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper
from pathlib import Path

from report.build.in_process import InProcess
from report.command import cli
from report.command.world import World


@dataclass(frozen=True)
class Ended:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str


def command(*arguments: object, folder: Path, world: World | None = None) -> Ended:
    """Run the command in a folder; where no world is handed over, with everything real but the side processes."""
    out, err = (TextIOWrapper(BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    code = 0
    with chdir(folder), redirect_stdout(out), redirect_stderr(err):
        try:
            cli.main(world or World(workers=lambda _effects: InProcess()), [str(each) for each in arguments])
        except SystemExit as ended:
            code = int(ended.code or 0)
    return Ended(code, *(each.buffer.getvalue().decode() for each in (out, err)))
