"""Columns and segments with figures only as precise as a public site may tell them.

What is said of segments in words is made from these, so that a sentence says no more than the figure beside it. Small
counts are for the publication to withhold, and for that it needs exact ones: `coarse` leaves counts, and what is a
count over a count, as they are; `told` is what words are made from, in which they are rounded too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from analysis.basics.arrays import Labels, Mask, Matrix
from analysis.basics.quantiles import QUANTILES
from analysis.contract import CategoryShare, Feature, FeatureProfile
from analysis.preparation.features import Features
from analysis.profiling.profile import Profile
from analysis.rounding.random_rounding import Rounding, step_of, telling
from analysis.rounding.rounded_figures import around, category_as_told, compared, higher, of_two, profile_of_two
from analysis.rounding.sensitivity import Reach, reach, reaches, told_quantiles, told_shares, value_step
from analysis.statistics.sampling import Sureness
from analysis.statistics.scale import judged, transformed

CONTRAST = 0.05
"""The least step of an effect against everybody else."""


@dataclass(frozen=True, eq=False)
class Coarse:
    """Features and profiles as the contract holds them, and as words are made from them."""

    features: Features
    profiles: tuple[Profile, ...]
    told_features: Features
    told_profiles: tuple[Profile, ...]
    value_step: float | None = 0.0
    """Of the segments' shares of value; None where none may be told."""


def as_told(
    features: Features, profiles: tuple[Profile, ...], labels: Labels, value: Matrix | None, rounding: Rounding
) -> Coarse:
    """`labels` (0…) are of the profiles, (customers,); `value` is each customer's, (customers,).

    Without a rounding everything as it is.
    """
    if rounding.open:
        return Coarse(features, profiles, features, profiles)
    return coarse(features, profiles, labels, value, rounding)


def coarse(
    features: Features, profiles: Sequence[Profile], labels: Labels, value: Matrix | None, rounding: Rounding
) -> Coarse:
    """The rounded columns and profiles; see `as_told`."""
    columns = {feature.name: _feature(feature, features, rounding) for feature in features.described}
    rounded = replace(features, described=tuple(columns.values()))
    out = features.left_out(labels)
    figures = {
        feature.name: _figures(columns[feature.name], features, profiles, (labels, out), rounding)
        for feature in features.numeric
    }
    worth = None if value is None else value_step(value, labels)
    shares = told_shares([profile.value_share for profile in profiles], worth, rounding)
    kept = tuple(
        _profile(profile, [figures[one.feature][place] for one in profile.figures], shares[place])
        for place, profile in enumerate(profiles)
    )
    told_columns = [of_two(one, features.size - (one.missing or 0), rounding) for one in rounded.described]
    few = {one.name: {"concealed": "few"} for one in told_columns if _few_know(one, kept, rounding.least)}
    told_features = replace(
        features, described=tuple(one.model_copy(update=few.get(one.name, {})) for one in told_columns)
    )
    described = tuple(told(each, told_features, rounding) for each in kept)
    return Coarse(rounded, kept, told_features, described, worth)


def sure_as_told(found: Sequence[Sureness], rounded: Coarse) -> tuple[Sureness, ...]:
    """The intervals of segments, that of the share of value to its steps and around it."""
    return tuple(
        replace(one, value_share=around(one.value_share, own.value_share, rounded.value_step or 0.0))
        for one, own in zip(found, rounded.profiles, strict=False)
    )


def told(profile: Profile, features: Features, rounding: Rounding) -> Profile:
    """A segment as it is told in words: with rounded counts, and nothing of a column that is withheld."""
    columns = {feature.name: feature for feature in features.described}
    figures = tuple(
        _unsaid(one)
        if one.concealed or columns[one.feature].concealed or _tells_all(one, columns[one.feature], profile, rounding)
        else profile_of_two(one, columns[one.feature], profile.size, rounding)
        for one in profile.figures
    )
    return replace(
        profile,
        size=rounding.count(profile.size),
        share=rounding.share(profile.size, features.size),
        figures=figures,
        categories=tuple(_category(one, profile.size, columns[one.feature], rounding) for one in profile.categories),
    )


def _few_know(feature: Feature, profiles: Sequence[Profile], least: int) -> bool:
    """Whether so few customers of a segment have a value in a describing column that it is withheld of all."""
    if feature.kind != "numeric" or feature.used_for != "description" or not feature.missing:
        return False
    return any(not one.knows(feature) or (one.of(feature).known or 0) < least for one in profiles)


def _tells_all(figure: FeatureProfile, feature: Feature, profile: Profile, rounding: Rounding) -> bool:
    """Whether (nearly) all of a segment have the same value, and nobody said that it harms no one to know it."""
    if feature.harmless:
        return False
    if feature.two_values is None:
        return bool(figure.constant)
    known = profile.size if figure.known is None else figure.known
    return telling(higher(feature, figure.mean, known), known, rounding.least)


