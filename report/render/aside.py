"""Raw HTML that Pandoc need not read: most of a page that the build writes, and it would only be passed on as it is.

A block's content gives way to a word while Pandoc is at work. Where one of these words comes back as anything but that
block, the page is read as it stands. On a page written by hand this would not do: what is opened before a block may be
closed inside it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from report.render.pandoc import Ast

# Without a backtick, which could end the block, and without a tab, which Pandoc expands.
RAW = re.compile(r"^```\{=html\}\n([^`\t]+)\n```$", re.MULTILINE)


@dataclass(frozen=True)
class Aside:
    """A page's Markdown with words in the place of raw HTML, and what they stand for."""

    markdown: str
    held: Mapping[str, str]

    def back(self, html: str) -> str:
        """The finished HTML with every word's content in its place."""
        for word, content in self.held.items():
            html = html.replace(word, content, 1)
        return html


Reading = Callable[[str, Callable[[str], Ast]], tuple[Ast, Aside]]
"""A page's Markdown and Pandoc as a function → what Pandoc reads, and what was set aside meanwhile."""


def read_whole(markdown: str, read: Callable[[str], Ast]) -> tuple[Ast, Aside]:
    """The page as Pandoc reads it, with nothing set aside."""
    return read(markdown), Aside(markdown, {})


def read_aside(markdown: str, read: Callable[[str], Ast]) -> tuple[Ast, Aside]:
    """The page as Pandoc reads it, its raw HTML set aside; each block must stand by itself, as one of `raw_block`."""
    aside = set_aside(markdown)
    ast = read(aside.markdown)
    found = [text for text in _raw(ast["blocks"]) if text in aside.held]
    if len(found) == len({*found}) == len(aside.held) == _mentions(ast, aside):
        return ast, aside
    return read_whole(markdown, read)


def set_aside(markdown: str) -> Aside:
    """Each raw block's content as a word that stands nowhere else on the page."""
    mark = hashlib.sha256(markdown.encode()).hexdigest()
    held: dict[str, str] = {}

    def word(found: re.Match[str]) -> str:
        name = f"{mark}-{len(held)}-"
        held[name] = found[1]
        return f"```{{=html}}\n{name}\n```"

    return Aside(RAW.sub(word, markdown), held)


def _raw(value: Any) -> Iterator[str]:  # noqa: ANN401 (any part of Pandoc's JSON)
    if isinstance(value, list):
        for item in value:
            yield from _raw(item)
    elif isinstance(value, dict):
        if value.get("t") == "RawBlock" and value["c"][0] == "html":
            yield value["c"][1]
        yield from _raw(value.get("c"))


def _mentions(ast: Ast, aside: Aside) -> int:
    """How many words there are anywhere."""
    return 0 if not aside.held else str(ast).count(next(iter(aside.held)).partition("-")[0])
