"""What a file really is, by its first bytes; its name decides only where they do not."""

from __future__ import annotations

import io
import json
import re
import zipfile
from typing import Literal

from analysis.errors import DataError

SAVE_AS_CSV = "export the table as CSV (UTF-8) and name that file"
Kind = Literal["text", "parquet", "excel", "jsonlines", "database", "spss", "stata", "sas"]
Format = Literal["csv", "tsv", "parquet", "excel", "jsonlines", "spss", "stata", "sas"]

BY_FORMAT: dict[str, Kind] = {
    "csv": "text",
    "tsv": "text",
    "parquet": "parquet",
    "excel": "excel",
    "jsonlines": "jsonlines",
    "spss": "spss",
    "stata": "stata",
    "sas": "sas",
}
BY_ENDING: dict[str, Kind] = {
    ".parquet": "parquet",
    ".xlsx": "excel",
    ".xlsm": "excel",
    ".xlsb": "excel",
    ".xls": "excel",
    ".ods": "excel",
    ".jsonl": "jsonlines",
    ".ndjson": "jsonlines",
    ".sav": "spss",
    ".zsav": "spss",
    ".por": "spss",
    ".dta": "stata",
    ".sas7bdat": "sas",
    ".xpt": "sas",
}
WORDS: dict[Kind, str] = {
    "text": "plain text",
    "parquet": "a Parquet file",
    "excel": "a workbook",
    "jsonlines": "JSON lines",
    "spss": "an SPSS file",
    "stata": "a Stata file",
    "sas": "a SAS file",
}
PARQUET, ZIP, OLE, SQLITE = b"PAR1", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"SQLite format 3"
# An encrypted .xlsx hides inside an old compound file, under this name.
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
SPSS, STATA, TRANSPORT = (b"$FL2", b"$FL3"), b"<stata_dta>", b"HEADER RECORD*******LIB"
SAS = bytes(12) + bytes.fromhex("c2ea8160b31411cfbd92080009c7318c181f1011")
SAS_CATALOGUE = bytes(12) + bytes.fromhex("c2ea8163b31411cfbd92080009c7318c181f1011")
OLD_STATA = re.compile(rb"[\x66-\x73][\x01\x02]\x01\x00")
"""Release 102 to 115, order of bytes, kind of file, nothing."""
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
ARRAY = re.compile(rb'\s*\[\s*\{\s*"')
PAGE = re.compile(rb"\s*<(?:!doctype|html|table|\?xml|head|meta)", re.IGNORECASE)


def kind_of(name: str, content: bytes, stated: Format | None) -> tuple[Kind, tuple[str, ...]]:
    """The kind, and a note where the file is not what its name or `data.format` says.

    `name` is as shown; an ending of `.gz` does not count. Raises DataError for what cannot hold a table.
    """
    expected = BY_FORMAT[stated] if stated else _by_ending(name)
    found = _by_bytes(name, content)
    if found is None:
        found = "jsonlines" if expected == "jsonlines" or (not stated and _json(content)) else "text"
    if found == expected or (expected is None and found == "text"):
        return found, ()
    says = "data.format" if stated else "its name"
    return found, (f"The file is {WORDS[found]}, whatever {says} says, and was read as that.",)


def _by_ending(name: str) -> Kind | None:
    lowered = name.casefold().removesuffix(".gz")
    return next((kind for ending, kind in BY_ENDING.items() if lowered.endswith(ending)), None)


def _by_bytes(name: str, content: bytes) -> Kind | None:
    """What the first bytes tell; None for text."""
    if content.startswith(PARQUET):
        return "parquet"
    if content.startswith(ZIP):
        return _workbook(name, content)
    if content.startswith(OLE):
        if ENCRYPTED in content:
            raise DataError(f"{name}: the workbook is protected by a password; save it without one.")
        return "excel"
    if content.startswith(SQLITE):
        raise DataError(
            f"{name}: this is an SQLite database, not a file of rows; write `database: sqlite:///{name}` and a `query` "
            "under data instead of path."
        )
    if program := _program(name, content):
        return program
    for signature, what in REFUSED.items():
        if content.startswith(signature):
            raise DataError(f"{name}: this is {what}, not a table; {SAVE_AS_CSV}.")
    if PAGE.match(content):
        raise DataError(
            f"{name}: this is a web page, whatever its name says; open it in a spreadsheet and save it as .xlsx or CSV."
        )
    return None


def _program(name: str, content: bytes) -> Kind | None:
    """The statistics program whose file this is."""
    if b"ENCRYPTEDSAV" in content[:36]:
        raise DataError(f"{name}: the SPSS file is protected by a password; save it without one.")
    if content.startswith(SPSS) or portable(content):
        return "spss"
    if content.startswith(STATA) or OLD_STATA.match(content):
        return "stata"
    if content.startswith(SAS_CATALOGUE):
        raise DataError(f"{name}: this is a SAS catalogue, which holds labels and no table; name the .sas7bdat file.")
    return "sas" if content.startswith((SAS, TRANSPORT)) else None


def portable(content: bytes) -> bool:
    """Whether this is a portable file of SPSS: its mark stands behind 456 characters, in lines of 80."""
    return content[:600].replace(b"\r", b"").replace(b"\n", b"")[456:].startswith(b"SPSSPORT")


def _workbook(name: str, content: bytes) -> Kind:
    try:
        inside = zipfile.ZipFile(io.BytesIO(content)).namelist()
    except zipfile.BadZipFile:
        raise DataError(
            f"{name}: an Excel workbook or a zip archive, but cut short or damaged; fetch or save it again."
        ) from None
    if any(each.startswith("xl/") for each in inside) or {"mimetype", "content.xml"} <= set(inside):
        return "excel"
    raise DataError(f"{name}: this is a zip archive; unpack it, and name the table inside.")


def _json(content: bytes) -> bool:
    """Whether the first line is a JSON object, or an array of such begins there, as no header of delimited text is."""
    if ARRAY.match(content):
        return True
    first = content.lstrip()[:100_000].partition(b"\n")[0]
    if not first.startswith(b"{"):
        return False
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False
