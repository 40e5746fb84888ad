"""What stands in the slots of a note, by what it tells of the rows, and the manner in which it is told.

A slot takes no bare number: its type says what the number counts, so that a public site can round it or leave it out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from analysis.language.messages import gettext, gettext_noop, ngettext

NAMED = 5
"""Row numbers that a note names."""
MONTH = len("2026-01")
A_FEW = gettext_noop("a few")
QUOTED = gettext_noop("“{name}”")
JOINED = {"and": gettext_noop("{words} and {last}"), "or": gettext_noop("{words} or {last}")}

Message = str | tuple[str, str]
"""A sentence, or its singular and plural."""


@dataclass(frozen=True)
class Manner:
    """How notes are told."""

    sentence: Callable[[Message, int], str]
    """The message for that number of things."""
    figure: Callable[[float, int], str]
    """A number with so many decimals."""
    rounded: Callable[[int], int] | None = None
    """How numbers of rows are rounded on a public site; None where they are exact."""
    least: int = 1
    """On a public site: the smallest number of rows that is told."""

    @property
    def public(self) -> bool:
        """Whether nothing may be told of few or of single rows."""
        return self.rounded is not None


@dataclass(frozen=True)
class Rows:
    """A number of rows or customers, or of something that each of them has once: rounded on a public site."""

    number: int

    def few(self, manner: Manner) -> bool:
        """Whether the number is too small to be told."""
        return manner.public and 0 < self.number < manner.least

    def count(self, manner: Manner) -> int:
        """The number as it may be told, where it is not too small."""
        return manner.rounded(self.number) if manner.rounded else self.number

    def told(self, manner: Manner) -> str:
        """A small number as a few."""
        return manner.sentence(A_FEW, 0) if self.few(manner) else manner.figure(self.count(manner), 0)


@dataclass(frozen=True)
class Number:
    """A number that counts neither rows nor customers: of files, columns, codes."""

    number: int

    def count(self, _: Manner) -> int:
        """The number."""
        return self.number

    def told(self, manner: Manner) -> str:
        """In figures."""
        return manner.figure(self.number, 0)


@dataclass(frozen=True)
class Figure:
    """A figure that counts nothing and tells of no few: a limit that is set, a correlation."""

    figure: float
    decimals: int | None = None
    """None: as many as it has."""

    def told(self, manner: Manner) -> str:
        """In figures."""
        own = Decimal(f"{self.figure:.15g}").normalize().as_tuple().exponent
        return manner.figure(self.figure, max(0, -int(own)) if self.decimals is None else self.decimals)


@dataclass(frozen=True)
class RowNumbers:
    """Rows by their numbers in the file: never told on a public site."""

    rows: tuple[int, ...]

    def told(self, manner: Manner) -> str:
        """The first of many: `2, 3, 5, …`."""
        if manner.public:
            return "…"
        return ", ".join(map(str, self.rows[:NAMED])) + (", …" if len(self.rows) > NAMED else "")


@dataclass(frozen=True)
class Sum:
    """An exact sum of money over rows: never told on a public site."""

    amount: float

    def told(self, manner: Manner) -> str:
        """With two decimals."""
        return "…" if manner.public else manner.figure(self.amount, 2)


@dataclass(frozen=True)
class Day:
    """A day of the table, of which a public site tells the month, or one that the configuration states."""

    day: date
    stated: bool = False

    def told(self, manner: Manner) -> str:
        """`2026-01-31`, or `2026-01`."""
        return self.day.isoformat()[: MONTH if manner.public and not self.stated else None]


@dataclass(frozen=True)
class Names:
    """Names of the table or the configuration; at most `most` of them."""

    names: tuple[str, ...]
    joined: Literal["and", "or", ","] = ","
    most: int | None = None
    quoted: bool = True

    def told(self, manner: Manner) -> str:
        """`“a”, “b” and “c”`, `“a”, “b”, …`."""
        pattern = manner.sentence(QUOTED, 0) if self.quoted else "{name}"
        names = [pattern.format(name=name) for name in self.names[: self.most]]
        if self.joined == "," or len(names) < 2:
            return ", ".join(names) + (", …" if len(self.names) > len(names) else "")
        return manner.sentence(JOINED[self.joined], 0).format(words=", ".join(names[:-1]), last=names[-1])


def on_site(figure: Callable[[float, int], str], rounded: Callable[[int], int] | None = None, least: int = 1) -> Manner:
    """How a site in the language of this process tells notes; `rounded` and `least` are those of a public one."""
    return Manner(_in_its_language, figure, rounded, least)


def _in_english(message: Message, number: int) -> str:
    return message if isinstance(message, str) else message[number != 1]


def _in_its_language(message: Message, number: int) -> str:
    return gettext(message) if isinstance(message, str) else ngettext(*message, number)


IN_FULL = Manner(_in_english, lambda number, decimals: f"{number:,.{decimals}f}")
"""For the terminal: in English, exact."""
