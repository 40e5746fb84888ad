"""The segments written up: everything known of each, as the contract publishes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.basics.arrays import Labels, Matrix
from analysis.basics.seeds import seeds
from analysis.clustering.choose import Choice
from analysis.clustering.kept import KeptDivision
from analysis.clustering.placement import Placement
from analysis.configuration import Configuration, Site
from analysis.contract import (
    Criterion,
    Evaluation,
    FeatureProfile,
    Recommendation,
    Rule,
    Segment,
    Trait,
    WithheldProfile,
)
from analysis.contract.stability import band
from analysis.evidence.compared import compared
from analysis.evidence.criteria import JudgedSegment, criteria
from analysis.evidence.evaluation import Standing, evaluations
from analysis.evidence.pairs import Closest, closest
from analysis.evidence.whole import of_the_whole
from analysis.identity.identity import Identity, Memory, recognised
from analysis.language import gettext, gettext_noop
from analysis.naming.persona import Named, named
from analysis.naming.traits import summary, traits
from analysis.preparation.features import Features
from analysis.profiling.profile import Profile, canonical, customer_value, profiles
from analysis.profiling.rules import rules
from analysis.recommendation.budget import Split
from analysis.recommendation.recommend import recommendations
from analysis.results.lasting import addresses, chosen_colours, kept_names, renamed
from analysis.results.rounded import Coarse, as_told, sure_as_told
from analysis.results.unassigned import SUMMARY, everybody, of_groups, padded, placed, split_among
from analysis.results.unassigned import name as of_the_unassigned
from analysis.rounding.random_rounding import AS_IT_IS, Rounding
from analysis.rounding.rounded_figures import rule_as_told
from analysis.statistics.resampled import Resampled
from analysis.statistics.sampling import Sureness, sureness
from analysis.wording.number_format import NumberFormat


@dataclass(frozen=True, eq=False)
class Segmentation:
    """The chosen division in canonical order, described and named.

    Sequences run over the segments, and over the unassigned last if there are any.
    """

    k: int
    """Number of segments; a group beyond them is that of the unassigned."""
    labels: Labels
    """Segment of each customer, 0…k−1, in the features' order; k for the unassigned."""
    placement: Placement
    """The rule that gave them, and gives anybody else theirs."""
    features: Features
    """The columns, whose figures are as precise as they may be told."""
    profiles: tuple[Profile, ...]
    traits: tuple[tuple[Trait, ...], ...]
    summaries: tuple[str, ...]
    names: tuple[Named, ...]
    slugs: tuple[str, ...]
    colours: tuple[int, ...]
    kept: KeptDivision | None
    """The division of an earlier build, where it is kept; in canonical order."""
    identity: Identity
    """Which segment of the last build each continues."""
    rules: tuple[Rule | None, ...]
    silhouettes: Matrix
    silhouette_quantiles: Matrix
    stability: Matrix
    sureness: tuple[Sureness, ...]
    recommendations: tuple[tuple[Recommendation, ...], ...]
    criteria: tuple[tuple[Criterion, ...], ...]
    evaluations: tuple[Evaluation | None, ...]
    split: Split | None


def segmentation(  # noqa: PLR0913 (what to describe, and what all of it is described by)
    features: Features,
    choice: Choice,
    configuration: Configuration,
    formats: NumberFormat,
    resampled: Resampled | None = None,
    rounding: Rounding = AS_IT_IS,
    known: Memory | None = None,
) -> Segmentation:
    """Put the chosen segments into canonical order, describe and name them, and split the budget over them.

    `resampled` numbers segments as the chosen partition does; without it nothing has a bootstrap interval. By
    the `rounding` figures are rounded before anything is said of them. `known`: what is remembered of the last build.
    """
    site = configuration.site
    value = customer_value(features, site.value)
    estimated = None if site.value.lifetime else value  # what is expected has an interval of its own
    taken, k = choice.taken, choice.taken.k
    division = known.kept if known else None
    placement, fitted = placed(features, taken, site, division)
    found, placement = everybody(features, taken, placement, site)
    order = taken.partition.last(canonical(features.matrix, found, value))
    labels, groups = np.argsort(order)[found], len(order)
    own = [division.ids[at] for at in order] if division else None
    identity = recognised(known, labels, groups, features, k, own)
    drawn = resampled and of_the_whole(resampled.ordered(order), features, labels, fitted, seeds(site.model.seed).apart)
    exact = compared(profiles(features, labels, value, k), features, labels, drawn)
    rounded = as_told(features, exact, labels, value, rounding)
    stability = of_groups(taken.measures.stability, order)
    assigned = np.where(labels < k, labels, -1)
    bounds = rules(features, assigned, formats)
    told = [rule_as_told(rule, one.size, rounding) for rule, one in zip(bounds, exact, strict=False)]
    measured = list(zip(bounds, told, stability.tolist(), strict=False))
    standings = _standings(rounded, measured, configuration, formats, identity)
    names = padded([one.name for one in standings], groups, of_the_unassigned())
    apart = [one.as_told(rounding) for one in closest(features, assigned)]
    sure = sure_as_told(sureness(drawn, k, labels, estimated), rounded)
    said = [traits(one, rounded.told_features, site.columns, formats) for one in rounded.told_profiles]
    return Segmentation(
        k=k,
        labels=labels,
        placement=placement.ordered(order),
        features=rounded.features,
        profiles=rounded.profiles,
        traits=tuple(said),
        summaries=tuple(
            summary(one, own, rounded.told_features, site.columns, formats)
            for one, own in zip(rounded.told_profiles, said, strict=True)
        ),
        names=names,
        slugs=addresses([each.name for each in names], identity),
        colours=chosen_colours(names, identity),
        kept=division and division.ordered(order),
        identity=renamed(identity, names, configuration),
        rules=padded(bounds, groups, None),
        silhouettes=of_groups(taken.segment_silhouettes, order),
        silhouette_quantiles=of_groups(taken.silhouette_quantiles, order),
        stability=stability,
        sureness=padded(sure, groups, Sureness()),
        recommendations=padded([one.recommendations for one in standings], groups, ()),
        criteria=padded(_criteria(standings, apart, site, formats), groups, ()),
        evaluations=padded(evaluations(standings, site.evaluation, formats), groups, None),
        split=split_among(rounded.told_profiles, [one.name for one in standings], site, formats, rounding),
    )


