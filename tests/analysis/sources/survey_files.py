"""Survey files made for a test, by pyreadstat's own writers, and what these cannot write put in by hand."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis.configuration.origin import Origin
from analysis.configuration.table import TableSettings
from analysis.reading.sources.door import open_table
from analysis.reading.sources.opened import Opened
from analysis.reading.text.metadata import ColumnSaid

WHY = "pyreadstat is not installed; scripts/setup dev installs it"
END_OF_DICTIONARY = struct.pack("<2i", 999, 0)


def written(path: Path, columns: dict[str, list[Any]], **about: object) -> Path:
    """A file of the kind that its ending names."""
    package = pytest.importorskip("pyreadstat", reason=WHY)
    kind = path.suffix.removeprefix(".")
    write = {"sav": "write_sav", "zsav": "write_sav", "por": "write_por", "dta": "write_dta", "xpt": "write_xport"}[
        kind
    ]
    packed = {"compress": True} if kind == "zsav" else {}
    getattr(package, write)(pd.DataFrame(columns), path, **packed, **about)
    return path


def weighted(path: Path, slot: int) -> None:
    """The dictionary's variable in this place, from 1, becomes the weight."""
    data = bytearray(path.read_bytes())
    struct.pack_into("<i", data, 76, slot)
    path.write_bytes(data)


def with_set(path: Path, text: str) -> None:
    """A record of multiple-response sets, before the dictionary's end."""
    data = path.read_bytes()
    record = struct.pack("<4i", 7, 7, 1, len(text)) + text.encode()
    path.write_bytes(data.replace(END_OF_DICTIONARY, record + END_OF_DICTIONARY, 1))


def opened(path: Path, **settings: object) -> Opened:
    return open_table(Origin.of(path, TableSettings.model_validate({"path": str(path), **settings})))


def column(path: Path, name: str) -> tuple[list[str], ColumnSaid]:
    """The cells of one column, and what the file says of it."""
    table = opened(path)
    place = table.header.index(name)
    records = table.rows([place])
    return list(records.cells[place]), records.said[place]
