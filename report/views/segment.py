"""One segment: who they are, how they differ, how sure we are, what to do, what it may cost, how to recognise them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis.contract import (
    ActionKind,
    BudgetShare,
    CategoryShare,
    Evidence,
    Feature,
    FeatureProfile,
    Recommendation,
    Rule,
    Segment,
    WithheldShare,
)
from analysis.wording.number_format import is_nought
from report.captions.strength import to
from report.captions.words import WITHHELD
from report.views.assurance import Assurance, assurance
from report.views.criteria import Check, checks, checks_line
from report.views.fact import Fact
from report.views.prospects import ProspectSection, of_the_months, prospect
from report.views.ranges import EXPLAINED, share_range, shows_ranges, size_range, typical_range, value_share_range
from report.views.story import ChartBlock, Page, Story, commonest
from report.views.withheld import explained
from report.views.words import brief, listed, lower_first, named, plural, sentence

KINDS: dict[ActionKind, str] = {
    "ads": "Ads",
    "discounts": "Discounts",
    "loyalty": "Loyalty",
    "service": "Service",
    "retention": "Retention",
}


@dataclass(frozen=True)
class ActionCard:
    """One recommendation, written."""

    rank: int
    kind: str
    title: str
    because: str
    evidence: list[str]
    channel: str
    message: str
    offer: str
    timing: str
    kpi: str
    owner: str | None
    effect: str
    effort: str
    filler: bool
    """Whether it suits any segment."""


@dataclass(frozen=True)
class MixRow:
    """One category in the segment and among all."""

    category: str
    share: str
    share_overall: str
    residual: str
    counts: str
    """`more` or `fewer` where the difference counts, else empty."""


@dataclass(frozen=True)
class Mix:
    """One categorical column in the segment."""

    label: str
    rows: list[MixRow]
    rated: bool
    """Whether it was asked if the differences count."""


@dataclass(frozen=True)
class SegmentPage:
    """What the template `segment` tells."""

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
    prospect: ProspectSection | None
    budget: BudgetShare | None
    budget_facts: Sequence[Fact]
    before: Segment | None
    after: Segment | None


def segment_page(story: Story, segment: Segment) -> Page:
    """The page of one segment; of customers who are in no segment it says no more than what they are."""
    everyone = story.contract.segments
    belongs = segment.kind == "segment"
    values = SegmentPage(
        segment=segment,
        belongs=belongs,
        colour=story.colours[segment.id],
        position=f"{segment.id} of {sum(one.kind == 'segment' for one in everyone)}" if belongs else "in none",
        lead=_lead(segment),
        summary=segment.summary if belongs else "",
        facts=_facts(story, segment),
        ranges=EXPLAINED if shows_ranges((segment,)) else "",
        gaps=_gaps(story, segment),
        withheld=explained(story.contract, (segment,)),
        profile=story.chart(f"profile-{segment.slug}"),
        traits=[sentence(trait.phrase) for trait in segment.traits],
        mix=_mix(story, segment),
        rule=segment.rule,
        rule_withheld=_rule_withheld(segment),
        rule_words=_rule_words(story, segment),
        rule_figures=_rule_figures(story, segment),
        assurance=assurance(story, segment),
        checks=checks(segment),
        checks_line=checks_line(segment),
        actions=_actions(story, segment),
        actions_note=actions_note(story, segment) if belongs else "",
        prospect=prospect(story, segment),
        budget=segment.budget if belongs else None,
        budget_facts=_budget_facts(story, segment),
        before=everyone[segment.id - 2] if segment.id > 1 else None,
        after=everyone[segment.id] if segment.id < len(everyone) else None,
    )
    description = sentence(f"{segment.name}: {segment.summary}")
    return Page(f"segments/{segment.slug}", "segment", segment.name, description, values)


def _lead(segment: Segment) -> str:
    if segment.kind == "unassigned":
        return (
            "These customers stand apart from every segment, and are no segment themselves: there is nothing to plan "
            "for them together."
        )
    return segment.persona.story if segment.persona else ""


def _facts(story: Story, segment: Segment) -> list[Fact]:
    customers = f"{story.share(segment.share)} of all"
    facts = [Fact("Customers", story.formats.number(segment.size), customers, _drawn_again(story, segment))]
    for feature in story.clustering:
        if feature.kind == "category":
            facts += _commonest(story, segment, feature)
            continue
        profile = story.profile(segment, feature.name)
        if profile is None:
            facts.append(Fact(_typical(feature), story.nothing, ""))
            continue
        against = _against(story, feature, profile)
        unit = feature.role != "age" and not (feature.unit or "").startswith("of ")
        value = story.formats.of(feature, profile.typical, short=True, unit=unit)
        facts.append(Fact(_typical(feature), value, against, typical_range(story, feature, profile)))
    if segment.value_share is not None and story.valued:
        facts.append(Fact("Share of value", story.share(segment.value_share), *_sure_of_value(story, segment)))
    if segment.stability is not None:
        facts.append(_stability(story, segment, segment.stability))
    return facts


def _against(story: Story, feature: Feature, profile: FeatureProfile) -> str:
    """`+43% against everyone`, `3.4 times everyone’s`; `as everyone` where both read the same."""
    if times := story.formats.times(feature, profile.ratio):
        return f"{times} times everyone’s"
    difference = story.formats.signed_difference(feature, profile.difference, profile.ratio)
    return "as everyone" if is_nought(difference) else f"{difference} against everyone"


def _gaps(story: Story, segment: Segment) -> str:
    """How many of its customers were assigned by some of their columns only, and how many stand behind figures."""
    told = []
    if segment.imputed:
        count = story.formats.number(segment.imputed)
        they = plural(segment.imputed, "customer has", "customers have")
        were = plural(segment.imputed, "was", "were")
        told.append(
            f"{count} {they} no value in some column that segments are found by, and {were} assigned by the others."
        )
    elif segment.imputed is None and story.contract.data.imputed != 0:
        told.append("Customers without a value in some column that segments are found by were assigned by the others.")
    lacking = [(story.feature(one.feature).label, one.known) for one in segment.figures if one.known is not None]
    counted = [f"{label} {story.formats.number(known)}" for label, known in lacking if known < segment.size]
    if counted:
        told.append(f"Figures count the customers who have a value: {listed(counted)}.")
    return " ".join(told)


def _typical(feature: Feature) -> str:
    """`Mean annual income`, `Median total spent`, `Yes to newsletter`."""
    if feature.measure == "boolean":
        return f"Yes to {brief(lower_first(feature.label))}"
    return f"{feature.typical.capitalize()} {brief(lower_first(feature.label))}"


def _sure_of_value(story: Story, segment: Segment) -> tuple[str, str]:
    """What kind of value it is, and the interval of its share."""
    if segment.lifetime is None:
        return "" if story.value_known else "estimated", value_share_range(story, segment)
    return f"expected{of_the_months(story)}", value_share_range(story, segment)


def _commonest(story: Story, segment: Segment, feature: Feature) -> list[Fact]:
    found = commonest(segment, feature)
    if found is None:
        return []
    against = f"{story.share(found.share)}, against {story.share(found.share_overall)} of everyone"
    return [Fact(f"Commonest {brief(lower_first(feature.label))}", brief(found.category, 24), against)]


def _drawn_again(story: Story, segment: Segment) -> str:
    """`29–51, or 14.7%–25.3%, if drawn again`."""
    size, share = size_range(story, segment), share_range(story, segment)
    if not size:
        return ""
    return f"{size}{f', or {share},' if share else ''} if drawn again"


def _stability(story: Story, segment: Segment, stability: float) -> Fact:
    ends, number = segment.stability_interval, story.formats.number
    written = to(number(ends.lower, 2), number(ends.upper, 2)) if ends else ""
    return Fact("Stability", number(stability, 2), segment.stability_band or "", written)


def _mix(story: Story, segment: Segment) -> list[Mix]:
    """The categories of each categorical column, in the table's order."""
    columns = list(dict.fromkeys(share.feature for share in segment.categories))
    return [_mix_of(story, segment, story.feature(name)) for name in columns]


