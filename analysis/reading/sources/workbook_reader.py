"""Reads a workbook in a process of its own: the bytes come on standard input, what it holds goes to standard output.

Calamine lays a sheet out as a rectangle, so one far-off cell asks for gigabytes, and where they cannot be had the whole
process is ended, not just the call. This file is run by its path and needs nothing of the package.
"""

from __future__ import annotations

import io
import pickle
import sys
from contextlib import suppress
from typing import Any

MEMORY = 4 << 30
"""Bytes that the process may use; a million rows of twenty columns take about 3 GB."""
SECONDS = 600
"""Processor time that it may take; a million rows of twenty columns take about a minute."""
CELLS = 50_000_000
"""Cells of a sheet's rectangle, at most."""
Found = tuple[str, Any]
"""`book`: the sheets' names, those that hold cells, and their rows by name. Else what kept it from being read."""


def read(data: bytes, sheet: str | None) -> Found:
    """All sheets of the workbook, or the one that is asked for."""
    import python_calamine as calamine  # noqa: PLC0415 (within the limit)

    try:
        book = calamine.load_workbook(io.BytesIO(data))
    except calamine.PasswordError:
        return "password", None
    except (calamine.CalamineError, OSError, ValueError):
        return "damaged", None
    grids: dict[str, list[list[Any]]] = {}
    for each in book.sheets_metadata:
        if sheet not in {None, each.name}:
            continue
        try:
            found = book.get_sheet_by_name(each.name)
        except (calamine.WorksheetNotFound, calamine.CalamineError):
            if each.typ is calamine.SheetTypeEnum.WorkSheet:
                return "damaged", None
            grids[each.name] = []  # a sheet of charts
            continue
        if found.total_height * found.total_width > CELLS:
            return "wide", (each.name, found.total_height, found.total_width)
        grids[each.name] = found.to_python(skip_empty_area=False)
    return "book", (list(book.sheet_names), grids)


def _limited() -> None:
    with suppress(ImportError, ValueError, OSError):  # Windows has no such limit
        import resource  # noqa: PLC0415 (as said)

        soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        least = min([MEMORY, *(each for each in (soft, hard) if each != resource.RLIM_INFINITY)])
        resource.setrlimit(resource.RLIMIT_AS, (least, hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        ceiling = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS if ceiling < 0 else min(SECONDS, ceiling), ceiling))


def main() -> None:
    """Read, and answer; a name of a sheet may be given."""
    _limited()
    sheet = sys.argv[1] if len(sys.argv) > 1 else None
    try:
        found = read(sys.stdin.buffer.read(), sheet)
        answer = pickle.dumps(found, protocol=pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        answer = pickle.dumps(("memory", None))
    sys.stdout.buffer.write(answer)


if __name__ == "__main__":
    main()
