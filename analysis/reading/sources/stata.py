"""Files of Stata (.dta): how they are told, and what is particular to them."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import ClassVar

from analysis.basics.extras import Extra
from analysis.configuration.table import TableSettings
from analysis.language import gettext_noop
from analysis.reading.sources.content import Content
from analysis.reading.sources.format import SURVEY, Format
from analysis.reading.sources.opened import Opened

MARK = b"<stata_dta>"
OLD = re.compile(rb"[\x66-\x73][\x01\x02]\x01\x00")
"""Release 102 to 115, order of bytes, kind of file, nothing."""


class Stata(Format):
    """Every release from 102 on."""

    kind: ClassVar[str] = "stata"
    words: ClassVar[str] = gettext_noop("a Stata file")
    endings: ClassVar[tuple[str, ...]] = (".dta",)
    extra: ClassVar[Extra | None] = SURVEY

    def signed(self, name: str, data: bytes) -> bool:  # noqa: ARG002 (nothing is refused)
        """By the mark, which old releases lack."""
        return data.startswith(MARK) or OLD.match(data) is not None

    def open(self, content: Content, settings: TableSettings, known: Collection[str]) -> Opened:  # noqa: ARG002 (it has a header)
        """With its labels."""
        # Only where such a file comes.
        from analysis.reading.sources.moments import stata_writer  # noqa: PLC0415
        from analysis.reading.sources.statistical import Program, open_statistical  # noqa: PLC0415

        return open_statistical(content, Program("Stata", "read_dta", stata_writer), settings.encoding)


FORMAT = Stata()
