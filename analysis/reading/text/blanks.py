"""Columns set apart by blanks, one or several: the blanks outside quotation marks become tabs.

A cell with a blank in it must stand between quotation marks; where some do not, the lines disagree in width, and such
a file is not guessed at.
"""

from __future__ import annotations

import re

from analysis.reading.text.heading import FIGURE, MOSTLY

BLANKS = re.compile(r"[ \t]+")
EDGES = re.compile(r"(?m)^[ \t]+|[ \t]+$")
QUOTED = re.compile(r'("(?:[^"]|"")*")|[ \t]+')
LINES_AGREEING = 3
"""Lines that must agree before blanks are taken to part the cells."""


def tabbed(text: str) -> str:
    """The text with a tab between its cells; lines stay lines."""
    text = EDGES.sub("", text.replace("\r\n", "\n"))
    if '"' in text:
        return QUOTED.sub(lambda found: found[1] or "\t", text)
    return BLANKS.sub("\t", text)


def parted(sample: str) -> bool:
    """Whether blanks part every line of a sample into the same number of cells, and some column holds figures."""
    lines = sample.splitlines()
    # The last line may be cut off.
    whole = lines if len(lines) <= LINES_AGREEING else lines[:-1]
    rows = [line.split("\t") for line in tabbed("\n".join(whole)).split("\n") if line and not line.startswith("#")]
    if len(rows) < LINES_AGREEING or len({len(row) for row in rows}) > 1 or len(rows[0]) < 2:
        return False
    below = list(zip(*rows[1:], strict=True))
    return any(sum(bool(FIGURE.fullmatch(cell)) for cell in column) >= MOSTLY * len(column) for column in below)
