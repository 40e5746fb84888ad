"""Formulas of a workbook that were never calculated: a program wrote them, and no spreadsheet saved the file since.

Their cells come out empty (openpyxl) or as 0 (XlsxWriter, which asks the spreadsheet to calculate when it opens the
file). Only .xlsx and .xlsm say so; the sheet's XML is looked at in pieces, and only so far.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from posixpath import join, normpath

from analysis.reading.sources.archive import part_of

FARTHEST = 200_000_000
"""Characters of a sheet's XML."""
PIECE = 1 << 20
CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*[^/>])>\s*<(?:\w+:)?f[\s>/](.*?)</(?:\w+:)?c>", re.DOTALL)
VALUE = re.compile(rb"<(?:\w+:)?v>([^<]*)</(?:\w+:)?v>")
COLUMN = re.compile(rb'\br="([A-Z]{1,3})[0-9]+"')
SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
RELATION = re.compile(rb"<Relationship\s[^>]*>")
TO_CALCULATE = re.compile(rb"<(?:\w+:)?calcPr\s[^>]*fullCalcOnLoad=\"(?:1|true)\"")


def never_calculated(data: bytes, place: int) -> dict[int, int]:
    """How many cells of each column, from 0 on, hold a formula without a result; `place`: the sheet's among all.

    Empty for what is no .xlsx, and for what cannot be understood: nothing is claimed then.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            workbook = part_of(book, "xl/workbook.xml")
            return _counted(book, _part(book, workbook, place), zeros=bool(TO_CALCULATE.search(workbook)))
    except (KeyError, IndexError, ValueError, zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return {}


def _part(book: zipfile.ZipFile, workbook: bytes, place: int) -> str:
    """The name of the sheet's XML inside the file."""
    key = _attribute(SHEET.findall(workbook)[place], rb"(?:\w+:)?id")
    relations = RELATION.findall(part_of(book, "xl/_rels/workbook.xml.rels"))
    target = next(_attribute(each, b"Target") for each in relations if _attribute(each, b"Id") == key)
    return target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))


def _attribute(tag: bytes, name: bytes) -> str:
    found = re.search(rb"\s" + name + rb'="([^"]*)"', tag)
    if found is None:
        raise ValueError
    return found[1].decode()


def _counted(book: zipfile.ZipFile, part: str, *, zeros: bool) -> dict[int, int]:
    """Formulas without a result by column; 0 is none where the file asks to be calculated and all are 0."""
    empty, nought, others = Counter[int](), Counter[int](), Counter[int]()
    with book.open(part) as sheet:
        rest, read = b"", 0
        while (piece := sheet.read(PIECE)) and read < FARTHEST:
            read += len(piece)
            text, end = rest + piece, 0
            for found in CELL.finditer(text):
                end = found.end()
                value, column = VALUE.search(found[2]), COLUMN.search(found[1])
                if column is None:
                    continue
                told = value[1] if value else b""
                kind = empty if not told and b't="str"' not in found[1] else nought if told == b"0" else others
                kind[_number(column[1])] += 1
            rest = text[max(end, len(text) - PIECE) :]
    if zeros and not others:
        empty += nought
    return dict(empty)


def _number(letters: bytes) -> int:
    """`A` → 0, `AA` → 26."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
