"""The built-in renderer: the site's own layout round each page. Nothing to install, no Node.

The build's own pages come as HTML. Pandoc reads the others: an analyst's, and all of a project that was written before.
"""

from __future__ import annotations

import json
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import ClassVar

from analysis.configuration.paths import shown
from report.markup.blocks import Heading
from report.render import pandoc
from report.render.crawlers import crawler_files
from report.render.document import outline, said, unresolved
from report.render.layout import PageContent, lay_out
from report.render.own_words import own_words
from report.render.page import SourcePage, address_of, page_of, published, read_page, sources
from report.render.project import read_project
from report.render.search import index
from report.system.effects import Effects
from report.system.steps import Steps, digest, rooms

SAID = {"title": "tab", "heading": "heading", "lead": "lead", "description": "summary"}
"""What the shell says of a page → the name that `shell.lua` leaves it under."""
AT_ONCE = 2
"""Pandoc processes at a time: a page is short, and the machine may be small."""


@dataclass(frozen=True)
class Converted:
    """A page's own part, and its cross references that lead nowhere."""

    content: PageContent
    unresolved: tuple[str, ...]


class Builtin:
    """Pages that an analyst wrote go through Pandoc while the others wait for their pictures."""

    name: ClassVar[str] = "built-in"
    diagrams: ClassVar[bool] = False

    def __init__(self, effects: Effects, steps: Steps | None = None) -> None:
        self._effects, self._steps = effects, steps
        self._pool = ThreadPoolExecutor(AT_ONCE)
        self._taken: dict[str, PageContent] = {}
        self._begun: dict[str, Future[Converted]] = {}

    def able(self, own: Path | None) -> None:
        """Pandoc reads an analyst's pages. Raises RenderError where it is needed and missing."""
        if own:
            pandoc.found(shown(own), self._effects)

    def take(self, source: str, content: PageContent) -> None:
        """Keep the content of one of the build's own pages."""
        self._taken[source] = content

    def begin(self, source: str, text: str) -> None:
        """Convert an analyst's page, in a thread. Raises RenderError where its header is no YAML mapping."""
        self._converting(page_of(text, source))

    def draw(self, source: Path, out: Path) -> None:
        """Draw the project. Raises RenderError, naming the page, where one cannot be drawn."""
        effects, project = self._effects, read_project(source)
        pages = {file.relative_to(source).as_posix(): file for file in sources(source)}
        _copy_files(source, out, effects)
        converting = {
            path: self._converting(read_page(file, source)) for path, file in pages.items() if path not in self._taken
        }
        addresses = [address_of(path) for path in pages]
        for path, address in zip(pages, addresses, strict=True):
            content = self._content(path, converting[path].result()) if path in converting else self._taken[path]
            effects.write(out / address, lay_out(address, project, content))
        for name, text in crawler_files(addresses, project.site_url, project.unlisted).items():
            effects.write(out / name, text)

    def complete(self, out: Path) -> None:
        """The search index. Raises RenderError where Pagefind is missing or fails."""
        self._effects.log("Indexing the pages for search")
        index(out, self._effects, self._steps)

    def close(self) -> None:
        """Forget the pages that no thread has begun with."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _content(self, path: str, converted: Converted) -> PageContent:
        for reference in converted.unresolved:
            self._effects.warn(
                f"{path}: no figure, table, equation or section has the label @{reference}; correct the reference, "
                "or add the label."
            )
        return converted.content

    def _converting(self, page: SourcePage) -> Future[Converted]:
        # What comes out hangs on the Markdown alone.
        if page.markdown not in self._begun:
            self._begun[page.markdown] = self._pool.submit(_converted, page, self._effects, self._steps)
        return self._begun[page.markdown]


def _converted(page: SourcePage, effects: Effects, steps: Steps | None) -> Converted:
    # Of a Pandoc that the environment names it is not known what it is.
    if steps is None or effects.environment.get(pandoc.NAMED):
        return _by_pandoc(page, effects)
    inputs = digest(page.markdown, json.dumps(own_words()), rooms("report/render", "report/markup", "report/templates"))
    known = steps.found("page", inputs, _read)
    if known is None:
        known = _by_pandoc(page, effects)
        steps.keep("page", inputs, json.dumps(asdict(known)))
    return known


def _read(text: str) -> Converted:
    """What was kept of a page; raises KeyError or TypeError where this is something else."""
    whole = json.loads(text)
    content = whole["content"]
    headings = tuple(Heading(**each) for each in content.pop("headings"))
    return Converted(PageContent(headings=headings, **content), tuple(whole["unresolved"]))


def _by_pandoc(page: SourcePage, effects: Effects) -> Converted:
    ast = pandoc.read_markdown(page.markdown, page.source, effects)
    texts = {part: said(ast, name) for part, name in SAID.items()}
    html = pandoc.write_html(ast, page.source, effects)
    content = PageContent(html, outline(ast), **texts, charts=page.front.get("charts") is True)
    return Converted(content, unresolved(ast))


def _copy_files(source: Path, out: Path, effects: Effects) -> None:
    """Everything in the project that is neither a page nor Quarto's own business."""
    for file in sorted(source.rglob("*")):
        if file.is_file() and file.suffix not in (".qmd", ".scss") and published(file, source):
            effects.copy(file, out / file.relative_to(source))
