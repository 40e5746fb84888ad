"""How the files of the history are named; light, for a build that has nothing to do."""

from __future__ import annotations

import re

NAME = re.compile(r"(\d{4,})\.json")


def file_name(number: int) -> str:
    """Of the entry of a build."""
    return f"{number:04}.json"
