"""A table of rows as CSV that no spreadsheet runs: for the customer-level files of the build folder."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import TYPE_CHECKING

from report.site.downloads import unarmed

if TYPE_CHECKING:
    from pandas import DataFrame


def frame_csv(frame: DataFrame, guard: Callable[[str], str] = unarmed) -> str:
    """The frame as RFC 4180 text with its header, also where it has no row; a missing value is an empty cell.

    Text goes through `guard`: what a spreadsheet would take for a formula gets a leading apostrophe (CWE-1236).
    Numbers stay numbers.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([guard(str(column)) for column in frame.columns])
    known = frame.astype(object).where(frame.notna(), None)
    for row in known.itertuples(index=False, name=None):
        writer.writerow([guard(cell) if isinstance(cell, str) else cell for cell in row])
    return text.getvalue()
