"""Names for segments that no persona fits, made from what sets them apart."""

from __future__ import annotations

from collections.abc import Collection
from itertools import count
from textwrap import shorten

from analysis.contract import Feature
from analysis.features import Features
from analysis.profile import Profile
from analysis.traits import apart, leaning, short_label

ORDINARY = "Average customers"
LONGEST = 32
"""Characters of a column's label in a name, which stands in headings, menus and charts."""
AGE = {"very low": "much younger", "low": "younger", "high": "older", "very high": "much older"}


def descriptive(profile: Profile, features: Features, taken: Collection[str]) -> str:
    """`High income, low spending`, from the two strongest differences; a third or a number where `taken` has it.

    `taken` holds names in folded case. Where no difference is large: `Somewhat lower income`.
    """
    strongest = apart(profile, features)
    if not strongest:
        slight = [_leaning(feature, profile) for feature in leaning(profile, features)[:2]]
        wishes = [", ".join(["somewhat " + slight[0], *slight[1:]])] if slight else [ORDINARY]
    elif len(strongest) == 1 and len(features.numeric) > 1:
        wishes = [f"{_word(strongest[0], profile)}, average otherwise"]
    else:
        words = [_word(feature, profile) for feature in strongest]
        wishes = [", ".join(words[:length]) for length in range(min(2, len(words)), len(words) + 1)]
    wishes = [f"{wish[:1].upper()}{wish[1:]}" for wish in wishes]
    for wish in wishes:
        if wish.casefold() not in taken:
            return wish
    return next(name for number in count(2) if (name := f"{wishes[0]} {number}").casefold() not in taken)


def _word(feature: Feature, profile: Profile) -> str:
    level = profile.of(feature).level
    if feature.role == "age" and level in AGE:
        return AGE[level]
    return f"{level} {_short(feature)}"


def _leaning(feature: Feature, profile: Profile) -> str:
    above = profile.of(feature).effect > 0
    if feature.role == "age":
        return "older" if above else "younger"
    return f"{'higher' if above else 'lower'} {_short(feature)}"


def _short(feature: Feature) -> str:
    label = short_label(feature)
    if len(label) <= LONGEST:
        return label
    cut = shorten(label, LONGEST, placeholder="…")
    return cut if len(cut) > 1 else f"{label[: LONGEST - 1]}…"
