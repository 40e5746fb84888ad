"""What sets a segment apart, in plain words: phrases that complete “This segment …”.

Only differences that count are told: large, and hardly by chance (see `analysis.evidence.compared`).
"""

from __future__ import annotations

from collections.abc import Mapping

from analysis.configuration.column import Column, Phrases
from analysis.contract import Feature, FeatureProfile, Trait
from analysis.features import Features
from analysis.figures import Figures, listed
from analysis.profile import Profile

BY_ROLE = {
    "age": Phrases(more="is {} older than average", less="is {} younger than average"),
    "income": Phrases(more="earns {} more than average", less="earns {} less than average"),
    "spending": Phrases(
        more="scores {} higher on spending than average", less="scores {} lower on spending than average"
    ),
    "monetary": Phrases(more="spends {} more than average", less="spends {} less than average"),
    "recency": Phrases(more="last bought {} longer ago than average", less="last bought {} more recently than average"),
    "frequency": Phrases(more="buys {} more often than average", less="buys {} less often than average"),
}
ORDINARY = "is close to average on every feature"
BY_CHANCE = "differs from average by no more than chance might make it"
NOTICEABLE = 0.2
"""Standard deviations from which a difference at a medium level is still told (Cohen 1988: a small effect)."""


def in_sentence(label: str) -> str:
    """A label as it reads inside a sentence: `Annual income` → `annual income`; `VIP score` and `€ spent` stay."""
    return label[0].lower() + label[1:] if label[:1].isupper() and label[1:2].islower() else label


def short_label(feature: Feature) -> str:
    """One word where the role has one: `income`, `spending`, `age`; else the label as it reads inside a sentence."""
    return feature.role if feature.role in {"income", "spending", "age"} else in_sentence(feature.label)


def counts(figure: FeatureProfile) -> bool:
    """Whether a difference may be told: a marker variable; or any, where differences have not been rated.

    Means and means of logs may differ the other way round; then neither direction is told.
    """
    rated = figure.marker or figure.adjusted_p is not None
    return (figure.marker or not rated) and figure.effect * figure.difference >= 0


def apart(profile: Profile, features: Features) -> list[Feature]:
    """The columns on which the segment is not at a medium level, by a difference that counts, strongest first."""
    found = [
        feature for feature in features.numeric if profile.of(feature).level != "medium" and counts(profile.of(feature))
    ]
    return sorted(found, key=lambda feature: (-abs(round(profile.of(feature).effect, 9)), feature.name))


def leaning(profile: Profile, features: Features) -> list[Feature]:
    """The columns on which the segment is at a medium level, yet noticeably off the average, strongest first.

    A large segment pulls the average towards itself, so that a difference may count that seems medium.
    """
    found = [
        feature
        for feature in features.numeric
        if (figure := profile.of(feature)).level == "medium" and abs(figure.effect) >= NOTICEABLE and counts(figure)
    ]
    return sorted(found, key=lambda feature: (-abs(round(profile.of(feature).effect, 9)), feature.name))


def traits(profile: Profile, features: Features, columns: Mapping[str, Column], figures: Figures) -> tuple[Trait, ...]:
    """Every column on which the segment is not at a medium level, by a difference that counts, strongest first.

    Where there is none: those on which it leans to one side, or else that it is ordinary, as far as anybody can tell.
    """
    found = apart(profile, features) or leaning(profile, features)
    if not found:
        strongest = max(profile.figures, key=lambda figure: abs(figure.effect))
        return (_trait(strongest, ORDINARY if strongest.level == "medium" else BY_CHANCE),)
    return tuple(
        _trait(profile.of(feature), phrase(feature, profile.of(feature), columns[feature.name], figures))
        for feature in found
    )


def _trait(figure: FeatureProfile, words: str) -> Trait:
    return Trait(feature=figure.feature, level=figure.level, effect=figure.effect, phrase=words)


def phrase(feature: Feature, figure: FeatureProfile, column: Column, figures: Figures) -> str:
    """How far the segment is from everybody on one column: `earns 43% more than average`."""
    words = column.phrases or _by_role(feature)
    amount = figures.difference(feature, figure.difference, figure.ratio)
    # Not str.format: a label may hold braces.
    return (words.more if figure.difference >= 0 else words.less).replace("{}", amount)


def _by_role(feature: Feature) -> Phrases:
    role = "monetary" if feature.role == "spending" and feature.format == "money" else feature.role
    label = in_sentence(feature.label)
    return BY_ROLE.get(role) or Phrases(
        more=f"is {{}} above average on {label}", less=f"is {{}} below average on {label}"
    )


def summary(profile: Profile, found: tuple[Trait, ...], features: Features, figures: Figures) -> str:
    """Who they are, in one sentence, such as `About 33 years old, $87K a year, spending score 82 of 100.`."""
    parts = []
    for role in ("age", "income", "spending"):
        feature = features.find(role)
        if feature is not None and feature.role == role:
            parts.append(_who(feature, figures.of(feature, profile.of(feature).mean, short=True)))
    if parts:
        return _capital(", ".join(parts))
    parts = [trait.phrase for trait in found[:3]]
    return _capital(listed(parts))


def _capital(sentence: str) -> str:
    return f"{sentence[:1].upper()}{sentence[1:]}."


def _who(feature: Feature, value: str) -> str:
    label = feature.label.lower()
    if feature.role == "age":
        return f"about {value} old" if feature.unit else f"about {value} years old"
    if feature.role == "income":
        for word, period in (("annual", "a year"), ("year", "a year"), ("month", "a month")):
            if word in label:
                return f"{value} {period}"
    return f"{in_sentence(feature.label)} {value}"
