"""The page of a segment that no longer exists: its address lives on, and says where its customers are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from analysis.contract import Contract, GoneSegment
from analysis.contract.changes import Ended
from analysis.language import gettext, gettext_noop
from report.captions.editions import dated, known_segments
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


@dataclass(frozen=True)
class Heir:
    """A segment with customers of one that is gone; without an address where it has no page."""

    name: str
    slug: str
    colour: int
    share: str


@dataclass(frozen=True)
class GonePage:
    """What the template `gone` shows."""

    heading: str
    colour: int
    lead: str
    ended: str
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
    known = known_segments(story.contract)[one.id]
    values = GonePage(
        known.name,
        known.colour,
        _lead(story.contract, one),
        gettext(ENDED[one.ended]),
        [heir for kin in one.into if (heir := _heir(story, kin.id, kin.share))],
    )
    description = gettext("This segment no longer exists. The page says where its customers are now.")
    return Page(f"segments/{one.slug}", "gone", known.name, description, values, contents=False, listed=False)


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
