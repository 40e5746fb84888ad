"""The segments written up: everything known of each, as the contract publishes it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.budget import Split, split
from analysis.choose import Choice
from analysis.cluster import nearest
from analysis.configuration import Configuration
from analysis.contract import Rule, Segment
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
    stability: Matrix
    split: Split | None


def segmentation(features: Features, choice: Choice, configuration: Configuration, figures: Figures) -> Segmentation:
    """Put the chosen segments into canonical order, describe and name them, and split the budget over them."""
    site = configuration.site
    value = customer_value(features, site.value)
    found = nearest(features.standard, choice.taken.partition.centroids)
    order = canonical(features, found, value)
    labels = np.argsort(order)[found]
    described = profiles(features, labels, value)
    names = named(described, configuration.personas.personas, features, figures)
    return Segmentation(
        labels=labels,
        profiles=described,
        names=names,
        slugs=slugs((each.name for each in names), "segment"),
        rules=rules(features, labels, figures),
        silhouettes=choice.taken.segment_silhouettes[order],
        stability=choice.stability[choice.taken.k][order],
        split=split(described, names, site, figures),
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
        stability=float(found.stability[i]),
        stability_band=band(float(found.stability[i])),
        neighbour=profile.neighbour,
        rule=found.rules[i],
        summary=summary(profile, apart, features, figures),
        traits=apart,
        recommendations=recommendations(profile, configuration.playbook.actions, features, figures),
        budget=found.split.shares[i] if found.split else None,
    )
