"""Which persona a segment is: one to one, at least total distance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.basics.assignment import cheapest
from analysis.configuration.personas import Persona
from analysis.contract import Feature, PersonaMatch, PersonaMismatch
from analysis.language import gettext
from analysis.naming.lasting_name import LastName
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

STAYS = 1.25
"""How many times farther off a persona may be that the segment has been in the last build."""


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
    kept: Mapping[int, LastName] | None = None,
) -> tuple[Named, ...]:
    """Give every segment its persona, or a name made from what sets it apart; no two names are alike.

    `kept`: position of a segment → the name that it has had, and keeps while it is true.
    """
    eligible = [_in_the_language_of_the_site(persona) for persona in personas if _roles(persona, features)]
    had = kept or {}
    given = _still(had, profiles, eligible, features)
    names = _still_true(had, profiles, eligible, features)
    free = [persona for persona in eligible if persona not in given.values()]
    open_to = [place for place in range(len(profiles)) if place not in given and not _holds(place, names, had)]
    found = _matched([profiles[place] for place in open_to], free, features)
    given |= {open_to[place]: persona for place, persona in found.items()}
    names = {place: name for place, name in names.items() if place not in given}
    taken = {name.casefold() for name in (*(persona.name for persona in given.values()), *names.values())}
    others = [place for place in range(len(profiles)) if place not in given and place not in names]
    made = dict(zip(others, descriptive([profiles[place] for place in others], features, taken), strict=True))
    return tuple(
        Named(persona.name, match(persona, profile, features, formats), persona)
        if (persona := given.get(place))
        else Named(names.get(place) or made[place])
        for place, profile in enumerate(profiles)
    )


def _holds(place: int, names: Mapping[int, str], had: Mapping[int, LastName]) -> bool:
    return place in names and not had[place].yields


def _still(
    had: Mapping[int, LastName], profiles: Sequence[Profile], personas: Sequence[Persona], features: Features
) -> dict[int, Persona]:
    """Segment position → the persona that it has been, still is by name, and is not far off."""
    by_name = {persona.name.casefold(): persona for persona in personas}
    found = {
        place: persona
        for place, last in had.items()
        if last.persona and (persona := by_name.get(last.name.casefold())) is not None
    }
    return {
        place: persona
        for place, persona in found.items()
        if grounds(persona.requires, profiles[place], features) is not None
        and _near(_offsets(persona, profiles[place], features), STAYS)
    }


def _still_true(
    had: Mapping[int, LastName], profiles: Sequence[Profile], personas: Sequence[Persona], features: Features
) -> dict[int, str]:
    """Segment position → the name made of traits that is still true, and has not become a persona's."""
    names = {persona.name.casefold() for persona in personas}
    return {
        place: last.name
        for place, last in had.items()
        if last.name.casefold() not in names and last.true_of(profiles[place], features)
    }


def _near(offsets: Sequence[float], margin: float = 1.0) -> bool:
    """Whether a persona is near enough to be a segment's."""
    return bool(np.mean(offsets) <= margin * FARTHEST_MEAN and max(offsets) <= margin * FARTHEST_ROLE)


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
    if not personas or not profiles:
        return {}
    offsets = [[_offsets(persona, profile, features) for persona in personas] for profile in profiles]
    near = np.array([[_near(o) for o in row] for row in offsets])
    true = [[grounds(one.requires, profile, features) is not None for one in personas] for profile in profiles]
    fits = near & np.array(true)
    cost = np.where(fits, np.array([[np.mean(o) for o in row] for row in offsets]), FARTHEST_MEAN)
    return {i: personas[j] for i, j in cheapest(cost) if fits[i, j]}


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
