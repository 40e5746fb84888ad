"""The overview: the findings in five sentences, a card for each segment, the map, and what to do first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from analysis.contract import Recommendation, Segment, Verdict
from analysis.language import gettext, gettext_noop
from report.views.certainty import IN_SHORT, VERDICTS, shade
from report.views.changes import most_important, since_heading
from report.views.ranges import EXPLAINED, size_range
from report.views.story import ChartBlock, Page, Story
from report.views.summary import found, heading, meaning

FIRST_STEPS = 3


@dataclass(frozen=True)
class Card:
    """A segment in brief."""

    name: str
    slug: str
    colour: int
    icon: str | None
    customers: int
    size: str
    range: str
    """The 95 % interval of the size, where there is one."""
    share: str
    who: str
    do: str | None


@dataclass(frozen=True)
class LeftOver:
    """The customers who are in no segment."""

    customers: int
    size: str
    share: str
    slug: str


@dataclass(frozen=True)
class FirstStep:
    """One of the things to do first."""

    title: str
    segment: str
    slug: str
    reason: str
    kpi: str
    money: str | None


@dataclass(frozen=True)
class Since:
    """The most important change since the last build."""

    text: str
    link: str
    """What the link to the page of changes says."""


@dataclass(frozen=True)
class OverviewPage:
    """What the template `overview` shows."""

    heading: str
    lead: str
    sentences: str
    verdict: str
    verdict_key: Verdict
    verdict_line: str
    since: Since | None
    cards: Sequence[Card]
    ranges: str
    left_over: LeftOver | None
    map: ChartBlock | None
    no_map: str
    steps: Sequence[FirstStep]


def overview(story: Story) -> Page:
    """The site's first page."""
    verdict, name = story.contract.selection.verdict, gettext("Overview")
    values = OverviewPage(
        heading=heading(story),
        lead=Markup(" ").join(found(story)),
        sentences=Markup(" ").join(meaning(story)),
        verdict=gettext(VERDICTS[verdict][0]),
        verdict_key=verdict,
        verdict_line=gettext(IN_SHORT[shade(story.contract)]),
        since=_since(story),
        cards=[_card(story, segment) for segment in story.contract.proper],
        ranges=gettext(EXPLAINED) if any(segment.size_interval for segment in story.contract.proper) else "",
        left_over=_left_over(story),
        map=story.chart("segment-map"),
        no_map=_no_map(story) if story.contract.exploration.map is None else "",
        steps=_steps(story),
    )
    return Page("index", "overview", name, story.site.site.description, values, name, contents=False)


def _since(story: Story) -> Since | None:
    """The first of the sentences on what changed; nothing in a first build."""
    changes = story.contract.changes
    if changes is None:
        return None
    return Since(most_important(story.contract, story.formats), since_heading(story.contract))


def _no_map(story: Story) -> str:
    amounts = [
        one for one in story.clustering if one.kind == "numeric" and one.measure != "boolean" and one.two_values is None
    ]
    return gettext(WITHHELD_MAP if len(amounts) > 1 else NO_MAP)


WITHHELD_MAP = gettext_noop(
    "The map of these segments is withheld, because parts of it would identify a few customers: for example where few "
    "customers lie beyond a quartile or far outside all the others, or where few have no value."
)
NO_MAP = gettext_noop(
    "There is no map of these segments. A map needs two columns of amounts, and these segments were found mostly by "
    "categories or yes/no answers."
)


def _card(story: Story, segment: Segment) -> Card:
    best = next((action for action in segment.recommendations if not action.filler), None)
    return Card(
        segment.name,
        segment.slug,
        story.colours[segment.id],
        segment.persona.icon if segment.persona else None,
        segment.size,
        story.formats.number(segment.size),
        size_range(story, segment),
        story.formats.percent(segment.share),
        segment.summary,
        best.title if best else None,
    )


def _left_over(story: Story) -> LeftOver | None:
    left = story.contract.left_over
    if left is None:
        return None
    return LeftOver(left.size, story.formats.number(left.size), story.formats.percent(left.share), left.slug)


def _steps(story: Story) -> list[FirstStep]:
    """The best action of each of the segments with the largest budget; without a budget, with the most value."""

    def weight(segment: Segment) -> float:
        return segment.budget.share if segment.budget else segment.value_share or segment.share

    ranked = sorted(story.contract.proper, key=lambda segment: (-weight(segment), segment.id))
    chosen = [(segment, segment.recommendations[0]) for segment in ranked if segment.recommendations]
    # An action that suits any segment is no reason to start with this one, unless there are no others.
    chosen = [(segment, action) for segment, action in chosen if not action.filler] or chosen
    return [_step(story, segment, action) for segment, action in chosen[:FIRST_STEPS]]


def _step(story: Story, segment: Segment, action: Recommendation) -> FirstStep:
    money = story.formats.money(segment.budget.amount) if segment.budget else None
    kpi = f"{action.kpi.measure}: {action.kpi.target}"
    return FirstStep(action.title, segment.name, segment.slug, action.reason, kpi, money)