def _mix_of(story: Story, segment: Segment, feature: Feature) -> Mix:
    own = [share for share in segment.categories if share.feature == feature.name]
    rated = any(share.residual is not None for share in own)
    return Mix(feature.label, [_mix_row(story, share) for share in own], rated=rated)


def _mix_row(story: Story, share: CategoryShare | WithheldShare) -> MixRow:
    if isinstance(share, WithheldShare):
        return MixRow(share.category, WITHHELD, story.share(share.share_overall), WITHHELD, "")
    residual = "–" if share.residual is None else story.formats.signed(share.residual, 1)
    own, everybody = story.share(share.share), story.share(share.share_overall)
    differs = share.marker and own != everybody
    counts = ("more" if share.share > share.share_overall else "fewer") if differs else ""
    return MixRow(share.category, own, everybody, residual, counts)


def _rule_withheld(segment: Segment) -> bool:
    """Whether there is a rule, as the criterion says, that may not be published."""
    return segment.rule is None and any(one.name == "measurable" and one.passed for one in segment.criteria)


def _rule_words(story: Story, segment: Segment) -> str:
    rule = segment.rule
    if rule is None:
        return ""
    if rule.picked is None or rule.correct is None:
        return " ".join(_rule_shares(story, rule))
    number = story.formats.number
    wrong, missed = rule.picked - rule.correct, segment.size - rule.correct
    found = f"{number(rule.correct)} of the {number(segment.size)}" if missed else f"all {number(segment.size)}"
    if not wrong:
        return f"In this table the rule finds {found} and adds nobody else."
    return f"In this table the rule finds {found} and wrongly adds {number(wrong)}."


