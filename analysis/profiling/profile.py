"""What each segment is like, in the data's own units and against everybody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import narwhals as nw
import numpy as np

from analysis.basics.arrays import Labels, Matrix
from analysis.basics.significant import significant
from analysis.configuration.value import Value
from analysis.contract import Border, CategoryShare, Feature, FeatureProfile, Neighbour
from analysis.preparation.features import Features
from analysis.preparation.partial import squared
from analysis.profiling.aggregate import SEGMENT, Summary, counts, rows, summaries
from analysis.statistics.scale import judged, transformed
from analysis.wording.level import level_at_floor, level_of
from analysis.wording.nouns import is_whole

BORDER = 0.8
"""A customer stands at the border to the second-nearest segment from this ratio of the two distances on."""
NARROW = 0.05
"""Spread of a column, as a share of its mean, below which its differences would all be 0 or 1 % of the average."""

NEAR_NOUGHT, MEDIAN_NEAR_NOUGHT = 0.2, 0.1
"""Of the standard deviation, and of the distance of the quartiles: below it any difference is many per cent."""
COUNTED_BELOW = 3
"""A typical count below this is told in numbers: of 1.3 purchases and 2.9 a per cent tells nothing."""


@dataclass(frozen=True, eq=False)
class Profile:
    """One segment before it has a name."""

    id: int
    size: int
    share: float
    value_share: float | None
    figures: tuple[FeatureProfile, ...]
    categories: tuple[CategoryShare, ...]
    neighbour: Neighbour | None
    borders: tuple[Border, ...] = ()

    def of(self, feature: Feature) -> FeatureProfile:
        """The figures of one numeric column. Raises KeyError where nobody in the segment has a value in it."""
        found = next((figure for figure in self.figures if figure.feature == feature.name), None)
        if found is None:
            raise KeyError(f"Segment {self.id} has no values in {feature.name}.")
        return found

    def knows(self, feature: Feature) -> bool:
        """Whether somebody in the segment has a value in the column."""
        return any(figure.feature == feature.name for figure in self.figures)

    def tells(self, feature: Feature) -> bool:
        """Whether anything may be said of the column: somebody has a value in it, and its figures are not withheld."""
        return self.knows(feature) and not self.of(feature).concealed


def customer_value(features: Features, value: Value) -> Matrix | None:
    """Estimated value of each customer, none below 0, (customers,); None where nothing is configured for it.

    A customer without one of the columns has no known value, and adds nothing to any sum.
    """
    if features.expected is not None:
        return features.expected
    if not value.columns:
        return None
    figures = np.array([features.frame[name].to_numpy(np.float64) for name in value.columns])
    worth = figures.prod(axis=0) if value.product_of else figures.sum(axis=0)
    return np.where(np.isfinite(worth), np.maximum(worth, 0), 0.0)


def canonical(matrix: Matrix, labels: Labels, value: Matrix | None) -> Labels:
    """The segments in canonical order, (k,): by estimated value (else size), largest first, ties by centroid."""
    k = int(labels.max()) + 1
    sizes = np.bincount(labels, minlength=k)
    totals = np.bincount(labels, value, k) if value is not None else sizes
    means = [group_means(column, labels, k) for column in matrix.T]

    def key(segment: int) -> tuple[float, ...]:
        # Rounded, so that a sum's last digit cannot decide between equal totals.
        return (-significant(float(totals[segment])), *(significant(float(mean[segment])) for mean in means))

    return np.array(sorted(range(k), key=key), dtype=np.intp)


def group_means(values: Matrix, labels: Labels, k: int) -> Matrix:
    """Mean of the known values of each group, (k,); not a number where none is known."""
    known = np.isfinite(values)
    counts = np.bincount(labels[known], minlength=k)
    sums = np.bincount(labels[known], values[known], k)
    return np.asarray(np.divide(sums, counts, out=np.full(k, np.nan), where=counts > 0))


def profiles(
    features: Features, labels: Labels, value: Matrix | None, segments: int | None = None
) -> tuple[Profile, ...]:
    """Describe every segment; `labels` (0…k−1) are canonical.

    With `segments` a group beyond that number is none: nobody's neighbour, and without any.
    """
    k = int(labels.max()) + 1
    table = rows(features, labels)
    sizes = np.bincount(labels, minlength=k)
    figures = summaries(table, nw.col(SEGMENT), [feature.name for feature in features.numeric])
    categories = [(feature, counts(table, nw.col(SEGMENT), table.of(feature.name))) for feature in features.categorical]
    effects = {feature.name: _effects(features, feature, labels, k) for feature in features.numeric}
    floors = {feature.name: floor(features.values(feature), feature) for feature in features.numeric}
    inside = labels < (segments or k)
    neighbours = _neighbours(features.standard[inside], labels[inside], segments or k)
    neighbours += [(None, ())] * (k - len(neighbours))
    value_shares = _value_shares(labels, value, k)
    return tuple(
        Profile(
            id=segment + 1,
            size=int(sizes[segment]),
            share=int(sizes[segment]) / features.size,
            value_share=value_shares[segment],
            figures=tuple(
                _figures(feature, figures[segment][feature.name], effects[feature.name][segment], floors[feature.name])
                for feature in features.numeric
                if feature.name in figures[segment]
            ),
            categories=tuple(
                share
                for feature, found in categories
                for share in _shares(feature, found, segment, int(sizes[segment]))
            ),
            neighbour=neighbours[segment][0],
            borders=neighbours[segment][1],
        )
        for segment in range(k)
    )


def _value_shares(labels: Labels, value: Matrix | None, k: int) -> list[float | None]:
    if value is None or value.sum() <= 0:
        return [None] * k
    return [float(share) for share in np.bincount(labels, value, k) / value.sum()]


def _effects(features: Features, feature: Feature, labels: Labels, k: int) -> list[float | None]:
    """(segment mean − overall mean) / overall standard deviation where a column is judged on a transformed scale."""
    if not transformed(features, feature):
        return [None] * k
    values = judged(features, feature, features.left_out(labels))
    return [float(effect) for effect in (group_means(values, labels, k) - np.nanmean(values)) / np.nanstd(values)]


def floor(values: Matrix, feature: Feature) -> float | None:
    """The least value of a count that several customers share, such as one purchase; None for all other columns.

    Of counts other than purchases only where most customers have more: else most segments would be low on them.
    """
    known = values[np.isfinite(values)]
    if feature.measure != "numeric" or feature.two_values is not None or not np.all(known == np.round(known)):
        return None
    least = float(known.min())
    if np.count_nonzero(known == least) < 2 or (feature.role != "frequency" and feature.median == least):
        return None
    return least


def _figures(feature: Feature, inside: Summary, effect: float | None, least: float | None) -> FeatureProfile:
    average, spread = feature.mean or 0.0, feature.standard_deviation or 0.0
    if effect is None:
        effect = (inside.mean - average) / spread if spread > 0 else 0.0
    own, usual = inside.median if feature.typical == "median" else inside.mean, feature.usual or 0.0
    return FeatureProfile(
        feature=feature.name,
        known=inside.count,
        constant=inside.constant,
        mean=inside.mean,
        median=inside.median,
        q1=inside.q1,
        q3=inside.q3,
        level=level_at_floor(effect) if inside.median == least else level_of(effect),
        effect=effect,
        typical=own,
        difference=own - usual,
        ratio=own / usual - 1 if _comparable(feature) and own >= 0 else None,
    )


def _comparable(feature: Feature) -> bool:
    """Whether a per cent of the typical figure means anything.

    Not where values run below 0 or hardly differ; nor where everybody's figure is near 0, or a count of few, which no
    customer can halve.
    """
    mean, spread, usual = feature.mean or 0.0, feature.standard_deviation or 0.0, feature.usual or 0.0
    above = mean > 0 and usual > 0 and (feature.p05 is None or feature.p05 >= 0)
    if not above or spread < NARROW * mean:
        return False
    if is_whole(feature) and usual < COUNTED_BELOW:
        return False
    if feature.typical == "median":
        return usual >= MEDIAN_NEAR_NOUGHT * ((feature.q3 or 0.0) - (feature.q1 or 0.0))
    return usual >= NEAR_NOUGHT * spread


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


def _neighbours(standard: Matrix, labels: Labels, k: int) -> list[tuple[Neighbour | None, tuple[Border, ...]]]:
    """The nearest segment to each, and the segments to which it has customers at a border, most customers first."""
    centroids = np.column_stack([group_means(column, labels, k) for column in standard.T])
    between = np.sqrt(squared(centroids, centroids))
    np.fill_diagonal(between, np.inf)
    nearest = between.argmin(axis=1)
    sizes = np.bincount(labels, minlength=k)
    at = _at_borders(np.sqrt(squared(standard, centroids)), labels)
    return [
        (
            Neighbour(
                id=int(nearest[s]) + 1,
                distance=float(between[s, nearest[s]]),
                border_customers=int(at[s, nearest[s]]),
            ),
            _borders(at[s], int(sizes[s])),
        )
        for s in range(k)
    ]


def _at_borders(distances: Matrix, labels: Labels) -> Labels:
    """Customers of each segment at the border to each other one, (k, k); each customer counts once at most."""
    customers, k = np.arange(len(labels)), distances.shape[1]
    own = distances[customers, labels]
    others = distances.copy()
    others[customers, labels] = np.inf
    second = others.argmin(axis=1)
    near = own >= BORDER * others[customers, second]
    return np.bincount(labels[near] * k + second[near], minlength=k * k).reshape(k, k)


def _borders(customers: Labels, size: int) -> tuple[Border, ...]:
    """The borders of one segment, from its customers at each, (k,)."""
    order = sorted(np.flatnonzero(customers).tolist(), key=lambda other: (-customers[other], other))
    return tuple(
        Border(id=other + 1, customers=int(customers[other]), share=int(customers[other]) / size) for other in order
    )
