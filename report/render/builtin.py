"""The built-in renderer: Pandoc for each page, inside the site's own layout. Nothing to install, no Node."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from report.effects import Effects
from report.render import pandoc
from report.render.crawlers import crawler_files
from report.render.document import outline, prepare
from report.render.layout import Content, lay_out
from report.render.page import Page, read_page
from report.render.project import Project, read_project
from report.render.search import index

ASSETS = Path(__file__).parents[1] / "assets"
SHELL_FILES = ("shell.css", "shell.js", "scheme.js")
AT_ONCE = 2
"""Pandoc processes at a time: a page is short, and the machine may be small."""


def render(source: Path, out: Path, effects: Effects) -> None:
    """Draw the Quarto project in `source` as a site in `out`, a folder that does not exist yet.

    Raises RenderError, naming the page, where a page cannot be drawn.
    """
    project = read_project(source)
    pages = [read_page(file, source) for file in sorted(source.rglob("*.qmd")) if _published(file, source)]
    for warning in (warning for page in pages for warning in page.warnings):
        effects.warn(warning)
    _copy_files(source, out, effects)
    footer = pandoc.write_html(prepare(pandoc.read_markdown(project.footer, "_quarto.yml", effects)), "footer", effects)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        drawn = pool.map(lambda page: _draw(page, project, footer, effects), pages)
        for page, html in zip(pages, drawn, strict=True):
            effects.write(out / page.address, html)
    for name, content in crawler_files([page.address for page in pages], project.site_url).items():
        effects.write(out / name, content)
    effects.log("Indexing the pages for search")
    index(out, effects)


def _draw(page: Page, project: Project, footer: str, effects: Effects) -> str:
    ast = prepare(pandoc.read_markdown(page.markdown, page.source, effects))
    html = pandoc.write_html(ast, page.source, effects)
    return lay_out(page, project, Content(html, outline(ast), footer))


def _copy_files(source: Path, out: Path, effects: Effects) -> None:
    """Everything in the project that is neither a page nor Quarto's own business, and the shell's files."""
    for file in sorted(source.rglob("*")):
        if file.is_file() and file.suffix not in (".qmd", ".scss") and _published(file, source):
            effects.copy(file, out / file.relative_to(source))
    for name in SHELL_FILES:
        effects.copy(ASSETS / name, out / "assets" / name)


def _published(file: Path, source: Path) -> bool:
    """As Quarto has it: names that begin with `_` or `.` are no part of the site."""
    return not any(part.startswith(("_", ".")) for part in file.relative_to(source).parts)
