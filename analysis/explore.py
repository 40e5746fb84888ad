"""The table before any segment was looked for: distributions, correlations, comparisons, and the segment map."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import combinations

import numpy as np
from scipy.stats import rankdata

from analysis.contract import (
    Comparison,
    Correlation,
    Distribution,
    Exploration,
    Feature,
    GroupSummary,
    HistogramBin,
    MapBin,
    SegmentMap,
)
from analysis.features import Features, Labels, Matrix

MOST_BINS = 20
MOST_MAP_BINS = 12
MOST_GROUPS = 12
AGE_BAND = 10


def exploration(features: Features, labels: Labels, *, points: bool) -> Exploration:
    """Everything the explore page and the segment map draw; single customers only where `points` is allowed."""
    numeric = features.numeric
    return Exploration(
        distributions=tuple(_distribution(feature, features.values(feature), labels) for feature in numeric),
        correlations=tuple(
            _correlation(a, b, features.values(a), features.values(b)) for a, b in combinations(numeric, 2)
        ),
        comparisons=_comparisons(features),
        map=_map(features, labels),
        points=_points(features, labels) if points else None,
    )


def nice_edges(low: float, high: float, most: int) -> Matrix:
    """Edges at round figures (steps of 1, 2, 2.5 or 5 times a power of ten) that cover low…high in ≤ `most` bins.

    Whole numbers in a narrow range get one bin each at the finest.
    """
    if low == high:
        return np.array([low - 0.5, high + 0.5])
    power = 10.0 ** math.floor(math.log10((high - low) / most))
    for factor in (1, 2, 2.5, 5, 10, 20):
        step = factor * power
        first, last = math.floor(low / step), math.ceil(high / step)
        if last - first <= most:
            break
    return np.round(np.arange(first, last + 1) * step, 10)


def _distribution(feature: Feature, values: Matrix, labels: Labels) -> Distribution:
    known = ~np.isnan(values)
    values, labels = values[known], labels[known]
    edges = nice_edges(float(values.min()), float(values.max()), MOST_BINS)
    counts = _counted(values, edges, labels)
    bins = tuple(
        HistogramBin(
            lower=float(edges[i]),
            upper=float(edges[i + 1]),
            count=int(counts[i].sum()),
            by_segment={segment + 1: int(count) for segment, count in enumerate(counts[i])},
        )
        for i in range(len(edges) - 1)
    )
    return Distribution(feature=feature.name, bins=bins, skewness=_skewness(values))


def _bin(values: Matrix, edges: Matrix) -> Labels:
    """The bin of each value; the last bin includes its upper edge."""
    return np.clip(np.searchsorted(edges, values, side="right") - 1, 0, len(edges) - 2)


def _counted(values: Matrix, edges: Matrix, labels: Labels) -> Labels:
    """Customers by bin and segment, (bins, segments)."""
    k = int(labels.max()) + 1
    return np.bincount(_bin(values, edges) * k + labels, minlength=(len(edges) - 1) * k).reshape(-1, k)


def _skewness(values: Matrix) -> float:
    """Third standardised moment (Fisher–Pearson, without the small-sample correction)."""
    spread = values.std()
    return float(np.mean(((values - values.mean()) / spread) ** 3)) if spread > 0 else 0.0


def _correlation(a: Feature, b: Feature, x: Matrix, y: Matrix) -> Correlation:
    known = ~(np.isnan(x) | np.isnan(y))
    x, y = x[known], y[known]
    return Correlation(a=a.name, b=b.name, pearson=_pearson(x, y), spearman=_pearson(rankdata(x), rankdata(y)))


def _pearson(x: Matrix, y: Matrix) -> float:
    spread = x.std() * y.std()
    return float(np.clip(np.mean((x - x.mean()) * (y - y.mean())) / spread, -1, 1)) if spread > 0 else 0.0


def _comparisons(features: Features) -> tuple[Comparison, ...]:
    """The main column by age band, then every numeric column by every category."""
    found = []
    main, age = _main(features), features.find("age")
    if main is not None and age is not None and main.name != age.name:
        found.append(_compare(main, age, features.values(main), *_age_bands(features.values(age))))
    for by in features.categorical:
        groups, names = _category_groups(features, by)
        found += [_compare(feature, by, features.values(feature), groups, names) for feature in features.numeric]
    return tuple(found)


def _main(features: Features) -> Feature | None:
    """The column that says most about business: spending, else money spent, else the first sum of money, else any."""
    for role in ("spending", "monetary"):
        if (feature := features.find(role)) is not None:
            return feature
    others = [feature for feature in features.numeric if feature.role != "age"]
    money = [feature for feature in others if feature.format == "money"]
    return next(iter(money + others), None)


def _age_bands(ages: Matrix) -> tuple[Labels, list[str]]:
    known = ages[~np.isnan(ages)]
    first, last = int(known.min() // AGE_BAND), int(known.max() // AGE_BAND)
    names = [f"{band * AGE_BAND}–{band * AGE_BAND + AGE_BAND - 1}" for band in range(first, last + 1)]
    bands = np.where(np.isnan(ages), -1, np.nan_to_num(ages) // AGE_BAND - first)
    return bands.astype(np.intp), names


def _category_groups(features: Features, by: Feature) -> tuple[Labels, list[str]]:
    """The largest categories; a table with more than twelve has the rest together."""
    names = list(by.categories)
    kept = names if len(names) <= MOST_GROUPS else names[: MOST_GROUPS - 1]
    place = {name: position for position, name in enumerate(kept)}
    groups = np.array([place.get(value, len(kept)) for value in features.frame[by.name]], dtype=np.intp)
    return groups, kept if len(kept) == len(names) else [*kept, "(all others)"]


def _compare(feature: Feature, by: Feature, values: Matrix, groups: Labels, names: Sequence[str]) -> Comparison:
    summaries = []
    for position, name in enumerate(names):
        inside = values[(groups == position) & ~np.isnan(values)]
        if len(inside):
            q1, median, q3 = np.quantile(inside, (0.25, 0.5, 0.75)).tolist()
            summaries.append(
                GroupSummary(group=name, count=len(inside), mean=float(inside.mean()), q1=q1, median=median, q3=q3)
            )
    return Comparison(feature=feature.name, by=by.name, groups=tuple(summaries))


def _map(features: Features, labels: Labels) -> SegmentMap | None:
    axes = _axes(features, labels)
    if axes is None:
        return None
    x, y = (features.values(axis) for axis in axes)
    x_edges, y_edges = (nice_edges(float(v.min()), float(v.max()), MOST_MAP_BINS) for v in (x, y))
    cells: Labels = np.column_stack([_bin(x, x_edges), _bin(y, y_edges), labels])
    found, counts = np.unique(cells, axis=0, return_counts=True)
    bins = tuple(
        MapBin(
            x0=float(x_edges[i]), x1=float(x_edges[i + 1]), y0=float(y_edges[j]), y1=float(y_edges[j + 1]),
            segment=int(segment) + 1, count=int(count),
        )
        for (i, j, segment), count in zip(found, counts, strict=True)
    )  # fmt: skip
    return SegmentMap(x=axes[0].name, y=axes[1].name, bins=bins)


def _axes(features: Features, labels: Labels) -> tuple[Feature, Feature] | None:
    """Income and spending where both cluster; else the two columns on which segments differ most for their spread."""
    income, spending = features.find("income"), features.find("spending")
    if income is not None and spending is not None:
        return income, spending
    if len(features.clustering) < 2:
        return None
    separation = _separation(features.standard, labels)
    first, second = sorted(range(len(separation)), key=lambda i: -round(float(separation[i]), 9))[:2]
    return features.clustering[first], features.clustering[second]


def _separation(standard: Matrix, labels: Labels) -> Matrix:
    """Variance between segments over variance within, by column."""
    sizes = np.bincount(labels)
    means = np.array([standard[labels == segment].mean(axis=0) for segment in range(len(sizes))])
    between = sizes @ means**2 / len(labels)
    return np.asarray(between / np.maximum(1 - between, 1e-12))


def _points(features: Features, labels: Labels) -> dict[str, tuple[float, ...]]:
    """Numeric columns and the segment, row-aligned; the features' canonical order is by value."""
    columns = {feature.name: tuple(features.values(feature).tolist()) for feature in features.numeric}
    return {**columns, "segment": tuple((labels + 1).astype(float).tolist())}
