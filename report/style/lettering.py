"""How wide a line of text will be, so that labels can be placed and shortened before anything is drawn.

Widths are Inter's own advance widths for ASCII; other letters count as a wide letter, pictographs and East Asian
characters as a full square. That overestimates a little, which leaves room rather than clips.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

# Hundredths of an em for U+0020 … U+007E, from the regular weight that the site ships.
_ASCII = (
    28, 29, 47, 63, 64, 98, 64, 30, 36, 36, 50, 66, 29, 46, 29, 36, 63, 41, 61, 62, 65, 59, 62, 57, 62, 62, 29, 30, 66,
    66, 66, 51, 97, 69, 65, 73, 72, 60, 59, 75, 74, 27, 57, 67, 57, 90, 75, 76, 64, 76, 64, 64, 65, 74, 69, 99, 68, 68,
    63, 36, 36, 36, 47, 46, 32, 56, 61, 57, 61, 58, 37, 61, 59, 24, 24, 55, 24, 88, 59, 60, 61, 61, 38, 53, 33, 59, 56,
    82, 55, 56, 55, 43, 33, 43, 66,
)  # fmt: skip
_BOLD = 1.04
_ELLIPSIS = "…"
_BLANK, _HYPHEN = re.compile(" "), re.compile(r"(?<=\w\w-)(?=\w\w)")
"""Where a name is broken, the hyphen only where blanks are too few."""
LINE = 14.0
"""Pixels from one line of a name to the next."""


def plain(text: str) -> str:
    """One line without control characters, which no XML document may carry."""
    kept = ("\n" if c == "\n" else " " if c.isspace() else c for c in text)
    return "".join(c for c in kept if c == "\n" or unicodedata.category(c) not in {"Cc", "Cs", "Cn"}).strip()


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Width of one line in pixels at a font size in pixels."""
    return sum(map(_advance, text)) * size / 100 * (_BOLD if bold else 1)


def shorten(text: str, width: float, size: float, *, bold: bool = False) -> str:
    """The text on one line, cut with an ellipsis where it would be wider than `width` pixels."""
    text = plain(text).replace("\n", " ")
    if text_width(text, size, bold=bold) <= width:
        return text
    while text and text_width(text + _ELLIPSIS, size, bold=bold) > width:
        text = text[:-1]
    return text.rstrip() + _ELLIPSIS


def wrapped(text: str, width: float, size: float, *, bold: bool = False, most: int = 2) -> list[str]:
    """The text on one line, or on two of much the same length where it is wider; cut where two are too few.

    It is broken at a blank, or after a hyphen where that fits better. With `most` above two, on so many lines before it
    is cut.
    """
    text = " ".join(plain(text).split())
    if text_width(text, size, bold=bold) <= width:
        return [text]
    best = [text]
    for where in (_BLANK, _HYPHEN):
        halves = [[text[: found.start()], text[found.end() :]] for found in where.finditer(text)]
        best = min([best, *halves], key=lambda lines: _widest(lines, size, bold=bold)) if halves else best
        if _widest(best, size, bold=bold) <= width:
            break
    if most > 2 and _widest(best, size, bold=bold) > width:
        best = _filled(text.split(), width, size, bold=bold, most=most)
    return [shorten(line, width, size, bold=bold) for line in best]


def _filled(words: Sequence[str], width: float, size: float, *, bold: bool, most: int) -> list[str]:
    """Each line as full as it may be; the last one takes what is left."""
    lines = [words[0]]
    for word in words[1:]:
        longer = f"{lines[-1]} {word}"
        if len(lines) == most or text_width(longer, size, bold=bold) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _widest(lines: Sequence[str], size: float, *, bold: bool) -> float:
    return max(text_width(line, size, bold=bold) for line in lines)


def lined(lines: Sequence[str], middle: float) -> list[tuple[float, str]]:
    """Each line with the height at which it is centred, in pixels downwards, so that all are centred at `middle`."""
    return [(middle + (place - (len(lines) - 1) / 2) * LINE, line) for place, line in enumerate(lines)]


def _advance(character: str) -> int:
    code = ord(character)
    if 0x20 <= code <= 0x7E:
        return _ASCII[code - 0x20]
    if unicodedata.combining(character):
        return 0
    if code >= 0x1F000 or unicodedata.east_asian_width(character) in "WF":
        return 125
    return 66
