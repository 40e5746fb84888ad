"""Whether a name that a segment has had is still true of it, so that it keeps it from build to build.

Names keep their ground by a margin (hysteresis): what is given up only when it is clearly wrong does not change back
and forth between two builds that hardly differ.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from analysis.contract import CategoryShare, GoneSegment, Segment, Trait
from analysis.language import gettext
from analysis.naming.name_words import FEW_OF_THEM, MOST_OF_THEM, telling
from analysis.naming.naming import BY_SIZE
from analysis.naming.traits import NOTICEABLE, apart, leaning, sets_apart, short_label, tendencies
from analysis.preparation.features import Features
from analysis.profiling.profile import Profile

LEADING = 2
"""Traits that lead a name made of traits, besides those whose label stands in it."""
MARGIN = 0.1
"""Of a share, by which it may fall short of what the name says of it."""


@dataclass(frozen=True)
class LastName:
    """The name that a segment had in the last build."""

    segment: Segment | GoneSegment
    yields: bool = False
    """Whether a persona that fits takes the place of a name made of traits: after somebody changed the personas, who
    may have described this segment."""

    @property
    def name(self) -> str:
        """In the language of the site."""
        return self.segment.name

    @property
    def persona(self) -> bool:
        """Whether it is a persona's; of a segment that was gone it is not known, so that it may be."""
        return isinstance(self.segment, GoneSegment) or self.segment.persona is not None

    def true_of(self, profile: Profile, features: Features) -> bool:
        """Whether a name made of traits still is: what leads it points the same way, and is noticeable.

        A name that goes by size, or that told of no trait, is true only while nothing else can be said.
        """
        segment = self.segment
        if isinstance(segment, GoneSegment) or segment.persona is not None or _by_size(segment.name):
            return False
        found = [trait for trait in segment.traits if sets_apart(trait)]
        if not found:
            return not (apart(profile, features) or leaning(profile, features) or tendencies(profile, features))
        return all(_points(trait, segment, profile, features) for trait in _leading(found, segment.name, features))


def _by_size(name: str) -> bool:
    """Whether a name says which of several groups of the same name it is."""
    return any(name.endswith(gettext(form).replace("{name}", "")) for form in BY_SIZE)


def _leading(traits: Iterable[Trait], name: str, features: Features) -> list[Trait]:
    """The traits in the order in which names are made of them: the first two, and all that the name speaks of."""
    described = {one.name: one for one in features.described}

    def key(trait: Trait) -> tuple[bool, float]:
        feature = described.get(trait.feature)
        return not (feature is not None and telling(feature)), -abs(round(trait.effect, 9))

    ranked = sorted(traits, key=key)
    spoken = [
        trait
        for trait in ranked[LEADING:]
        if trait.feature in described and short_label(described[trait.feature]).casefold() in name.casefold()
    ]
    return [*ranked[:LEADING], *spoken]


def _points(trait: Trait, before: Segment, profile: Profile, features: Features) -> bool:
    """Whether the segment is still noticeably on that side of the average."""
    feature = next((one for one in features.described if one.name == trait.feature), None)
    if feature is None:
        return False
    if trait.category is not None:
        return _share_points(trait, before, profile)
    if feature.kind != "numeric" or not profile.tells(feature):
        return False
    effect = profile.of(feature).effect
    return abs(effect) >= NOTICEABLE and (effect > 0) == (trait.effect > 0)


def _share_points(trait: Trait, before: Segment, profile: Profile) -> bool:
    """The same of a category, which moreover is still that of most customers, or of few, where it was."""
    had, has = (
        next((one for one in shares if (one.feature, one.category) == (trait.feature, trait.category)), None)
        for shares in (before.categories, profile.categories)
    )
    if not isinstance(had, CategoryShare) or not isinstance(has, CategoryShare):
        return False
    off = has.share - has.share_overall
    if (off > 0) != (trait.effect > 0) or off == 0:
        return False
    if trait.effect > 0:
        return had.share <= MOST_OF_THEM or has.share > MOST_OF_THEM - MARGIN
    return had.share >= FEW_OF_THEM or has.share < FEW_OF_THEM + MARGIN
