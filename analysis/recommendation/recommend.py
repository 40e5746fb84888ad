"""Which actions of the playbook apply to a segment, in which order, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from analysis.cells.kinds.wording import nearest
from analysis.configuration.playbook import Action
from analysis.contract import CategoryShare, Evidence, Feature, FeatureProfile, Recommendation
from analysis.language import gettext
from analysis.language.words import in_sentence
from analysis.naming.requirements import Ground, column_of, grounds
from analysis.naming.traits import bare
from analysis.preparation.features import Features
from analysis.profiling.profile import Profile
from analysis.recommendation.texts import recommendation
from analysis.wording.level import depth, level_of, standing
from analysis.wording.number_format import NumberFormat, is_nought
from analysis.wording.phrases import LAST_BOUGHT
from analysis.wording.typical import compared, placed, valued
from analysis.wording.verbs import bought

EFFECT = {"small": 1.0, "medium": 2.0, "large": 3.0}
EFFORT = {"low": 1.0, "medium": 1.5, "high": 2.0}
"""Effort grows by less than effect: a large effect at medium effort goes before a small one at low effort."""
BARELY, FULLY = 0.5, 1.0
"""Weight of a condition at the edge of its levels, and of one half a standard deviation inside them."""


@dataclass(frozen=True)
class Applying:
    """An action whose conditions hold, and the figures by which they do."""

    action: Action
    levels: tuple[Feature, ...]
    """The columns of `when`, in its order."""
    grounds: tuple[Ground, ...]
    """What `requires` goes by, besides these columns."""


def recommendations(
    profile: Profile, actions: Sequence[Action], features: Features, formats: NumberFormat
) -> tuple[Recommendation, ...]:
    """The actions whose every condition holds, best first: effect over effort, weighted by how clearly they hold.

    Fillers, which suit any segment, come last; a fallback is left out where its kind is served by another action.
    """
    found = [one for action in actions if (one := _applying(action, profile, features)) is not None]
    served = {one.action.kind for one in found if not one.action.fallback}
    found = [one for one in found if not (one.action.fallback and one.action.kind in served)]
    scored = [(_score(one, profile), one) for one in found]
    scored.sort(key=lambda entry: (entry[1].action.filler, -round(entry[0], 9), entry[1].action.id))
    return tuple(
        recommendation(rank, score, one.action, _evidence(one, profile, formats))
        for rank, (score, one) in enumerate(scored, start=1)
    )


def _applying(action: Action, profile: Profile, features: Features) -> Applying | None:
    """What the action goes by; None where a column is missing, or a condition does not hold."""
    held = []
    for key, levels in action.when.items():
        feature = column_of(key, profile, features)
        if feature is None or profile.of(feature).level not in levels:
            return None
        held.append(feature)
    asked = grounds(action.requires, profile, features)
    if asked is None:
        return None
    others = {one.feature.name: one for one in asked if one.feature not in held}
    return Applying(action, tuple(held), tuple(others.values()))


def _score(one: Applying, profile: Profile) -> float:
    depths = [
        depth(standing(figure.effect, figure.level), levels)
        for feature, levels in zip(one.levels, one.action.when.values(), strict=True)
        for figure in [profile.of(feature)]
    ]
    depths += [abs(_effect(ground, profile)) for ground in one.grounds]
    strengths = [BARELY + min(inside, 0.5) * (FULLY - BARELY) / 0.5 for inside in depths]
    strength = sum(strengths) / len(strengths) if strengths else BARELY
    return EFFECT[one.action.effect] / EFFORT[one.action.effort] * strength


def _effect(ground: Ground, profile: Profile) -> float:
    """How far the segment is from everybody, in standard deviations of everybody."""
    share = ground.category
    if share is None:
        return profile.of(ground.feature).effect
    everybody = share.share_overall
    return (share.share - everybody) / sqrt(everybody * (1 - everybody)) if 0 < everybody < 1 else 0.0


def _evidence(one: Applying, profile: Profile, formats: NumberFormat) -> tuple[Evidence, ...]:
    told = [_of_column(feature, profile.of(feature), formats) for feature in one.levels]
    for ground in one.grounds:
        if ground.category is None:
            told.append(_of_column(ground.feature, profile.of(ground.feature), formats))
        else:
            told.append(_of_category(ground, ground.category, profile, formats))
    return tuple(told)


def _of_column(feature: Feature, figure: FeatureProfile, formats: NumberFormat) -> Evidence:
    return Evidence(
        feature=feature.name,
        level=figure.level,
        mean=figure.mean,
        effect=figure.effect,
        phrase=_phrase(feature, figure, formats),
    )


def _of_category(ground: Ground, share: CategoryShare, profile: Profile, formats: NumberFormat) -> Evidence:
    effect = _effect(ground, profile)
    told = {
        "label": in_sentence(ground.feature.label),
        "share": formats.percent(share.share),
        "overall": formats.percent(share.share_overall),
    }
    return Evidence(
        feature=ground.feature.name,
        level=level_of(effect),
        mean=share.share,
        effect=effect,
        phrase=gettext("{label} {share} yes, against {overall} of all customers", **told)
        if bare(share.category)
        else gettext("{label} {share} {category}, against {overall} of all customers", category=share.category, **told),
        category=share.category,
    )


def _phrase(feature: Feature, figure: FeatureProfile, formats: NumberFormat) -> str:
    """A figure and how far it is from that of all customers, the same distance that pages and charts tell."""
    own, label = formats.of(feature, figure.typical, short=True), in_sentence(feature.label)
    if feature.measure == "boolean":
        overall = formats.everybody(feature, figure)
        return gettext(
            "{label} {share} yes, against {overall} of all customers", label=label, share=own, overall=overall
        )
    if feature.measure == "ordinal":
        return gettext(
            "{label} {figure} ({level}), against {overall} of all customers",
            label=label, figure=own, level=nearest(feature, figure.typical),
            overall=formats.everybody(feature, figure, unit=False),
        )  # fmt: skip
    if feature.unit is None or not bought(feature):
        return valued(feature, figure, formats)
    if is_nought(formats.difference(feature, figure.difference, figure.ratio)):
        where = placed(feature, figure, formats)
        return gettext("last bought {figure} ago, {where}", figure=own, where=where)
    return compared(LAST_BOUGHT, feature, figure, formats, own=own)
