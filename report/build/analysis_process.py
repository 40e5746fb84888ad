"""The analysis in a process of its own, so that this one gets ready to draw while that one imports and computes.

pandas and scikit-learn take longer to import than the analysis takes; on two cores their time is the drawing engine's
time too. Their memory is given back before the first picture is drawn. What comes over is text: the contract and the
customer-level files, so that this process never imports a table engine.
"""

from __future__ import annotations

from contextlib import suppress
from multiprocessing.connection import Connection
from types import TracebackType
from typing import TYPE_CHECKING, Literal, Self

from analysis.errors import SHORT_OF_MEMORY, AtlasError, DataError, check_memory, is_short_of_memory
from report.build.findings import Findings
from report.system.importing import uncollected
from report.system.memory import check_addresses, keep_freed
from report.system.side_process import afresh, serving, unheard

# The heavy imports belong to the side process alone.
# ruff: noqa: PLC0415

if TYPE_CHECKING:
    from analysis.basics.steps import Step
    from analysis.configuration import Configuration
    from analysis.history.remembered import Remembered
    from report.build.workers import PartsFolder


WAIT = 5
"""Seconds until the system tells how a process ended that has closed its end."""
Message = (
    tuple[Literal["step"], str, int | None] | tuple[Literal["found"], Findings] | tuple[Literal["failed"], Exception]
)


class AnalysisProcess:
    """Analyses in a side process, which begins at once to import; `ask`, then `findings`. Leave it to end the process.

    Start it before anything else: its imports are the longest part of a build. A `loud` one lets libraries speak.
    """

    def __init__(self, *, loud: bool = False) -> None:
        start = afresh()
        self._here, there = start.Pipe()
        self._process = start.Process(target=_work, args=(there, loud), daemon=True)  # type: ignore[attr-defined]
        with unheard():
            self._process.start()
        there.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.join()
        self._here.close()

    def ask(
        self,
        configuration: Configuration,
        salt: str = "",
        remembered: Remembered | None = None,
        parts: PartsFolder | None = None,
    ) -> None:
        """Say what to analyse, the secret of the random rounding, and what is remembered; returns at once."""
        with suppress(BrokenPipeError):  # an ended process is reported by `findings`
            self._here.send((configuration, salt, remembered, parts))

    def findings(self, step: Step) -> Findings:
        """The result; every step of the analysis is passed on as it begins.

        Raises whatever the analysis raised, DataError where its process was ended for want of memory, and AtlasError
        where it was ended otherwise.
        """
        while True:
            message = self._receive()
            if message[0] == "step":
                step(message[1], message[2])
            elif message[0] == "found":
                return message[1]
            else:
                raise message[1]

    def _receive(self) -> Message:
        try:
            message: Message = self._here.recv()
        except (EOFError, ConnectionResetError):
            self._process.join(WAIT)
            check_memory(self._process.exitcode)
            raise AtlasError("The analysis process ended unexpectedly; run the build again.") from None
        return message


def _work(there: Connection, loud: bool) -> None:  # noqa: FBT001 (processes are handed their arguments by place)
    """The side process."""
    serving(loud=loud)
    keep_freed()
    with suppress(EOFError, BrokenPipeError):  # nobody is there any more
        there.send(_answer(there))


def _answer(there: Connection) -> Message:
    """What is found, or what went wrong, which goes on in the process that can tell the user."""
    try:
        check_addresses()
        with uncollected():
            from report.build.analysed import analysed
    except (MemoryError, ImportError, DataError) as error:
        return "failed", _as_told(error)
    asked: tuple[Configuration, str, Remembered | None, PartsFolder | None] = there.recv()
    configuration, salt, remembered, parts = asked

    def step(text: str, rows: int | None = None) -> None:
        there.send(("step", text, rows))

    try:
        return "found", analysed(configuration, step, salt, remembered, parts)
    except Exception as error:  # noqa: BLE001 (as above)
        return "failed", _as_told(error)


def _as_told(error: Exception) -> Exception:
    """The error that goes on; a library's own kind of a MemoryError would have to be imported over there."""
    return DataError(SHORT_OF_MEMORY) if is_short_of_memory(error) else error
