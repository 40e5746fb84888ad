"""The publication gate: the last thing done to the copy, value by value, by the kind that each annotation states.

It is closed by default. A value of a kind without a rule here is withheld; a count that no part-specific rule has made
safe is withheld too, or stops the build where it cannot be null.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from analysis.basics.significant import significant
from analysis.contract import Contract
from analysis.contract.kinds import (
    BOUND,
    CHANCE,
    COUNT,
    DATE,
    DEVIATION,
    DIGEST,
    DISTANCE,
    LABEL,
    MEAN,
    NUMBER,
    PARAMETER,
    PART,
    PRIVATE,
    QUANTILE,
    ROWS,
    SETTING,
    SHARE,
    STEP,
    SUM,
    TOLD,
    WORD,
    Kind,
)
from analysis.rounding.random_rounding import Rounding
from analysis.wording.number_format import EXACT
from report.disclosure.cells import small
from report.disclosure.walk import Place, Withheld, rewritten

NEARLY_ONE = 0.995
"""As what a parameter is told that two decimals would make 1."""
LEVELS = (0.001, 0.01, 0.05)
"""The p-values that are told."""
NOTES = "Data.notes"
DAYS = re.compile(r"\b(\d{4}-\d{2})-\d{2}\b")

Apply = Callable[[Any, Place, Rounding], Any]


@dataclass(frozen=True)
class GateRule:
    """What is done to the values of one kind."""

    done: str
    apply: Apply
    closed: bool = False
    """Whether only figures go out that the contract calls rounded."""


def _count(value: int, _: Place, rounding: Rounding) -> int:
    if small(value, rounding.least):
        raise Withheld(COUNT)
    return rounding.count(value)


def _rows(value: int, _: Place, rounding: Rounding) -> int:
    return rounding.count(value)


def _as_it_is(value: Any, _place: Place, _rounding: Rounding) -> Any:  # noqa: ANN401 (any value)
    return value


def _share(value: float, _place: Place, _rounding: Rounding) -> float:
    return float(significant(value))


def _part(value: float, _place: Place, _rounding: Rounding) -> float:
    return round(value, 3) if abs(value) <= 1 else value


def _sum(value: float, _place: Place, _rounding: Rounding) -> float:
    return float(significant(value, 3))


def _parameter(value: float, _place: Place, _rounding: Rounding) -> float:
    """Two decimals from a tenth on, where sentences tell as many; only all is 1, which they tell as 100 %."""
    if NEARLY_ONE <= value < 1 - EXACT:
        return NEARLY_ONE
    return round(value, 3) if abs(value) < 0.1 else round(value, 2) if abs(value) < 1 else significant(value, 3)


def _tenth(value: float, _place: Place, _rounding: Rounding) -> float:
    return round(value, 1)


def _chance(value: float, _place: Place, _rounding: Rounding) -> float:
    return next((level for level in LEVELS if value <= level), 1.0)


def month(value: str, place: Place, _: Rounding) -> str:
    """The month of a day that the configuration does not state."""
    stated = place.field.endswith(".reference_date") and place.holder.get("reference_stated") is True
    return value if stated else value[:7]


def _told(value: str, place: Place, _: Rounding) -> str:
    # Notes tell a day of the table; elsewhere such a text is an example of how to write a date.
    return in_months(value, place) if place.field == NOTES else value


def in_months(told: str, place: Place) -> str:
    """A note with the month of each day but the one that the configuration states."""
    data = place.holder
    stated = data.get("reference_date") if data.get("reference_stated") is True else None
    return DAYS.sub(lambda day: day[0] if day[0] == stated else day[1], told)


def _left_out(_value: Any, _place: Place, _rounding: Rounding) -> Any:  # noqa: ANN401 (any value)
    raise Withheld(PRIVATE)


RULES: Mapping[Kind, GateRule] = {
    COUNT: GateRule(
        "withheld from 1 to `min_cell` − 1; else rounded at random to a multiple of 5, `min_cell` or more", _count
    ),
    ROWS: GateRule("rounded like counts, a small number up", _rows),
    NUMBER: GateRule("as it is", _as_it_is),
    MEAN: GateRule(
        "rounded at random to a step that no customer could move it by; withheld where two make 90 % of a sum",
        _as_it_is,
        closed=True,
    ),
    DEVIATION: GateRule("like its mean, to a step of its own", _as_it_is, closed=True),
    QUANTILE: GateRule(
        "withheld with fewer than `min_cell` customers on a side; else rounded at random to a step with as many within",
        _as_it_is,
        closed=True,
    ),
    SUM: GateRule("to three significant digits", _sum),
    SHARE: GateRule(
        "worked out anew from the rounded counts, or to the nearest tenth; else withheld", _share, closed=True
    ),
    PART: GateRule("a share to three decimals; amounts as they are", _part),
    BOUND: GateRule("as the rules of its part leave it; a number of customers is rounded outwards", _as_it_is),
    PARAMETER: GateRule(
        "to three significant digits; below 1 to two decimals, but not to 1, below 0.1 to three", _parameter
    ),
    DISTANCE: GateRule("to a tenth", _tenth),
    STEP: GateRule("as it is", _as_it_is),
    CHANCE: GateRule("rounded up to .001, .01, .05 or 1", _chance),
    SETTING: GateRule("as it is", _as_it_is),
    LABEL: GateRule("as it is, where its column or category is published", _as_it_is),
    TOLD: GateRule(
        "as it is: its figures were rounded before it was written, and notes are those written for a public site, "
        "where few are “a few” and rows have no numbers; notes name months",
        _told,
    ),
    WORD: GateRule("as it is", _as_it_is),
    DATE: GateRule("the month, as `2011-12`; a day that the configuration states stays", month),
    DIGEST: GateRule("left out", _left_out),
    PRIVATE: GateRule("left out", _left_out),
}


def gate(copy: Contract, rounding: Rounding) -> Contract:
    """The copy as it may be published. Raises CheckError where something may not, and cannot be null."""

    def apply(kind: Kind | None, value: Any, place: Place) -> Any:  # noqa: ANN401 (any value)
        return told(kind, value, place, rounding)

    return Contract.model_validate(rewritten(Contract, copy.model_dump(), apply))


def told(kind: Kind | None, value: Any, place: Place, rounding: Rounding) -> Any:  # noqa: ANN401 (any value)
    """A value as its kind may be published. Raises Withheld for one of which nobody has said that it may."""
    rule = None if kind is None else RULES.get(kind.plain)
    if kind is None or rule is None or not allowed(kind):
        raise Withheld(kind)
    return rule.apply(value, place, rounding)


def allowed(kind: Kind) -> bool:
    """Whether a figure of this kind may be told at all: one that the contract does not call rounded may not."""
    return kind.rounded or not RULES[kind.plain].closed
