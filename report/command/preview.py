"""The site on the analyst's own machine: built, served on the loopback address, built again on every change.

Waiting for changes goes past the effects: it changes nothing, and a test hands over its own.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Never

from analysis.basics.extras import Extra
from analysis.errors import AtlasError, ConfigurationError
from report.build.build import Choice, build
from report.build.memory import MemoryAsked
from report.build.publish import CACHE, WORK
from report.command.progress import Progress
from report.command.serving import LOOPBACK, server
from report.command.world import World
from report.system.steps import likely

if TYPE_CHECKING:
    from watchfiles import Change

    from analysis.configuration import Configuration

TRIAL = MemoryAsked(trial=True)
"""A preview compares with the last build, and is none itself."""
PREVIEW = Extra("preview", "sees when files change", ("watchfiles",))


class Preview:
    """Builds, serves and watches until interrupted."""

    def __init__(
        self, configure: Callable[[], Configuration], out: Path, renderer: Choice, reporter: Progress, world: World
    ) -> None:
        self._configure = configure
        self._out = out.expanduser().resolve()
        self._renderer: Choice = renderer
        self._reporter = reporter
        self._world = world
        self._watched: tuple[Path, ...] = ()

    def run(self, port: int) -> None:
        """Serve until Ctrl-C. The first build must succeed; later ones may fail, and the old site is served on.

        Raises ConfigurationError, before anything is built, where the extra `preview` is not installed.
        """
        PREVIEW.require("segment-atlas preview", ConfigurationError)
        with server(self._out, port) as serving:
            self._rebuild()
            thread = threading.Thread(target=serving.serve_forever, daemon=True)
            thread.start()
            try:
                with suppress(KeyboardInterrupt):  # the way to end it, from the very moment that the reader is told so
                    self._reporter.log(f"Preview at http://{LOOPBACK}:{serving.server_address[1]}/ (Ctrl-C ends it)")
                    self._watch()
            finally:
                serving.shutdown()
                thread.join()
        self._reporter.log("Preview ended.")

    def _rebuild(self) -> None:
        well, effects = False, self._world.effects(self._reporter)
        try:
            with closing(self._world.workers(effects)) as workers:
                if not likely(WORK / CACHE):
                    workers.begin()
                configuration = self._configure()
                self._watched = watched(configuration)
                build(
                    configuration,
                    out=self._out,
                    renderer=self._renderer,
                    effects=effects,
                    workers=workers,
                    writer=self._world.writer,
                    memory=TRIAL,
                )
            well = True
        finally:
            self._reporter.close(well=well)

    def _watch(self) -> Never:
        while True:
            before = self._watched
            # Restarted when the configuration has come to name other files.
            for changes in watch(*folders(before)):
                if any(concerns(Path(path), before) for _, path in changes):
                    self._rebuild_or_say()
                if self._watched != before:
                    break

    def _rebuild_or_say(self) -> None:
        try:
            self._rebuild()
            self._reporter.log("Built again.")
        except AtlasError as error:
            self._reporter.warn(f"{error}\nThe previous site is still served.")


def watch(*paths: Path) -> Iterator[set[tuple[Change, str]]]:
    """What changes in the folders, a batch at a time."""
    from watchfiles import watch as batches  # noqa: PLC0415 (an extra)

    return batches(*paths)


def watched(configuration: Configuration) -> tuple[Path, ...]:
    """The files and folders on which the site depends: configuration, table, own pages."""
    pages = (configuration.pages,) if configuration.pages else ()
    return tuple(sorted({*configuration.files, *configuration.origin.watched, *pages}))


def folders(paths: tuple[Path, ...]) -> tuple[Path, ...]:
    """What to watch: editors replace files, so that a file is only seen through its folder; so is one of a pattern."""
    return tuple(sorted({next(each for each in (path, *path.parents) if each.is_dir()) for path in paths}))


def concerns(changed: Path, paths: tuple[Path, ...]) -> bool:
    """Whether a changed file is one of the watched ones, inside a watched folder, or what a pattern finds."""
    return any(changed == path or path in changed.parents or changed.match(str(path)) for path in paths)
