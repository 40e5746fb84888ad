"""Whether an earlier build can be relied on: a file that somebody edited may have the right keys and still be nonsense.

What later builds take from it must be as the product writes it: addresses make the names of pages, ids tell segments
apart, shares and sizes are compared. A figure that is withheld is null, and so is none that could be wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from math import isfinite
from typing import TYPE_CHECKING

from pydantic import BaseModel

from analysis.contract.base import Interval
from analysis.contract.colours import COLOURS
from analysis.contract.kinds import CHANCE, COUNT, DEVIATION, DISTANCE, ROWS, SHARE, STEP, Kind, leaves

if TYPE_CHECKING:
    from analysis.contract import Contract, Edition, GoneSegment, PastEdition, PastSegment, Segment

    Known = Segment | PastSegment | GoneSegment

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
"""As `analysis.basics.slug` makes them."""
LAST_DIGIT = 1e-9
WITHIN_ONE = ("share", "share_interval", "stability", "stability_interval")
"""Fields of a segment that lie within 0…1, with the ends of their intervals."""


def fault(contract: Contract) -> str | None:
    """The key of what cannot be so; None where all is sound."""
    return next(_faults(contract), None)


def _faults(contract: Contract) -> Iterator[str]:
    if contract.edition:
        yield from _of_edition(contract.edition)
    yield from _of_list(contract.segments, "segments")
    yield from _of_list(contract.gone, "gone", others=contract.segments)
    for at, build in enumerate(contract.past):
        yield from _of_day(build, f"past.{at}")
        yield from _of_list(build.segments, f"past.{at}.segments")
    yield from _of_figures(contract, "")


def _of_edition(edition: Edition) -> Iterator[str]:
    yield from _of_day(edition, "edition")
    if not 1 <= edition.fitted_in <= edition.number:
        yield "edition.fitted_in"


def _of_day(build: Edition | PastEdition, at: str) -> Iterator[str]:
    try:
        date.fromisoformat(build.date or "2000-01-01")
    except ValueError:
        yield f"{at}.date"


def _of_list(segments: Sequence[Known], at: str, others: Sequence[Known] = ()) -> Iterator[str]:
    """What tells segments apart, from the `others` too, and what is drawn of them."""
    for name in ("id", "slug"):
        known = {getattr(one, name) for one in others}
        for place, one in enumerate(segments):
            if (told := getattr(one, name)) in known:
                yield f"{at}.{place}.{name}"
            known.add(told)
    for place, one in enumerate(segments):
        if not SLUG.fullmatch(one.slug):
            yield f"{at}.{place}.slug"
        if not one.name.strip():
            yield f"{at}.{place}.name"
        if one.colour is not None and not 1 <= one.colour <= COLOURS:
            yield f"{at}.{place}.colour"
        for name in WITHIN_ONE:
            found = getattr(one, name, None)
            ends = (found.lower, found.upper) if isinstance(found, Interval) else (found,)
            if not all(end is None or _within_one(end) for end in ends):
                yield f"{at}.{place}.{name}"


def _of_figures(part: object, at: str, kind: Kind | None = None) -> Iterator[str]:
    """Every figure by what it counts or measures."""
    if isinstance(part, BaseModel):
        if isinstance(part, Interval) and part.lower > part.upper:
            yield f"{at}.lower"
        kinds = _kinds(type(part))
        for name in type(part).model_fields:
            yield from _of_figures(getattr(part, name), f"{at}.{name}" if at else name, kinds[name])
    elif isinstance(part, Mapping | tuple):
        for key, value in part.items() if isinstance(part, Mapping) else enumerate(part):
            yield from _of_figures(value, f"{at}.{key}", kind)
    elif isinstance(part, int | float) and not (isfinite(part) and ALLOWED.get(kind, _any)(part)):
        yield at


@cache
def _kinds(model: type[BaseModel]) -> dict[str, Kind | None]:
    """By field what its numbers are; of a mapping its values."""
    found: dict[str, Kind | None] = {}
    for name, field in model.model_fields.items():
        numeric = [one.kind for one in leaves(field.annotation, tuple(field.metadata)) if one.of in {int, float}]
        found[name] = numeric[-1].plain if numeric and numeric[-1] else None
    return found


def _any(_: float) -> bool:
    return True


def _not_less_than_none(value: float) -> bool:
    return value >= 0


def _within_one(value: float) -> bool:
    return -LAST_DIGIT <= value <= 1 + LAST_DIGIT


ALLOWED: Mapping[Kind | None, Callable[[float], bool]] = {
    **dict.fromkeys((COUNT, ROWS, DEVIATION, DISTANCE, STEP), _not_less_than_none),
    **dict.fromkeys((SHARE, CHANCE), _within_one),
}
