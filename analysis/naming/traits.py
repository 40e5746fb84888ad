"""What sets a segment apart, in plain words: phrases that complete “This segment …”.

Only differences that count are told: large and statistically significant (see `analysis.evidence.compared`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

from analysis.cells.kinds.wording import nearest, standing
from analysis.cells.spellings import NO_CATEGORY
from analysis.configuration.column import Column
from analysis.contract import CategoryShare, Feature, FeatureProfile, Trait
from analysis.language import gettext, gettext_noop, pgettext
from analysis.language.words import in_sentence
from analysis.preparation.features import Features
from analysis.profiling.profile import Profile
from analysis.statistics.holm import BY_CHANCE
from analysis.wording.level import level_of
from analysis.wording.nouns import counted
from analysis.wording.number_format import NumberFormat
from analysis.wording.phrases import DATE, OTHERWISE
from analysis.wording.typical import (
    HOW,
    TOLD,
    WHO,
    as_configured,
    beside,
    compared,
    placed,
    sentence,
    strung,
    tells,
    valued,
)  # fmt: skip
from analysis.wording.verbs import bought, verb

ORDINARY = gettext_noop("is close to average on every feature")
CHANCE = gettext_noop("differs from average by no more than chance could explain")
UNSTEADY = gettext_noop("differs from average, but too little to count, or not consistently across resamples")
ELSEWHERE = gettext_noop("differs from all customers in how its figures are spread, not in its typical figures")
PARTLY = gettext_noop("does not stand out in the figures that are published of it")
NOTHING_APART = (ORDINARY, CHANCE, UNSTEADY, ELSEWHERE, PARTLY)
"""What is told of a segment that no trait sets apart, as messages in English."""
YEARLY, MONTHLY = ("annual", "year", "jahr", "jähr"), ("month", "monat")
"""Parts of labels that say for what time an income is."""
HALF = 0.5
SHORTEST = 3
"""Letters below which a category is taken for a code."""
BARE = frozenset({"yes", "true", "false", "none", "other", "unknown", NO_CATEGORY})
NOTICEABLE = 0.2
"""Standard deviations from which a difference at a medium level is still told (Cohen 1988: a small effect)."""


def short_label(feature: Feature) -> str:
    """One word where the role has one: `income`, `spending`, `age`; else the label as it reads inside a sentence."""
    roles = {
        "income": pgettext("column", "income"),
        "spending": pgettext("column", "spending"),
        "age": pgettext("column", "age"),
    }
    return roles.get(feature.role) or in_sentence(feature.label)


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


def sets_apart(trait: Trait) -> bool:
    """Whether a trait tells a difference, not that there is none to tell."""
    return trait.phrase not in {gettext(one) for one in NOTHING_APART}


def _ordinary(profile: Profile) -> Trait:
    told = [figure for figure in profile.figures if not figure.concealed]
    strongest = max(told or profile.figures, key=lambda figure: abs(figure.effect), default=None)
    if strongest is not None and len(told) < len(profile.figures):
        return _trait(strongest, gettext(PARTLY))
    if strongest is None:
        share = profile.categories[0]
        return Trait(feature=share.feature, level="medium", effect=0.0, phrase=gettext(ORDINARY))
    if strongest.level == "medium":
        return _trait(strongest, gettext(ORDINARY))
    if strongest.marker:
        return _trait(strongest, gettext(ELSEWHERE))
    sure = strongest.adjusted_p is not None and strongest.adjusted_p < BY_CHANCE
    return _trait(strongest, gettext(UNSTEADY if sure else CHANCE))


def _tending(one: Tendency, formats: NumberFormat) -> Trait:
    return Trait(
        feature=one.feature.name,
        level=level_of(one.effect),
        effect=one.effect,
        phrase=_tendency_words(one, formats),
        category=one.share.category,
    )


def _tendency_words(one: Tendency, formats: NumberFormat) -> str:
    """`is 83% Female, against 56% of all customers`, `channel: 60% app, …`; of what is rarer, `channel: only 20% …`."""
    told = {
        "share": formats.percent(one.share.share),
        "category": one.share.category,
        "label": in_sentence(one.feature.label),
        "overall": formats.percent(one.share.share_overall),
    }
    rare = one.effect <= 0
    if one.feature.role == "gender" and not bare(one.share.category):
        if rare:
            return gettext("is only {share} {category}, against {overall} of all customers", **told)
        return gettext("is {share} {category}, against {overall} of all customers", **told)
    if rare:
        return gettext("{label}: only {share} {category}, against {overall} of all customers", **told)
    return gettext("{label}: {share} {category}, against {overall} of all customers", **told)


def bare(category: str) -> bool:
    """Whether a category says nothing without its column's label: `yes`, `0`, `(missing)`."""
    return len(category) < SHORTEST or category.casefold() in {
        *BARE,
        pgettext("answer", "yes"),
        pgettext("answer", "no"),
    }


