"""A finished site as the checks see it: every file, and every page parsed once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Self

from lxml import html
from lxml.html import HtmlElement

MISSING_PAGE = "404.html"


@dataclass(frozen=True)
class Problem:
    """Something on the site that is not as promised."""

    file: str
    """Path in the site."""
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}: {self.sentence}"


@dataclass(frozen=True)
class FinishedPage:
    """A page, parsed."""

    address: str
    content: bytes

    @cached_property
    def tree(self) -> HtmlElement:
        """The document; an empty page gives an empty one."""
        return html.document_fromstring(
            self.content.strip() or b"<html></html>", parser=html.HTMLParser(encoding="utf-8")
        )

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Every `id`, in document order."""
        return tuple(str(value) for value in self.tree.xpath("//@id"))

    @property
    def folder(self) -> str:
        """The folder of the page in the site; `.` at the top."""
        return str(PurePosixPath(self.address).parent)

    def elements(self, path: str) -> Iterator[HtmlElement]:
        """The elements that an XPath selects."""
        for found in self.tree.xpath(path):
            if isinstance(found, HtmlElement):
                yield found


@dataclass(frozen=True)
class FinishedSite:
    """All files of a site."""

    folder: Path

    @cached_property
    def files(self) -> dict[str, Path]:
        """Path in the site → file, sorted."""
        found = (file for file in self.folder.rglob("*") if file.is_file())
        return dict(sorted((file.relative_to(self.folder).as_posix(), file) for file in found))

    def listed(self) -> Self:
        """Look now at which files there are, not when they are first asked for."""
        self.files  # noqa: B018 (looked up once, and kept)
        return self

    @cached_property
    def pages(self) -> dict[str, FinishedPage]:
        """Every HTML file, by its path in the site."""
        return {
            name: FinishedPage(name, file.read_bytes()) for name, file in self.files.items() if name.endswith(".html")
        }

    @cached_property
    def base_path(self) -> str | None:
        """Where the site stands on its server, as its page for missing pages says; none where that is not known."""
        page = self.pages.get(MISSING_PAGE)
        root = page.tree.get("data-root", "") if page else ""
        return root if root.startswith("/") else None

    def bytes_of(self, name: str) -> bytes:
        """The content of a file of the site."""
        return self.files[name].read_bytes()

    def ending(self, *suffixes: str) -> Iterator[tuple[str, Path]]:
        """The files whose names end so."""
        yield from ((name, file) for name, file in self.files.items() if name.endswith(suffixes))
