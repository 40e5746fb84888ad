"""The overview: what was found in five sentences and a card a segment, the map, and what to do first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from analysis.contract import Recommendation, Segment, Verdict
from analysis.contract.stability import SOLID
from report.captions.words import about
from report.views.certainty import IN_SHORT, VERDICTS, certainty_sentence, shade
from report.views.prospects import of_the_months
from report.views.ranges import EXPLAINED, size_range, value_share_range
from report.views.story import ChartBlock, Page, Story
from report.views.words import columns, lower_first, named, spelt, strong

FIRST_STEPS = 3


@dataclass(frozen=True)
class Card:
    """A segment in brief."""

    name: str
    slug: str
    colour: int
    icon: str | None
    size: str
    range: str
    """The 95 % interval of the size, where there is one."""
    share: str
    who: str
    do: str | None


@dataclass(frozen=True)
class LeftOver:
    """The customers who are in no segment."""

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
class OverviewPage:
    """What the template `overview` tells."""

    heading: str
    lead: str
    sentences: str
    verdict: str
    verdict_key: Verdict
    verdict_line: str
    cards: Sequence[Card]
    ranges: str
    left_over: LeftOver | None
    map: ChartBlock | None
    no_map: str
    steps: Sequence[FirstStep]


def overview(story: Story) -> Page:
    """The site's first page."""
    verdict = story.contract.selection.verdict
    values = OverviewPage(
        heading=_heading(story),
        lead=Markup(" ").join(_found(story)[:2]),
        sentences=Markup(" ").join(_found(story)[2:]),
        verdict=VERDICTS[verdict][0],
        verdict_key=verdict,
        verdict_line=IN_SHORT[shade(story.contract)],
        cards=[_card(story, segment) for segment in story.contract.proper],
        ranges=EXPLAINED if any(segment.size_interval for segment in story.contract.proper) else "",
        left_over=_left_over(story),
        map=story.chart("segment-map"),
        no_map=_no_map(story) if story.contract.exploration.map is None else "",
        steps=_steps(story),
    )
    return Page("index", "overview", "Overview", story.site.site.description, values, "Overview", contents=False)


def _no_map(story: Story) -> str:
    amounts = [
        one for one in story.clustering if one.kind == "numeric" and one.measure != "boolean" and one.two_values is None
    ]
    return WITHHELD_MAP if len(amounts) > 1 else NO_MAP


WITHHELD_MAP = (
    "There is no map of these segments: by some of its parts a few customers would be given away, as where few lie "
    "beyond a quartile or far outside all the others, or lack a value."
)
NO_MAP = (
    "There is no map of these segments: they were found mostly by categories, or by answers of yes and no, "
    "and a place on a map needs two columns of amounts."
)


def _heading(story: Story) -> str:
    count = spelt(len(story.contract.proper)).capitalize()
    if story.contract.selection.verdict == "none":
        return f"{count} rough groups of customers"
    return f"{count} kinds of customer, and where to start"


def _found(story: Story) -> list[Markup]:
    """The five sentences."""
    contract, first = story.contract, story.contract.segments[0]
    by = columns([feature.label for feature in story.clustering])
    divided = contract.data.customers - (story.contract.left_over.size if story.contract.left_over else 0)
    whole = f" of {story.formats.number(contract.data.customers)}" if story.contract.left_over else ""
    opening = Markup("{}{} customers were divided into {} segments by {}.").format(
        strong(story.formats.number(divided)), whole, spelt(len(story.contract.proper)), by
    )
    return [
        opening,
        _leading(story, first),
        *([] if _equal(story) else [_trailing(story)]),
        Markup("{}").format(certainty_sentence(contract)),
        _money(story),
    ]


def _leading(story: Story, first: Segment) -> Markup:
    if first.value_share is None or not story.valued:
        return _largest(story)
    bring = "brings" if story.value_known else f"brings an {story.value_kind.split()[0]}"
    return Markup("The segment {} is {} of {} and {} {}{} of the value{}{}.").format(
        strong(first.name),
        story.share(first.share),
        "all" if story.contract.left_over else "them",
        bring,
        strong(story.share(first.value_share)),
        _between(value_share_range(story, first)),
        of_the_months(story),
        _reckoned(story),
    )


