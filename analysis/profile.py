"""What each segment is like, in the data's own units and against everybody."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.cluster import squared_distances
from analysis.configuration.site import Value
from analysis.contract import CategoryShare, Feature, FeatureProfile, Neighbour
from analysis.features import Features, Labels, Mask, Matrix
from analysis.level import level_of
from analysis.significant import significant

BORDER = 0.8
"""A customer stands at the border who is at least this near to the neighbour (own distance over the other's)."""


@dataclass(frozen=True, eq=False)
class Profile:
    """One segment before it has a name."""

    id: int
    size: int
    share: float
    value_share: float | None
    centroid: dict[str, float]
    standard: dict[str, float]
    figures: tuple[FeatureProfile, ...]
    categories: tuple[CategoryShare, ...]
    neighbour: Neighbour | None

    def of(self, feature: Feature) -> FeatureProfile:
        """The figures of one numeric column."""
        return next(figure for figure in self.figures if figure.feature == feature.name)


def customer_value(features: Features, value: Value) -> Matrix | None:
    """Estimated value of each customer, (customers,); None where the configuration names no columns for it."""
    if not value.product_of:
        return None
    return np.asarray(np.prod([features.frame[name].to_numpy(np.float64) for name in value.product_of], axis=0))


def canonical(features: Features, labels: Labels, value: Matrix | None) -> Labels:
    """The segments in canonical order, (k,): by estimated value (else size), largest first, ties by centroid."""
    k = int(labels.max()) + 1
    sizes = np.bincount(labels, minlength=k)
    totals = np.bincount(labels, value, k) if value is not None else sizes
    means = [np.bincount(labels, column, k) / sizes for column in features.matrix.T]

    def key(segment: int) -> tuple[float, ...]:
        # Rounded, so that a sum's last digit cannot decide between equal totals.
        return (-significant(float(totals[segment])), *(significant(float(mean[segment])) for mean in means))

    return np.array(sorted(range(k), key=key), dtype=np.intp)


def profiles(features: Features, labels: Labels, value: Matrix | None) -> tuple[Profile, ...]:
    """Describe every segment; `labels` are canonical."""
    k = int(labels.max()) + 1
    neighbours = _neighbours(features.standard, labels, k)
    total = float(value.sum()) if value is not None else 0.0
    return tuple(
        _profile(features, labels == segment, segment, neighbours[segment])
        if value is None or total <= 0
        else _profile(
            features, labels == segment, segment, neighbours[segment], float(value[labels == segment].sum()) / total
        )
        for segment in range(k)
    )


def _profile(
    features: Features, member: Mask, segment: int, neighbour: Neighbour | None, value_share: float | None = None
) -> Profile:
    figures = tuple(_figures(feature, features.values(feature)[member]) for feature in features.numeric)
    by_name = {figure.feature: figure for figure in figures}
    size = int(member.sum())
    return Profile(
        id=segment + 1,
        size=size,
        share=size / features.size,
        value_share=value_share,
        centroid={feature.name: by_name[feature.name].mean for feature in features.clustering},
        standard={feature.name: by_name[feature.name].effect for feature in features.numeric},
        figures=figures,
        categories=tuple(share for feature in features.categorical for share in _shares(features, feature, member)),
        neighbour=neighbour,
    )


def _figures(feature: Feature, values: Matrix) -> FeatureProfile:
    known = values[~np.isnan(values)]
    mean = float(known.mean())
    q1, median, q3 = np.quantile(known, (0.25, 0.5, 0.75)).tolist()
    overall, spread = feature.mean or 0.0, feature.standard_deviation or 0.0
    effect = (mean - overall) / spread if spread > 0 else 0.0
    return FeatureProfile(
        feature=feature.name,
        mean=mean,
        median=median,
        q1=q1,
        q3=q3,
        level=level_of(effect),
        effect=effect,
        difference=mean - overall,
        ratio=mean / overall - 1 if overall > 0 else None,
    )


def _shares(features: Features, feature: Feature, member: Mask) -> list[CategoryShare]:
    inside = features.frame[feature.name][member].value_counts().to_dict()
    size = int(member.sum())
    return [
        CategoryShare(
            feature=feature.name,
            category=category,
            count=int(inside.get(category, 0)),
            share=int(inside.get(category, 0)) / size,
            share_overall=count / features.size,
        )
        for category, count in feature.categories.items()
    ]


def _neighbours(standard: Matrix, labels: Labels, k: int) -> list[Neighbour | None]:
    centroids = np.array([standard[labels == segment].mean(axis=0) for segment in range(k)])
    between = np.sqrt(squared_distances(centroids, centroids))
    np.fill_diagonal(between, np.inf)
    nearest = between.argmin(axis=1)
    distances = np.sqrt(squared_distances(standard, centroids))
    own, other = distances[np.arange(len(labels)), labels], distances[np.arange(len(labels)), nearest[labels]]
    border = np.bincount(labels[own >= BORDER * other], minlength=k)
    return [
        Neighbour(id=int(nearest[s]) + 1, distance=float(between[s, nearest[s]]), border_customers=int(border[s]))
        for s in range(k)
    ]
