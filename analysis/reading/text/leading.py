"""The first records of delimited text, with the place of each, so that the header can be looked for among them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass

from analysis.reading.text.regular import RegularLines

RECORDS = 60
"""Titles and comments above a header are fewer; the rows that follow show how wide the table is."""
COMMENT = re.compile(r"[ \t]*(?:#|//|--)")
SEMICOLON = re.compile(r"[ \t]*;")


@dataclass(frozen=True)
class Lead:
    """One of the first records."""

    cells: list[str]
    comment: bool
    """Its line begins with `#`, `//`, `--`, or with `;` where that parts no cells."""
    ending: int
    """Where in the text the next one begins."""


def leading(text: str, start: int, sign: str) -> list[Lead]:
    """The first records from `start` on, by the delimiter `sign`.

    A comment is a line by itself, whatever quotation marks it holds. Raises csv.Error where the very first record
    cannot be read; where a later one cannot, the records before it are all there are.
    """
    lines, found, filled = RegularLines(text, start), list[Lead](), 0
    while filled < RECORDS and lines.position < len(text):
        comment = is_comment(text, lines.position, sign)
        try:
            cells = next(_reader(iter([next(lines)]) if comment else lines, sign), [])
        except csv.Error:
            if comment:
                cells = []
            elif not found:
                raise
            else:
                break
        found.append(Lead(cells, comment, lines.position))
        filled += bool("".join(cells).strip())
    return found


def is_comment(text: str, position: int, sign: str) -> bool:
    """Whether the line that begins at `position` is written as a comment."""
    return bool(COMMENT.match(text, position)) or (sign != ";" and bool(SEMICOLON.match(text, position)))


def _reader(lines: Iterator[str], sign: str) -> Iterator[list[str]]:
    return csv.reader(lines, delimiter=sign, skipinitialspace=True)
