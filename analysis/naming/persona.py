"""Which persona a segment is: one to one, at least total distance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.basics.arrays import Matrix
from analysis.configuration.personas import Persona
from analysis.contract import Feature, PersonaMatch, PersonaMismatch
from analysis.language import gettext
from analysis.naming.name_leads import with_level
from analysis.naming.naming import descriptive
from analysis.naming.requirements import grounds
from analysis.preparation.features import Features
from analysis.profiling.profile import Profile
from analysis.wording.level import LEVELS, TYPICAL, standing
from analysis.wording.number_format import NumberFormat

FARTHEST_MEAN = 1.0
"""A persona farther from a segment than this, on average over its roles, would be off by a level on each: no match."""
FARTHEST_ROLE = 1.5
"""… and no single role may lie farther, or a low level could pass for a high one."""


@dataclass(frozen=True)
class Named:
    """A segment's name, and the persona behind it if one fits."""

    name: str
    match: PersonaMatch | None = None
    persona: Persona | None = None


def named(
    profiles: Sequence[Profile],
    personas: Sequence[Persona],
    features: Features,
    formats: NumberFormat,
    kept: Mapping[int, str] | None = None,
) -> tuple[Named, ...]:
    """Give every segment its persona, or a name made from what sets it apart; no two names are alike.

    `kept`: position of a segment → the name that it has had, and keeps while it is true.
    """
    _ = kept
    eligible = [_in_the_language_of_the_site(persona) for persona in personas if _roles(persona, features)]
    given = _matched(profiles, eligible, features)
    taken = {persona.name.casefold() for persona in given.values()}
    others = [place for place in range(len(profiles)) if place not in given]
    made = dict(zip(others, descriptive([profiles[place] for place in others], features, taken), strict=True))
    return tuple(
        Named(persona.name, match(persona, profile, features, formats), persona)
        if (persona := given.get(place))
        else Named(made[place])
        for place, profile in enumerate(profiles)
    )


def _roles(persona: Persona, features: Features) -> list[tuple[str, Feature]]:
    """The persona's described roles that this table has."""
    found = ((role, features.find(role)) for role in persona.levels)
    return [(role, feature) for role, feature in found if feature is not None]


def _offsets(persona: Persona, profile: Profile, features: Features) -> list[float]:
    """Distance from what the persona says on each of its roles, in standard deviations.

    As far as can be where nothing may be said of the segment in it: it is not known that it fits.
    """
    farthest = TYPICAL[LEVELS[-1]]
    placed = [
        (profile.of(feature) if profile.tells(feature) else None, TYPICAL[persona.levels[role]])
        for role, feature in _roles(persona, features)
    ]
    return [
        2 * farthest
        if figure is None
        else abs(float(np.clip(standing(figure.effect, figure.level), -farthest, farthest)) - said)
        for figure, said in placed
    ]


def _in_the_language_of_the_site(persona: Persona) -> Persona:
    """A persona that ships, translated; the team's own stays as it is, though it share a name with one that ships."""
    story = gettext(persona.story)
    ships = story != persona.story
    return persona.model_copy(update={"name": gettext(persona.name), "story": story}) if ships else persona


def _matched(profiles: Sequence[Profile], personas: Sequence[Persona], features: Features) -> dict[int, Persona]:
    """Segment position → persona. A pair too far apart costs as much as leaving both alone, and is then dropped.

    So does a persona that states something which is not true of the segment.
    """
    if not personas:
        return {}
    offsets = [[_offsets(persona, profile, features) for persona in personas] for profile in profiles]
    near = np.array([[np.mean(o) <= FARTHEST_MEAN and max(o) <= FARTHEST_ROLE for o in row] for row in offsets])
    true = [[grounds(one.requires, profile, features) is not None for one in personas] for profile in profiles]
    fits = near & np.array(true)
    cost = np.where(fits, np.array([[np.mean(o) for o in row] for row in offsets]), FARTHEST_MEAN)
    return {i: personas[j] for i, j in _cheapest(cost) if fits[i, j]}


def _cheapest(cost: Matrix) -> list[tuple[int, int]]:
    """Pairs of row and column, one to one, at least total cost."""
    nearest = cost.argmin(axis=1)
    if len(set(nearest.tolist())) == len(cost):
        return list(enumerate(nearest.tolist()))  # everybody gets the cheapest there is, and nobody the same
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415 (two fifths of a second, and 40 MB)

    rows, columns = linear_sum_assignment(cost)
    return list(zip(rows.tolist(), columns.tolist(), strict=True))


def match(persona: Persona, profile: Profile, features: Features, formats: NumberFormat) -> PersonaMatch:
    """How well a persona fits a segment, and where it does not."""
    roles = _roles(persona, features)
    wrong = tuple(
        _mismatch(role, persona, feature, profile, formats)
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


def _mismatch(
    role: str, persona: Persona, feature: Feature, profile: Profile, formats: NumberFormat
) -> PersonaMismatch:
    expected, figure = persona.levels[role], profile.of(feature)
    return PersonaMismatch(
        role=role,
        feature=feature.name,
        expected=expected,
        actual=figure.level,
        sentence=gettext(
            "The persona assumes {expected}; this segment has {actual} ({value}).",
            expected=with_level(expected, feature),
            actual=with_level(figure.level, feature),
            value=formats.of(feature, figure.typical, short=True),
        ),
    )
