"""The actions recommended for a segment, and whether they are its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from analysis.contract import ActionKind, Effect, Effort, Evidence, Recommendation, Segment
from analysis.language import gettext, gettext_noop, ngettext
from analysis.wording.number_format import is_nought
from report.views.story import Story
from report.views.words import named

KINDS: dict[ActionKind, str] = {
    "ads": gettext_noop("Ads"),
    "discounts": gettext_noop("Discounts"),
    "loyalty": gettext_noop("Loyalty"),
    "service": gettext_noop("Service"),
    "retention": gettext_noop("Retention"),
}
EFFECTS: dict[Effect, str] = {
    "small": gettext_noop("small effect"),
    "medium": gettext_noop("medium effect"),
    "large": gettext_noop("large effect"),
}
EFFORTS: dict[Effort, str] = {
    "low": gettext_noop("low effort"),
    "medium": gettext_noop("medium effort"),
    "high": gettext_noop("high effort"),
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


def actions(story: Story, segment: Segment) -> list[ActionCard]:
    """The actions, by rank."""
    ranked = sorted(segment.recommendations, key=lambda action: action.rank)
    return [_action(story, segment, action) for action in ranked]


def _action(story: Story, segment: Segment, action: Recommendation) -> ActionCard:
    return ActionCard(
        action.rank,
        gettext(KINDS[action.kind]),
        action.title,
        action.because,
        [_evidence(story, segment, evidence) for evidence in action.evidence],
        action.channel,
        action.message,
        action.offer,
        action.timing,
        f"{action.kpi.measure}: {action.kpi.target}",
        action.owner,
        gettext(EFFECTS[action.effect]),
        gettext(EFFORTS[action.effort]),
        action.filler,
    )


def actions_note(story: Story, segment: Segment) -> str:
    """Whether the actions are this segment's own: others may have the same ones, or all of them suit any segment."""
    if not segment.recommendations:
        return ""
    same = [one.name for one in story.contract.proper if one.id != segment.id and _chosen(one) == _chosen(segment)]
    public = story.contract.privacy.mode == "public"
    if not _chosen(segment):
        return " ".join(_fillers(same, public=public))
    if not same:
        return ""
    return _same_actions(same, public=public)


def _fillers(same: list[str], *, public: bool) -> Iterator[str]:
    """Sentences on a segment that none of the playbook's conditions matches."""
    yield (
        gettext(
            "These actions suit any segment: no condition in the playbook matches what is published of this segment."
        )
        if public
        else gettext("These actions suit any segment: no condition in the playbook matches this segment.")
    )
    if same:
        yield ngettext(
            "{segments} has the same ones.", "{segments} have the same ones.", len(same), segments=named(same)
        )
    yield gettext("To get actions of its own, add some to the playbook with conditions on your columns.")


def _same_actions(same: list[str], *, public: bool) -> str:
    if public:
        return ngettext(
            "{segments} has the same actions: by what is published of this table, no condition in the playbook "
            "separates the two.",
            "{segments} have the same actions: by what is published of this table, no condition in the playbook "
            "separates these segments.",
            len(same),
            segments=named(same),
        )
    return ngettext(
        "{segments} has the same actions: in this table no condition in the playbook separates the two.",
        "{segments} have the same actions: in this table no condition in the playbook separates these segments.",
        len(same),
        segments=named(same),
    )


def _chosen(segment: Segment) -> frozenset[tuple[str, ...]]:
    """The actions that apply because of the segment's own figures, each with the columns of its conditions."""
    return frozenset(
        (action.id, *(evidence.feature for evidence in action.evidence))
        for action in segment.recommendations
        if not action.filler
    )


def _evidence(story: Story, segment: Segment, evidence: Evidence) -> str:
    """`Annual income: $89K (+47%)`, `Contract: 88% Month-to-month (55% of all customers)`."""
    feature, percent = story.feature(evidence.feature), story.formats.percent
    label = feature.label
    if evidence.category is not None:
        own = next(one for one in segment.shares if (one.feature, one.category) == (feature.name, evidence.category))
        return gettext(
            "{column}: {share} {category} ({share_overall} of all customers)",
            column=label, share=percent(own.share), category=own.category,
            share_overall=percent(own.share_overall),
        )  # fmt: skip
    profile = story.profile(segment, feature.name)
    if profile is None:
        return gettext("{what}: {figure}", what=label, figure=story.nothing)
    difference = story.formats.signed_difference(feature, profile.difference, profile.ratio)
    figure = story.formats.of(feature, profile.typical, short=True)
    if is_nought(difference):
        return gettext("{column}: {figure} (same as all customers)", column=label, figure=figure)
    return gettext("{what}: {figure} ({difference})", what=label, figure=figure, difference=difference)
