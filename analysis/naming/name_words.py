"""What sets a segment apart, a word or two each, for its name: `high income`, `many visits`, `mostly yes for card`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from textwrap import shorten

from analysis.cells.kinds.wording import named
from analysis.contract import Feature
from analysis.language import gettext
from analysis.language.words import listed
from analysis.naming.name_leads import lead, of_role
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
    "recency": {
        "very low": "bought very recently", "low": "bought recently", "high": "long silent",
        "very high": "very long silent",
    },
    "frequency": {
        "very low": "very infrequent", "low": "infrequent", "high": "frequent", "very high": "very frequent",
    },
}  # fmt: skip
STANDING = {"very low": "very new", "low": "new", "high": "long-standing", "very high": "very long-standing"}
AMOUNTS = {"very low": "very few", "low": "few", "high": "many", "very high": "very many"}
LEANING = {
    "age": ("younger", "older"),
    "recency": ("bought more recently", "longer silent"),
    "frequency": ("less frequent", "more frequent"),
}
"""Below the average, above it. All of these are keys of `analysis.naming.name_leads`."""
OF, FAMILY = " on ", 3
"""What stands between a kind of column and its one, `spending on fish`, and how many make a family."""


@dataclass(frozen=True)
class Said:
    """What a name says of one column."""

    lead: str
    """A key of `analysis.naming.name_leads`: `high`, `younger`."""
    thing: str = ""
    """What it is said of, as it is told; nothing where the lead says it all."""
    role: str = ""
    """The column's role, of which some have messages of their own."""
    slightly: bool = False
    """Whether the difference is too small for the lead alone."""

    @property
    def common(self) -> tuple[str, bool]:
        """What several things may share."""
        return self.lead, self.slightly


def in_a_row(words: Sequence[Said]) -> str:
    """`high income and spending, older`: what is said of several things is said once."""
    parts: list[list[Said]] = []
    for word in words:
        if parts and word.thing and parts[-1][0].common == word.common:
            parts[-1].append(word)
        else:
            parts.append([word])
    return ", ".join(_together(part) for part in parts)


def _together(words: Sequence[Said]) -> str:
    first, things = words[0], [words[0].thing]
    for word in words[1:]:
        before, _, of = first.thing.partition(OF)
        things.append(word.thing.removeprefix(f"{before}{OF}") if of else word.thing)
    own = of_role(first.lead, first.role) if len(words) == 1 else None
    told = own or lead(first.lead, listed(things))
    return somewhat(told) if first.slightly else told


def somewhat(words: str) -> str:
    """Of a difference too small for these words alone."""
    return gettext("somewhat {words}", words=words)


def strong(profile: Profile, features: Features) -> list[Said]:
    """What sets the segment apart: columns that say who somebody is, then all others; strongest first."""
    numbers = [(one, abs(profile.of(one).effect), _word(one, profile)) for one in apart(profile, features)]
    categories = [(one.feature, abs(one.effect), _tendency(one)) for one in tendencies(profile, features)]
    # Of equals comes first what the segments were found by.
    found = sorted(
        numbers + categories,
        key=lambda each: (not telling(each[0]), -round(each[1], 9), each[0].used_for != "clustering"),
    )
    return _of_a_family([word for *_, word in found])


def _of_a_family(words: list[Said]) -> list[Said]:
    """Three of a kind go by what they share: `high spending` for high spending on wines, on fish and on fruits."""
    kept: list[Said] = []
    for word in words:
        head, of, _ = word.thing.partition(OF)
        family = [each for each in words if of and each.thing.startswith(f"{head}{OF}") and _alike(each, word)]
        if len(family) < FAMILY:
            kept.append(word)
        elif word is family[0]:
            kept.append(replace(word, thing=head, role=""))
    return kept


def _alike(one: Said, other: Said) -> bool:
    """Whether both are above, or both below."""
    return one.lead.removeprefix("very ") == other.lead.removeprefix("very ")


def slight(profile: Profile, features: Features) -> list[Said]:
    """What it leans to, though not far: `lower income`."""
    found = leaning(profile, features)
    return [_leaning(one, profile) for one in sorted(found, key=lambda one: not telling(one))]


def telling(feature: Feature) -> bool:
    """Whether the column says who somebody is or how they buy."""
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
    return Said(level, _short(feature), feature.role)


def _tendency(one: Tendency) -> Said:
    share, category = one.share.share, one.share.category
    if bare(category):
        category = gettext("{category} for {label}", category=category, label=short_label(one.feature))
    told = shortened(category)
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
    return Said("higher" if above else "lower", _short(feature), feature.role)


def _short(feature: Feature) -> str:
    return shortened(short_label(feature))


def shortened(label: str) -> str:
    """A label that a name has room for."""
    if len(label) <= LONGEST:
        return label
    cut = shorten(label, LONGEST, placeholder="…")
    return cut if len(cut) > 1 else f"{label[: LONGEST - 1]}…"
