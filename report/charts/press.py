"""The press: side processes that import Altair and start vl-convert's engine while the table is analysed.

Both take a second, about as long as the analysis itself; in processes of their own that second costs nothing, and
V8's memory is never added to scikit-learn's. When the contract is there, every chart is a task for whichever process
is free.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from types import TracebackType
from typing import Self, TypeVar

from report.charts import drawing
from report.charts.errors import PictureError

# What draws is imported by the side processes alone.
# ruff: noqa: PLC0415

Result = TypeVar("Result")
Parts = tuple[str, str, str]
Drawing = Mapping[str, Future[Parts]]
"""Chart name → its picture to come."""

WORKERS = 2 if (os.cpu_count() or 1) > 1 else 1
HEAVY = frozenset({"segment-map", "brush", "candidates", "segment-ranges"})


@dataclass(frozen=True)
class Picture:
    """One chart as it is published: two SVG pictures, and the JSON of the interactive one."""

    wide: str
    narrow: str
    spec: str


class Press:
    """Draws pictures in side processes, started by `warm` or by the first picture; leave it to stop them."""

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
        """Starts the processes, their imports and the Vega bundle; returns at once."""
        from report.charts import drawing

        for _ in range(WORKERS):
            self._started().submit(drawing.warm)
        self._bundle = self._started().submit(drawing.bundle)

    def begin(self, contract_json: str, locale: str, currency: str, names: Sequence[str]) -> Drawing:
        """Starts drawing the charts of those names; returns at once."""
        from report.charts import drawing

        # The heavy ones first, so that none is left over at the end for one process alone.
        order = sorted(names, key=lambda name: name not in HEAVY)
        return {name: self._started().submit(drawing.draw, contract_json, locale, currency, name) for name in order}

    def pictures(self, drawing: Drawing) -> dict[str, Picture]:
        """The charts that were begun. Raises PictureError with one sentence naming the chart that failed."""
        return {name: Picture(*self._result(future)) for name, future in sorted(drawing.items())}

    def bundle(self) -> str:
        """The Vega bundle, begun by `warm`. Raises PictureError where it cannot be made."""
        if self._bundle is None:
            self._bundle = self._started().submit(drawing.bundle)
        return self._result(self._bundle)

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            # `spawn`: a fork of a process with numeric threads may hang, and would copy its memory.
            self._pool = ProcessPoolExecutor(max_workers=WORKERS, mp_context=get_context("spawn"))
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
