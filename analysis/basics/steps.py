"""What an analysis tells of its course: each step in words as it begins, and how many rows it works on."""

from __future__ import annotations

from typing import Protocol


class Step(Protocol):
    """Is told of each step."""

    def __call__(self, text: str, rows: int | None = None) -> None:
        """A step begins; `rows` of the table or customers that it works on, where that is known by then."""


def quiet(text: str, rows: int | None = None) -> None:
    """Say nothing."""
