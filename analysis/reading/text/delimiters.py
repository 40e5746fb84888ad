"""The sign that separates the cells of a text, and where its table begins."""

from __future__ import annotations

import csv
from collections.abc import Collection

from analysis.headers.headers import loose
from analysis.reading.text.blanks import parted
from analysis.reading.text.encoding import Source
from analysis.reading.text.heading import agreeing, heading
from analysis.reading.text.leading import leading

# Where two fit equally well, the one that occurs least in ordinary text wins.
DELIMITERS = {"tab": "\t", ";": ";", "|": "|", ",": ","}
BLANK = "blank"
"""Cells set apart by one blank or several; see `analysis.reading.text.blanks`."""
SAMPLE_CHARACTERS = 65_536


def find_delimiter(source: Source, known: Collection[str] = ()) -> str:
    """The delimiter's name (`,` `;` `|`, `tab` or `blank`) by which the first records agree best.

    `known` are configured column names; a delimiter that brings them out wins. Blanks are tried where nothing else
    parts the first records.
    """
    start, stated = table_start(source.text)
    if stated:
        return stated
    sample = source.text[start : start + SAMPLE_CHARACTERS]
    keys = {loose(name) for name in known}
    scores = {name: _score(sample, name, keys) for name in DELIMITERS}
    best = max(scores, key=lambda name: scores[name])
    if scores[best] > (0, 0.0, 1):
        return best
    return BLANK if scores[best][0] == 0 and parted(sample) else ","


def table_start(text: str) -> tuple[int, str | None]:
    """Where the table begins, behind Excel's own first line `sep=;` if there is one, and what that line states."""
    end = text.find("\n", 0, 16) + 1
    said = text[:end].strip('\r\n" ').casefold()
    if not said.startswith("sep="):
        return 0, None
    return end, next((name for name, sign in DELIMITERS.items() if sign == said[4:]), None)


def _score(sample: str, delimiter: str, known: Collection[str]) -> tuple[int, float, int]:
    """Configured names brought out, share of records as wide as the header, and that width."""
    try:
        leads = leading(sample, 0, DELIMITERS[delimiter])
    except csv.Error:
        return (0, 0.0, 0)
    records, comments = [lead.cells for lead in leads], {place for place, lead in enumerate(leads) if lead.comment}
    found = heading(records, comments, known)
    if found is None:
        return (0, 0.0, 0)
    width = len(found.names)
    matched = sum(loose(name) in known for name in found.names)
    return (matched, agreeing(records, comments, found) if width > 1 else 0.0, width)
