"""One source page: its front matter, its Markdown, and where it stands in the site."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from analysis.configuration.yaml_text import NoYamlError, read_yaml
from report.errors import RenderError
from report.markup.quarto_only import plain

FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)


@dataclass(frozen=True)
class SourcePage:
    """A `.qmd` file, read."""

    source: str
    """Path in the project, with forward slashes."""
    front: dict[str, Any]
    markdown: str
    """With its front matter, which Pandoc reads as the page's metadata."""


def sources(project: Path) -> list[Path]:
    """The pages of the project folder, in a steady order."""
    return [file for file in sorted(project.rglob("*.qmd")) if published(file, project)]


def published(file: Path, project: Path) -> bool:
    """As Quarto has it: names that begin with `_` or `.` are no part of the site."""
    return not any(part.startswith(("_", ".")) for part in file.relative_to(project).parts)


def address_of(source: str) -> str:
    """Path in the site of the page that stands at `source` in the project."""
    return str(PurePosixPath(source).with_suffix(".html"))


def read_page(file: Path, project: Path) -> SourcePage:
    """Read one page of the project folder. Raises as `page_of`."""
    return page_of(file.read_text(encoding="utf-8"), file.relative_to(project).as_posix())


def page_of(text: str, source: str) -> SourcePage:
    """A page's text, which stands or will stand at `source` in the project.

    Raises RenderError, naming the page, where its front matter is no YAML mapping.
    """
    text = text.replace("\r\n", "\n")
    found = FRONT_MATTER.match(text)
    front = _front_matter(found[1], source) if found else {}
    header = found[0] if found else ""
    return SourcePage(source, front, header + plain(text[len(header) :], front))


def _front_matter(text: str, source: str) -> dict[str, Any]:
    try:
        front = read_yaml(text)
    except NoYamlError as error:
        raise RenderError(f"{source}: the front matter is not valid YAML: {error}") from None
    if front is None:
        return {}
    if not isinstance(front, dict):
        raise RenderError(f"{source}: the front matter must be `key: value` lines between two lines of `---`.")
    return front
