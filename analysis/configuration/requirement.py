"""Conditions that personas and actions state: `frequency.median >= 2`, `churn.share >= 1.2 * overall`.

Levels compare a segment with all customers; a condition holds a figure of the segment against a number, or against the
same figure of all customers, so that a sentence about the segment can be true by itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import ge, gt, le, lt
from typing import Annotated, Literal, cast, get_args

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

Statistic = Literal["mean", "median", "q1", "q3", "share", "place"]
"""`share`: of the customers who are in a category, or have the higher of two values; `place`: where the mean stands
between the lowest and the highest value of the column, 0…1."""

_SIGNS: Mapping[str, Callable[[float, float], bool]] = {">=": ge, "<=": le, ">": gt, "<": lt}
_STATISTICS = "|".join(get_args(Statistic))
_NUMBER = "-?[0-9]+(?:[.][0-9]+)?"
_PATTERN = (
    rf"^\s*(.*[^.\s\]])(?:\[([^\[\]]+)\])?[.]({_STATISTICS})\s*(>=|<=|>|<)\s*"
    rf"(?:({_NUMBER})|(?:({_NUMBER})\s*[*]\s*)?overall)\s*$"
)


@dataclass(frozen=True)
class Requirement:
    """One condition; `str` gives it as it was written."""

    text: str
    key: str
    """Role, topic or column."""
    category: str | None
    statistic: Statistic
    sign: str
    bound: float
    relative: bool
    """Whether `bound` times the figure of all customers is asked for."""

    def __str__(self) -> str:
        """As it was written."""
        return self.text

    @property
    def asks_for_a_difference(self) -> bool:
        """Whether it says that the segment has more, or less, than all customers; `>= 0.9 * overall` does not."""
        return self.relative and (self.bound >= 1 if self.sign.startswith(">") else self.bound <= 1)

    def holds(self, own: float, overall: float) -> bool:
        """Whether a segment's figure meets it; `overall` is the same figure of all customers."""
        return _SIGNS[self.sign](own, self.bound * overall if self.relative else self.bound)


def requirement(written: object) -> Requirement:
    """Read a condition. Raises ValueError, in a sentence that says how one is written."""
    if isinstance(written, Requirement):
        return written
    found = re.match(_PATTERN, str(written))
    if found is None:
        raise ValueError(
            f"“{written}” is not a condition; write a role or column, one of {', '.join(get_args(Statistic))}, a "
            "comparison (>=, <=, > or <) and a number or “overall”, like “frequency.median >= 2” or "
            "“churn.share > 1.2 * overall”"
        )
    key, category, statistic, sign, number, times = found.groups()
    return Requirement(
        text=str(written).strip(),
        key=key,
        category=category,
        statistic=cast("Statistic", statistic),
        sign=sign,
        bound=float(number or times or 1.0),
        relative=number is None,
    )


Required = Annotated[
    Requirement,
    BeforeValidator(requirement, json_schema_input_type=str),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "pattern": _PATTERN, "examples": ["frequency.median >= 2"]}),
]