def _category(one: CategoryShare, size: int, feature: Feature, rounding: Rounding) -> CategoryShare:
    """As its share is told; one that (nearly) all or none of a segment have sets it apart in no words."""
    everybody = feature.categories[one.category], sum(feature.categories.values())
    told = category_as_told(one, size, everybody, rounding)
    secret = not feature.harmless and telling(one.count, size, rounding.least)
    return told.model_copy(update={"marker": False}) if secret else told


def _unsaid(figure: FeatureProfile) -> FeatureProfile:
    """Figures of which nothing is told: neither high nor low."""
    nothing = {
        "concealed": figure.concealed or "dominated",
        "level": "medium",
        "effect": 0.0,
        "difference": 0.0,
        "ratio": None,
        "contrast": None,
        "marker": False,
    }
    return figure.model_copy(update=nothing)


def _feature(feature: Feature, features: Features, rounding: Rounding) -> Feature:
    if feature.kind == "category" or feature.two_values is not None or feature.mean is None:
        return feature
    found = reach(features.values(feature), features.out_of(feature), rounding.least, QUANTILES)
    return feature.model_copy(
        update={
            "mean": found.told_mean(feature.mean, rounding),
            "standard_deviation": rounding.figure(feature.standard_deviation or 0.0, found.deviation),
            **_quantiles(feature, tuple(QUANTILES), found, rounding),
            "rounded_to": found.mean,
            "deviation_rounded_to": found.deviation,
            "quantiles_rounded_to": found.widest,
            "concealed": _concealed(feature, found),
        }
    )


def _concealed(feature: Feature, found: Reach) -> str | None:
    if found.dominated:
        return "dominated"
    return "few" if feature.typical == "median" and "median" not in found.quantiles else None


def _quantiles(
    figure: Feature | FeatureProfile, names: Sequence[str], found: Reach, rounding: Rounding
) -> dict[str, float | None]:
    """Name → rounded quantile; None for those that may not be told."""
    return told_quantiles({name: getattr(figure, name) for name in names}, found, rounding)


def _figures(
    feature: Feature, features: Features, profiles: Sequence[Profile], groups: tuple[Labels, Mask], rounding: Rounding
) -> dict[int, FeatureProfile]:
    """Place of a segment → its figures of one column.

    `groups`: the segment of each customer, and whether the customer counts in no mean, (customers,) each.
    """
    labels, out = groups
    own = {place: one for place, each in enumerate(profiles) for one in each.figures if one.feature == feature.name}
    if feature.two_values is not None:
        return {place: _of_two(one) for place, one in own.items()}
    found = reaches(features.values(feature), features.out_of(feature, out), labels, len(profiles), rounding.least)
    scale = judged(features, feature, out)
    spread, moved = float(np.nanstd(scale)), float(np.nanmax(scale) - np.nanmin(scale))
    per = moved / spread if spread > 0 else 0.0
    another = transformed(features, feature)
    return {
        place: _figure(one, feature, found[place], (per / max(one.known or 1, 1), another), rounding)
        for place, one in own.items()
    }


def _of_two(figure: FeatureProfile) -> FeatureProfile:
    return figure.model_copy(
        update={
            "contrast": figure.contrast and round(figure.contrast, 1),
            "contrast_interval": around(figure.contrast_interval, figure.contrast and round(figure.contrast, 1), 0.1),
        }
    )


def _figure(
    figure: FeatureProfile, feature: Feature, found: Reach, effects: tuple[float, bool], rounding: Rounding
) -> FeatureProfile:
    """`effects`: how far one customer moves an effect, and whether it is on another scale than the column's own."""
    moved, another = effects
    named = ("median", "q1", "q3")
    rounded = figure.model_copy(
        update={
            "mean": found.told_mean(figure.mean, rounding),
            **_quantiles(figure, named, found, rounding),
            "rounded_to": found.mean,
            "quantiles_rounded_to": found.widest,
            "concealed": _concealed(feature, found),
        }
    )
    step = step_of(max(moved, CONTRAST))
    told = compared(rounded, feature, rounding.figure(figure.effect, step) if another else None)
    own = found.quantiles.get("median", 0.0) if feature.typical == "median" else found.mean
    interval = around(figure.typical_interval, told.typical, own)
    contrast = None if figure.contrast is None else rounding.figure(figure.contrast, step_of(2 * max(moved, CONTRAST)))
    return told.model_copy(
        update={
            "typical_interval": interval,
            "mean_interval": interval if feature.typical == "mean" else None,
            "contrast": contrast,
            "contrast_interval": around(figure.contrast_interval, contrast, step),
        }
    )


def _profile(profile: Profile, figures: Sequence[FeatureProfile], share: float | None) -> Profile:
    return replace(profile, figures=tuple(figures), value_share=share)
