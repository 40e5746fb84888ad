"""The interface of a renderer."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar, Protocol

from report.render.layout import PageContent


class Ahead(Protocol):
    """Learns of pages before the project is written."""

    def take(self, source: str, content: PageContent) -> None:
        """A page of the build's own, which will stand at `source` in the project, as HTML."""

    def begin(self, source: str, text: str) -> None:
        """An analyst's page, which will be at `source` in the project; a renderer may start with it early."""


class Nobody:
    """Ignores pages before the project is written."""

    def take(self, source: str, content: PageContent) -> None:
        """Nothing."""

    def begin(self, source: str, text: str) -> None:
        """Nothing."""


class Renderer(Ahead, Protocol):
    """Turns the generated Quarto project into a site."""

    name: ClassVar[str]
    diagrams: ClassVar[bool]
    """Whether it draws diagrams described in text, and knows Quarto's shortcodes."""

    def able(self, own: Path | None) -> None:
        """Raise RenderError where something is missing that it needs; `own` is the first of an analyst's pages."""

    def draw(self, source: Path, out: Path) -> None:
        """Draw the project in `source` as a site in `out`, a folder that does not exist yet.

        Raises RenderError, in words for the user.
        """

    def complete(self, out: Path) -> None:
        """Add what needs no check to the site, while the checks look at the rest. Raises RenderError."""

    def close(self) -> None:
        """Start no more work, whether the site is complete or abandoned."""
