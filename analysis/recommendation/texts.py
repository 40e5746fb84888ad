"""What the team wrote of an action, apart from what decides which actions apply.

Which actions apply, in which order and by which figures depends on everything but their texts. So a result without
texts (`analysis.configuration.essential`) holds for every wording of the same playbook, and its texts are filled in
without a table: a word of a playbook needs no new segments.
"""

from __future__ import annotations

from collections.abc import Mapping

from analysis.configuration.essential import TEXTS
from analysis.configuration.playbook import Action, Playbook
from analysis.contract import Contract, Criterion, Evidence, Recommendation, Segment
from analysis.evidence.by_actions import accessible, actionable
from analysis.language import gettext

BY_ACTIONS = {"accessible": accessible, "actionable": actionable}
"""The criteria that speak of actions."""


def with_texts(contract: Contract, playbook: Playbook) -> Contract:
    """A contract found by `without_texts` of the playbook, as it is found by the whole of it.

    It is in the language that is spoken now.
    """
    actions = {action.id: action for action in playbook.actions}
    return contract.model_copy(update={"segments": tuple(_told(segment, actions) for segment in contract.segments)})


def recommendation(rank: int, score: float, action: Action, evidence: tuple[Evidence, ...]) -> Recommendation:
    """An action that applies, and why."""
    action = _in_the_language_of_the_site(action)
    figures, because = "; ".join(item.phrase for item in evidence), action.because
    return Recommendation(
        rank=rank,
        score=score,
        reason=gettext("{because} In this segment: {figures}.", because=because, figures=figures)
        if figures
        else because,
        evidence=evidence,
        filler=action.filler,
        **action.model_dump(exclude={"when", "requires", "fallback"}),
    )


def _in_the_language_of_the_site(action: Action) -> Action:
    """An action that ships, translated; the team's own stays as it is, though it share a line with one that ships."""
    if gettext(action.because) == action.because:
        return action
    texts = {name: gettext(text) for name in TEXTS if (text := getattr(action, name))}
    kpi = {name: gettext(text) for name, text in action.kpi.model_dump().items()}
    return action.model_copy(update={**texts, "kpi": action.kpi.model_copy(update=kpi)})


def _told(segment: Segment, actions: Mapping[str, Action]) -> Segment:
    told = tuple(recommendation(one.rank, one.score, actions[one.id], one.evidence) for one in segment.recommendations)
    criteria = tuple(_asked_again(one, told) for one in segment.criteria)
    return segment.model_copy(update={"recommendations": told, "criteria": criteria})


def _asked_again(criterion: Criterion, told: tuple[Recommendation, ...]) -> Criterion:
    by_actions = BY_ACTIONS.get(criterion.name)
    return by_actions(told) if by_actions else criterion
