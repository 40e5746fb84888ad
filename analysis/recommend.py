"""Which actions of the playbook apply to a segment, in which order, and why."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.configuration.playbook import Action
from analysis.contract import Evidence, Feature, FeatureProfile, Recommendation
from analysis.contract.typical import placed, than
from analysis.features import Features
from analysis.figures import Figures
from analysis.level import depth
from analysis.profile import Profile
from analysis.traits import in_sentence
from analysis.verbs import bought

EFFECT = {"small": 1.0, "medium": 2.0, "large": 3.0}
EFFORT = {"low": 1.0, "medium": 1.5, "high": 2.0}
"""Effort grows by less than effect: a large effect at medium effort goes before a small one at low effort."""
BARELY, FULLY = 0.5, 1.0
"""Weight of a condition at the edge of its levels, and of one half a standard deviation inside them."""


def recommendations(
    profile: Profile, actions: Sequence[Action], features: Features, figures: Figures
) -> tuple[Recommendation, ...]:
    """The actions whose every condition holds, best first: effect over effort, weighted by how clearly they hold.

    A fallback is left out where its kind is served by another action.
    """
    applying = [
        (_score(action, profile, held), action, held)
        for action in actions
        if (held := _held(action, profile, features)) is not None
    ]
    served = {action.kind for _, action, _ in applying if not action.fallback}
    applying = [entry for entry in applying if not (entry[1].fallback and entry[1].kind in served)]
    applying.sort(key=lambda entry: (-round(entry[0], 9), entry[1].id))
    return tuple(
        _recommendation(rank, score, action, tuple(_evidence(f, profile.of(f), figures) for f in held))
        for rank, (score, action, held) in enumerate(applying, start=1)
    )


def _held(action: Action, profile: Profile, features: Features) -> tuple[Feature, ...] | None:
    """The columns the action looks at, or None where one is missing or not at a level allowed."""
    held = []
    for key, levels in action.when.items():
        feature = features.find(key)
        if feature is None or profile.of(feature).level not in levels:
            return None
        held.append(feature)
    return tuple(held)


def _score(action: Action, profile: Profile, held: Sequence[Feature]) -> float:
    depths = [
        depth(profile.of(feature).effect, levels) for feature, levels in zip(held, action.when.values(), strict=True)
    ]
    strengths = [BARELY + min(inside, 0.5) * (FULLY - BARELY) / 0.5 for inside in depths]
    strength = sum(strengths) / len(strengths) if strengths else BARELY
    return EFFECT[action.effect] / EFFORT[action.effort] * strength


def _evidence(feature: Feature, figure: FeatureProfile, figures: Figures) -> Evidence:
    own = figures.of(feature, figure.typical, short=True)
    ago = feature.unit is not None and bought(feature)
    value = f"last bought {own} ago" if ago else f"{in_sentence(feature.label)} {own}"
    if figure.level == "medium":
        # A medium level holds medians far apart where an amount is very uneven.
        words = f"{value}, {'a medium level' if feature.typical == 'median' else 'close to average'}"
    elif ago:
        amount = figures.difference(feature, figure.difference, figure.ratio)
        side = "longer ago" if figure.difference >= 0 else "more recently"
        words = f"{value}, {amount} {side} than {than(feature)}"
    else:
        words = f"{value}, {placed(feature, figure, figures)}"
    return Evidence(feature=feature.name, level=figure.level, mean=figure.mean, effect=figure.effect, phrase=words)


def _recommendation(rank: int, score: float, action: Action, evidence: tuple[Evidence, ...]) -> Recommendation:
    own = "; ".join(item.phrase for item in evidence)
    return Recommendation(
        rank=rank,
        score=score,
        reason=f"{action.because} In this segment: {own}." if own else action.because,
        evidence=evidence,
        **action.model_dump(exclude={"when", "kpi", "fallback"}),
        kpi=action.kpi,
    )
