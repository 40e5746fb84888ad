"""The page of a segment that no longer exists: its address lives on, and says what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from analysis.contract import Contract, GoneSegment
from analysis.contract.changes import Ended, KnownBy
from analysis.language import gettext, gettext_noop
from report.captions.editions import dated, known_segments
from report.captions.evidence import known_by
from report.views.story import Page, Story

ENDED: Mapping[Ended, str] = {
    "vanished": gettext_noop("It vanished: in the next build fewer than half of its customers were left."),
    "split": gettext_noop(
        "It was split: in the next build most of its remaining customers were in several segments that came from it."
    ),
    "merged": gettext_noop(
        "It was merged: in the next build most of its remaining customers were in one other segment."
    ),
    "dissolved": gettext_noop(
        "It dissolved: in the next build its remaining customers were spread over other segments."
    ),
}
"""Where its customers are known."""
ENDED_BY_POSITION: Mapping[Ended, str] = {
    "vanished": gettext_noop(
        "No segment of the next build lies where it lay: too few customers are there. Which customers it had was not "
        "known in that build, so where they are is not known either."
    ),
    "split": gettext_noop(
        "By its position it was split: several segments of the next build lie where it lay. Which customers it had was "
        "not known in that build, so where they are is not known either."
    ),
    "merged": gettext_noop(
        "By its position it was merged: in the next build one other segment takes up most of the place where it lay. "
        "Which customers it had was not known in that build, so where they are is not known either."
    ),
    "dissolved": gettext_noop(
        "By its position it dissolved: in the next build the place where it lay is divided among several segments. "
        "Which customers it had was not known in that build, so where they are is not known either."
    ),
}
NOT_KNOWN = gettext_noop("How it ended, and where its customers are, is not known.")
NONE_LEFT = gettext_noop("In the next build every customer was in a segment.")
INTO: Mapping[KnownBy | None, str] = {
    "customers": gettext_noop("As far as it is known where its customers were in the next build:"),
    "position": gettext_noop("Segments of the next build that lie where it lay:"),
    None: gettext_noop("Segments of the next build that may have come from it:"),
}


@dataclass(frozen=True)
class Heir:
    """A segment that came of one that is gone; without an address where it has no page."""

    name: str
    slug: str
    colour: int
    share: str
    """Of the customers of whom it is known where they were; empty where that is not known, or withheld."""


@dataclass(frozen=True)
class GonePage:
    """What the template `gone` shows."""

    heading: str
    colour: int
    lead: str
    ended: str
    whose: str
    """What the segments below it are to it."""
    into: Sequence[Heir]


def gone_segments(contract: Contract) -> Iterator[GoneSegment]:
    """The segments that keep a page: of an address that a living or later segment has, none."""
    taken = {one.slug for one in contract.segments}
    for one in sorted(contract.gone, key=lambda each: (-each.last, each.id)):
        if one.slug not in taken:
            taken.add(one.slug)
            yield one


def gone_pages(story: Story) -> list[Page]:
    """A page for each of them."""
    return [_page(story, one) for one in gone_segments(story.contract)]


def _page(story: Story, one: GoneSegment) -> Page:
    known, evidence = known_segments(story.contract)[one.id], known_by(story.contract, one.id)
    values = GonePage(
        known.name,
        known.colour,
        _lead(story.contract, one),
        how_it_ended(one, evidence),
        gettext(INTO[evidence]),
        [heir for kin in one.into if (heir := _heir(story, kin.id, kin.share if evidence == "customers" else None))],
    )
    description = gettext("This segment no longer exists. The page says what became of it.")
    return Page(f"segments/{one.slug}", "gone", known.name, description, values, contents=False, listed=False)


def how_it_ended(one: GoneSegment, evidence: KnownBy | None) -> str:
    """No more than that by which it is known tells."""
    if one.kind == "unassigned":
        return gettext(NONE_LEFT)
    if one.ended is None or evidence is None:
        return gettext(NOT_KNOWN)
    return gettext((ENDED if evidence == "customers" else ENDED_BY_POSITION)[one.ended])


def _lead(contract: Contract, one: GoneSegment) -> str:
    days = {each.number: each.date for each in contract.past}
    if day := dated(days.get(one.last)):
        return gettext(
            "This segment no longer exists. Build {number} of {day} was the last that had it.",
            number=one.last, day=day,
        )  # fmt: skip
    return gettext("This segment no longer exists. Build {number} was the last that had it.", number=one.last)


def _heir(story: Story, number: int, share: float | None) -> Heir | None:
    known = known_segments(story.contract).get(number)
    if known is None:
        return None
    pages = {one.slug for one in story.contract.segments} | {one.slug for one in story.contract.gone}
    told = "" if share is None else gettext("{share} of those", share=story.formats.percent(share))
    return Heir(known.name, known.slug if known.slug in pages else "", known.colour, told)
