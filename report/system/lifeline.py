"""Programs that end with the process that started them, also where it is killed and can end nothing any more.

The kernel closes what a killed process held open. So each program is started by a shell that first leaves a watcher
behind in the program's own group: it reads from a pipe which nobody writes to and only this process can, and when that
ends, it ends the whole group. A program that is about to start when its parent is killed is no exception.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from functools import cache

SHELL = "/bin/sh"
# `exec` ends the watcher where there is no such file; `$$` is the number of the program, and of its group.
WATCHED = '{ exec <"/dev/fd/$0"; read -r _; kill -s KILL -- "-$$"; } >/dev/null 2>&1 & exec "$@"'


@dataclass(frozen=True)
class Lifeline:
    """The pipe, by the number of its end that is read; None where a system has no such shell."""

    end: int | None

    def tied(self, args: tuple[str, ...], path: str | None = None) -> tuple[str, ...]:
        """The command line that starts a program so, one on that PATH; it must then lead a process group.

        Raises FileNotFoundError where there is no such program, which the shell would tell in words of its own.
        """
        if self.end is None:
            return args
        if shutil.which(args[0], path=path) is None:
            raise FileNotFoundError(2, os.strerror(2), args[0])
        return (SHELL, "-c", WATCHED, str(self.end), *args)

    @property
    def passed(self) -> tuple[int, ...]:
        """What the program must be handed."""
        return () if self.end is None else (self.end,)


@cache
def lifeline() -> Lifeline:
    """The one of this process."""
    if not (os.access(SHELL, os.X_OK) and os.path.isdir("/dev/fd")):  # noqa: PTH112 (no other use for a path)
        return Lifeline(None)
    end, _held = os.pipe()  # the other end is held open until this process ends
    return Lifeline(end)