def _trait(figure: FeatureProfile, words: str) -> Trait:
    return Trait(feature=figure.feature, level=figure.level, effect=figure.effect, phrase=words)


def phrase(feature: Feature, figure: FeatureProfile, column: Column, formats: NumberFormat) -> str:
    """How far the segment is from everybody on one column: `earns 43% more than average`.

    Where the median is typical: `spends 43% more than the typical customer`, `spends 3 times as much as …`; where no
    per cent is to be told: `has 1.3 purchases, against an average of 2.9`.
    """
    if not column.phrases and (told := standing(feature, in_sentence(feature.label), figure, formats)):
        return told
    if formats.in_figures(feature, figure.ratio) and not (feature.unit or feature.format == "money"):
        return beside(feature, figure, formats)
    if column.phrases:
        return as_configured(column.phrases, feature, figure, formats)
    return compared(verb(feature) or (DATE if feature.measure == "date" else OTHERWISE), feature, figure, formats)


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
    others = [trait for trait in found if sets_apart(trait) and trait.feature not in told_of]
    if 0 < len(parts) < TOLD and told_of and others:
        further = [_told(trait, profile, features, columns, formats) for trait in others[: TOLD - len(parts)]]
        return sentence("; ".join([", ".join(parts), *further]))
    apart_by = [one for one in features.numeric if one.name in told_of & {trait.feature for trait in found}]
    if len(parts) == 1 and apart_by and sets_apart(found[0]):
        parts.append(placed(apart_by[0], profile.of(apart_by[0]), formats))
    if parts:
        return sentence(", ".join([*parts, *_mostly(profile, features, formats)]))
    return strung([_told(trait, profile, features, columns, formats) for trait in found])


def _told(
    trait: Trait, profile: Profile, features: Features, columns: Mapping[str, Column], formats: NumberFormat
) -> str:
    """A trait by its figure where only a label tells what the column is: `groceries $23K, 5 times the median`."""
    feature = next((each for each in features.numeric if each.name == trait.feature), None)
    if not sets_apart(trait) or feature is None or columns[feature.name].phrases:
        return trait.phrase
    if feature.measure != "numeric" or (feature.role != "feature" and verb(feature)):
        return trait.phrase
    return valued(feature, profile.of(feature), formats)


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
        return gettext("last bought {time} ago", time=value)
    label = in_sentence(feature.label)
    if feature.role != "frequency" or " " in label:
        return _figure(label, value)
    return counted(value, label)


def _figure(label: str, value: str) -> str:
    """`spending score 82 of 100`."""
    return gettext("{label} {figure}", label=label, figure=value)


def _mostly(profile: Profile, features: Features, formats: NumberFormat) -> list[str]:
    """`86% web`, of the columns of categories on which the segment is of one kind."""
    shares = [one.share for one in tendencies(profile, features) if one.share.share > HALF]
    return [
        gettext("{share} {category}", share=formats.percent(each.share), category=each.category)
        for each in shares
        if not bare(each.category)
    ]


def _who(feature: Feature, typical: float, formats: NumberFormat) -> str:
    value = formats.of(feature, typical, short=True)
    if feature.measure == "ordinal":
        return _figure(in_sentence(feature.label), f"{value} ({nearest(feature, typical)})")
    if feature.role == "age":
        if feature.unit:
            return gettext("about {age} old", age=value)
        return gettext("about {years} years old", years=value)
    if feature.role == "income":
        label = feature.label.casefold()
        if any(word in label for word in YEARLY):
            return gettext("{income} a year", income=value)
        if any(word in label for word in MONTHLY):
            return gettext("{income} a month", income=value)
    return _figure(in_sentence(feature.label), value)
