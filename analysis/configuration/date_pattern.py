"""What a column's dates look like, as somebody writes it down: `dd-mm-yyyy`, `mm/yyyy`, `%d.%m.%Y`, `excel-1900`."""

from __future__ import annotations

import re

TOKEN = re.compile(r"yyyy|yy|mon|mm?|dd?")
STRFTIME = {"%Y": "yyyy", "%y": "yy", "%m": "mm", "%b": "mon", "%B": "mon", "%d": "dd"}
COUNTS = (
    "excel-1900", "excel-1904", "epoch-seconds", "epoch-milliseconds", "epoch-microseconds", "epoch-nanoseconds",
)  # fmt: skip
"""Names of dates that programs write as one number (`analysis.cells.serials`)."""


def parts(pattern: str) -> list[tuple[str, str]]:
    """The kind of each part (`y`, `m`, `d`) and its token."""
    return [(token[0], token) for token in TOKEN.findall(pattern)]


def date_pattern(written: str) -> str:
    """The pattern in small letters and in `yyyy`, `yy`, `mm`, `mon`, `dd`, or the name of a count.

    Raises ValueError, with a sentence, where the year is not there once, or a day without a month.
    """
    plain = written.strip()
    if plain.lower() in COUNTS:
        return plain.lower()
    for theirs, token in STRFTIME.items():
        plain = plain.replace(theirs, token)
    plain = plain.lower()
    kinds = [kind for kind, _ in parts(plain)]
    strange = TOKEN.sub("", plain).strip("-/., ")
    if strange or kinds.count("y") != 1 or kinds.count("m") > 1 or kinds.count("d") > kinds.count("m"):
        raise ValueError(f"“{written}” is not a date format; write one such as dd-mm-yyyy, mm/dd/yy or excel-1900")
    return plain
