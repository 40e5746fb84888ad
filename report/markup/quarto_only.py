"""What an own page may hold that only Quarto can do: cells of code or diagrams, shortcodes, and some references.

No page of the site runs code, so executable cells go under either renderer. All else is Quarto's: the built-in renderer
leaves it out. Nothing is left out unsaid, and nothing is published as stray text instead.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from report.markup.escape import pandoc_escape

DIAGRAMS = frozenset({"mermaid", "dot"})
FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})(.*)")
CELL = re.compile(r"\s*\{([a-zA-Z][\w-]*)(?:[\s,][^}]*)?\}\s*")
# Three braces show the shortcode itself, as Quarto has it.
SHORTCODE = re.compile(r"\{\{\{<(.*?)>\}\}\}|\{\{<\s*(.*?)\s*>\}\}", re.DOTALL)
# Listings, theorems and their like, which `pages.lua` leaves out.
REFERENCE = re.compile(r"(?<![\w@\\])@(?:lst|thm|lem|cor|prp|cnj|def|exm|exr|sol|rem|prf|alg)-[\w-]+", re.IGNORECASE)
BIBLIOGRAPHY = re.compile(r"^bibliography:", re.MULTILINE)
INLINE_CODE = re.compile(r"(`+).+?\1")


@dataclass(frozen=True)
class CodeCell:
    """A fenced block, and what Quarto would run or draw it in; lines count from 1, both fences included."""

    first: int
    last: int
    language: str
    """Empty where the block is text that is shown."""

    @property
    def is_diagram(self) -> bool:
        """Whether it describes a picture rather than runs code."""
        return self.language in DIAGRAMS


@dataclass(frozen=True)
class Remark:
    """What is left out, and in which line."""

    line: int
    sentence: str


def cells(text: str) -> Iterator[CodeCell]:
    """Every block of a page that Quarto would run or draw."""
    return (block for block in fenced(text) if block.language)


def fenced(text: str) -> Iterator[CodeCell]:
    """Every fenced block of a page. What looks like one inside another is text, and not one of them."""
    fence, first, language = "", 0, ""
    lines = text.splitlines()
    for number, line in enumerate(lines, 1):
        found = FENCE.match(line)
        if not found:
            continue
        if not fence:
            fence, first = found[1], number
            cell = CELL.fullmatch(found[2])
            language = cell[1] if cell else ""
        elif found[1].startswith(fence) and not found[2].strip():
            yield CodeCell(first, number, language)
            fence = ""
    if fence:
        yield CodeCell(first, len(lines), language)


def without(text: str, left_out: Collection[CodeCell]) -> str:
    """The page without these cells, its other lines where they were."""
    gone = {number for cell in left_out for number in range(cell.first, cell.last + 1)}
    return "".join("\n" if number in gone else line for number, line in enumerate(text.splitlines(keepends=True), 1))


def without_code(text: str) -> str:
    """The page without its executable cells."""
    return without(text, [cell for cell in cells(text) if not cell.is_diagram])


def plain(text: str, header: Mapping[str, object]) -> str:
    """The page as the built-in renderer reads it: no cells, `meta` shortcodes filled in from the header, no others."""
    return SHORTCODE.sub(lambda found: _filled_in(found, header), without(text, [*cells(text)]))


def remarks(text: str, header: Mapping[str, object], *, diagrams: bool) -> Iterator[Remark]:
    """What of a page is left out; `diagrams` is whether its renderer draws diagrams and knows shortcodes."""
    for cell in cells(text):
        if not cell.is_diagram:
            yield Remark(
                cell.first,
                f"the {{{cell.language}}} cell is left out, because pages of the site run no code; "
                f"write ```{cell.language} to show it as code.",
            )
        elif not diagrams:
            yield Remark(
                cell.first,
                f"the {cell.language} diagram is left out, because only Quarto draws it; "
                "use --renderer quarto, or a picture.",
            )
    if not diagrams:
        yield from _shortcodes(without(text, [*cells(text)]), header)
        yield from _references(text)
        if listed := BIBLIOGRAPHY.search(text) if "bibliography" in header else None:
            yield Remark(
                text.count("\n", 0, listed.start()) + 1,
                "the citations are left out, because only Quarto reads a bibliography; use --renderer quarto.",
            )


def _shortcodes(text: str, header: Mapping[str, object]) -> Iterator[Remark]:
    for found in SHORTCODE.finditer(text):
        words = (found[2] or "").split()
        if not words or words[0] == "pagebreak" or _meta(words, header) is not None:
            continue
        yield Remark(
            text.count("\n", 0, found.start()) + 1,
            f"the shortcode {{{{< {words[0]} >}}}} is left out, because only Quarto knows it; use --renderer quarto.",
        )


def _references(text: str) -> Iterator[Remark]:
    prose = INLINE_CODE.sub("", without(text, [*fenced(text)]))
    for number, line in enumerate(prose.splitlines(), 1):
        for found in REFERENCE.finditer(line):
            yield Remark(
                number,
                f"the reference {found[0]} is left out, because only Quarto numbers what it names; use --renderer "
                "quarto.",
            )


def _filled_in(found: re.Match[str], header: Mapping[str, object]) -> str:
    if found[1] is not None:
        return f"{{{{<{found[1]}>}}}}"
    value = _meta(found[2].split(), header)
    return "" if value is None else pandoc_escape(value)


def _meta(words: list[str], header: Mapping[str, object]) -> str | None:
    """The header's entry that `meta a.b` names; none for any other shortcode, and where the header has no such text."""
    if len(words) != 2 or words[0] != "meta":
        return None
    value: object = header
    for key in words[1].split("."):
        value = value.get(key) if isinstance(value, Mapping) else None
    return str(value) if isinstance(value, str | int | float) else None
