"""A document that was published, held against the kinds of its fields: the last look at a finished site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from analysis.contract import Contract
from analysis.contract.kinds import CHANCE, COUNT, DATE, DIGEST, PRIVATE, ROWS, TOLD, Kind
from analysis.rounding.random_rounding import Rounding
from report.disclosure.cells import small
from report.disclosure.gate import LEVELS, NOTES, RULES, allowed, in_months, month
from report.disclosure.walk import Place, rewritten

LAST_DIGIT = 1e-6
"""How far from a multiple a figure may lie for its last digit, in steps."""


def faults(document: Mapping[str, Any]) -> Iterator[str]:
    """What a document that was published holds against the rules: where it stands, and why it may not."""
    privacy = document.get("privacy", {})
    least, base = int(privacy.get("min_cell") or 0), int(privacy.get("rounding_base") or 0)
    found: list[str] = []

    def look(kind: Kind | None, value: Any, place: Place) -> Any:  # noqa: ANN401 (any value)
        why = _fault(kind, value, place, least, base)
        found.extend([f"{place.path} {why}"] if why else [])
        return value

    rewritten(Contract, document, look)
    yield from found


def _fault(kind: Kind | None, value: Any, place: Place, least: int, base: int) -> str | None:  # noqa: ANN401
    """Why a value may not stand where it does; None where it may."""
    if kind is None or kind.plain not in RULES:
        return "has no kind that disclosure control knows."
    step = place.holder.get(kind.step) if kind.step else None
    verdicts = {
        "is private, which privacy.mode: public forbids.": kind in {PRIVATE, DIGEST},
        f"counts {value} customers; privacy.min_cell is {least}.": kind is COUNT and small(value, least),
        f"counts {value}, no multiple of privacy.rounding_base.": kind in {COUNT, ROWS} and (not base or value % base),
        "is a figure that no rule has made safe.": not allowed(kind),
        "is a day; only its month may be published.": kind is DATE and month(value, place, Rounding()) != value,
        "is no multiple of the step to which it is said to be rounded.": step is not None
        and step > 0
        and not _is_multiple(value, step),
        "is an exact p-value.": kind is CHANCE and value not in {*LEVELS, 1.0},
        "tells a day; only its month may be published.": kind is TOLD
        and place.field == NOTES
        and in_months(value, place) != value,
    }
    return next((why for why, holds in verdicts.items() if holds), None)


def _is_multiple(value: float, step: float) -> bool:
    times = value / step
    return abs(times - round(times)) <= LAST_DIGIT * max(1.0, abs(times))
