"""Files of SPSS (.sav, .zsav, .por): how they are told, and what is particular to them."""

from __future__ import annotations

from collections.abc import Collection
from typing import ClassVar

from analysis.basics.extras import Extra
from analysis.configuration.table import TableSettings
from analysis.errors import DataError
from analysis.language import gettext_noop
from analysis.reading.sources.content import Content
from analysis.reading.sources.format import SURVEY, Format
from analysis.reading.sources.opened import Opened

SYSTEM = (b"$FL2", b"$FL3")


class Spss(Format):
    """System files, and portable ones."""

    kind: ClassVar[str] = "spss"
    words: ClassVar[str] = gettext_noop("an SPSS file")
    endings: ClassVar[tuple[str, ...]] = (".sav", ".zsav", ".por")
    extra: ClassVar[Extra | None] = SURVEY

    def signed(self, name: str, data: bytes) -> bool:
        """By their marks, encrypted ones too."""
        if b"ENCRYPTEDSAV" in data[:36]:
            raise DataError(f"{name}: the SPSS file is protected by a password; save it without one.")
        return data.startswith(SYSTEM) or portable(data)

    def open(self, content: Content, settings: TableSettings, known: Collection[str]) -> Opened:  # noqa: ARG002 (it has a header)
        """Either kind, each with its own way to name the weight."""
        # Only where such a file comes.
        from analysis.reading.sources.moments import spss_writer  # noqa: PLC0415
        from analysis.reading.sources.spss_weight import weight_of_portable, weight_of_system  # noqa: PLC0415
        from analysis.reading.sources.statistical import Program, open_statistical  # noqa: PLC0415

        program = (
            Program("SPSS", "read_por", spss_writer, reasons=False, encodings=False, weight=weight_of_portable)
            if portable(content.data)
            else Program("SPSS", "read_sav", spss_writer, weight=weight_of_system)
        )
        return open_statistical(content, program, settings.encoding)


def portable(content: bytes) -> bool:
    """Whether this is a portable file: its mark stands behind 456 characters, in lines of 80."""
    return content[:600].replace(b"\r", b"").replace(b"\n", b"")[456:].startswith(b"SPSSPORT")


FORMAT = Spss()
