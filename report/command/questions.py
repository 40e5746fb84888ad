"""Questions to the person at the terminal."""

from __future__ import annotations

import sys
from typing import Protocol

import typer


class Questions(Protocol):
    """Asks a person, if there is one."""

    def heard(self) -> bool:
        """Whether somebody is there to answer."""

    def ask(self, question: str, default: str) -> str:
        """The answer; an empty one takes the default."""

    def confirm(self, question: str) -> bool:
        """Whether the answer is yes; an empty one is no."""


class Terminal:
    """Standard input and output."""

    def heard(self) -> bool:
        """Whether standard input is a terminal."""
        return sys.stdin.isatty()

    def ask(self, question: str, default: str) -> str:
        """A line."""
        answer: str = typer.prompt(question, default=default)
        return answer

    def confirm(self, question: str) -> bool:
        """Yes or no."""
        return typer.confirm(question)
