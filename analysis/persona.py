"""Which persona a segment is: one to one, at least total distance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from analysis.configuration.personas import Persona
from analysis.contract import Feature, PersonaMatch, PersonaMismatch
from analysis.features import Features
from analysis.figures import Figures
from analysis.level import LEVELS, TYPICAL
from analysis.profile import Profile
from analysis.traits import in_sentence

FARTHEST_MEAN = 1.0
"""A persona farther from a segment than this, on average over its roles, would be off by a level on each: no match."""
FARTHEST_ROLE = 1.5
"""… and no single role may lie farther, or a low level could pass for a high one."""


@dataclass(frozen=True)
class Named:
    """A segment's name, and the persona behind it if one fits."""

    name: str
    match: PersonaMatch | None
    persona: Persona | None


def named(
    profiles: Sequence[Profile], personas: Sequence[Persona], features: Features, figures: Figures
) -> tuple[Named, ...]:
    """Give every segment its persona, or a name made from what sets it apart; no two names are alike."""
    eligible = [persona for persona in personas if _roles(persona, features)]
    given = _matched(profiles, eligible, features)
    names = _unique(
        [given[i].name if i in given else descriptive(profile, features) for i, profile in enumerate(profiles)]
    )
    return tuple(
        Named(names[i], match(given[i], profile, features, figures), given[i])
        if i in given
        else Named(names[i], None, None)
        for i, profile in enumerate(profiles)
    )


def _roles(persona: Persona, features: Features) -> list[tuple[str, Feature]]:
    """The persona's described roles that this table has."""
    found = ((role, features.find(role)) for role in persona.levels)
    return [(role, feature) for role, feature in found if feature is not None]


def _offsets(persona: Persona, profile: Profile, features: Features) -> list[float]:
    """Distance from what the persona says on each of its roles, in standard deviations."""
    farthest = TYPICAL[LEVELS[-1]]
    return [
        abs(float(np.clip(profile.of(feature).effect, -farthest, farthest)) - TYPICAL[persona.levels[role]])
        for role, feature in _roles(persona, features)
    ]


def _matched(profiles: Sequence[Profile], personas: Sequence[Persona], features: Features) -> dict[int, Persona]:
    """Segment position → persona. A pair too far apart costs as much as leaving both alone, and is then dropped."""
    if not personas:
        return {}
    offsets = [[_offsets(persona, profile, features) for persona in personas] for profile in profiles]
    fits = np.array([[np.mean(o) <= FARTHEST_MEAN and max(o) <= FARTHEST_ROLE for o in row] for row in offsets])
    cost = np.where(fits, np.array([[np.mean(o) for o in row] for row in offsets]), FARTHEST_MEAN)
    rows, columns = linear_sum_assignment(cost)
    return {int(i): personas[j] for i, j in zip(rows, columns, strict=True) if fits[i, j]}


def match(persona: Persona, profile: Profile, features: Features, figures: Figures) -> PersonaMatch:
    """How well a persona fits a segment, and where it does not."""
    roles = _roles(persona, features)
    wrong = tuple(
        _mismatch(role, persona, feature, profile, figures)
        for role, feature in roles
        if profile.of(feature).level != persona.levels[role]
    )
    return PersonaMatch(
        name=persona.name,
        icon=persona.icon,
        emoji=persona.emoji,
        colour=persona.colour,
        story=persona.story,
        fit=1 - len(wrong) / len(roles),
        distance=float(np.mean(_offsets(persona, profile, features))),
        mismatches=wrong,
    )


def _mismatch(role: str, persona: Persona, feature: Feature, profile: Profile, figures: Figures) -> PersonaMismatch:
    expected, figure = persona.levels[role], profile.of(feature)
    value = figures.of(feature, figure.mean, short=True)
    label = {"spending": "spending", "income": "income", "age": "age"}.get(feature.role, in_sentence(feature.label))
    return PersonaMismatch(
        role=role,
        feature=feature.name,
        expected=expected,
        actual=figure.level,
        sentence=f"The persona says {expected} {label}; this segment's is {figure.level} ({value}).",
    )


def descriptive(profile: Profile, features: Features) -> str:
    """A name from the two strongest differences: `High income, low spending`."""
    apart = [feature for feature in features.numeric if profile.of(feature).level != "medium"]
    apart.sort(key=lambda feature: (-abs(round(profile.of(feature).effect, 9)), feature.name))
    if not apart:
        return "Average customers"
    words = [_word(feature, profile) for feature in apart[:2]]
    words += ["average otherwise"] if len(words) == 1 and len(features.numeric) > 1 else []
    name = ", ".join(words)
    return name[:1].upper() + name[1:]


def _word(feature: Feature, profile: Profile) -> str:
    level = profile.of(feature).level
    if feature.role == "age":
        return {"very low": "much younger", "low": "younger", "high": "older", "very high": "much older"}[level]
    short = {"income": "income", "spending": "spending"}.get(feature.role, in_sentence(feature.label))
    return f"{level} {short}"


def _unique(names: list[str]) -> list[str]:
    """Repeated names numbered from the second on."""
    taken: dict[str, None] = {}
    for name in names:
        candidate, count = name, 1
        while candidate.casefold() in {other.casefold() for other in taken}:
            count += 1
            candidate = f"{name} {count}"
        taken[candidate] = None
    return list(taken)
