"""One segment: who they are, how they differ, what to do, what to spend, how sure we are, how to identify them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis.contract import BudgetShare, Rule, Segment
from analysis.language import gettext, ngettext
from analysis.language.words import listed
from report.views.actions import ActionCard, actions, actions_note
from report.views.assurance import Assurance, assurance
from report.views.criteria import Check, checks, checks_line
from report.views.fact import Fact
from report.views.mix import Mix, mix
from report.views.prospects import ProspectSection, prospect
from report.views.ranges import EXPLAINED, shows_ranges
from report.views.rule import rule_figures, rule_withheld, rule_words
from report.views.segment_facts import budget_facts, facts
from report.views.story import ChartBlock, Page, Story
from report.views.withheld import explained
from report.views.words import sentence


@dataclass(frozen=True)
class SegmentPage:
    """What the template `segment` shows."""

    segment: Segment
    belongs: bool
    colour: int
    position: str
    lead: str
    summary: str
    facts: Sequence[Fact]
    ranges: str
    gaps: str
    withheld: str
    profile: ChartBlock | None
    traits: Sequence[str]
    mix: Sequence[Mix]
    rule: Rule | None
    rule_withheld: bool
    rule_words: str
    rule_figures: str
    assurance: Assurance
    checks: Sequence[Check]
    checks_line: str
    actions: Sequence[ActionCard]
    actions_note: str
    called_before: str
    history: ChartBlock | None
    prospect: ProspectSection | None
    budget: BudgetShare | None
    budget_facts: Sequence[Fact]
    before: Segment | None
    after: Segment | None


def segment_page(story: Story, segment: Segment) -> Page:
    """The page of one segment; the page of customers in no segment only describes them."""
    everyone = story.contract.segments
    belongs, place = segment.kind == "segment", _place(story, segment)
    values = SegmentPage(
        segment=segment,
        belongs=belongs,
        colour=story.colours[segment.id],
        position=_position(story, segment),
        lead=_lead(segment),
        summary=segment.summary if belongs else "",
        facts=facts(story, segment),
        ranges=gettext(EXPLAINED) if shows_ranges((segment,)) else "",
        gaps=_gaps(story, segment),
        withheld=explained(story.contract, (segment,)),
        profile=story.chart(f"profile-{segment.slug}"),
        traits=[sentence(trait.phrase) for trait in segment.traits],
        mix=mix(story, segment),
        rule=segment.rule,
        rule_withheld=rule_withheld(segment),
        rule_words=rule_words(story, segment),
        rule_figures=rule_figures(story, segment),
        assurance=assurance(story, segment),
        checks=checks(segment),
        checks_line=checks_line(segment),
        actions=actions(story, segment),
        actions_note=actions_note(story, segment) if belongs else "",
        called_before=_called_before(story, segment),
        history=story.chart(f"history-{segment.slug}"),
        prospect=prospect(story, segment),
        budget=segment.budget if belongs else None,
        budget_facts=budget_facts(story, segment),
        before=everyone[place - 1] if place else None,
        after=everyone[place + 1] if place + 1 < len(everyone) else None,
    )
    description = sentence(f"{segment.name}: {segment.summary}")
    return Page(f"segments/{segment.slug}", "segment", segment.name, description, values)


def _place(story: Story, segment: Segment) -> int:
    """Where the segment stands in canonical order, from 0."""
    return [one.id for one in story.contract.segments].index(segment.id)


def _position(story: Story, segment: Segment) -> str:
    if segment.kind == "unassigned":
        return gettext("Customers in no segment")
    return gettext("{number} of {count}", number=_place(story, segment) + 1, count=len(story.contract.proper))


def _lead(segment: Segment) -> str:
    if segment.kind == "unassigned":
        return gettext(
            "These customers are unlike every segment, and they are not a segment themselves: there is nothing to plan "
            "for them as a group."
        )
    return segment.persona.story if segment.persona else ""


def _called_before(story: Story, segment: Segment) -> str:
    """The name that the segment had last, and until when; empty where it always had this one."""
    for build in reversed(story.contract.past):
        name = next((one.name for one in build.segments if one.id == segment.id), segment.name)
        if name != segment.name:
            return gettext("Until build {number} this segment was called “{name}”.", number=build.number, name=name)
    return ""


def _gaps(story: Story, segment: Segment) -> str:
    """How many customers were assigned by some of their columns only, and how many each figure covers."""
    return " ".join([*_imputed(story, segment), *_known(story, segment)])


def _imputed(story: Story, segment: Segment) -> Iterator[str]:
    if segment.imputed:
        yield ngettext(
            "{count} customer has no value in a column that segments are formed by, and was assigned by the other "
            "columns.",
            "{count} customers have no value in a column that segments are formed by, and were assigned by the other "
            "columns.",
            segment.imputed,
            count=story.formats.number(segment.imputed),
        )
    elif segment.imputed is None and story.contract.data.imputed != 0:
        yield gettext(
            "Customers with no value in a column that segments are formed by were assigned by the other columns."
        )


def _known(story: Story, segment: Segment) -> Iterator[str]:
    lacking = [(story.feature(one.feature).label, one.known) for one in segment.figures if one.known is not None]
    counted = [f"{label} ({story.formats.number(known)})" for label, known in lacking if known < segment.size]
    if counted:
        yield gettext("These figures cover only the customers who have a value: {columns}.", columns=listed(counted))
