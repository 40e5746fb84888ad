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


class Stopped(KeyboardInterrupt):
    """An interruption that code made from text, as of dataclasses, may be hit by.

    Of a plain one Python then remembers that it was not handled, even if it was, and ends by SIGINT in the end
    (`unhandled_keyboard_interrupt` in CPython's `pythonrun.c`).
    """


@contextmanager
def listening() -> Iterator[list[int]]:
    """Both interrupt, and which of them did is kept; one that was to be ignored is."""
    heard: list[int] = []
    before = {number: signal.getsignal(number) for number in SIGNALS}

    def interrupted(number: int, frame: FrameType | None) -> None:
        heard.append(number)
        earlier = before[signal.Signals(number)]
        if callable(earlier) and earlier is not signal.default_int_handler:
            earlier(number, frame)
        raise Stopped

    replaced = [number for number, handler in before.items() if handler not in {signal.SIG_IGN, None}]
    for number in replaced:
        signal.signal(number, interrupted)
    try:
        yield heard
    finally:
        for number in replaced:
            signal.signal(number, before[number])
