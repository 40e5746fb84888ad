"""Files of SAS (.sas7bdat, .xpt): how they are told, and what is particular to them."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import ClassVar

from analysis.basics.extras import Extra
from analysis.configuration.table import TableSettings
from analysis.errors import DataError
from analysis.language import gettext_noop
from analysis.reading.sources.content import Content
from analysis.reading.sources.format import SURVEY, Format
from analysis.reading.sources.opened import Opened

SAS = bytes(12) + bytes.fromhex("c2ea8160b31411cfbd92080009c7318c181f1011")
SAS_CATALOGUE = bytes(12) + bytes.fromhex("c2ea8163b31411cfbd92080009c7318c181f1011")
TRANSPORT = b"HEADER RECORD*******LIB"
RECORD = 80
"""Bytes of a record of a transport file."""
MEMBER = re.compile(rb"HEADER RECORD\*{7}MEM(?:BER |BV8 )")


class Sas(Format):
    """Tables of SAS, and transport files."""

    kind: ClassVar[str] = "sas"
    words: ClassVar[str] = gettext_noop("a SAS file")
    endings: ClassVar[tuple[str, ...]] = (".sas7bdat", ".xpt")
    extra: ClassVar[Extra | None] = SURVEY

    def signed(self, name: str, data: bytes) -> bool:
        """By their marks; a catalogue holds no table."""
        if data.startswith(SAS_CATALOGUE):
            raise DataError(
                f"{name}: this is a SAS catalogue, which holds labels and no table; name the .sas7bdat file."
            )
        return data.startswith((SAS, TRANSPORT))

    def open(self, content: Content, settings: TableSettings, known: Collection[str]) -> Opened:  # noqa: ARG002 (it has a header)
        """The only table of the file; the labels of codes stand elsewhere."""
        # Only where such a file comes.
        from analysis.reading.sources.moments import labels_elsewhere, sas_writer  # noqa: PLC0415
        from analysis.reading.sources.statistical import Program, open_statistical  # noqa: PLC0415

        transport = content.data.startswith(TRANSPORT)
        if transport:
            _refuse_several(content)
        reader = "read_xport" if transport else "read_sas7bdat"
        program = Program("SAS", reader, sas_writer, reasons=not transport, labels_elsewhere=labels_elsewhere)
        return open_statistical(content, program, settings.encoding)


def _refuse_several(content: Content) -> None:
    """A transport file may hold many tables; pyreadstat would read the heads of the others as rows of the first."""
    tables = sum(found.start() % RECORD == 0 for found in MEMBER.finditer(content.data))
    if tables > 1:
        raise DataError(
            f"{content.name}: this SAS file holds {tables} tables; save the one to read as a file of its own."
        )


FORMAT = Sas()
