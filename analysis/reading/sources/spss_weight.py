"""The variable by which an SPSS file weights its rows; pyreadstat reads past it.

System files name it by its place, portable files by its name. Their layout: GNU PSPP's developers' manual, “System File
Format” and “Portable File Format” (https://www.gnu.org/software/pspp/pspp-dev/).
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

WEIGHT_AT, DICTIONARY_AT = 76, 176
LAYOUT_AT = 64
VARIABLE, CONTINUATION = 2, -1
SEGMENT = 252
"""Characters of a long text that stand in one segment of 255; each segment is a variable of its own in the file."""
PORTABLE_AT = 456
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRST"


def weight_of_system(data: bytes, names: Sequence[str], widths: Sequence[int]) -> str | None:
    """The name of the weight variable of a `.sav` or `.zsav` file.

    `names` are those of all columns in the file's order, `widths` their bytes. None where the file has no weight.
    """
    order = next((each for each in "<>" if struct.unpack_from(f"{each}i", data, LAYOUT_AT)[0] in {2, 3}), None)
    if order is None:
        return None
    wanted: int = struct.unpack_from(f"{order}i", data, WEIGHT_AT)[0]
    at, slot, column, segments = DICTIONARY_AT, 0, -1, 0
    while wanted > 0 and struct.unpack_from(f"{order}i", data, at)[0] == VARIABLE:
        kind, labelled, missing = struct.unpack_from(f"{order}3i", data, at + 4)
        slot += 1
        if kind != CONTINUATION and segments:
            segments -= 1
        elif kind != CONTINUATION:
            column += 1
            segments = max(0, -(-widths[column] // SEGMENT) - 1) if widths[column] > 255 else 0
        if slot == wanted:
            return names[column]
        at += 32
        if labelled:
            at += 4 + -(-struct.unpack_from(f"{order}i", data, at)[0] // 4) * 4
        at += 8 * abs(missing)
    return None


def weight_of_portable(data: bytes, names: Sequence[str], widths: Sequence[int] = ()) -> str | None:  # noqa: ARG001 (it names the variable)
    """The name of the weight variable of a `.por` file; None where it has none, or is written in other signs."""
    text = data[:2000].replace(b"\r", b"").replace(b"\n", b"")[PORTABLE_AT:].decode("latin-1")
    if not text.startswith("SPSSPORT"):
        return None
    at = len("SPSSPORTA")
    for _ in ("day", "hour"):
        _, at = _word(text, at)
    while text[at : at + 1] in {"1", "2", "3"}:  # who made it, for whom, and with what
        _, at = _word(text, at + 1)
    while text[at : at + 1] in {"4", "5"}:  # how many variables, and with how many digits
        at = text.index("/", at) + 1
    if text[at : at + 1] != "6":
        return None
    name, _ = _word(text, at + 1)
    return next((each for each in names if each.casefold() == name.casefold()), None)


def _word(text: str, at: int) -> tuple[str, int]:
    """The word that begins here, and where it ends: its length to the base of 30, a stroke, its letters."""
    stroke = text.index("/", at)
    length = 0
    for digit in text[at:stroke]:
        length = length * 30 + DIGITS.index(digit)
    return text[stroke + 1 : stroke + 1 + length], stroke + 1 + length
