"""Where every segment stands on the evaluation plot: attractiveness against competitiveness.

Dolnicar, Grün & Leisch (2018), Market Segmentation Analysis, ch. 10: each axis is a weighted mean of criteria that the
team has agreed on. Here a criterion is a part from 0 to 1 that the table, the configuration or the resamples know; one
that nobody knows is left out and its weight goes to the others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import get_args

from analysis.configuration.site import EvaluationSettings
from analysis.contract import ActionKind, Evaluation, Recommendation, Rule
from analysis.contract.evaluation_parts import PARTS
from analysis.evidence.by_actions import complete, own
from analysis.language import gettext
from analysis.naming.persona import Named
from analysis.profiling.profile import Profile
from analysis.wording.number_format import NumberFormat

Parts = dict[str, float]
"""Part → 0…1; what is not known is not in it."""


@dataclass(frozen=True)
class Standing:
    """A segment and all that its evaluation looks at."""

    profile: Profile
    name: Named
    rule: Rule | None
    recommendations: tuple[Recommendation, ...]
    stability: float | None
    """Mean Jaccard; None or not a number where not resampled."""
    told: Rule | None
    """The rule with no more of its shares than may be told."""


def evaluations(
    standings: Sequence[Standing], settings: EvaluationSettings, formats: NumberFormat
) -> tuple[Evaluation | None, ...]:
    """One evaluation a segment; None where nothing that carries weight on an axis is known.

    Nor where of all that could make a segment attractive its size alone is known: a large segment is no better one.
    """
    attractive, competitive = settings.attractiveness.model_dump(), settings.competitiveness.model_dump()
    every = [{**parts, **_competitive(one)} for parts, one in zip(_attractive(standings), standings, strict=True)]
    return tuple(_evaluation(parts, attractive, competitive, formats) for parts in every)


def _attractive(standings: Sequence[Standing]) -> list[Parts]:
    """Size, value and worth of a customer against the largest among the segments; responsiveness as stated."""
    profiles = [one.profile for one in standings]
    sizes = [profile.share for profile in profiles]
    values = [profile.value_share for profile in profiles]
    each = [None if value is None else value / size for value, size in zip(values, sizes, strict=True)]
    stated = [one.name.persona.responsiveness if one.name.persona else None for one in standings]
    columns = {
        "size": _against_largest(sizes),
        "value": _against_largest(values),
        "customer_value": _against_largest(each),
        "responsiveness": stated,
    }
    return [
        {part: value for part, column in columns.items() if (value := column[place]) is not None}
        for place in range(len(standings))
    ]


def _against_largest(values: Sequence[float | None]) -> list[float | None]:
    largest = max((value for value in values if value is not None), default=0.0)
    return [None if value is None or largest <= 0 else value / largest for value in values]


def _competitive(one: Standing) -> Parts:
    kinds = {action.kind for action in own(one.recommendations) if complete(action)}
    parts = {
        "actions": len(kinds) / len(get_args(ActionKind)),
    }
    if one.told is None or (one.told.precision is not None and one.told.recall is not None):
        # To the nearest tenth: an exact one would tell the counts behind it.
        parts["recognition"] = round(_f1(one.told), 1) if one.told else 0.0
    if one.name.match is not None:
        parts["fit"] = one.name.match.fit
    if one.stability is not None and isfinite(one.stability):
        parts["certainty"] = min(max(one.stability, 0.0), 1.0)
    return parts


def _f1(rule: Rule) -> float:
    precision, recall = rule.precision or 0.0, rule.recall or 0.0
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _evaluation(
    parts: Parts, attractive: Mapping[str, float], competitive: Mapping[str, float], formats: NumberFormat
) -> Evaluation | None:
    across, up = _weighted(parts, attractive), _weighted(parts, competitive)
    if across is None or up is None or _size_alone(parts, attractive):
        return None
    weights = {**attractive, **competitive}
    order = [part for part in weights if part in parts]
    return Evaluation(
        attractiveness=across,
        competitiveness=up,
        parts={part: parts[part] for part in order},
        explanation=_explanation(parts, across, up, (attractive, competitive), formats),
    )


def _size_alone(parts: Parts, weights: Mapping[str, float]) -> bool:
    """Whether more was asked for than size, and nothing of it is known."""
    others = [part for part, weight in weights.items() if weight and part != "size"]
    return bool(others) and not any(part in parts for part in others)


def _weighted(parts: Parts, weights: Mapping[str, float]) -> float | None:
    total = sum(weight for part, weight in weights.items() if part in parts)
    if total <= 0:
        return None
    return sum(weight * parts[part] for part, weight in weights.items() if part in parts) / total


def _explanation(
    parts: Parts, across: float, up: float, axes: tuple[Mapping[str, float], Mapping[str, float]], formats: NumberFormat
) -> str:
    attractive, competitive = axes
    told = [
        gettext(
            "Attractiveness {figure}, from {parts}.",
            figure=formats.number(across, 2), parts=_told(parts, attractive, formats),
        ),
        gettext(
            "Competitiveness {figure}, from {parts}.",
            figure=formats.number(up, 2), parts=_told(parts, competitive, formats),
        ),
    ]  # fmt: skip
    unknown = [gettext(PARTS[part]) for each in axes for part, weight in each.items() if weight and part not in parts]
    if unknown:
        told.append(gettext("Not known and left out: {parts}.", parts=", ".join(unknown)))
    return " ".join(told)


def _told(parts: Parts, weights: Mapping[str, float], formats: NumberFormat) -> str:
    known = [part for part, weight in weights.items() if weight and part in parts]
    return ", ".join(
        gettext("{label} {figure}", label=gettext(PARTS[part]), figure=formats.number(parts[part], 2)) for part in known
    )
