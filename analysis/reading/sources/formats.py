"""What a file really is, by its first bytes; its name decides only where they do not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib import import_module

from analysis.configuration import formats
from analysis.errors import DataError
from analysis.language import gettext_noop
from analysis.language.notes import Note, note
from analysis.reading.sources.format import Format
from analysis.reading.text.encoding import SAVE_AS_CSV

FORMATS: Mapping[formats.Format, Format] = {
    name: import_module(f"analysis.reading.sources.{name}").FORMAT for name in formats.FORMATS
}
PLAIN = next(iter(FORMATS.values()))
"""What text is that no other format claims."""
ON_DISK = tuple(one.on_disk for one in FORMATS.values() if one.on_disk)
ZIP, SQLITE = b"PK\x03\x04", b"SQLite format 3"
# First bytes of what people rename to .csv, and of what they pick by mistake.
REFUSED = {
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"%PDF": "a PDF document",
    b"BZh": "a compressed file",
    b"\xfd7zXZ": "a compressed file",
    b"\x28\xb5\x2f\xfd": "a compressed file",
    b"7z\xbc\xaf": "a compressed archive",
    b"Rar!": "a compressed archive",
}
OTHER_THAN_NAMED = gettext_noop("Despite its name, the file is {format} and was read as such.")
OTHER_THAN_STATED = gettext_noop("Despite `data.format`, the file is {format} and was read as such.")
PAGE = re.compile(rb"\s*<(?:!doctype|html|table|\?xml|head|meta)", re.IGNORECASE)


def format_of(name: str, content: bytes, stated: formats.Format | None) -> tuple[Format, tuple[Note, ...]]:
    """The format, and a note where the file is not what its name or `data.format` says.

    `name` is as shown. Raises DataError for what cannot hold a table.
    """
    expected = FORMATS[stated] if stated else _by_ending(name)
    found = _by_bytes(name, content) or _of_text(content, expected, stated=stated is not None)
    if found is (expected or PLAIN):
        return found, ()
    return found, (note(OTHER_THAN_STATED if stated else OTHER_THAN_NAMED, format=note(found.words)),)


def _by_ending(name: str) -> Format | None:
    lowered = name.casefold().removesuffix(".gz")
    return next((one for one in FORMATS.values() if one.endings and lowered.endswith(one.endings)), None)


def _by_bytes(name: str, content: bytes) -> Format | None:
    """What the first bytes tell; None for text."""
    for one in FORMATS.values():
        if one.signed(name, content):
            return one
    if content.startswith(SQLITE):
        raise DataError(
            f"{name}: this is an SQLite database, not a file of rows; write `database: sqlite:///{name}` and a `query` "
            "under data instead of path."
        )
    if content.startswith(ZIP):
        raise DataError(f"{name}: this is a zip archive; unpack it, and name the table inside.")
    for signature, what in REFUSED.items():
        if content.startswith(signature):
            raise DataError(f"{name}: this is {what}, not a table; {SAVE_AS_CSV}.")
    if PAGE.match(content):
        raise DataError(
            f"{name}: this is a web page, whatever its name says; open it in a spreadsheet and save it as .xlsx or CSV."
        )
    return None


def _of_text(content: bytes, expected: Format | None, *, stated: bool) -> Format:
    """Which of the formats that are text: as expected; else, unless somebody said otherwise, the one it looks like."""
    if expected and expected.text:
        return expected
    likely = (one for one in FORMATS.values() if not stated and one.likely(content))
    return next(likely, PLAIN)
