"""The two of Kotler's criteria that count a segment's actions: a way to reach it, and an action that can start.

They stand apart from the others since they are asked again of the actions that a public site shows.
"""

from __future__ import annotations

from collections.abc import Sequence

from analysis.contract import Criterion, Recommendation
from analysis.language import gettext, ngettext


def complete(action: Recommendation) -> bool:
    """Whether somebody can start: owner, channel and KPI are stated."""
    stated = (action.owner or "", action.channel, action.kpi.measure, action.kpi.target)
    return all(part.strip() for part in stated)


def own(actions: Sequence[Recommendation]) -> list[Recommendation]:
    """The actions that apply because of the segment's own figures; those that suit any segment say nothing of it."""
    return [action for action in actions if not action.filler]


def accessible(actions: Sequence[Recommendation]) -> Criterion:
    """Whether an action chosen for the segment's own figures names a channel."""
    channels = list(dict.fromkeys(one.channel.strip() for one in own(actions) if one.channel.strip()))
    if not channels:
        reason = gettext("No action chosen for its figures names a channel through which to reach it.")
        return Criterion(name="accessible", passed=False, reason=reason)
    reason = ngettext(
        "The playbook names one channel through which to reach it: {channel}.",
        "The playbook names {count} channels through which to reach it; the first is {channel}.",
        len(channels),
        count=len(channels),
        channel=channels[0],
    )
    return Criterion(name="accessible", passed=True, reason=reason)


def actionable(actions: Sequence[Recommendation]) -> Criterion:
    """Whether an action chosen for the segment's own figures states owner, channel and KPI."""
    chosen = own(actions)
    ready = [action for action in chosen if complete(action)]
    return Criterion(name="actionable", passed=bool(ready), reason=_ready(actions, chosen, ready))


def _ready(actions: Sequence[Recommendation], chosen: Sequence[Recommendation], ready: Sequence[Recommendation]) -> str:
    if ready:
        return ngettext(
            "One action states an owner, a channel and a KPI: “{action}”, by {owner}.",
            "{count} actions state an owner, a channel and a KPI; the first is “{action}”, by {owner}.",
            len(ready),
            count=len(ready),
            action=ready[0].title,
            owner=ready[0].owner,
        )
    if chosen:
        return ngettext(
            "The one action chosen for its figures does not state an owner, a channel and a KPI.",
            "None of the {count} actions chosen for its figures states an owner, a channel and a KPI.",
            len(chosen),
            count=len(chosen),
        )
    if actions:
        return gettext("The playbook has only actions for it that suit any segment.")
    return gettext("No action of the playbook applies to it.")
