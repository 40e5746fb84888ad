"""The overview: what was found in five sentences and a card a segment, the map, and what to do first."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from analysis.contract import Recommendation, Segment
from report.views.certainty import certainty_sentence, verdict_line
from report.views.story import Page, Story
from report.views.words import listed, lower_first, spelt, strong

FIRST_STEPS = 3


@dataclass(frozen=True)
class Card:
    """A segment in brief."""

    name: str
    slug: str
    colour: int
    icon: str | None
    size: str
    share: str
    who: str
    do: str | None


@dataclass(frozen=True)
class Step:
    """One of the things to do first."""

    title: str
    segment: str
    slug: str
    reason: str
    kpi: str
    money: str | None


def overview(story: Story) -> Page:
    """The site's first page."""
    word, line = verdict_line(story.contract)
    count = spelt(len(story.contract.segments))
    values: dict[str, object] = {
        "heading": f"{count.capitalize()} kinds of customer, and where to start",
        "lead": Markup(" ").join(_found(story)[:2]),
        "sentences": Markup(" ").join(_found(story)[2:]),
        "verdict": word,
        "verdict_key": story.contract.selection.verdict,
        "verdict_line": line,
        "cards": [_card(story, segment) for segment in story.contract.segments],
        "map": story.chart("segment-map"),
        "steps": _steps(story),
    }
    return Page("index", "overview", "Overview", story.site.site.description, values, "Overview", contents=False)


def _found(story: Story) -> list[Markup]:
    """The five sentences."""
    contract, first = story.contract, story.contract.segments[0]
    by = listed([lower_first(feature.label) for feature in story.clustering])
    opening = Markup("{} customers fall into {} segments by {}.").format(
        strong(story.figures.number(contract.data.rows_used)), spelt(len(contract.segments)), by
    )
    return [
        opening,
        _leading(story, first),
        _trailing(story),
        Markup("{}").format(certainty_sentence(contract)),
        _money(story),
    ]


def _leading(story: Story, first: Segment) -> Markup:
    if first.value_share is None or not story.site.value.product_of:
        largest = max(story.contract.segments, key=lambda segment: segment.size)
        return Markup("{} are the largest: {} of all.").format(strong(largest.name), story.share(largest.share))
    return Markup("{} are {} of them and bring an estimated {} of the value.").format(
        strong(first.name), story.share(first.share), strong(story.share(first.value_share))
    )


def _trailing(story: Story) -> Markup:
    weighed = [segment for segment in story.contract.segments if segment.value_share is not None]
    if not weighed or not story.site.value.product_of:
        smallest = min(story.contract.segments, key=lambda segment: segment.size)
        return Markup("{} are the smallest: {} of all.").format(smallest.name, story.share(smallest.share))
    last = min(weighed, key=lambda segment: (segment.value_share or 0) / segment.share)
    return Markup("{} weigh least for their number: {} of customers, {} of the value.").format(
        last.name, story.share(last.share), story.share(last.value_share or 0)
    )


def _money(story: Story) -> Markup:
    budget = story.contract.budget
    shares = [segment for segment in story.contract.segments if segment.budget]
    if budget is None or not shares:
        return Markup("Each segment’s page says what to do about it, and why.")
    most = max(shares, key=lambda segment: segment.budget.amount if segment.budget else 0)
    part = most.budget.share if most.budget else 0
    return Markup("Of {} a {}, the split proposed here gives most, {}, to {}.").format(
        story.figures.money(budget.total), budget.period, story.share(part), most.name
    )


def _card(story: Story, segment: Segment) -> Card:
    best = segment.recommendations[0] if segment.recommendations else None
    return Card(
        segment.name,
        segment.slug,
        story.colours[segment.id],
        segment.persona.icon if segment.persona else None,
        story.figures.number(segment.size),
        story.share(segment.share),
        segment.summary,
        best.title if best else None,
    )


def _steps(story: Story) -> list[Step]:
    """The best action of each of the segments that matter most: by budget where there is one, by value otherwise."""

    def weight(segment: Segment) -> float:
        return segment.budget.share if segment.budget else segment.value_share or segment.share

    ranked = sorted(story.contract.segments, key=lambda segment: (-weight(segment), segment.id))
    chosen = [(segment, segment.recommendations[0]) for segment in ranked if segment.recommendations]
    return [_step(story, segment, action) for segment, action in chosen[:FIRST_STEPS]]


def _step(story: Story, segment: Segment, action: Recommendation) -> Step:
    money = story.figures.money(segment.budget.amount) if segment.budget else None
    kpi = f"{action.kpi.measure}: {lower_first(action.kpi.target)}"
    return Step(action.title, segment.name, segment.slug, action.reason, kpi, money)
