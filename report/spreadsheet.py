"""A table of rows as CSV that no spreadsheet runs: for the customer-level files of the build folder."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from report.downloads import unarmed

if TYPE_CHECKING:
    from pandas import DataFrame


def frame_csv(frame: DataFrame) -> str:
    """The frame as RFC 4180 text with its header, also where it has no row; a missing value is an empty cell.

    Text that a spreadsheet would take for a formula gets a leading apostrophe (CWE-1236); numbers stay numbers.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([unarmed(str(column)) for column in frame.columns])
    known = frame.astype(object).where(frame.notna(), None)
    for row in known.itertuples(index=False, name=None):
        writer.writerow([unarmed(cell) if isinstance(cell, str) else cell for cell in row])
    return text.getvalue()
