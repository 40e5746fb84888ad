"""Workers that do everything in the process that asks: nothing is started, and libraries are imported once a process.

For tests, and wherever a build may start no process. It takes longer than with side processes, which import and draw
while this one does something else; what comes out is the same to the byte.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from report.charts import drawing
from report.charts.drawing_process import Picture, Pictures, begun

if TYPE_CHECKING:
    from analysis.basics.steps import Step
    from analysis.configuration import Configuration
    from analysis.contract import Contract
    from analysis.history.remembered import Remembered
    from analysis.wording.number_format import NumberFormat
    from report.build.findings import Findings
    from report.build.workers import PartsFolder

# As for side processes, what is not needed is not imported.
# ruff: noqa: PLC0415

Result = TypeVar("Result")


class InProcess:
    """Does what it is asked when the answer is wanted, one thing after the other."""

    def __init__(self, cache: Path | None = None) -> None:
        self._cache = cache
        self._asked: tuple[Configuration, str, Remembered | None, PartsFolder | None] | None = None

    def begin(self) -> None:
        """Nothing to start."""

    def ask(
        self,
        configuration: Configuration,
        salt: str = "",
        remembered: Remembered | None = None,
        parts: PartsFolder | None = None,
    ) -> None:
        """Keep it for `findings`."""
        self._asked = configuration, salt, remembered, parts

    def findings(self, step: Step) -> Findings:
        """Analyse what was asked last."""
        from report.build.analysed import analysed

        assert self._asked is not None  # noqa: S101 (`ask` comes first)
        configuration, salt, remembered, parts = self._asked
        return analysed(configuration, step, salt, remembered, parts)

    def warm(self) -> None:
        """Nothing to get ready."""

    def pictures(self, contract: Contract, formats: NumberFormat, names: Iterable[str]) -> Mapping[str, Picture]:
        """All are drawn at once."""
        return Pictures(begun(contract, formats, names, _done))

    def bundle(self) -> str:
        """From the cache, or made here."""
        return drawing.bundle(self._cache)

    def close(self) -> None:
        """Nothing to end."""
        self._asked = None


def _done(work: Callable[..., Result], *given: object) -> Future[Result]:
    """What a pool would return, with the work done, or with what it raised."""
    future: Future[Result] = Future()
    try:
        future.set_result(work(*given))
    except Exception as error:  # noqa: BLE001 (raised again where the result is asked for)
        future.set_exception(error)
    return future
