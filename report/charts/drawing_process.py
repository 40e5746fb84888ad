"""A side process that has vl-convert’s engine ready when the table is analysed, and draws what is specified.

Specifying a chart (Altair) and drawing it (V8) take about the same time, so the next chart is specified while one is
drawn, and pages are written in the meantime: a page waits only for its own pictures. They are cleaned in the main
process, because the engine has the most work. No process holds the memory of both V8 and pandas. A second drawing
process was tried on two cores: it used more memory and made the build no faster.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar

from analysis.errors import check_memory
from report.charts import drawing
from report.charts.errors import PictureError
from report.system.side_process import afresh, serving, unheard

# The forked process should be small.
# ruff: noqa: PLC0415

if TYPE_CHECKING:
    from analysis.contract import Contract
    from analysis.wording.number_format import NumberFormat

Result = TypeVar("Result")
AHEAD = 6
"""Place of the map in the order of drawing."""
ENDED = "The process that draws the charts ended unexpectedly; build again."


@dataclass(frozen=True)
class Picture:
    """One chart as it is published: its SVG pictures, and the JSON of the interactive one."""

    wide: str | None
    """None where three charts are side by side, which leaves no room for it on most screens."""
    narrow: str
    spec: str


class DrawingProcess:
    """Draws pictures in one side process, started by `warm` or the first picture; leaving the context stops it.

    `cache` is the folder for the bundle; a `loud` process shows the output of libraries.
    """

    def __init__(self, cache: Path | None = None, *, loud: bool = False) -> None:
        self._cache, self._loud = cache, loud
        self._pool: ProcessPoolExecutor | None = None
        self._process: BaseProcess | None = None
        self._bundle: Future[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None

    def warm(self) -> None:
        """Have the process import its engine, start it, and make the Vega bundle; returns at once."""
        self._submit(drawing.warm)
        self._bundle = self._submit(drawing.bundle, self._cache)

    def pictures(self, contract: Contract, formats: NumberFormat, names: Iterable[str]) -> Pictures:
        """Specifies the charts of those names and has each drawn as soon as it is specified.

        Raises PictureError, in one sentence that names the chart, where one cannot be specified.
        """
        return Pictures(begun(contract, formats, names, self._submit), self._result)

    def _submit(self, work: Callable[..., Result], *given: object) -> Future[Result]:
        try:
            return self._started().submit(work, *given)
        except BrokenProcessPool as error:
            raise self._ended() from error

    def bundle(self) -> str:
        """The Vega bundle, begun by `warm`. Raises PictureError where it cannot be made."""
        if self._bundle is None:
            self._bundle = self._submit(drawing.bundle, self._cache)
        return self._result(self._bundle)

    def _result(self, future: Future[Result]) -> Result:
        try:
            return future.result()
        except BrokenProcessPool as error:
            raise self._ended() from error

    def _ended(self) -> PictureError:
        """The error to raise after the process has ended. Raises DataError if it ran out of memory."""
        if self._pool is not None:
            # The pool's own thread waits for the process, and the system reports the exit code once: so wait for it.
            self._pool.shutdown()
        if self._process is not None:
            check_memory(self._process.exitcode)
        return PictureError(ENDED)

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = _pool(afresh(), loud=self._loud)
            self._process = _process(self._pool)
        return self._pool


def begun(
    contract: Contract, formats: NumberFormat, names: Iterable[str], submit: Callable[..., Future[drawing.Drawn]]
) -> dict[str, tuple[Future[drawing.Drawn], str]]:
    """The charts of those names, each submitted for drawing as soon as it is specified, and its interactive form.

    Raises PictureError, in one sentence that names the chart, where one cannot be specified.
    """
    # Importing Altair takes half a second, which warming the drawing process does not need.
    from report.charts.specification import specified

    handed_over = {}
    # The first is the map. Placing its names takes longer than drawing a picture, so the drawing process gets some
    # others first.
    ordered = list(names)
    for name in (*ordered[1:AHEAD], *ordered[:1], *ordered[AHEAD:]):
        try:
            chart = specified(contract, formats, name)
        except Exception as error:
            raise drawing.undrawn(name, error) from error
        drawn = submit(drawing.draw, name, chart.wide, chart.narrow, chart.locale)
        handed_over[name] = drawn, chart.interactive
    return handed_over


def _pool(context: BaseContext, *, loud: bool) -> ProcessPoolExecutor:
    pool = ProcessPoolExecutor(1, context, initializer=partial(serving, loud=loud))
    with unheard():
        pool.submit(len, ())  # the process starts with its first task
    return pool


def _process(pool: ProcessPoolExecutor) -> BaseProcess | None:
    """The pool's only process, which the pool forgets after it has ended."""
    return next(iter((pool._processes or {}).values()), None)  # noqa: SLF001 (nothing else tells its exit code)


class Pictures(Mapping[str, Picture]):
    """Charts that are being drawn, by name; asking for one waits until it is finished.

    Asking raises PictureError, in one sentence that names the chart, where it could not be drawn.
    """

    def __init__(
        self,
        begun: Mapping[str, tuple[Future[drawing.Drawn], str]],
        result: Callable[[Future[drawing.Drawn]], drawing.Drawn] = Future.result,
    ) -> None:
        self._begun = begun
        self._result = result
        self._done: dict[str, Picture] = {}

    def __getitem__(self, name: str) -> Picture:
        from report.charts.svg import cleaned

        if name not in self._done:
            drawn, spec = self._begun[name]
            self._done[name] = Picture(*cleaned(name, self._result(drawn)), spec)
        return self._done[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._begun)

    def __len__(self) -> int:
        return len(self._begun)

    def __contains__(self, name: object) -> bool:
        return name in self._begun
