"""A first visit to any page stays light: what the browser loads before the reader touches a chart."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache

from report.checks.addresses import is_elsewhere, target
from report.checks.finished import FinishedPage, FinishedSite, Problem

HEAVIEST = 100_000
"""Bytes, gzipped."""
QUARTO_LIBRARIES = "site_libs/"
FONT_FACE = re.compile(r"@font-face\s*\{([^}]*)\}")
FONT = re.compile(r"""url\(\s*["']?([^"')\s]+)""")
OTHER_SCRIPTS = re.compile(r"unicode-range\s*:\s*U\+0*[1-9a-f]", re.IGNORECASE)


@lru_cache(maxsize=128)
def gzipped(content: bytes) -> int:
    """Size as a server sends it; a page is asked for twice, by the check and by the build's report."""
    return len(gzip.compress(content, compresslevel=9, mtime=0))


def weight(site: FinishedSite) -> Iterator[Problem]:
    """Pages that weigh too much."""
    size = cache(lambda name: gzipped(site.bytes_of(name)))
    for page in site.pages.values():
        total = first_visit(site, page, size)
        if total > HEAVIEST:
            yield Problem(
                page.address,
                f"weighs {total / 1000:.0f} kB on a first visit; the limit is {HEAVIEST // 1000} kB.",
            )


def first_visit(site: FinishedSite, page: FinishedPage, size: Callable[[str], int]) -> int:
    """Bytes of the page with its stylesheets, scripts and fonts; `size` tells those of one file, gzipped."""
    return sum(map(size, {page.address, *_loaded(site, page)}))


def _loaded(site: FinishedSite, page: FinishedPage) -> Iterator[str]:
    """What the page loads of the site's own; Quarto's library for an own page's diagrams is its author's choice."""
    asked = [str(value) for value in page.tree.xpath("//link[@rel='stylesheet']/@href | //script/@src")]
    for address in asked:
        found = None if is_elsewhere(address) else target(address, page.address, site.base_path)
        if found and found.file in site.files and not found.file.startswith(QUARTO_LIBRARIES):
            yield found.file
            if found.file.endswith(".css"):
                yield from _fonts(site, found.file)


def _fonts(site: FinishedSite, sheet: str) -> Iterator[str]:
    """The fonts a stylesheet loads for Latin text; one for another range of characters is loaded only where needed."""
    for face in FONT_FACE.findall(site.bytes_of(sheet).decode("utf-8", "replace")):
        source = FONT.search(face)
        found = target(source[1], sheet) if source and not OTHER_SCRIPTS.search(face) else None
        if found and found.file in site.files:
            yield found.file
