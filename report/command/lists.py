"""Lists of customers for campaign tools: read from what a build keeps, written as CSV that does no harm.

A campaign tool needs unchanged cells, but a spreadsheet must not run text that a customer typed into a form. So text
that a spreadsheet would run as a formula gets a leading apostrophe (CWE-1236), unless it holds
nothing but figures and the signs between them, as telephone numbers do: `+44 20 7946 0018` runs nothing.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.errors import ConfigurationError, DataError
from report.site.downloads import unarmed
from report.site.spreadsheet import frame_csv

if TYPE_CHECKING:
    from pandas import DataFrame

    from analysis.scoring.members import Assigned

FIGURES = re.compile(r"[-+][0-9 ().,/-]+")


def list_csv(rows: DataFrame, *, raw: bool) -> str:
    """The rows as RFC 4180 text with their header; `raw`: every cell as it stands."""
    return frame_csv(rows, str if raw else harmless)


def harmless(text: str) -> str:
    """Text as no spreadsheet runs it."""
    return text if FIGURES.fullmatch(text) else unarmed(text)


def assigned(file: Path) -> Assigned:
    """Who is in which segment, as the build beside the model wrote it.

    Raises ConfigurationError where there is no such file, DataError where it is not as the build wrote it.
    """
    from analysis.scoring.members import Assigned  # noqa: PLC0415 (start-up that a bad path need not wait for)

    try:
        with file.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.reader(stream))
    except FileNotFoundError:
        raise ConfigurationError(f"{file}: there is no such file; build the site first, or name its model.") from None
    except OSError as error:
        raise ConfigurationError(f"{file}: it cannot be read ({error.strerror}); check its permissions.") from None
    except (UnicodeDecodeError, csv.Error):
        rows = []
    if not rows or rows[0][1:] != ["segment", "slug"] or any(len(row) != 3 for row in rows):
        raise DataError(f"{file}: the file does not have the form that a build writes; build the site again.")
    return Assigned(*(tuple(row[place] for row in rows[1:]) for place in range(3)))
