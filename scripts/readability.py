#!/usr/bin/env python
"""Tells how easily the pages of a site read: LIX, Flesch's reading ease, and words, of each.

    python -m pip install textstat==0.7.4 "setuptools<81"
    python scripts/readability.py FOLDER [OTHER FOLDER]

LIX is words a sentence plus the per cent of words of more than six letters (Björnsson 1968): 30 is easy, 50 hard, in
any language. Reading ease is the higher, the easier (Flesch 1948, Journal of Applied Psychology 32: 221; of German
pages Amstad 1978); textstat counts a word's places for hyphens as its syllables, which is too few, so that it serves
to compare. Only running text counts: paragraphs, list items, definitions and captions of at least five words. A second
folder is told beside the first, such as a site before and after a change.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from lxml import html

SHORTEST = 5
"""Words below which a text is a label."""


def sentences(page: Path) -> tuple[str, str]:
    """The running text of a page, one paragraph a line, and its language."""
    document = html.parse(page).getroot()
    main = document.find(".//main")
    found = main.xpath(".//*[self::p or self::li or self::dd or self::figcaption][not(.//p or .//li or .//dd)]")
    texts = [re.sub(r"\s+", " ", one.text_content()).strip() for one in found]
    running = [text if text[-1] in ".!?:" else f"{text}." for text in texts if len(text.split()) >= SHORTEST]
    return "\n".join(running), str(document.get("lang", "en")).split("-")[0]


def ease(page: Path) -> tuple[float, float, int]:
    """LIX, reading ease and words of a page."""
    import textstat  # type: ignore[import-not-found]  # noqa: PLC0415 (installed for this alone)

    text, language = sentences(page)
    textstat.set_lang(language)
    words = len(text.split())
    return textstat.lix(text), textstat.flesch_reading_ease(text), words


def main(folders: list[str]) -> None:
    """A line a page: the figures of each folder side by side."""
    names = sorted({page.relative_to(one).as_posix() for one in map(Path, folders) for page in one.rglob("*.html")})
    for name in names:
        told = []
        for folder in map(Path, folders):
            page = folder / name
            lix, reading_ease, words = ease(page) if page.is_file() and name != "404.html" else (0, 0, 0)
            told.append(f"{lix:5.1f} {reading_ease:5.1f} {words:6d}" if words else " " * 18)
        sys.stdout.write(f"{name:45}{'  |  '.join(told)}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