def _rule_shares(story: Story, rule: Rule) -> Iterator[str]:
    """What is told of a rule whose counts are withheld."""
    percent = story.formats.percent
    if rule.recall is not None:
        yield f"In this table the rule finds at least {percent(rule.recall)} of the segment’s customers."
    if rule.precision is not None:
        yield f"Of those it picks, at least {percent(rule.precision)} belong to the segment."
    if rule.recall is None and rule.precision is None:
        yield "How many customers it finds in this table is withheld."
    elif rule.recall is None:
        yield "How many of the segment’s customers it finds is withheld."
    elif rule.precision is None:
        yield "How many others it picks is withheld."


def _rule_figures(story: Story, segment: Segment) -> str:
    """`Precision 100%, recall 89%.`; empty where counts are withheld."""
    rule, percent = segment.rule, story.formats.percent
    if rule is None or rule.picked is None or rule.precision is None or rule.recall is None:
        return ""
    return f"Precision {percent(rule.precision)}, recall {percent(rule.recall)}."


def _actions(story: Story, segment: Segment) -> list[ActionCard]:
    """The actions, the first to take first."""
    ranked = sorted(segment.recommendations, key=lambda action: action.rank)
    return [_action(story, segment, action) for action in ranked]


def _action(story: Story, segment: Segment, action: Recommendation) -> ActionCard:
    return ActionCard(
        action.rank,
        KINDS[action.kind],
        action.title,
        action.because,
        [_evidence(story, segment, evidence) for evidence in action.evidence],
        action.channel,
        action.message,
        action.offer,
        action.timing,
        f"{action.kpi.measure}: {action.kpi.target}",
        action.owner,
        action.effect,
        action.effort,
        action.filler,
    )


def actions_note(story: Story, segment: Segment) -> str:
    """Whether the actions are this segment's own: others may have the same ones, or there are none but fillers."""
    public = story.contract.privacy.mode == "public"
    table = "what is published of this table" if public else "this table"
    same = [one.name for one in story.contract.proper if one.id != segment.id and _chosen(one) == _chosen(segment)]
    if not segment.recommendations:
        return ""
    if not _chosen(segment):
        whose = f" {_have(same)} the same ones." if same else ""
        tells = "is published" if public else "this table tells"
        return (
            f"These actions suit any segment: the playbook has none that goes by what {tells} of this one.{whose} Add "
            "actions on your own columns to the playbook."
        )
    if not same:
        return ""
    apart = "the two" if len(same) == 1 else "them"
    return f"{_have(same)} the same actions: nothing that the playbook goes by tells {apart} apart in {table}."


def _chosen(segment: Segment) -> frozenset[tuple[str, ...]]:
    """The actions that apply because of the segment's own figures, each with the columns that call for it."""
    return frozenset(
        (action.id, *(evidence.feature for evidence in action.evidence))
        for action in segment.recommendations
        if not action.filler
    )


def _have(names: list[str]) -> str:
    return f"{named(names)} {'has' if len(names) == 1 else 'have'}"


def _evidence(story: Story, segment: Segment, evidence: Evidence) -> str:
    """`Annual income $89K (+47%)`, `Contract: 88% Month-to-month (55% of everyone)`."""
    feature = story.feature(evidence.feature)
    if evidence.category is not None:
        own = next(one for one in segment.shares if (one.feature, one.category) == (feature.name, evidence.category))
        return (
            f"{feature.label}: {story.share(own.share)} {own.category} ({story.share(own.share_overall)} of everyone)"
        )
    profile = story.profile(segment, feature.name)
    if profile is None:
        return f"{feature.label} {story.nothing}"
    difference = story.formats.signed_difference(feature, profile.difference, profile.ratio)
    against = "as everyone" if is_nought(difference) else difference
    return f"{feature.label} {story.formats.of(feature, profile.typical, short=True)} ({against})"


def _value_share(story: Story) -> str:
    return f"share of {story.value_kind}"


def _budget_facts(story: Story, segment: Segment) -> list[Fact]:
    budget, whole = segment.budget, story.contract.budget
    if budget is None or whole is None:
        return []
    share = story.share
    return [
        Fact(
            "Proposed",
            story.formats.money(budget.amount),
            f"{share(budget.share)} of {story.formats.money(whole.total)} a {whole.period}",
        ),
        Fact("A customer", story.formats.money_each(budget.per_customer), f"a {whole.period}"),
        *([Fact("By value", share(budget.value_part), _value_share(story))] if story.value_told else []),
        Fact("By size", share(budget.size_part), "share of customers"),
        Fact("By response", share(budget.responsiveness_part), "readiness to respond, weighted by size"),
    ]
