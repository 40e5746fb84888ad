"""By which sign the cells of a text are parted, and where its table begins."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection
from itertools import islice

from analysis.encoding import Source
from analysis.headers import loose

# Where two fit equally well, the one that occurs least in ordinary text wins.
DELIMITERS = {"tab": "\t", ";": ";", "|": "|", ",": ","}
SAMPLE_CHARACTERS = 65_536
SAMPLE_RECORDS = 50


def find_delimiter(source: Source, known: Collection[str] = ()) -> str:
    """The delimiter's name (`,` `;` `|` or `tab`) by which the first records agree best.

    `known` are configured column names; a delimiter that brings them out wins.
    """
    start, stated = table_start(source.text)
    if stated:
        return stated
    sample = source.text[start : start + SAMPLE_CHARACTERS]
    keys = {loose(name) for name in known}
    scores = {name: _score(sample, name, keys) for name in DELIMITERS}
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] > (0, 0.0, 1) else ","


def table_start(text: str) -> tuple[int, str | None]:
    """Where the table begins, behind Excel's own first line `sep=;` if there is one, and what that line states."""
    end = text.find("\n", 0, 16) + 1
    said = text[:end].strip('\r\n" ').casefold()
    if not said.startswith("sep="):
        return 0, None
    return end, next((name for name, sign in DELIMITERS.items() if sign == said[4:]), None)


def _score(sample: str, delimiter: str, known: Collection[str]) -> tuple[int, float, int]:
    """Configured names brought out, share of records as wide as the header, and that width."""
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=DELIMITERS[delimiter], skipinitialspace=True)
    try:
        filled = (record for record in reader if "".join(record).strip())
        header = next(filled)
        records = [header, *(record for record in islice(reader, SAMPLE_RECORDS - 1) if any(record))]
    except (csv.Error, StopIteration):
        return (0, 0.0, 0)
    width = len(header)
    matched = sum(loose(name) in known for name in header)
    agreeing = sum(len(record) == width for record in records) / len(records)
    return (matched, agreeing if width > 1 else 0.0, width)
