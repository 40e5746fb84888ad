"""What the user asked for beside the table, and what there is to refuse of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from analysis.basics.listed import first_quoted
from analysis.errors import ConfigurationError, DataError, nearest
from analysis.headers.headers import LISTED, loose
from analysis.headers.labels import label_of

SMALLEST_K, LARGEST_K = 2, 20
ADDRESS = re.compile(r"[a-z][a-z0-9+]+:/", re.IGNORECASE)
"""`postgresql://…`, of which a path leaves one stroke; a drive has one letter."""


def refuse_address(path: Path) -> None:
    """Raises ConfigurationError for the address of a database, which may hold a password and is not repeated."""
    if ADDRESS.match(str(path)):
        raise ConfigurationError(
            "This is an address, not a file: save an extract to a file and name it, or write a site.yml with "
            "data.database and data.query."
        )


def check_k(k: int | Literal["auto"]) -> None:
    """Raises ConfigurationError for a number of segments that is out of bounds."""
    if k != "auto" and not SMALLEST_K <= k <= LARGEST_K:
        raise ConfigurationError(
            f"--k: {k} is not between {SMALLEST_K} and {LARGEST_K}; use a number in that range, or auto."
        )


def header_named(table: str, name: str, columns: Sequence[str], option: str) -> str:
    """The header that is meant by `name`; raises DataError, with the option that named it, where there is none."""
    if name in columns:
        return name
    alike = [title for title in columns if loose(name) in {loose(title), loose(label_of(title))}]
    if len(alike) == 1:
        return alike[0]
    raise DataError(
        f"{table}: {option}: there is no column “{name}”.{nearest(name, columns)} "
        f"The file has {first_quoted(columns, LISTED) or 'no column with a name of its own'}."
    )
