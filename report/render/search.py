"""Full-text search without a server: Pagefind's index of the finished pages."""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path

from report.effects import Command, Effects
from report.errors import RenderError

FOLDER = "pagefind"
LIMIT = 120.0
# The shell brings its own dialog; of Pagefind's files only the engine and the index are published.
INTERFACES = (
    "pagefind-component-ui.css",
    "pagefind-component-ui.js",
    "pagefind-highlight.js",
    "pagefind-modular-ui.css",
    "pagefind-modular-ui.js",
    "pagefind-ui.css",
    "pagefind-ui.js",
)
UNREAD = ("svg", "figure details", "[data-pagefind-ignore]")


def index(site: Path, effects: Effects) -> None:
    """Write the index of all pages in `site` to `site/pagefind`.

    Raises RenderError where Pagefind is missing or fails.
    """
    # The site is the current folder, so that no pagefind.yml of the user's is picked up.
    ignored = tuple(part for selector in UNREAD for part in ("--exclude-selectors", selector))
    args = (_executable(), "--site", ".", "--output-subdir", FOLDER, "--silent", *ignored)
    finished = effects.run(Command(args, folder=site, limit=LIMIT))
    if finished.timed_out or finished.code:
        reason = "it did not end in time" if finished.timed_out else (finished.errors or finished.output).strip()
        raise RenderError(f"The search index could not be made: {reason or 'Pagefind failed without a word'}.")
    for name in INTERFACES:
        effects.remove(site / FOLDER / name)


def _executable() -> str:
    named = os.environ.get("PAGEFIND_BINARY_PATH")
    if named:
        return named
    try:
        return str(import_module("pagefind_bin").get_executable())
    except (ImportError, FileNotFoundError):
        raise RenderError("Pagefind is missing; install the package pagefind[bin] again.") from None
