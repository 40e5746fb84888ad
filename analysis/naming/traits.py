"""What sets a segment apart, in plain words: phrases that complete “This segment …”.

Only differences that count are told: large, and hardly by chance (see `analysis.evidence.compared`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

from analysis.basics.letters import in_sentence
from analysis.cells.kinds.wording import date_phrases, nearest, standing
from analysis.cells.spellings import NO_CATEGORY
from analysis.configuration.column import Column, Phrases
from analysis.contract import CategoryShare, Feature, FeatureProfile, Trait
from analysis.preparation.features import Features
from analysis.profiling.profile import Profile
from analysis.statistics.holm import BY_CHANCE
from analysis.wording.level import level_of
from analysis.wording.nouns import counted
from analysis.wording.number_format import NumberFormat
from analysis.wording.typical import HOW, TOLD, WHO, against, beside, placed, sentence, strung, tells, valued, worded
from analysis.wording.verbs import bought, verb

ORDINARY = "is close to average on every feature"
CHANCE = "differs from average by no more than chance might make it"
UNSTEADY = "differs from average, but not by enough, or not each time that customers are drawn anew"
ELSEWHERE = "differs from everybody in how its figures are spread, not in the typical ones"
PARTLY = "is not set apart by what is published of it"
NOTHING_APART = frozenset({ORDINARY, CHANCE, UNSTEADY, ELSEWHERE, PARTLY})
HALF = 0.5
SHORTEST = 3
"""Letters below which a category is taken for a code."""
BARE = frozenset({"yes", "true", "false", "none", "other", "unknown", NO_CATEGORY})
NOTICEABLE = 0.2
"""Standard deviations from which a difference at a medium level is still told (Cohen 1988: a small effect)."""


def short_label(feature: Feature) -> str:
    """One word where the role has one: `income`, `spending`, `age`; else the label as it reads inside a sentence."""
    return feature.role if feature.role in {"income", "spending", "age"} else in_sentence(feature.label)


def counts(figure: FeatureProfile) -> bool:
    """Whether a difference may be told: a marker variable; or any, where differences have not been rated.

    Where the typical figures are alike, or differ the other way round, no direction is told.
    """
    rated = figure.marker or figure.adjusted_p is not None
    return (figure.marker or not rated) and tells(figure, figure.effect)


def apart(profile: Profile, features: Features) -> list[Feature]:
    """The columns on which the segment is not at a medium level, by a difference that counts, strongest first."""
    known = filter(profile.tells, features.numeric)
    found = [one for one in known if profile.of(one).level != "medium" and counts(profile.of(one))]
    return sorted(found, key=lambda feature: (-abs(round(profile.of(feature).effect, 9)), feature.name))


def leaning(profile: Profile, features: Features) -> list[Feature]:
    """The columns on which the segment is at a medium level, yet noticeably off the average, strongest first.

    A large segment pulls the average towards itself, so that a difference may count that seems medium.
    """
    found = [
        feature
        for feature in filter(profile.tells, features.numeric)
        if (figure := profile.of(feature)).level == "medium" and abs(figure.effect) >= NOTICEABLE and counts(figure)
    ]
    return sorted(found, key=lambda feature: (-abs(round(profile.of(feature).effect, 9)), feature.name))


@dataclass(frozen=True)
class Tendency:
    """What sets a segment apart on a column of categories: one that is more or less common in it than in the table."""

    feature: Feature
    share: CategoryShare
    effect: float
    """(share − share of everybody) / standard deviation of being in the category among everybody."""


def tendencies(profile: Profile, features: Features) -> list[Tendency]:
    """Of each column of categories that segments were found by the most telling one whose difference counts."""
    found = []
    for feature in features.clustering:
        own = [each for each in profile.categories if each.feature == feature.name and each.marker]
        # What a segment has more of says more than what it lacks.
        told = [each for each in own if each.share > each.share_overall] or own
        if told:
            found.append(max((_tendency(feature, each) for each in told), key=lambda one: round(abs(one.effect), 9)))
    return found


def _tendency(feature: Feature, share: CategoryShare) -> Tendency:
    everybody = share.share_overall
    spread = sqrt(everybody * (1 - everybody))
    return Tendency(feature, share, (share.share - everybody) / spread if spread else 0.0)


def traits(
    profile: Profile, features: Features, columns: Mapping[str, Column], formats: NumberFormat
) -> tuple[Trait, ...]:
    """Every column on which the segment is not at a medium level, by a difference that counts, strongest first.

    Where there is none: those on which it leans to one side, or else that it is ordinary, as far as anybody can tell.
    """
    found = apart(profile, features)
    told = [_tending(one, formats) for one in tendencies(profile, features) if not _alike(one, formats)]
    if not found and not told:
        found = leaning(profile, features)
    told += [
        _trait(profile.of(feature), phrase(feature, profile.of(feature), columns[feature.name], formats))
        for feature in found
        if not formats.alike(feature, profile.of(feature).typical, profile.of(feature).ratio)
    ]
    return tuple(sorted(told, key=lambda trait: -abs(round(trait.effect, 9)))) or (_ordinary(profile),)


def _alike(one: Tendency, formats: NumberFormat) -> bool:
    """Whether both shares read the same, so that there is nothing to tell."""
    return formats.percent(one.share.share) == formats.percent(one.share.share_overall)


def _ordinary(profile: Profile) -> Trait:
    told = [figure for figure in profile.figures if not figure.concealed]
    strongest = max(told or profile.figures, key=lambda figure: abs(figure.effect), default=None)
    if strongest is not None and len(told) < len(profile.figures):
        return _trait(strongest, PARTLY)
    if strongest is None:
        share = profile.categories[0]
        return Trait(feature=share.feature, level="medium", effect=0.0, phrase=ORDINARY)
    if strongest.level == "medium":
        return _trait(strongest, ORDINARY)
    if strongest.marker:
        return _trait(strongest, ELSEWHERE)
    sure = strongest.adjusted_p is not None and strongest.adjusted_p < BY_CHANCE
    return _trait(strongest, UNSTEADY if sure else CHANCE)


def _tending(one: Tendency, formats: NumberFormat) -> Trait:
    return Trait(
        feature=one.feature.name,
        level=level_of(one.effect),
        effect=one.effect,
        phrase=_tendency_words(one, formats),
        category=one.share.category,
    )


def _tendency_words(one: Tendency, formats: NumberFormat) -> str:
    """`is 83% Female, against 56% of everybody`, `is 62% web by channel, …`, `has 95% yes for newsletter, …`."""
    share, everybody = formats.percent(one.share.share), formats.percent(one.share.share_overall)
    only = "" if one.effect > 0 else "only "
    return f"{_being(one, f'{only}{share} {one.share.category}')}, against {everybody} of everybody"


def _being(one: Tendency, how_many: str) -> str:
    label = in_sentence(one.feature.label)
    if bare(one.share.category):
        return f"has {how_many} for {label}"
    return f"is {how_many}" if one.feature.role == "gender" else f"is {how_many} by {label}"


def bare(category: str) -> bool:
    """Whether a category says nothing without its column's label: `yes`, `0`, `(missing)`."""
    return len(category) < SHORTEST or category.casefold() in BARE


