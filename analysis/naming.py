"""Names for segments that no persona fits, made from what sets them apart."""

from __future__ import annotations

from collections.abc import Collection
from itertools import count
from textwrap import shorten

from analysis.contract import Feature
from analysis.features import Features
from analysis.kinds.wording import named
from analysis.profile import Profile
from analysis.traits import Tendency, apart, bare, leaning, short_label, tendencies

ORDINARY = "Average customers"
LONGEST = 32
"""Characters of a column's label in a name, which stands in headings, menus and charts."""
MOST, ALL = 0.5, 0.995
"""Shares above which a category is that of most customers, and of all of them."""
BY_ROLE = {
    "age": {"very low": "much younger", "low": "younger", "high": "older", "very high": "much older"},
    "recency": {"very low": "very recent", "low": "recent", "high": "long silent", "very high": "very long silent"},
    "frequency": {
        "very low": "very infrequent", "low": "infrequent", "high": "frequent", "very high": "very frequent",
    },
}  # fmt: skip
LEANING = {
    "age": ("younger", "older"),
    "recency": ("more recent", "longer silent"),
    "frequency": ("less frequent", "more frequent"),
}
"""Below the average, above it."""


def descriptive(profile: Profile, features: Features, taken: Collection[str]) -> str:
    """`High income, low spending`, from the two strongest differences; a third or a number where `taken` has it.

    `taken` holds names in folded case. Where no difference is large: `Somewhat lower income`.
    """
    words = _words(profile, features)
    if not words:
        slight = [_leaning(feature, profile) for feature in leaning(profile, features)[:2]]
        wishes = [", ".join(["somewhat " + slight[0], *slight[1:]])] if slight else [ORDINARY]
    elif len(words) == 1 and len(features.numeric) > 1:
        wishes = [f"{words[0]}, average otherwise"]
    else:
        wishes = [", ".join(words[:length]) for length in range(min(2, len(words)), len(words) + 1)]
    wishes = [f"{wish[:1].upper()}{wish[1:]}" for wish in wishes]
    for wish in wishes:
        if wish.casefold() not in taken:
            return wish
    return next(name for number in count(2) if (name := f"{wishes[0]} {number}").casefold() not in taken)


def _words(profile: Profile, features: Features) -> list[str]:
    """What sets the segment apart, a word or two each, strongest first."""
    numbers = [(abs(profile.of(one).effect), _word(one, profile)) for one in apart(profile, features)]
    categories = [(abs(one.effect), _tendency(one)) for one in tendencies(profile, features)]
    return [word for _, word in sorted(numbers + categories, key=lambda one: -round(one[0], 9))]


def _tendency(one: Tendency) -> str:
    category = one.share.category
    told = _shortened(f"{category} for {short_label(one.feature)}" if bare(category) else category)
    if one.share.share >= ALL:
        return told
    return f"{'mostly' if one.share.share > MOST else 'often' if one.effect > 0 else 'seldom'} {told}"


def _word(feature: Feature, profile: Profile) -> str:
    level = profile.of(feature).level
    if (words := BY_ROLE.get(feature.role)) and level in words:
        return words[level]
    return named(feature, _short(feature), level, profile.of(feature).typical) or f"{level} {_short(feature)}"


def _leaning(feature: Feature, profile: Profile) -> str:
    above = profile.of(feature).effect > 0
    if feature.role in LEANING:
        return LEANING[feature.role][above]
    return f"{'higher' if above else 'lower'} {_short(feature)}"


def _short(feature: Feature) -> str:
    return _shortened(short_label(feature))


def _shortened(label: str) -> str:
    if len(label) <= LONGEST:
        return label
    cut = shorten(label, LONGEST, placeholder="…")
    return cut if len(cut) > 1 else f"{label[: LONGEST - 1]}…"
