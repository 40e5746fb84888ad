"""Pandoc as a function, in its sandbox: the site's own filters, no files but what it is handed, no user's defaults."""

from __future__ import annotations

import json
import os
import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from analysis.basics.extras import Extra
from report.errors import RenderError
from report.render.own_words import own_words
from report.system.effects import Effects
from report.system.programs import Command

PAGES = Extra("pages", "brings Pandoc to read own pages with", ("pypandoc",))
Ast = dict[str, Any]
"""Pandoc's own JSON: `blocks`, `meta`, `pandoc-api-version`."""

FOLDER = Path(__file__).parents[1] / "templates/layout"
FILTERS = ("own.lua", "pages.lua", "shell.lua")
"""In this order; Quarto does itself what `pages.lua` does."""
LIMIT = 60.0
NAMED = "PYPANDOC_PANDOC"
"""The environment variable with the path of another Pandoc."""


def found(page: str, effects: Effects) -> str:
    """The Pandoc that `PYPANDOC_PANDOC` names, or that of the extra.

    Raises RenderError, naming the page that needs it, where there is none.
    """
    program = effects.environment.get(NAMED) or installed()
    if not program:
        raise RenderError(PAGES.missing(page))
    return program


def installed() -> str | None:
    """The Pandoc of the extra `pages` (its wheel is `pypandoc_binary`)."""
    # Found without importing the package, which takes longer than a page does.
    package = find_spec("pypandoc")
    folders = (package.submodule_search_locations or []) if package else []
    return shutil.which("pandoc", path=os.pathsep.join(str(Path(folder) / "files") for folder in folders))


def read_markdown(text: str, name: str, effects: Effects) -> Ast:
    """Markdown with its front matter → Pandoc's AST, filtered; `name` is the page for messages."""
    filters = (f"--lua-filter={FOLDER / name}" for name in FILTERS)
    words = (f"--metadata={key}:{word}" for key, word in own_words().items())
    ast: Ast = json.loads(_pandoc(("--from", "markdown", "--to", "json", *filters, *words), text, name, effects))
    return ast


def write_html(ast: Ast, name: str, effects: Effects) -> str:
    """Pandoc's AST → an HTML5 fragment, without any inline style of Pandoc's highlighting."""
    options = ("--from", "json", "--to", "html5", "--wrap", "none", "--syntax-highlighting", "none", "--mathml")
    return _pandoc(options, json.dumps(ast), name, effects)


def _pandoc(options: tuple[str, ...], text: str, name: str, effects: Effects) -> str:
    # Nothing of the user's own Pandoc folder may change a page: same input, same bytes.
    guard = ("--sandbox", "--data-dir", os.devnull)
    program = found(name, effects)
    finished = effects.run(Command((program, *guard, *options), folder=Path(os.sep), stdin=text, limit=LIMIT))
    if finished.timed_out:
        raise RenderError(f"{name}: Pandoc did not end within {LIMIT:.0f} seconds; simplify the page.")
    if finished.code:
        raise RenderError(f"{name}: Pandoc cannot read this page: {finished.errors.strip()}")
    return finished.output