def _trait(figure: FeatureProfile, words: str) -> Trait:
    return Trait(feature=figure.feature, level=figure.level, effect=figure.effect, phrase=words)


def phrase(feature: Feature, figure: FeatureProfile, column: Column, formats: NumberFormat) -> str:
    """How far the segment is from everybody on one column: `earns 43% more than average`.

    Where the median is typical: `spends 43% more than the typical customer`, `spends 3 times as much as …`; where no
    per cent is to be told: `has 1.3 purchases, against an average of 2.9`.
    """
    label = in_sentence(feature.label)
    if not column.phrases and (told := standing(feature, label, figure, formats)):
        return told
    if formats.in_figures(feature, figure.ratio) and not (feature.unit or feature.format == "money"):
        return beside(feature, label, figure, formats)
    words = column.phrases or verb(feature) or _plain(feature, label)
    return worded(words.more if figure.difference >= 0 else words.less, feature, figure, formats)


def _plain(feature: Feature, label: str) -> Phrases:
    if feature.measure == "date":
        return date_phrases(label)
    usual = against(feature)
    return Phrases(more=f"is {{}} above {usual} on {label}", less=f"is {{}} below {usual} on {label}")


def summary(
    profile: Profile, found: tuple[Trait, ...], features: Features, columns: Mapping[str, Column], formats: NumberFormat
) -> str:
    """Who they are, in one sentence, such as `About 33 years old, $87K a year, spending score 82 of 100.`.

    Of a table without such roles the three traits that are `found` first.
    """
    parts: list[str] = []
    told_of: set[str] = set()
    for role in WHO:
        feature = features.find(role)
        if feature is not None and feature.role == role and profile.tells(feature):
            parts.append(_who(feature, profile.of(feature).typical, formats))
            told_of.add(feature.name)
    parts = parts or _bought(profile, features, formats)
    others = [trait for trait in found if trait.phrase not in NOTHING_APART and trait.feature not in told_of]
    if 0 < len(parts) < TOLD and told_of and others:
        further = [_told(trait, profile, features, columns, formats) for trait in others[: TOLD - len(parts)]]
        return sentence("; ".join([", ".join(parts), *further]))
    apart_by = [one for one in features.numeric if one.name in told_of & {trait.feature for trait in found}]
    if len(parts) == 1 and apart_by and found[0].phrase not in NOTHING_APART:
        parts.append(placed(apart_by[0], profile.of(apart_by[0]), formats))
    if parts:
        return sentence(", ".join([*parts, *_mostly(profile, features, formats)]))
    return strung([_told(trait, profile, features, columns, formats) for trait in found])


