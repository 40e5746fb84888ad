"""The Quarto renderer: a real Quarto, found, checked, run, and its words turned into one message.

Quarto fills the site's own layout (`report/site/quarto_project.py`), so that search and all else of the shell are
the same.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import ClassVar

from analysis.errors import ConfigurationError
from report.errors import RenderError
from report.render.finding import find
from report.render.normalise import normalise
from report.render.page import address_of, sources
from report.render.project import read_project
from report.render.renderer import Nobody
from report.render.search import index
from report.system.effects import Effects
from report.system.programs import Command, FinishedProcess

OLDEST = (1, 4)
RENDERED = "_rendered"
LIMIT_VARIABLE = "SEGMENT_ATLAS_QUARTO_SECONDS"
LIMIT = 600.0
VERSION = re.compile(r"^v?(\d+)\.(\d+)(?:\.\d+)*\s*$", re.MULTILINE)
WARNING = re.compile(r"^\s*(?:\(W\)|\[?WARN(?:ING)?\]?:?)\s*(?:\([^()]*\.lua:\d+\)\s*)?(.+)$")
PROGRESS = re.compile(r"^\s*\[\s*\d+/\d+\]\s+(\S+\.qmd)\s*$")
ERROR = re.compile(r"^\s*(?:\(E\)\s*)?ERROR:?\s*(.*)$")
# Quarto's own source positions help its makers, not the person who wrote the page.
NOISE = re.compile(r"^\s*(?:Stack trace:|at (?:file|async|https?|[\w.<>]+ \()|.*-error-unexpected-)")
EXCERPT_LINES = 12
INSTEAD = "The same site is drawn without Quarto by --renderer builtin."
ANSI = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def version(quarto: str, effects: Effects) -> tuple[int, int]:
    """Major and minor version of the Quarto at this path.

    Raises RenderError where it does not say. Quarto installed by pip may first print how its download goes.
    """
    finished = effects.run(Command((quarto, "--version"), limit=_limit(effects), variables={"NO_COLOR": "1"}))
    found = VERSION.findall(ANSI.sub("", finished.output))
    if finished.timed_out or finished.code or not found:
        raise RenderError(f"{quarto} reports no version; install Quarto again, or use --renderer builtin.")
    return int(found[-1][0]), int(found[-1][1])


def usable(effects: Effects) -> str | None:
    """The Quarto to use where it is there and new enough; says so where it is too old."""
    if find(effects) is None:
        return None
    try:
        return required(effects)
    except RenderError as error:
        effects.warn(str(error))
        return None


def required(effects: Effects) -> str:
    """The Quarto to use. Raises RenderError where it is missing, or older than the oldest that draws the site right."""
    quarto = find(effects)
    if quarto is None:
        raise RenderError("Quarto is not installed; install it (make quarto), or use --renderer builtin.")
    found = version(quarto, effects)
    if found < OLDEST:
        raise RenderError(
            f"{quarto} is Quarto {found[0]}.{found[1]}; the site needs {OLDEST[0]}.{OLDEST[1]} or newer. "
            "Install a newer one (make quarto), or use --renderer builtin."
        )
    return quarto


class Quarto(Nobody):
    """Quarto wants the whole project, and draws all pages at once."""

    name: ClassVar[str] = "quarto"
    diagrams: ClassVar[bool] = True

    def __init__(self, effects: Effects) -> None:
        self._effects = effects

    def able(self, own: Path | None) -> None:  # noqa: ARG002 (Quarto has a Pandoc of its own)
        """Raises RenderError where Quarto is missing or too old."""
        required(self._effects)

    def draw(self, source: Path, out: Path) -> None:
        """See `render`."""
        render(source, out, self._effects)

    def complete(self, out: Path) -> None:
        """The search index. Raises RenderError where Pagefind is missing or fails."""
        self._effects.log("Indexing the pages for search")
        index(out, self._effects)

    def close(self) -> None:
        """Nothing was begun."""


def render(source: Path, out: Path, effects: Effects) -> None:
    """Draw the Quarto project in `source` as a site in `out`, an empty folder or one that does not exist yet.

    Raises RenderError where Quarto is missing, too old, fails, or does not end in time.
    """
    quarto = required(effects)
    effects.remove(source / RENDERED)
    finished = effects.run(command(quarto, source, effects))
    _judge(finished, effects)
    for warning in warnings(finished.output):
        effects.warn(f"Quarto: {warning}")
    if not (source / RENDERED / "index.html").is_file():
        raise RenderError(
            f"Quarto ended without an error but made no site in {source / RENDERED}; see its log above. {INSTEAD}"
        )
    for made in sorted((source / RENDERED).iterdir()):
        effects.rename(made, out / made.name)
    effects.remove(source / RENDERED)
    project = read_project(source)
    pages = [address_of(file.relative_to(source).as_posix()) for file in sources(source)]
    normalise(out, pages, project, effects)


def command(quarto: str, source: Path, effects: Effects) -> Command:
    """`quarto render`, with documented options alone.

    The output folder is named relative to the project, as older versions want it; no page may run code.
    """
    args = (quarto, "render", str(source), "--output-dir", RENDERED, "--no-execute")
    return Command(args, limit=_limit(effects), variables={"NO_COLOR": "1"}, streamed=True)


def warnings(log: str) -> list[str]:
    """What Quarto warned of, though it ended well, and on which page: missing link targets above all."""
    found, page = [], ""
    for line in _lines(log):
        if begun := PROGRESS.match(line):
            page = f"{begun[1]}: "
        elif warning := WARNING.match(line):
            found.append(f"{page}{warning[1].strip()}")
    return list(dict.fromkeys(found))


def excerpt(log: str) -> str:
    """What the user needs of a failed run's log: from the first error on, without Quarto's own stack."""
    lines = [line.rstrip() for line in _lines(log) if line.strip() and not NOISE.match(line)]
    start = next((position for position, line in enumerate(lines) if ERROR.match(line)), None)
    shown = lines[-EXCERPT_LINES:] if start is None else lines[start : start + EXCERPT_LINES]
    if shown and (first := ERROR.match(shown[0])) and first[1]:
        shown[0] = first[1]
    return "\n".join(shown)


def _lines(log: str) -> list[str]:
    return ANSI.sub("", log).splitlines()


def _judge(finished: FinishedProcess, effects: Effects) -> None:
    if finished.timed_out:
        raise RenderError(
            f"Quarto did not end within {_limit(effects):g} seconds and was stopped; "
            f"allow more with {LIMIT_VARIABLE}, or use --renderer builtin."
        )
    if finished.code:
        raise RenderError(
            f"Quarto failed (exit {finished.code}): {excerpt(finished.output) or 'it gave no reason.'}\n{INSTEAD}"
        )


def _limit(effects: Effects) -> float:
    given = effects.environment.get(LIMIT_VARIABLE)
    try:
        seconds = float(given) if given else LIMIT
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise ConfigurationError(f"{LIMIT_VARIABLE}: “{given}” is not a number of seconds above 0.")
    return seconds
