"""The press: a side process that imports Altair and starts vl-convert's engine while the table is analysed.

Both take a second, about as long as the analysis itself; in a process of its own that second costs nothing, and V8's
memory is never added to scikit-learn's. The pages are written while it draws: a page waits for its own pictures only.
A second process was tried on two cores; it made the build no faster, and heavier by its memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from types import TracebackType
from typing import Self, TypeVar

from report.charts import drawing
from report.charts.errors import PictureError

Result = TypeVar("Result")
Parts = tuple[str, str, str]


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

    def pictures(self, contract_json: str, locale: str, currency: str, names: Sequence[str]) -> Pictures:
        """Begins to draw the charts of those names, in that order, and returns at once."""
        pool = self._started()
        return Pictures({name: pool.submit(drawing.draw, contract_json, locale, currency, name) for name in names})

    def bundle(self) -> str:
        """The Vega bundle, begun by `warm`. Raises PictureError where it cannot be made."""
        if self._bundle is None:
            self._bundle = self._started().submit(drawing.bundle)
        return _result(self._bundle)

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            # `spawn`: a fork of a process with numeric threads may hang, and would copy its memory.
            self._pool = ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn"))
        return self._pool


class Pictures(Mapping[str, Picture]):
    """Charts that are being drawn, by name; whoever asks for one waits until it is there.

    Asking raises PictureError, in one sentence that names the chart, where it could not be drawn.
    """

    def __init__(self, drawn: Mapping[str, Future[Parts]]) -> None:
        self._drawn = drawn

    def __getitem__(self, name: str) -> Picture:
        return Picture(*_result(self._drawn[name]))

    def __iter__(self) -> Iterator[str]:
        return iter(self._drawn)

    def __len__(self) -> int:
        return len(self._drawn)

    def __contains__(self, name: object) -> bool:
        return name in self._drawn


def _result(future: Future[Result]) -> Result:
    try:
        return future.result()
    except BrokenProcessPool as error:
        raise PictureError(
            "The process that draws the charts ended unexpectedly, most often for want of memory; "
            "free some and build again."
        ) from error
