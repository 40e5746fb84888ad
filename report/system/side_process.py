"""Side processes: how one is started, and what it owes the process it serves.

Ctrl-C reaches every process of a command; the one at the front ends the others. Where it is killed it cannot, so each
sees to that itself. Signals and standard error are a process's own: they are dealt with here, past the effects.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context, parent_process, resource_tracker
from multiprocessing.context import BaseContext
from threading import Thread

from analysis.basics.orphans import end_with


def afresh() -> BaseContext:
    """Starts a process with an interpreter of its own: a fork of a process with threads may hang."""
    if hasattr(signal, "pthread_sigmask"):
        resource_tracker.ensure_running()  # with the first process it would be started, and let Ctrl-C through again
    return get_context("spawn")


@contextmanager
def unheard() -> Iterator[None]:
    """Processes that are started meanwhile never hear Ctrl-C, from their first instruction on.

    SIGTERM waits until they are `serving`: before, they may have the ear of who started them.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def serving(*, loud: bool = False) -> None:
    """First thing in a side process; a `loud` one lets libraries speak."""
    if not loud:
        _hushed()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Windows has no mask to inherit
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
    parent = parent_process()
    if parent is None or parent.pid is None:
        return
    if sys.platform.startswith("linux"):  # without a thread: a process that has but one may be forked once more
        end_with(parent.pid)
    else:
        Thread(target=_outlive, args=(parent.join,), daemon=True).start()


def _hushed() -> None:
    """Libraries in other languages write a backtrace where memory is short; the front process says it in words."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)


def _outlive(wait: Callable[[], object]) -> None:
    wait()
    os._exit(1)  # at once: there is nobody to whom anything could be said