def _told(
    trait: Trait, profile: Profile, features: Features, columns: Mapping[str, Column], formats: NumberFormat
) -> str:
    """A trait by its figure where only a label tells what the column is: `groceries $23K, 5 times the median`."""
    feature = next((each for each in features.numeric if each.name == trait.feature), None)
    if trait.phrase in NOTHING_APART or feature is None or columns[feature.name].phrases:
        return trait.phrase
    if feature.measure != "numeric" or (feature.role != "feature" and verb(feature)):
        return trait.phrase
    return valued(feature, in_sentence(feature.label), profile.of(feature), formats)


def _bought(profile: Profile, features: Features, formats: NumberFormat) -> list[str]:
    """How they buy, where that is known: `last bought 27 days ago`, `12.3 purchases`, `total spent $2,237`."""
    found = [features.find(role) for role in HOW]
    parts = []
    for feature in found:
        if feature is None or not profile.tells(feature) or (feature.role == "recency" and not feature.unit):
            return []
        if feature.role == "recency" and not bought(feature):
            return []
        value = formats.of(feature, profile.of(feature).typical, short=True)
        parts.append(_buys(feature, value))
    return parts


def _buys(feature: Feature, value: str) -> str:
    if feature.role == "recency":
        return f"last bought {value} ago"
    label = in_sentence(feature.label)
    if feature.role != "frequency" or " " in label:
        return f"{label} {value}"
    return counted(value, label)


def _mostly(profile: Profile, features: Features, formats: NumberFormat) -> list[str]:
    """`86% web`, of the columns of categories on which the segment is of one kind."""
    shares = [one.share for one in tendencies(profile, features) if one.share.share > HALF]
    return [f"{formats.percent(each.share)} {each.category}" for each in shares if not bare(each.category)]


def _who(feature: Feature, typical: float, formats: NumberFormat) -> str:
    value = formats.of(feature, typical, short=True)
    if feature.measure == "ordinal":
        return f"{in_sentence(feature.label)} {value} ({nearest(feature, typical)})"
    label = feature.label.lower()
    if feature.role == "age":
        return f"about {value} old" if feature.unit else f"about {value} years old"
    if feature.role == "income":
        for word, period in (("annual", "a year"), ("year", "a year"), ("month", "a month")):
            if word in label:
                return f"{value} {period}"
    return f"{in_sentence(feature.label)} {value}"
