"""From the bytes of a file to its text, with one clear sentence wherever that cannot be done."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from analysis.errors import ConfigurationError, DataError
from analysis.language import gettext_noop, ngettext_noop
from analysis.language.notes import Note, Rows, note

SAVE_AS_CSV = "export the table as CSV (UTF-8) and name that file"
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
NOT_UTF_8 = gettext_noop("The file is not UTF-8. It was read as Windows-1252, the encoding of older spreadsheets.")
# Five bytes mean nothing in Python's Windows-1252. Browsers read them as Latin-1 does (https://encoding.spec.whatwg.org),
# so that a stray one spoils nothing else.
WINDOWS = {code: bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(0x80, 0xA0)}


@dataclass(frozen=True)
class Source:
    """A table's text."""

    name: str
    """Of the file, as shown in messages."""
    text: str
    encoding: str
    notes: tuple[Note, ...] = ()


def decoded(name: str, content: bytes, encoding: str | None = None) -> Source:
    """The text of a file called `name`, decoded as `encoding` or as its bytes tell.

    A byte-order mark decides; else UTF-8, if the bytes are that; else Windows-1252, the superset of Latin-1 that
    spreadsheets write. Raises DataError where the text is empty, binary or not in the encoding stated,
    ConfigurationError where that encoding is unknown.
    """
    text, found, notes = _stated(name, content, encoding) if encoding else _found(name, content)
    text = _without_marks(_without_tail(text))
    _refuse_binary(name, text)
    if not text.strip():
        raise DataError(f"{name}: the file is empty; name a table with a header line and one row a customer.")
    return Source(name, text, found, notes)


def _without_tail(text: str) -> str:
    """The text without what old tools fill a file's last block with: Ctrl-Z (DOS), NUL (a download cut to size)."""
    bare = text.rstrip("\x00\x1a\r\n")
    tail = text[len(bare) :]
    return text if tail.strip("\r\n") == "" else bare + "\n"


def _without_marks(text: str) -> str:
    """The text without byte-order marks: that of the file, and those of files that were pasted below it.

    A file that ended without a line break runs on into the header of the next, which its mark tells.
    """
    text = text.removeprefix("\ufeff")
    if "\ufeff" not in text:
        return text
    first = text.partition("\n")[0].rstrip("\r")
    if first:
        text = re.sub(f"(?<=[^\\r\\n])\ufeff(?={re.escape(first)})", "\n", text)
    return re.sub(r"(?m)^\ufeff", "", text)


def _stated(file: str, content: bytes, encoding: str) -> tuple[str, str, tuple[Note, ...]]:
    try:
        return content.decode(encoding), encoding, ()
    except (LookupError, ValueError) as error:
        if isinstance(error, UnicodeError) and _known(encoding):
            start = getattr(error, "start", 0)
            raise DataError(
                f"{file}: byte {start} is not {encoding}, which data.encoding states; "
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


def _found(file: str, content: bytes) -> tuple[str, str, tuple[Note, ...]]:
    for mark, encoding in MARKS.items():
        if content.startswith(mark):
            try:
                return content.decode(encoding), encoding.removesuffix("-sig"), ()
            except UnicodeDecodeError as error:
                if encoding != "utf-8-sig":
                    raise DataError(
                        f"{file}: the file is marked as {encoding}, but byte {error.start} is not; "
                        f"it may be cut short: {SAVE_AS_CSV}."
                    ) from None
    try:
        return content.decode("utf-8"), "utf-8", ()
    except UnicodeDecodeError:
        return _legacy(content)


def _legacy(content: bytes) -> tuple[str, str, tuple[Note, ...]]:
    """Text that is not UTF-8 throughout: UTF-8 with a few stray bytes, or a one-byte encoding."""
    lenient = content.decode("utf-8", "surrogateescape")
    strays = len(ESCAPED.findall(lenient))
    genuine = sum(character > "\x7f" for character in lenient) - strays
    if genuine > strays:
        mended = ESCAPED.sub(lambda stray: _one_byte(bytes([ord(stray[0]) - 0xDC00])), lenient)
        return mended, "utf-8", (_strays(strays),)
    return _one_byte(content), "windows-1252", (note(NOT_UTF_8),)


def _strays(count: int) -> Note:
    return note(
        ngettext_noop(
            "{count} byte is not UTF-8 and was read as Windows-1252.",
            "{count} bytes are not UTF-8 and were read as Windows-1252.",
        ),
        few=gettext_noop("A few bytes are not UTF-8 and were read as Windows-1252."),
        count=Rows(count),
    )


def _one_byte(content: bytes) -> str:
    return content.decode("latin-1").translate(WINDOWS)


def _refuse_binary(file: str, text: str) -> None:
    if "\x00" in text:
        raise DataError(
            f"{file}: the file contains NUL characters, so it is not plain text "
            f"(or UTF-16 without its mark); {SAVE_AS_CSV}."
        )
    sample = text[:SAMPLE]
    if len(CONTROL.findall(sample)) * 100 > len(sample):
        raise DataError(f"{file}: the file holds binary data, not text; {SAVE_AS_CSV}.")
