"""The builds that a contract remembers, and the segments of all of them, as charts and pages speak of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from analysis.contract import Contract, GoneSegment, PastEdition, PastSegment
from analysis.contract.colours import COLOURS
from analysis.language import gettext
from analysis.language.dates import day
from report.style.lettering import plain
from report.style.palette import segment_colours


@dataclass(frozen=True)
class KnownSegment:
    """A segment of this build or an earlier one, by the name that it has or had last."""

    id: int
    name: str
    slug: str
    colour: int
    lives: bool


def last_edition(contract: Contract) -> PastEdition | None:
    """The build that this one is compared with; None in a first build, or where it is no longer remembered."""
    if contract.changes is None:
        return None
    return next((one for one in contract.past if one.number == contract.changes.since), None)


def earlier(contract: Contract) -> dict[int, PastSegment]:
    """Segment id → the segment as the last build published it."""
    found = last_edition(contract)
    return {one.id: one for one in found.segments} if found else {}


def known_segments(contract: Contract) -> dict[int, KnownSegment]:
    """Segment id → the segment, of all builds: first those of this one, then those that are gone.

    Of two segments with one name, the one that is gone is told by its last build.
    """
    palette = segment_colours(contract)
    found = {one.id: KnownSegment(one.id, one.name, one.slug, palette[one.id], lives=True) for one in contract.segments}
    before: list[tuple[GoneSegment | PastSegment, int]] = [
        *((one, one.last) for one in contract.gone),
        *((one, edition.number) for edition in reversed(contract.past) for one in edition.segments),
    ]
    names = {one.name for one in contract.segments}
    for one, last in before:
        if one.id not in found:
            colour = one.colour if one.colour and one.colour <= COLOURS else (one.id - 1) % COLOURS + 1
            name = (
                gettext("{name} (until build {number})", name=one.name, number=last) if one.name in names else one.name
            )
            found[one.id] = KnownSegment(one.id, name, one.slug, colour, lives=False)
            names.add(one.name)
    return found


def called(segments: dict[int, KnownSegment], number: int) -> str:
    """A segment's name on one line."""
    one = segments.get(number)
    return gettext("segment {number}", number=number) if one is None else plain(one.name).replace("\n", " ")


def dated(iso: str | None) -> str:
    """The day of a build as people read it; empty where builds have none."""
    return day(date.fromisoformat(iso)) if iso else ""


def edition_name(number: int, iso: str | None) -> str:
    """`Build 12, 30 November 2026`, or `Build 12`."""
    if iso is None:
        return gettext("Build {number}", number=number)
    return gettext("Build {number}, {day}", number=number, day=dated(iso))


def numbers_alone(editions: Sequence[PastEdition]) -> bool:
    """Whether builds are told by their numbers, because some have no date."""
    return any(one.date is None for one in editions)
