"""How the files of the history are named; light, for a build that has nothing to do."""

from __future__ import annotations

import re

NAME = re.compile(r"((?!0000)[0-9]{4}|[1-9][0-9]{4,})\.json")
"""Only names that a build writes: `00005.json` is somebody's own file."""


def file_name(number: int) -> str:
    """Of the entry of a build."""
    return f"{number:04}.json"
