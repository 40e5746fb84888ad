"""What a command says: a spinner and ticks on a terminal, plain lines elsewhere, next to nothing when quiet.

Progress goes to standard error, so that standard output carries results alone. Nothing is ever read as markup.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

import typer

from report.system.effects import Reporter

if TYPE_CHECKING:
    from rich.console import Console
    from rich.status import Status
    from rich.text import Text

    from report.build.build import BuildReport

CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|[\x00-\x08\x0b-\x1f\x7f]")


class Progress(Reporter, Protocol):
    """A reporter that can come to an end."""

    def close(self, *, well: bool) -> None:
        """The work has ended; the last step is ticked off where it ended well."""


def clean(text: str) -> str:
    """Text without control characters: a file name may not recolour or rewrite the terminal."""
    return CONTROL.sub("", text)


def progress(*, quiet: bool) -> Progress:
    """The reporter that suits where standard error leads."""
    if quiet:
        return Quiet()
    return Lively() if sys.stderr.isatty() else Plain()


class Spoken:
    """What every command says: what was asked for, and what went wrong."""

    def say(self, text: str) -> None:
        """A line on standard output."""
        typer.echo(clean(text))

    def put(self, text: str) -> None:
        """Standard output, as it stands."""
        sys.stdout.write(text)

    def fail(self, text: str) -> None:
        """A line on standard error."""
        typer.echo(clean(text), err=True)


@dataclass
class Quiet(Spoken):
    """Of the progress, warnings alone."""

    def step(self, text: str, rows: int | None = None) -> None:
        """Say nothing."""

    def log(self, text: str) -> None:
        """Say nothing."""

    def warn(self, text: str) -> None:
        """Say it on standard error."""
        print(f"Note: {clean(text)}", file=sys.stderr)  # noqa: T201 (this is the reporter)

    def close(self, *, well: bool) -> None:
        """Nothing to end."""


@dataclass
class Plain(Quiet):
    """One line for each thing said, for logs and pipes."""

    def step(self, text: str, rows: int | None = None) -> None:  # noqa: ARG002 (only a timeline tells rows)
        """One line."""
        print(f"{clean(text)} …", file=sys.stderr, flush=True)  # noqa: T201 (this is the reporter)

    def log(self, text: str) -> None:
        """One indented line."""
        if text.strip():
            print(f"  {clean(text)}", file=sys.stderr, flush=True)  # noqa: T201 (this is the reporter)


def _console() -> Console:
    from rich.console import Console  # noqa: PLC0415 (only where somebody watches)

    return Console(stderr=True, highlight=False)


def _verbatim(text: str) -> Text:
    from rich.text import Text  # noqa: PLC0415 (only where somebody watches)

    return Text(text)


@dataclass
class Lively(Spoken):
    """A spinner beside the step at work, a tick for each step done; rich honours NO_COLOR."""

    console: Console = field(default_factory=_console)
    _status: Status | None = None
    _current: str = ""

    def step(self, text: str, rows: int | None = None) -> None:  # noqa: ARG002 (only a timeline tells rows)
        """Tick off the step before, and begin this one."""
        self.close(well=True)
        self._current = clean(text)
        self._status = self.console.status(_verbatim(self._current), spinner="dots")
        self._status.start()

    def log(self, text: str) -> None:
        """A dim line under the step."""
        if text.strip():
            self.console.print(_verbatim(f"  {clean(text)}"), style="dim")

    def warn(self, text: str) -> None:
        """A line that stands out."""
        self.console.print(_verbatim(f"! {clean(text)}"), style="yellow")

    def close(self, *, well: bool) -> None:
        """Stop the spinner and leave the step's tick or cross."""
        if self._status is not None:
            self._status.stop()
            self.console.print(_verbatim(f"{'✓' if well else '✗'} {self._current}"))
        self._status = None


def page_table(report: BuildReport) -> list[str]:
    """The finished pages with their sizes, in columns, and the totals."""
    rows = [(page.address, kilobytes(page.raw), kilobytes(page.gzipped)) for page in report.pages]
    raw, gzipped = sum(page.raw for page in report.pages), sum(page.gzipped for page in report.pages)
    rows = [("Page", "Size", "Gzipped"), *rows, (f"{len(report.pages)} pages", kilobytes(raw), kilobytes(gzipped))]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    lines = [f"{name:<{widths[0]}}  {size:>{widths[1]}}  {small:>{widths[2]}}" for name, size, small in rows]
    return [*lines, f"The whole site: {report.files} files, {kilobytes(report.size)}, in {report.out}"]


def kilobytes(size: int) -> str:
    """`12.3 kB`, in thousands of bytes."""
    return f"{size / 1000:,.1f} kB"
