"""A language in which every sentence of the catalogue is seen: its letters bear marks, all others do not.

Made of the template as `scripts/catalogues.py` extracts it, so that a sentence that is not found shows as well.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.mofile import write_mo
from lxml import html

from scripts.catalogues import DOMAIN, extracted

PLAIN = "abcdefghijklmnopqrstuvwxyz"
MARKED = "àƀçđèƒĝĥìĵķļɱñòƥɋřšţùṽŵẋŷž"
LETTERS = str.maketrans(PLAIN + PLAIN.upper(), MARKED + MARKED.upper())
SLOT = re.compile(r"(\{[^}]*\})")
TOLD = ("alt", "aria-label", "aria-description", "content", "label", "placeholder", "title", "summary")
"""Attributes that are read to people."""
WORD = re.compile(r"[A-Za-z]{2,}")
DIGEST = re.compile(r"\b(?=\w*\d)(?:[0-9a-f]{64}|[0-9a-f]{7})\b")
"""Of the table and the configuration, whole and in short."""


def marked(message: str) -> str:
    """The message with a mark on each letter, its slots as they are."""
    return "".join(one if SLOT.fullmatch(one) else one.translate(LETTERS) for one in SLOT.split(message))


def write_pseudo(folder: Path, language: str = "eo") -> None:
    """A compiled catalogue of this language in the folder of catalogues."""
    place = folder / language / "LC_MESSAGES" / f"{DOMAIN}.mo"
    place.parent.mkdir(parents=True)
    place.write_bytes(_compiled())


@cache
def _compiled() -> bytes:
    """Once a process: to extract every message takes seconds."""
    catalogue, into = Catalog(locale="en", fuzzy=False), BytesIO()
    for one in extracted():
        if one.id:
            forms = tuple(map(marked, one.id)) if isinstance(one.id, tuple) else marked(one.id)
            catalogue.add(one.id, forms, context=one.context)
    write_mo(into, catalogue)
    return into.getvalue()


def unmarked(page: str, known: Collection[str]) -> Iterator[str]:
    """The texts of a page with a word that bears no mark, but for the `known` ones of the table and the settings."""
    names = sorted(map(re.escape, known), key=len, reverse=True)
    pattern = re.compile("|".join([DIGEST.pattern, *names]), re.IGNORECASE)
    document = html.fromstring(page)
    for element in document.iter():
        if not isinstance(element.tag, str) or element.tag in {"script", "style"}:
            continue
        told = [element.text, *(child.tail for child in element)]
        told += [
            element.get(name) for name in TOLD if not (element.tag == "meta" and element.get("name") != "description")
        ]
        # What scripts say stands in attributes of its own, with slots that they fill in.
        told += [SLOT.sub(" ", text) for name, text in element.items() if name.startswith("data-") and " " in text]
        yield from (" ".join(text.split()) for text in told if text and WORD.search(pattern.sub(" ", text)))


def drawn_words(part: object) -> Iterator[str]:
    """Of a chart's specification every text and tooltip in the data, and every title and text of a mark."""
    if isinstance(part, dict):
        for key, inner in part.items():
            if key in {"tip", "text", "above", "title"} and isinstance(inner, str):
                yield inner
            else:
                yield from drawn_words(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from drawn_words(inner)