def _standings(
    rounded: Coarse,
    measured: Sequence[tuple[Rule | None, Rule | None, float]],
    configuration: Configuration,
    formats: NumberFormat,
    identity: Identity,
) -> list[Standing]:
    """The segments with their names and actions; `measured`: rule, rule as it is told, and stability of each."""
    columns, described = rounded.told_features, rounded.told_profiles[: len(measured)]
    names = named(described, configuration.personas.personas, columns, formats, kept_names(identity, configuration))
    actions = [recommendations(one, configuration.playbook.actions, columns, formats) for one in described]
    return [
        Standing(profile, name, rule, chosen, stability, told)
        for profile, name, chosen, (rule, told, stability) in zip(described, names, actions, measured, strict=True)
    ]


def _criteria(
    standings: Sequence[Standing], apart: Sequence[Closest], site: Site, formats: NumberFormat
) -> tuple[tuple[Criterion, ...], ...]:
    names = [one.name.name for one in standings]
    return tuple(
        criteria(
            JudgedSegment(
                one.profile, one.rule, one.recommendations, apart[place] if apart else None, names, site.value.stated
            ),
            site.segments,
            formats,
        )
        for place, one in enumerate(standings)
    )


def segments(found: Segmentation, features: Features) -> tuple[Segment, ...]:
    """The contract's segments."""
    return tuple(_segment(i, found, features) for i in range(len(found.profiles)))


NOBODY = gettext_noop("No customer of the segment has a value.")


def _with_gaps(profile: Profile, features: Features) -> tuple[FeatureProfile | WithheldProfile, ...]:
    """The figures of every numeric column, in the order of the columns in each segment."""
    return tuple(
        profile.of(one) if profile.knows(one) else WithheldProfile(feature=one.name, withheld=gettext(NOBODY))
        for one in features.numeric
    )


def _centroid(profile: Profile, features: Features) -> dict[str, float | None]:
    """The mean in every numeric column that segments are found by; null where nobody has a value."""
    return {one.name: profile.of(one).mean if profile.knows(one) else None for one in features.centroid}


def _segment(i: int, found: Segmentation, features: Features) -> Segment:
    profile = found.profiles[i]
    unassigned, stability = i >= found.k, float(found.stability[i])
    known = not np.isnan(stability)
    return Segment(
        id=profile.id,
        colour=found.colours[i],
        kind="unassigned" if unassigned else "segment",
        slug=found.slugs[i],
        name=found.names[i].name,
        persona=found.names[i].match,
        size=profile.size,
        share=profile.share,
        value_share=profile.value_share,
        centroid=_centroid(profile, features),
        profile=_with_gaps(profile, features),
        categories=profile.categories,
        silhouette=float(np.nan_to_num(found.silhouettes[i])),
        silhouettes=tuple(found.silhouette_quantiles[i][~np.isnan(found.silhouette_quantiles[i])].tolist()),
        stability=stability if known else None,
        stability_band=band(stability) if known else None,
        neighbour=profile.neighbour,
        rule=found.rules[i],
        summary=gettext(SUMMARY) if unassigned else found.summaries[i],
        traits=found.traits[i],
        imputed=int(features.incomplete[found.labels == i].sum()),
        borders=profile.borders,
        size_interval=found.sureness[i].size,
        share_interval=found.sureness[i].share,
        value_share_interval=found.sureness[i].value_share,
        stability_interval=found.sureness[i].stability,
        dissolved=found.sureness[i].dissolved,
        criteria=found.criteria[i],
        evaluation=found.evaluations[i],
        recommendations=found.recommendations[i],
        budget=found.split.shares[i] if found.split else None,
    )
