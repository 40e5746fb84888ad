"""What an own page may hold that only Quarto can do: cells of code or diagrams, and shortcodes.

No page of the site runs code, so executable cells go under either renderer. Diagrams and shortcodes are Quarto's: the
built-in renderer leaves them out. Nothing is left out unsaid, and nothing is published as stray text instead.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from report.escape import pandoc_escape

DIAGRAMS = frozenset({"mermaid", "dot"})
FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})(.*)")
CELL = re.compile(r"\s*\{([a-zA-Z][\w-]*)(?:[\s,][^}]*)?\}\s*")
# Three braces show the shortcode itself, as Quarto has it.
SHORTCODE = re.compile(r"\{\{\{<(.*?)>\}\}\}|\{\{<\s*(.*?)\s*>\}\}", re.DOTALL)


@dataclass(frozen=True)
class Cell:
    """A fenced block that Quarto would run or draw; lines count from 1, both fences included."""

    first: int
    last: int
    language: str

    @property
    def is_diagram(self) -> bool:
        """Whether it describes a picture rather than runs code."""
        return self.language in DIAGRAMS


@dataclass(frozen=True)
class Remark:
    """What is left out, and in which line."""

    line: int
    sentence: str


def cells(text: str) -> Iterator[Cell]:
    """Every cell of a page. A cell shown inside another fence is text, and not one of them."""
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
            if language:
                yield Cell(first, number, language)
            fence = ""
    if fence and language:
        yield Cell(first, len(lines), language)


def without(text: str, left_out: Collection[Cell]) -> str:
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
                f"the {{{cell.language}}} cell is left out, for pages of the site run no code; "
                f"write ```{cell.language} to show it as code.",
            )
        elif not diagrams:
            yield Remark(
                cell.first,
                f"the {cell.language} diagram is left out, for only Quarto draws it; "
                "use --renderer quarto, or a picture.",
            )
    if not diagrams:
        yield from _shortcodes(without(text, [*cells(text)]), header)


def _shortcodes(text: str, header: Mapping[str, object]) -> Iterator[Remark]:
    for found in SHORTCODE.finditer(text):
        words = (found[2] or "").split()
        if not words or words[0] == "pagebreak" or _meta(words, header) is not None:
            continue
        yield Remark(
            text.count("\n", 0, found.start()) + 1,
            f"the shortcode {{{{< {words[0]} >}}}} is left out, for only Quarto knows it; use --renderer quarto.",
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
