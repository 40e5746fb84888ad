"""What each segment is like, in the data's own units and against everybody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import narwhals as nw
import numpy as np

from analysis.aggregate import SEGMENT, Summary, counts, rows, summaries
from analysis.cluster import squared_distances
from analysis.configuration.site import Value
from analysis.contract import CategoryShare, Feature, FeatureProfile, Neighbour
from analysis.features import Features, Labels, Matrix
from analysis.level import level_of
from analysis.significant import significant

BORDER = 0.8
"""A customer stands at the border who is at least this near to the neighbour (own distance over the other's)."""
NARROW = 0.05
"""Spread of a column, as a share of its mean, below which its differences would all be 0 or 1 % of the average."""


@dataclass(frozen=True, eq=False)
class Profile:
    """One segment before it has a name."""

    id: int
    size: int
    share: float
    value_share: float | None
    centroid: dict[str, float]
    figures: tuple[FeatureProfile, ...]
    categories: tuple[CategoryShare, ...]
    neighbour: Neighbour | None

    def of(self, feature: Feature) -> FeatureProfile:
        """The figures of one numeric column."""
        return next(figure for figure in self.figures if figure.feature == feature.name)


def customer_value(features: Features, value: Value) -> Matrix | None:
    """Estimated value of each customer, none below 0, (customers,); None where no columns are configured for it."""
    if not value.product_of:
        return None
    product = np.prod([features.frame[name].to_numpy(np.float64) for name in value.product_of], axis=0)
    return np.asarray(np.maximum(product, 0))


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
    """Describe every segment; `labels` (0…k−1) are canonical."""
    k = int(labels.max()) + 1
    table = rows(features, labels)
    sizes = np.bincount(labels, minlength=k)
    figures = summaries(table, nw.col(SEGMENT), [feature.name for feature in features.numeric])
    categories = [(feature, counts(table, nw.col(SEGMENT), table.of(feature.name))) for feature in features.categorical]
    neighbours = _neighbours(features.standard, labels, k)
    value_shares = _value_shares(labels, value, k)
    return tuple(
        Profile(
            id=segment + 1,
            size=int(sizes[segment]),
            share=int(sizes[segment]) / features.size,
            value_share=value_shares[segment],
            centroid={feature.name: figures[segment][feature.name].mean for feature in features.clustering},
            figures=tuple(
                _figures(feature, figures[segment][feature.name])
                for feature in features.numeric
                if feature.name in figures[segment]
            ),
            categories=tuple(
                share
                for feature, found in categories
                for share in _shares(feature, found, segment, int(sizes[segment]))
            ),
            neighbour=neighbours[segment],
        )
        for segment in range(k)
    )


def _value_shares(labels: Labels, value: Matrix | None, k: int) -> list[float | None]:
    if value is None or value.sum() <= 0:
        return [None] * k
    return [float(share) for share in np.bincount(labels, value, k) / value.sum()]


def _figures(feature: Feature, inside: Summary) -> FeatureProfile:
    overall, spread = feature.mean or 0.0, feature.standard_deviation or 0.0
    effect = (inside.mean - overall) / spread if spread > 0 else 0.0
    return FeatureProfile(
        feature=feature.name,
        mean=inside.mean,
        median=inside.median,
        q1=inside.q1,
        q3=inside.q3,
        level=level_of(effect),
        effect=effect,
        difference=inside.mean - overall,
        ratio=inside.mean / overall - 1 if _comparable(feature) and inside.mean >= 0 else None,
    )


def _comparable(feature: Feature) -> bool:
    """Whether a per cent of the average means anything: not where values run below 0 or hardly differ from it."""
    mean, spread = feature.mean or 0.0, feature.standard_deviation or 0.0
    return mean > 0 and (feature.p05 is None or feature.p05 >= 0) and spread >= NARROW * mean


def _shares(feature: Feature, found: dict[tuple[Any, ...], int], segment: int, size: int) -> list[CategoryShare]:
    everybody = sum(feature.categories.values())
    return [
        CategoryShare(
            feature=feature.name,
            category=category,
            count=found.get((segment, category), 0),
            share=found.get((segment, category), 0) / size,
            share_overall=count / everybody,
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
