"""The two of Kotler's criteria that count a segment's actions: a way to reach it, and an action that can start.

They stand apart from the others since they are asked again of the actions that a public site shows.
"""

from __future__ import annotations

from collections.abc import Sequence

from analysis.contract import Criterion, Recommendation


def complete(action: Recommendation) -> bool:
    """Whether somebody can start: owner, channel and KPI are stated."""
    stated = (action.owner or "", action.channel, action.kpi.measure, action.kpi.target)
    return all(part.strip() for part in stated)


def own(actions: Sequence[Recommendation]) -> list[Recommendation]:
    """The actions that apply because of the segment's own figures; those that suit any segment say nothing of it."""
    return [action for action in actions if not action.filler]


def accessible(actions: Sequence[Recommendation]) -> Criterion:
    """Whether an action chosen for the segment's own figures names a channel."""
    channels = [action.channel.strip() for action in own(actions) if action.channel.strip()]
    if not channels:
        reason = "No action chosen for its own figures names a channel, so nobody knows how to reach it."
        return Criterion(name="accessible", passed=False, reason=reason)
    count = len(dict.fromkeys(channels))
    ways = "one way" if count == 1 else f"{count} ways"
    reason = f"The playbook knows {ways} to reach it, first of all: {channels[0]}."
    return Criterion(name="accessible", passed=True, reason=reason)


def actionable(actions: Sequence[Recommendation]) -> Criterion:
    """Whether an action chosen for the segment's own figures states owner, channel and KPI."""
    chosen = own(actions)
    ready = [action for action in chosen if complete(action)]
    if ready:
        first = ready[0]
        number = "One action has" if len(ready) == 1 else f"{len(ready)} actions have"
        reason = f"{number} owner, channel and KPI; first of all “{first.title}”, by {first.owner}."
    elif chosen:
        reason = f"Of {len(chosen)} actions chosen for its figures, none states owner, channel and KPI."
    elif actions:
        reason = "The playbook has only actions for it that suit any segment."
    else:
        reason = "No action of the playbook applies to it."
    return Criterion(name="actionable", passed=bool(ready), reason=reason)
