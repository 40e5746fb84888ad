"""What a page of the site is made of: headings and finished HTML, some of it in panes.

A page's template states its blocks once. `as_markdown` writes them for Quarto, and `as_html` what Quarto makes of
them, so that the built-in renderer need not send HTML through Markdown and back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from report.markup.escape import on_one_line, pandoc_escape, without_backticks


@dataclass(frozen=True)
class Heading:
    """A second-level heading, by which a page's contents lead to what stands below it."""

    id: str
    text: str


@dataclass(frozen=True)
class Component:
    """Finished HTML, made with autoescape."""

    made: Markup

    @cached_property
    def html(self) -> Markup:
        """As it can stand in a raw block, and so on every page."""
        return without_backticks(self.made)


@dataclass(frozen=True)
class Pane:
    """One of several panes, with a heading of its own and no other."""

    heading: Heading
    parts: tuple[Component, ...]


@dataclass(frozen=True)
class Panes:
    """Panes side by side, or below each other where `stacked` or the screen is narrow."""

    panes: tuple[Pane, ...]
    stacked: bool = False

    @property
    def classes(self) -> tuple[str, str]:
        """For the stylesheet."""
        return "sa-one" if self.stacked else "sa-two", "sa-sections"


Block = Heading | Component | Pane | Panes


def headings(blocks: Sequence[Block]) -> Iterator[Heading]:
    """Every heading, in the order of the page."""
    for block in blocks:
        match block:
            case Heading():
                yield block
            case Pane(heading, inside):
                yield from headings((heading, *inside))
            case Panes(panes):
                yield from headings(panes)


def as_markdown(blocks: Sequence[Block]) -> str:
    """Pandoc's Markdown, as Quarto reads it."""
    return "\n\n".join(map(_markdown, blocks))


def as_html(blocks: Sequence[Block]) -> Markup:
    """The HTML that Pandoc makes of `as_markdown`."""
    return Markup().join(_html(block) + "\n" for block in blocks)


def _markdown(block: Block) -> str:
    match block:
        case Heading(id, text):
            return f"## {pandoc_escape(text)} {{#{id}}}"
        case Component():
            return f"\n```{{=html}}\n{block.html}\n```\n"
        case Pane(heading, inside):
            return f"::: {{.sa-column}}\n{as_markdown((heading, *inside))}\n:::\n"
        case Panes(panes):
            classes = " ".join(f".{name}" for name in block.classes)
            return f":::: {{{classes}}}\n{as_markdown(panes)}\n::::\n"


def _html(block: Block) -> Markup:
    match block:
        case Heading(id, text):
            return Markup('<h2 id="{}">{}</h2>').format(id, on_one_line(text))
        case Component():
            return block.html
        case Pane(heading, inside):
            title = on_one_line(heading.text)
            opened = Markup('<section id="{}" class="sa-column">\n<h2>{}</h2>\n').format(heading.id, title)
            return opened + as_html(inside) + Markup("</section>")
        case Panes(panes):
            return Markup('<div class="{}">\n{}</div>').format(" ".join(block.classes), as_html(panes))