def _between(ends: str) -> str:
    return f" ({ends})" if ends else ""


def _reckoned(story: Story) -> str:
    """By what an estimated value is estimated: whoever reads the share must know."""
    parts = [f.label for f in story.contract.data.features if f.name in story.site.value.columns]
    if story.value_known or story.lifetime or not parts:
        return ""
    return f", reckoned as {f' {story.site.value.sign} '.join(lower_first(label) for label in parts)}"


def _equal(story: Story) -> bool:
    """Whether size is all there is to tell, and all have the same."""
    return not story.valued and len({segment.size for segment in story.contract.proper}) == 1


def _largest(story: Story) -> Markup:
    largest = max(story.contract.proper, key=lambda segment: segment.size)
    if _equal(story):
        every = "Both" if len(story.contract.proper) == 2 else "All"
        return Markup("{} segments have {}the same size, {} of all.").format(
            every, about(story.contract), story.share(largest.share)
        )
    return Markup("The largest is {}, {} of all.").format(strong(largest.name), story.share(largest.share))


def _trailing(story: Story) -> Markup:
    """The other end: who weighs least for their number, or most where that has just been named."""
    weighed = [segment for segment in story.contract.proper if segment.value_share is not None]
    if not weighed or not story.valued:
        smallest = min(story.contract.proper, key=lambda segment: segment.size)
        return Markup("The smallest is {}, {} of all.").format(named([smallest.name]), story.share(smallest.share))
    ranked = sorted(weighed, key=lambda segment: (segment.value_share or 0) / segment.share)
    first = story.contract.segments[0]
    told, end = (ranked[-1], "most") if ranked[0] is first else (ranked[0], "least")
    return Markup("For its size {} weighs {}: {} of customers, {} of the value.").format(
        named([told.name]), end, story.share(told.share), story.share(told.value_share or 0)
    )


def _money(story: Story) -> Markup:
    budget = story.contract.budget
    shares = [segment for segment in story.contract.proper if segment.budget]
    if budget is None or not shares:
        return Markup("Each segment’s page says what to do about it, and why.")
    most = max(shares, key=lambda segment: segment.budget.amount if segment.budget else 0)
    part = most.budget.share if most.budget else 0
    shifting = shade(story.contract) == "shifting" and most.stability_band not in SOLID
    return Markup("Of {} a {}, the split proposed here gives most, {}, to {}{}.").format(
        story.formats.money(budget.total), budget.period, story.share(part), named([most.name]),
        ", though that segment is to be doubted" if shifting else "",
    )  # fmt: skip


def _card(story: Story, segment: Segment) -> Card:
    best = next((action for action in segment.recommendations if not action.filler), None)
    return Card(
        segment.name,
        segment.slug,
        story.colours[segment.id],
        segment.persona.icon if segment.persona else None,
        story.formats.number(segment.size),
        size_range(story, segment),
        story.share(segment.share),
        segment.summary,
        best.title if best else None,
    )


def _left_over(story: Story) -> LeftOver | None:
    left = story.contract.left_over
    if left is None:
        return None
    return LeftOver(story.formats.number(left.size), story.share(left.share), left.slug)


def _steps(story: Story) -> list[FirstStep]:
    """The best action of each of the segments that matter most: by budget where there is one, by value otherwise."""

    def weight(segment: Segment) -> float:
        return segment.budget.share if segment.budget else segment.value_share or segment.share

    ranked = sorted(story.contract.proper, key=lambda segment: (-weight(segment), segment.id))
    chosen = [(segment, segment.recommendations[0]) for segment in ranked if segment.recommendations]
    # What suits any segment is no reason to begin with this one, unless there is nothing else.
    chosen = [(segment, action) for segment, action in chosen if not action.filler] or chosen
    return [_step(story, segment, action) for segment, action in chosen[:FIRST_STEPS]]


def _step(story: Story, segment: Segment, action: Recommendation) -> FirstStep:
    money = story.formats.money(segment.budget.amount) if segment.budget else None
    kpi = f"{action.kpi.measure}: {lower_first(action.kpi.target)}"
    return FirstStep(action.title, segment.name, segment.slug, action.reason, kpi, money)
