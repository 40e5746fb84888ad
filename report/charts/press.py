"""The press: a side process that imports Altair and vl-convert while this one imports pandas and scikit-learn.

Importing both and starting the drawing engine takes a second, about as long as the analysis itself; in its own process
that second costs nothing on two cores, and V8's memory is never added to scikit-learn's.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from types import TracebackType
from typing import Self, TypeVar

from report.charts import drawing
from report.charts.errors import PictureError

Result = TypeVar("Result")


@dataclass(frozen=True)
class Picture:
    """One chart as it is published: two SVG pictures, and the JSON of the interactive one."""

    wide: str
    narrow: str
    spec: str


class Press:
    """Draws pictures in one side process, started by `warm` or by the first picture; leave it to stop the process."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None
        self._bundle: Future[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=error is None, cancel_futures=True)
            self._pool = None

    def warm(self) -> None:
        """Starts the process, its imports and the Vega bundle; returns at once."""
        self._started().submit(drawing.warm)
        self._bundle = self._started().submit(drawing.bundle)

    def pictures(self, contract_json: str, locale: str, currency: str, names: Sequence[str]) -> dict[str, Picture]:
        """The charts of those names. Raises PictureError with one sentence naming the chart that failed."""
        drawn = self._result(self._started().submit(drawing.draw, contract_json, locale, currency, tuple(names)))
        return {name: Picture(*parts) for name, parts in drawn.items()}

    def bundle(self) -> str:
        """The Vega bundle, begun by `warm`. Raises PictureError where it cannot be made."""
        if self._bundle is None:
            self._bundle = self._started().submit(drawing.bundle)
        return self._result(self._bundle)

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            # `spawn`: a fork of a process with numeric threads may hang, and would copy its memory.
            self._pool = ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn"))
        return self._pool

    @staticmethod
    def _result(future: Future[Result]) -> Result:
        try:
            return future.result()
        except BrokenProcessPool as error:
            raise PictureError(
                "The process that draws the charts ended unexpectedly, most often for want of memory; "
                "free some and build again."
            ) from error
