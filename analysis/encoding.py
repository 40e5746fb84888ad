"""From the bytes of a file to its text, with one clear sentence wherever that cannot be done."""

from __future__ import annotations

import codecs
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from analysis.errors import ConfigurationError, DataError

SAVE_AS_CSV = "export the table as CSV (UTF-8) and name that file"

# First bytes of what people rename to .csv, and of what they pick by mistake.
SIGNATURES = {
    b"PK\x03\x04": "an Excel workbook or a zip archive",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"%PDF": "a PDF document",
    b"\x1f\x8b": "a compressed file",
    b"PAR1": "a Parquet file",
    b"SQLite format 3": "a database",
}
# UTF-32's mark begins with UTF-16's, so it is looked for first.
MARKS = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
ESCAPED = re.compile("[\udc80-\udcff]")
SAMPLE = 100_000
# Five bytes mean nothing in Python's Windows-1252. Browsers read them as Latin-1 does (https://encoding.spec.whatwg.org),
# so that a stray one spoils nothing else.
WINDOWS = {code: bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(0x80, 0xA0)}


@dataclass(frozen=True)
class Source:
    """A table's text and where it came from."""

    path: Path
    text: str
    encoding: str
    sha256: str
    notes: tuple[str, ...]


def read_source(path: Path, encoding: str | None = None) -> Source:
    """The text of the file, decoded as `encoding` or as its bytes tell.

    A byte-order mark decides; else UTF-8, if the bytes are that; else Windows-1252, the superset of Latin-1 that
    spreadsheets write. Raises DataError where the file is missing, empty, binary or not in the encoding stated,
    ConfigurationError where that encoding is unknown.
    """
    content = _content(path)
    text, name, notes = _stated(path, content, encoding) if encoding else _found(path, content)
    text = text.removeprefix("\ufeff").rstrip("\x1a")  # old DOS tools end a file with Ctrl-Z
    _refuse_binary(path, text)
    if not text.strip():
        raise DataError(f"{shown(path)}: the file is empty; name a table with a header line and one row a customer.")
    return Source(path, text, name, hashlib.sha256(content).hexdigest(), notes)


def shown(path: Path) -> str:
    """The path as people typed or would type it: from the current folder where it lies below that."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _content(path: Path) -> bytes:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise DataError(f"{shown(path)}: there is no such file; check data.path, or what follows --data.") from None
    except IsADirectoryError:
        raise DataError(f"{shown(path)}: this is a folder; name the table inside it.") from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "not a usable path"
        raise DataError(f"{shown(path)}: cannot be read ({why}); check the path and its permissions.") from None
    for signature, what in SIGNATURES.items():
        if content.startswith(signature):
            raise DataError(f"{shown(path)}: this is {what}, not text; {SAVE_AS_CSV}.")
    return content


def _stated(path: Path, content: bytes, encoding: str) -> tuple[str, str, tuple[str, ...]]:
    try:
        return content.decode(encoding), encoding, ()
    except (LookupError, ValueError) as error:
        if isinstance(error, UnicodeError) and _known(encoding):
            start = getattr(error, "start", 0)
            raise DataError(
                f"{shown(path)}: byte {start} is not {encoding}, which data.encoding states; "
                "correct the setting, or leave it out to have it found."
            ) from None
        raise ConfigurationError(
            f"data.encoding: “{encoding}” is not a known encoding; use utf-8, windows-1252 or utf-16, or leave it out."
        ) from None


def _known(encoding: str) -> bool:
    try:
        codecs.lookup(encoding)
    except (LookupError, ValueError):
        return False
    return True


def _found(path: Path, content: bytes) -> tuple[str, str, tuple[str, ...]]:
    for mark, encoding in MARKS.items():
        if content.startswith(mark):
            try:
                return content.decode(encoding), encoding.removesuffix("-sig"), ()
            except UnicodeDecodeError as error:
                if encoding != "utf-8-sig":
                    raise DataError(
                        f"{shown(path)}: the file is marked as {encoding}, but byte {error.start} is not; "
                        f"it may be cut short: {SAVE_AS_CSV}."
                    ) from None
    try:
        return content.decode("utf-8"), "utf-8", ()
    except UnicodeDecodeError:
        return _legacy(content)


def _legacy(content: bytes) -> tuple[str, str, tuple[str, ...]]:
    """Text that is not UTF-8 throughout: UTF-8 with a few stray bytes, or a one-byte encoding."""
    lenient = content.decode("utf-8", "surrogateescape")
    strays = len(ESCAPED.findall(lenient))
    genuine = sum(character > "\x7f" for character in lenient) - strays
    if genuine > strays:
        mended = ESCAPED.sub(lambda stray: _one_byte(bytes([ord(stray[0]) - 0xDC00])), lenient)
        count = "One byte is" if strays == 1 else f"{strays:,} bytes are"
        return mended, "utf-8", (f"{count} not UTF-8; read as Windows-1252.",)
    return (
        _one_byte(content),
        "windows-1252",
        ("The file is not UTF-8; it was read as Windows-1252, as older spreadsheets write it.",),
    )


def _one_byte(content: bytes) -> str:
    return content.decode("latin-1").translate(WINDOWS)


def _refuse_binary(path: Path, text: str) -> None:
    if "\x00" in text:
        raise DataError(
            f"{shown(path)}: the file contains NUL characters, so it is not plain text "
            f"(or UTF-16 without its mark); {SAVE_AS_CSV}."
        )
    sample = text[:SAMPLE]
    if len(CONTROL.findall(sample)) * 100 > len(sample):
        raise DataError(f"{shown(path)}: the file holds binary data, not text; {SAVE_AS_CSV}.")
