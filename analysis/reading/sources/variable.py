"""What the dictionary of a statistics program's file has of one column."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from analysis.reading.sources.cells import text_of
from analysis.reading.sources.moments import Found
from analysis.reading.text.metadata import Measure

Value = float | str
NAMED = 6
"""Codes that a sentence names."""
WEIGHT = re.compile(
    r"(?:\b|_)(?:p|f|a|i|final|sample|design)?_?(?:we?i?ghts?|wts?|wgts?|weighting|gewicht\w*|gewichtung\w*|poids|pond[ée]ra\w*"
    r"|factor de (?:ponderaci[oó]n|expansi[oó]n)|peso)(?=\b|_|\d)",
    re.IGNORECASE,
)
AROUND = 1.25


@dataclass(frozen=True)
class Variable:
    """What the file's dictionary has of one column."""

    name: str
    writer: Callable[[str], Found]
    """How the program writes numbers of a format as dates."""
    label: str = ""
    measure: Measure = "unknown"
    shown: str = ""
    """Its format: `F8.2`, `DATE11`, `%td`."""
    text: bool = False
    single: bool = False
    """Its figures have seven digits, not sixteen: .1 is written as .1, and not as .10000000149."""
    labels: Mapping[Value, str] = field(default_factory=dict)
    missing: tuple[tuple[Value, Value], ...] = ()
    """Declared as no value: from … to …, both included."""
    counted: float | None = None
    """In a set of several answers: the code that says that this one was chosen."""
    weight: bool = False

    def declares_missing(self, code: Value) -> bool:
        """Whether the file says that this code is no value."""
        if isinstance(code, str) != self.text:  # a reason of Stata's or SAS's: .a to .z
            return True
        return any(
            type(low) is type(code) and not below(code, low) and not below(high, code) for low, high in self.missing
        )

    def plain(self, value: Value) -> str:
        """A value as text, without its label."""
        if isinstance(value, str):
            return value
        if self.single:
            import numpy as np  # noqa: PLC0415 (only where such a column is read)

            value = float(str(np.float32(value)))
        return text_of(float(value))

    def named(self, labels: Mapping[Value, str]) -> str:
        """Codes with their labels, for a sentence."""
        listed = [f"{self.plain(code)} “{labels[code]}”" for code in in_order(labels)]
        return ", ".join(listed[:NAMED]) + (", …" if len(listed) > NAMED else "")

    def weighs(self, rows: Mapping[Value, int]) -> bool:
        """Whether the column looks like the weights of a survey: by its name, and around 1; a body's weight is not."""
        if self.text or not rows or not WEIGHT.search(f"{self.name} {self.label}"):
            return False
        mean = sum(float(value) * count for value, count in rows.items()) / sum(rows.values())
        return min(map(float, rows)) >= 0 and 1 / AROUND <= mean <= AROUND


def below(one: Value, other: Value) -> bool:
    """Whether a code comes before another of the same column: all are numbers, or all are texts."""
    return one < other  # type: ignore[operator]


def in_order(codes: Iterable[Value]) -> list[Value]:
    """The codes of one column from the lowest up."""
    return sorted(codes)
