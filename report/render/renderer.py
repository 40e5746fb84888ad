"""What a build asks of whoever draws its pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar, Protocol

Begin = Callable[[str, str], None]
"""Takes the path and the text of a page that has been written."""


class Renderer(Protocol):
    """Turns the generated Quarto project into a site."""

    name: ClassVar[str]
    diagrams: ClassVar[bool]
    """Whether it draws diagrams described in text, and knows Quarto's shortcodes."""

    def begin(self, source: str, text: str) -> None:
        """A page has been written, and will stand at `source` in the project; whoever can may begin with it."""

    def draw(self, source: Path, out: Path) -> None:
        """Draw the project in `source` as a site in `out`, a folder that does not exist yet.

        Raises RenderError, in words for the user.
        """

    def complete(self, out: Path) -> None:
        """Add to the site what no check looks at, while they look at the rest. Raises RenderError."""

    def close(self) -> None:
        """Begin nothing any more, be the site complete or given up."""
