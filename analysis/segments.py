"""The segments written up: everything known of each, as the contract publishes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.budget import Split, split
from analysis.choose import Choice
from analysis.cluster import nearest
from analysis.configuration import Configuration, Site
from analysis.contract import Criterion, Evaluation, Recommendation, Rule, Segment
from analysis.evidence.compared import compared
from analysis.evidence.criteria import Candidate, criteria
from analysis.evidence.evaluation import Standing, evaluations
from analysis.evidence.pairs import Closest, closest
from analysis.evidence.resampled import Resampled
from analysis.evidence.sampling import Sureness, sureness
from analysis.features import Features, Labels, Matrix
from analysis.figures import Figures
from analysis.persona import Named, named
from analysis.profile import Profile, canonical, customer_value, profiles
from analysis.recommend import recommendations
from analysis.rules import rules
from analysis.slug import slugs
from analysis.stability import band
from analysis.traits import summary, traits


@dataclass(frozen=True, eq=False)
class Segmentation:
    """The chosen division in canonical order, described and named; sequences run over the segments."""

    labels: Labels
    """Segment of each customer, 0…k−1, in the features' order."""
    profiles: tuple[Profile, ...]
    names: tuple[Named, ...]
    slugs: tuple[str, ...]
    rules: tuple[Rule | None, ...]
    silhouettes: Matrix
    silhouette_quantiles: Matrix
    stability: Matrix
    sureness: tuple[Sureness, ...]
    recommendations: tuple[tuple[Recommendation, ...], ...]
    criteria: tuple[tuple[Criterion, ...], ...]
    evaluations: tuple[Evaluation | None, ...]
    split: Split | None


def segmentation(
    features: Features,
    choice: Choice,
    configuration: Configuration,
    figures: Figures,
    resampled: Resampled | None = None,
) -> Segmentation:
    """Put the chosen segments into canonical order, describe and name them, and split the budget over them.

    `resampled` numbers segments as the chosen partition does; without it nothing has a bootstrap interval.
    """
    site = configuration.site
    value = customer_value(features, site.value)
    found = nearest(features.standard, choice.taken.partition.centroids)
    order = canonical(features.matrix, found, value)
    labels = np.argsort(order)[found]
    drawn = resampled and resampled.ordered(order)
    described = compared(profiles(features, labels, value), features, labels, drawn)
    names = named(described, configuration.personas.personas, features, figures)
    bounds = rules(features, labels, figures)
    stability = choice.taken.measures.stability[order]
    actions = tuple(
        recommendations(profile, configuration.playbook.actions, features, figures) for profile in described
    )
    standings = [
        Standing(profile, name, rule, own, float(back))
        for profile, name, rule, own, back in zip(described, names, bounds, actions, stability, strict=True)
    ]
    apart = closest(features, labels)
    return Segmentation(
        labels=labels,
        profiles=described,
        names=names,
        slugs=slugs((each.name for each in names), "segment"),
        rules=bounds,
        silhouettes=choice.taken.segment_silhouettes[order],
        silhouette_quantiles=choice.taken.silhouette_quantiles[order],
        stability=stability,
        sureness=sureness(drawn, len(described), features.size),
        recommendations=actions,
        criteria=_criteria(standings, apart, site, figures),
        evaluations=evaluations(standings, site.evaluation, figures),
        split=split(described, names, site, figures),
    )


def _criteria(
    standings: Sequence[Standing], apart: Sequence[Closest], site: Site, figures: Figures
) -> tuple[tuple[Criterion, ...], ...]:
    names = [one.name.name for one in standings]
    return tuple(
        criteria(
            Candidate(one.profile, one.rule, one.recommendations, apart[place] if apart else None, names),
            site.segments,
            figures,
        )
        for place, one in enumerate(standings)
    )


def segments(
    found: Segmentation, features: Features, configuration: Configuration, figures: Figures
) -> tuple[Segment, ...]:
    """The contract's segments."""
    return tuple(_segment(i, found, features, configuration, figures) for i in range(len(found.profiles)))


def _segment(
    i: int, found: Segmentation, features: Features, configuration: Configuration, figures: Figures
) -> Segment:
    profile = found.profiles[i]
    apart = traits(profile, features, configuration.site.columns, figures)
    return Segment(
        id=profile.id,
        slug=found.slugs[i],
        name=found.names[i].name,
        persona=found.names[i].match,
        size=profile.size,
        share=profile.share,
        value_share=profile.value_share,
        centroid=profile.centroid,
        profile=profile.figures,
        categories=profile.categories,
        silhouette=float(found.silhouettes[i]),
        silhouettes=tuple(found.silhouette_quantiles[i].tolist()),
        stability=float(found.stability[i]),
        stability_band=band(float(found.stability[i])),
        neighbour=profile.neighbour,
        rule=found.rules[i],
        summary=summary(profile, apart, features, figures),
        traits=apart,
        borders=profile.borders,
        size_interval=found.sureness[i].size,
        share_interval=found.sureness[i].share,
        stability_interval=found.sureness[i].stability,
        criteria=found.criteria[i],
        evaluation=found.evaluations[i],
        recommendations=found.recommendations[i],
        budget=found.split.shares[i] if found.split else None,
    )
