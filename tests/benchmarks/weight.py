"""How heavy a first visit to each page of a finished site is: the page and what it loads at once, gzipped."""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass
from pathlib import Path

LOADED = re.compile(
    r"""<(?:script\b[^>]*\bsrc|link\b[^>]*\brel="?(?:stylesheet|preload|icon)"?[^>]*\bhref)="([^"]+)\""""
)
FONT = re.compile(r"""url\(["']?([^"')]+\.woff2)["']?\)""")


@dataclass(frozen=True)
class Weight:
    """Bytes on the wire of one page: its own, and those of styles, scripts and fonts."""

    page: str
    own: int
    loaded: int

    @property
    def total(self) -> int:
        """All of a first visit."""
        return self.own + self.loaded


def weights(site: Path) -> list[Weight]:
    """The weight of each page, heaviest first; fonts count for every page, though a reader's browser may skip some."""
    pages = [file for file in sorted(site.rglob("*.html")) if "pagefind" not in file.parts]
    return sorted((_weight(site, page) for page in pages), key=lambda one: -one.total)


def _weight(site: Path, page: Path) -> Weight:
    files = {_inside(page, target) for target in LOADED.findall(page.read_text(encoding="utf-8"))}
    styles = [file for file in files if file.suffix == ".css" and file.is_file()]
    fonts = {_inside(style, target) for style in styles for target in FONT.findall(style.read_text(encoding="utf-8"))}
    loaded = sum(_wire(file) for file in files | fonts if file.is_file())
    return Weight(page.relative_to(site).as_posix(), _wire(page), loaded)


def _inside(page: Path, target: str) -> Path:
    return (page.parent / target.partition("?")[0]).resolve()


def _wire(file: Path) -> int:
    """Bytes as a server sends them: what is compressed already goes as it is."""
    content = file.read_bytes()
    return len(content) if file.suffix in {".woff2", ".png"} else len(gzip.compress(content, 6))
