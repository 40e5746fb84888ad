"""What sets a segment apart, a word or two each, for its name: `high income`, `many visits`, `mostly yes for card`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import shorten

from analysis.cells.kinds.wording import named
from analysis.contract import Feature
from analysis.naming.traits import Tendency, apart, bare, leaning, short_label, tendencies
from analysis.preparation.features import Features
from analysis.profiling.profile import Profile
from analysis.wording.nouns import counts_things, is_standing, thing

LONGEST = 32
"""Characters of a column's label in a name, which stands in headings, menus and charts."""
MOST_OF_THEM, FEW_OF_THEM, ALL_OF_THEM = 0.5, 0.25, 0.995
"""Shares above which a category is that of most customers, below which of few, and above which of all of them."""
TELLING = frozenset({"age", "income", "spending", "monetary", "recency", "frequency"})
"""Roles that say who somebody is or how they buy; they come first in a name."""
BY_ROLE = {
    "age": {"very low": "much younger", "low": "younger", "high": "older", "very high": "much older"},
    "recency": {"very low": "very recent", "low": "recent", "high": "long silent", "very high": "very long silent"},
    "frequency": {
        "very low": "very infrequent", "low": "infrequent", "high": "frequent", "very high": "very frequent",
    },
}  # fmt: skip
STANDING = {"very low": "very new", "low": "new", "high": "long-standing", "very high": "very long-standing"}
AMOUNTS = {"very low": "very few", "low": "few", "high": "many", "very high": "very many"}
LEANING = {
    "age": ("younger", "older"),
    "recency": ("more recent", "longer silent"),
    "frequency": ("less frequent", "more frequent"),
}
"""Below the average, above it."""

OF, FAMILY = " on ", 3
"""What parts a kind of column from its one, `spending on fish`, and how many make a family."""


@dataclass(frozen=True)
class Said:
    """`high` of `income`; where one word says it all, of nothing."""

    lead: str
    thing: str = ""

    @property
    def text(self) -> str:
        """Both together."""
        return f"{self.lead} {self.thing}".strip()


def in_a_row(words: Sequence[Said]) -> str:
    """`high income and spending, older`: what is said of several things is said once."""
    parts: list[list[Said]] = []
    for word in words:
        if parts and word.thing and parts[-1][0].lead == word.lead:
            parts[-1].append(word)
        else:
            parts.append([word])
    return ", ".join(_together(part) for part in parts)


def _together(words: Sequence[Said]) -> str:
    things = [words[0].thing]
    for word in words[1:]:
        before, _, of = words[0].thing.partition(OF)
        things.append(word.thing.removeprefix(f"{before}{OF}") if of else word.thing)
    listed = things[0] if len(things) == 1 else f"{', '.join(things[:-1])} and {things[-1]}"
    return f"{words[0].lead} {listed}".strip()


def strong(profile: Profile, features: Features) -> list[Said]:
    """What sets the segment apart: columns that say who somebody is, then all others; strongest first."""
    numbers = [(one, abs(profile.of(one).effect), _word(one, profile)) for one in apart(profile, features)]
    categories = [(one.feature, abs(one.effect), _tendency(one)) for one in tendencies(profile, features)]
    # Of equals comes first what the segments were found by.
    found = sorted(
        numbers + categories,
        key=lambda each: (not _telling(each[0]), -round(each[1], 9), each[0].used_for != "clustering"),
    )
    return _of_a_family([word for *_, word in found])


def _of_a_family(words: list[Said]) -> list[Said]:
    """`high spending` of whoever spends much on wines, on fish and on fruits: three of a kind go by what they share."""
    kept: list[Said] = []
    for word in words:
        head, of, _ = word.thing.partition(OF)
        family = [each for each in words if of and each.thing.startswith(f"{head}{OF}") and _alike(each, word)]
        if len(family) < FAMILY:
            kept.append(word)
        elif word is family[0]:
            kept.append(Said(word.lead, head))
    return kept


def _alike(one: Said, other: Said) -> bool:
    """Whether both are above, or both below."""
    return one.lead.removeprefix("very ") == other.lead.removeprefix("very ")


def slight(profile: Profile, features: Features) -> list[Said]:
    """What it leans to, though not far: `lower income`."""
    found = leaning(profile, features)
    return [_leaning(one, profile) for one in sorted(found, key=lambda one: not _telling(one))]


def _telling(feature: Feature) -> bool:
    return feature.role in TELLING or is_standing(feature)


def _word(feature: Feature, profile: Profile) -> Said:
    level = profile.of(feature).level
    if (words := BY_ROLE.get(feature.role)) and level in words:
        return Said(words[level])
    if is_standing(feature):
        return Said(STANDING[level])
    if told := named(feature, _short(feature), level, profile.of(feature).typical):
        return Said(*told)
    if counts_things(feature):
        return Said(AMOUNTS[level], thing(_short(feature)))
    return Said(level, _short(feature))


def _tendency(one: Tendency) -> Said:
    share, category = one.share.share, one.share.category
    told = shortened(f"{category} for {short_label(one.feature)}" if bare(category) else category)
    if share >= ALL_OF_THEM:
        return Said("", told)
    if one.effect > 0:
        return Said("mostly" if share > MOST_OF_THEM else "more often", told)
    return Said("seldom" if share < FEW_OF_THEM else "less often", told)


def _leaning(feature: Feature, profile: Profile) -> Said:
    above = profile.of(feature).effect > 0
    if feature.role in LEANING:
        return Said(LEANING[feature.role][above])
    if is_standing(feature):
        return Said("longer-standing" if above else "newer")
    if counts_things(feature):
        return Said("more" if above else "fewer", thing(_short(feature)))
    return Said("higher" if above else "lower", _short(feature))


def _short(feature: Feature) -> str:
    return shortened(short_label(feature))


def shortened(label: str) -> str:
    """A label that a name has room for."""
    if len(label) <= LONGEST:
        return label
    cut = shorten(label, LONGEST, placeholder="…")
    return cut if len(cut) > 1 else f"{label[: LONGEST - 1]}…"
