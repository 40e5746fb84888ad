"""From which year a workbook counts its days: 1904 where it was made on an old Mac, else 1900.

Calamine minds it for cells that are formatted as dates; bare numbers come as they are.
"""

from __future__ import annotations

import io
import re
import zipfile

from analysis.reading.sources.archive import part_of

FROM_1904 = re.compile(rb"<(?:\w+:)?workbookPr\s[^>]*date1904=\"(?:1|true)\"")


def counts_from_1904(data: bytes) -> bool:
    """Whether an .xlsx or .xlsm says so; nothing is claimed of what is neither, or cannot be understood."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            return FROM_1904.search(part_of(book, "xl/workbook.xml")) is not None
    except (KeyError, ValueError, zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return False
