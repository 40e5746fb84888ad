"""Signals of programs that tests start."""

from __future__ import annotations

import signal


def hearing() -> None:
    """Before a program that a test interrupts: a shell has what runs in the background ignore SIGINT, and it inherits.

    Ignored or not is kept from program to program, so that without this the test would fail wherever the suite itself
    runs in the background.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)
