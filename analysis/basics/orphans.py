"""No process outlives the one that it was made by."""

from __future__ import annotations

import ctypes
import os
import signal

SIGNAL_AT_PARENTS_DEATH = 1
"""PR_SET_PDEATHSIG of Linux's `prctl`."""


def end_with(parent: int) -> None:
    """Have this process killed when its parent, of that number, ends. Linux alone can; a fork does not inherit it."""
    ctypes.CDLL(None).prctl(SIGNAL_AT_PARENTS_DEATH, signal.SIGKILL)
    if os.getppid() != parent:  # it ended before that
        os._exit(1)
