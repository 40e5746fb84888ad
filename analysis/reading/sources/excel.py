"""Workbooks: how they are told, and what settings they take; `analysis.reading.sources.workbook` reads them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection
from typing import ClassVar

from analysis.configuration.table import TableSettings
from analysis.errors import DataError
from analysis.language import gettext_noop
from analysis.reading.sources.content import Content
from analysis.reading.sources.format import Format
from analysis.reading.sources.opened import Opened

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
# An encrypted .xlsx hides inside an old compound file, under this name.
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


class Excel(Format):
    """Workbooks of Excel, and of OpenDocument."""

    kind: ClassVar[str] = "excel"
    words: ClassVar[str] = gettext_noop("a workbook")
    endings: ClassVar[tuple[str, ...]] = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
    sheets: ClassVar[bool] = True

    def signed(self, name: str, data: bytes) -> bool:
        """Old compound files, and archives that hold the parts of a workbook."""
        if data.startswith(ZIP):
            return _workbook(name, data)
        if data.startswith(OLE) and ENCRYPTED in data:
            raise DataError(f"{name}: the workbook is protected by a password; save it without one.")
        return data.startswith(OLE)

    def open(self, content: Content, settings: TableSettings, known: Collection[str]) -> Opened:
        """The sheet that is asked for, or the only one that holds a table."""
        from analysis.reading.sources.workbook import open_workbook  # noqa: PLC0415 (only where a workbook comes)

        return open_workbook(content, settings.sheet, known)


def _workbook(name: str, content: bytes) -> bool:
    try:
        inside = zipfile.ZipFile(io.BytesIO(content)).namelist()
    except zipfile.BadZipFile:
        raise DataError(
            f"{name}: an Excel workbook or a zip archive, but cut short or damaged; fetch or save it again."
        ) from None
    return any(each.startswith("xl/") for each in inside) or {"mimetype", "content.xml"} <= set(inside)


FORMAT = Excel()
