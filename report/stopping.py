"""A command that is stopped: Ctrl-C and SIGTERM interrupt it alike, and it ends with the exit code of the signal."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM)


TERMINATED = 128 + signal.SIGTERM


def code_of(heard: list[int]) -> int:
    """The exit code of a command that was stopped: 130 for Ctrl-C, 143 for SIGTERM, as in a shell."""
    return 128 + (heard[-1] if heard else signal.SIGINT)


@contextmanager
def listening() -> Iterator[list[int]]:
    """Both interrupt, and which of them did is kept; one that was to be ignored is."""
    heard: list[int] = []
    before = {number: signal.getsignal(number) for number in SIGNALS}

    def interrupted(number: int, frame: FrameType | None) -> None:
        heard.append(number)
        earlier = before[signal.Signals(number)]
        if callable(earlier):
            earlier(number, frame)
        raise KeyboardInterrupt

    replaced = [number for number, handler in before.items() if handler not in {signal.SIG_IGN, None}]
    for number in replaced:
        signal.signal(number, interrupted)
    try:
        yield heard
    finally:
        for number in replaced:
            signal.signal(number, before[number])
