"""An analyst's own `.qmd` pages, which join the site as they are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from analysis.basics.as_read import Read, as_read, text_of
from analysis.configuration.paths import shown
from analysis.configuration.yaml_text import NoYamlError, read_yaml
from analysis.errors import ConfigurationError
from report.markup import quarto_only
from report.system.inputs import files_in

_HEADER = re.compile(r"\A---\s*\n(.*?)\n(?:---|\.\.\.)\s*(?:\n|\Z)", re.DOTALL)
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*\Z")
TAKEN = frozenset({"404", "changes", "data", "explore", "glossary", "index", "method", "segments"})
"""The names of the site's own pages; an analyst's `about` takes the place of the site's."""
RESERVED = frozenset({"assets", "charts", "data", "segments", "pagefind", "site_libs"})
_UNSAFE_TITLE = re.compile(r"[<>{}`]")


@dataclass(frozen=True)
class OwnPage:
    """An own page's place in the site and its text in the navigation."""

    path: str
    title: str


@dataclass(frozen=True)
class OwnPages:
    """The own pages, and all files of their folder by path."""

    pages: tuple[OwnPage, ...]
    files: dict[str, str | bytes]
    read: Read = ()
    """All files, as they were read."""


def own_pages(folder: Path | None) -> OwnPages:
    """Read every page of the folder, and the pictures and other files beside them.

    Raises ConfigurationError where a page has no title, an unreadable header, or the name of a page of the site.
    """
    if folder is None:
        return OwnPages((), {})
    found = {file: file.read_bytes() for file in files_in(folder)}
    pages = tuple(_page(file, found[file]) for file in found if file.suffix == ".qmd" and file.parent == folder)
    names = {page.path for page in pages}
    contents = {file.relative_to(folder).as_posix(): _content(file, content) for file, content in found.items()}
    clash = [name for name in contents if name.split("/")[0] in RESERVED]
    if clash:
        raise ConfigurationError(
            f"{shown(folder / clash[0])}: the site already has a folder of that name; choose another name."
        )
    stray = [name for name in contents if name.endswith(".qmd") and name.removesuffix(".qmd") not in names]
    if stray:
        raise ConfigurationError(
            f"{shown(folder / stray[0])}: own pages must be directly in {shown(folder)}; move this page up."
        )
    return OwnPages(pages, contents, tuple(each for file, content in found.items() for each in as_read(file, content)))


def headed(own: OwnPages, block: str) -> dict[str, str | bytes]:
    """The files of the own pages, with a block of Markdown at the head of each page's text."""
    pages = {f"{page.path}.qmd" for page in own.pages}
    return {path: _under(text, block) if path in pages else text for path, text in own.files.items()}


def _under(text: str | bytes, block: str) -> str | bytes:
    if isinstance(text, bytes):
        return text
    header = _HEADER.match(text)
    return f"{header[0]}{block}\n\n{text[header.end() :]}" if header else text


def remarks(folder: Path | None, *, diagrams: bool) -> list[str]:
    """What is left out of the own pages, by file and line; `diagrams` as in `quarto_only.remarks`."""
    files = sorted(folder.glob("*.qmd")) if folder else []
    return [
        f"{shown(file)}:{remark.line}: {remark.sentence}"
        for file in files
        for text in [_text(file, file.read_bytes())]
        for remark in quarto_only.remarks(text, _header(file, text), diagrams=diagrams)
    ]


def _page(file: Path, content: bytes) -> OwnPage:
    if not _NAME.match(file.stem):
        raise ConfigurationError(
            f"{shown(file)}: the name becomes the page's address; use small letters, figures, “-” and “_” only."
        )
    if file.stem in TAKEN:
        raise ConfigurationError(
            f"{shown(file)}: the site already has a page “{file.stem}”; give this one another name."
        )
    return OwnPage(file.stem, _title(file, _text(file, content)))


def _header(file: Path, text: str) -> dict[str, object]:
    match = _HEADER.match(text)
    try:
        header = read_yaml(match[1]) if match else None
    except NoYamlError as error:
        raise ConfigurationError(f"{shown(file)}: the header between the --- lines is not YAML: {error}") from None
    return header if isinstance(header, dict) else {}


def _title(file: Path, text: str) -> str:
    title = _header(file, text).get("title")
    if not isinstance(title, str) or not title.strip():
        raise ConfigurationError(f"{shown(file)}: the page has no title; begin it with ---, title: …, ---.")
    if _UNSAFE_TITLE.search(title):
        raise ConfigurationError(
            f"{shown(file)}: the title appears in the navigation; write it without < > {{ }} and `."
        )
    return title.strip()


def _text(file: Path, content: bytes) -> str:
    try:
        return text_of(content)
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{shown(file)}: byte {error.start} is not UTF-8; save the page as UTF-8.") from None


def _content(file: Path, content: bytes) -> str | bytes:
    return quarto_only.without_code(_text(file, content)) if file.suffix == ".qmd" else content
