"""The table before any segment was looked for: distributions, correlations, comparisons, and the segment map."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations, pairwise
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd

from analysis.basics.arrays import Labels, Mask, Matrix
from analysis.contract import (
    Comparison,
    Correlation,
    Distribution,
    Exploration,
    Feature,
    GroupSummary,
    HistogramBin,
    MapBin,
    Points,
    SegmentMap,
)
from analysis.preparation.features import Features
from analysis.profiling.aggregate import SEGMENT, Rows, counts, place_of_each, rows, summaries
from analysis.profiling.bands import bands
from analysis.profiling.edges import Edges, bulk_edges
from analysis.profiling.explore_rounded import told_comparison, told_correlation, told_skewness
from analysis.rounding.random_rounding import AS_IT_IS, Rounding

MOST_BINS = 20
MOST_MAP_BINS = 12
MOST_GROUPS = 12
OTHERS = "(all others)"

FINE = 8
"""Different values of a column that makes an axis of a map."""


@dataclass(frozen=True, eq=False)
class Grouping:
    """The groups that a column makes of the customers."""

    by: Feature
    of_each: nw.Expr
    """The group of each customer; null for those in none."""
    called: Mapping[Any, str]
    """What each group is called, in order."""


def exploration(
    features: Features, labels: Labels, *, least: int, points: bool, rounding: Rounding = AS_IT_IS
) -> Exploration:
    """Everything the explore page and the segment map draw; single customers only where `points` is allowed.

    Bands of age hold at least `least` customers. With a `rounding` figures are as precise as they may be told, and
    comparisons of which one customer makes nearly all are left out.
    """
    table, numeric = rows(features, labels), features.numeric
    near = {one.name: _near(features, one) for one in numeric}
    return Exploration(
        distributions=tuple(_distribution(one, features, table, rounding) for one in _graded(numeric)),
        correlations=tuple(
            told_correlation(
                _correlation(a, b, near[a.name], near[b.name]),
                (near[a.name], near[b.name]),
                # Of two columns of two values it is a count, which the publication judges first.
                AS_IT_IS if a.two_values and b.two_values else rounding,
            )
            for a, b in combinations(numeric, 2)
        ),
        comparisons=_comparisons(features, table, least, (features.left_out(labels), rounding)),
        map=_map(features, labels, table),
        points=_points(features, labels) if points else None,
    )


def _graded(found: Iterable[Feature]) -> list[Feature]:
    """Columns of more than two values, which alone have a middle half."""
    return [feature for feature in found if feature.measure != "boolean" and feature.two_values is None]


def _near(features: Features, feature: Feature) -> Matrix:
    """A numeric column, of an amount without the customers set apart, (customers,)."""
    return np.where(features.out_of(feature), np.nan, features.values(feature))


def _distribution(feature: Feature, features: Features, table: Rows, rounding: Rounding) -> Distribution:
    values, near = features.values(feature), _near(features, feature)
    few = 0 < len(feature.levels) <= MOST_BINS
    # Of an ordinal column a bin a level, those without customers too.
    edges = Edges(np.arange(1.0, len(feature.levels) + 2), whole=True) if few else bulk_edges(values, MOST_BINS)
    found = counts(table, edges.place(table.of(feature.name)), nw.col(SEGMENT))
    segments = sorted({int(segment) for _, segment in found})
    bins = []
    for place, (lower, upper) in enumerate(pairwise(edges.drawn.tolist())):
        by_segment = {segment + 1: found.get((place, segment), 0) for segment in segments}
        bins.append(HistogramBin(lower=lower, upper=upper, count=sum(by_segment.values()), by_segment=by_segment))
    if edges.below:
        bins[0] = bins[0].model_copy(update={"beyond": "below"})
    last = {"beyond": "above"} if edges.above else {"closed": not edges.whole}
    bins[-1] = bins[-1].model_copy(update=last)
    skewness = told_skewness(_skewness(near[~np.isnan(near)]), near[~np.isnan(near)], rounding)
    return Distribution(feature=feature.name, bins=tuple(bins), skewness=skewness)


def _skewness(values: Matrix) -> float:
    """Third standardised moment (Fisher–Pearson, without the small-sample correction)."""
    spread = values.std()
    return float(np.mean(((values - values.mean()) / spread) ** 3)) if spread > 0 else 0.0


def _correlation(a: Feature, b: Feature, x: Matrix, y: Matrix) -> Correlation:
    known = ~(np.isnan(x) | np.isnan(y))
    x, y = x[known], y[known]
    return Correlation(a=a.name, b=b.name, pearson=_pearson(x, y), spearman=_pearson(_ranks(x), _ranks(y)))


def _ranks(values: Matrix) -> Matrix:
    """Ranks from 1, those of equal values averaged."""
    return np.asarray(pd.Series(values).rank(), dtype=np.float64)


def _pearson(x: Matrix, y: Matrix) -> float:
    spread = x.std() * y.std()
    return float(np.clip(np.mean((x - x.mean()) * (y - y.mean())) / spread, -1, 1)) if spread > 0 else 0.0


def _comparisons(features: Features, table: Rows, least: int, told: tuple[Mask, Rounding]) -> tuple[Comparison, ...]:
    """The main column by age band, then every numeric column by every category.

    `told`: who counts in no mean of an amount, (customers,), and how figures are rounded.
    """
    found: list[Comparison] = []
    main, age = _main(features), features.find("age")
    if main is not None and age is not None and main.name != age.name:
        band, called = bands(table, age.name, least)
        if len(called) > 1:
            found += _compared(features, table, [main], Grouping(age, band, dict(enumerate(called))), told)
    graded = _graded(features.numeric)
    for by in features.categorical if graded else ():
        columns = [feature for feature in graded if not _tells_gaps(by, feature)]
        found += _compared(features, table, columns, _largest(table.of(by.name), by), told)
    return tuple(found)


def _compared(
    features: Features, table: Rows, of: Sequence[Feature], grouping: Grouping, told: tuple[Mask, Rounding]
) -> list[Comparison]:
    """Columns over the groups that another makes."""
    by, called, (left, rounding) = grouping.by, grouping.called, told
    within = summaries(table, grouping.of_each, [feature.name for feature in of])
    places = None if rounding.open else place_of_each(table, grouping.of_each, list(called))
    found = []
    for feature in of:
        there = [key for key in called if feature.name in within.get(key, {})]
        one = Comparison(
            feature=feature.name,
            by=by.name,
            groups=tuple(GroupSummary(group=called[key], **asdict(within[key][feature.name])) for key in there),
        )
        if places is not None:
            own = np.array([there.index(key) if key in there else -1 for key in called] + [-1])[places]
            one = told_comparison(one, own, (features.values(feature), features.out_of(feature, left)), rounding)
        found.append(one)
    return found


def _tells_gaps(by: Feature, feature: Feature) -> bool:
    """Whether one says only where the other is missing, so that one of its groups has no value at all."""
    return by.name.rstrip("?") == f"{feature.name} known"


def _largest(category: nw.Expr, by: Feature) -> Grouping:
    """The largest categories, largest first; where there are more than twelve the rest go together, last."""
    names = sorted(by.categories, key=lambda name: -by.categories[name])
    if len(names) <= MOST_GROUPS:
        return Grouping(by, category, {name: name for name in names})
    large = names[: MOST_GROUPS - 1]
    group = nw.when(category.is_in(large)).then(category).otherwise(nw.lit(OTHERS))
    return Grouping(by, group, {name: name for name in (*large, OTHERS)})


def _main(features: Features) -> Feature | None:
    """The column that says most about business: spending, else money spent, else the first sum of money, else any."""
    for role in ("spending", "monetary"):
        if (feature := features.find(role)) is not None:
            return feature
    others = [feature for feature in _graded(features.numeric) if feature.role != "age"]
    money = [feature for feature in others if feature.format == "money"]
    return next(iter(money + others), None)


def _map(features: Features, labels: Labels, table: Rows) -> SegmentMap | None:
    axes = _axes(features, labels)
    if axes is None:
        return None
    across, up = (bulk_edges(features.values(axis), MOST_MAP_BINS) for axis in axes)
    x, y = across.drawn.tolist(), up.drawn.tolist()
    found = counts(table, across.place(table.of(axes[0].name)), up.place(table.of(axes[1].name)), nw.col(SEGMENT))
    bins = tuple(
        MapBin(
            x0=x[int(i)], x1=x[int(i) + 1], y0=y[int(j)], y1=y[int(j) + 1], segment=int(segment) + 1, count=count,
        )
        for (i, j, segment), count in found.items()
    )  # fmt: skip
    open_ended = any((across.below, across.above, up.below, up.above))
    return SegmentMap(x=axes[0].name, y=axes[1].name, bins=bins, open_ended=open_ended)


def _axes(features: Features, labels: Labels) -> tuple[Feature, Feature] | None:
    """Income and spending where both cluster; else the two columns on which segments differ most.

    Columns of a few values come last, for all customers would lie on a few lines; yes and no make no map.
    """
    columns = features.centroid
    fine = {feature.name for feature in columns if len(np.unique(features.values(feature)[features.kept])) >= FINE}
    income, spending = features.find("income"), features.find("spending")
    if income is not None and spending is not None and {income.name, spending.name} <= fine:
        return income, spending
    numbers, amounts = features.design.numeric, _graded(columns)
    if len(amounts) < 2:
        return None
    whole = ~features.incomplete
    standard = features.standard[np.ix_(whole, numbers)]
    separation = _separation(standard / np.sqrt(features.design.weights[numbers]), labels[whole])
    ranks = [
        (columns[i].measure == "boolean" or columns[i].two_values is not None, columns[i].name not in fine,
         -round(float(separation[i]), 9), i)
        for i in range(len(separation))
    ]  # fmt: skip
    first, second = (columns[i] for *_, i in sorted(ranks)[:2])
    return first, second


def _separation(standard: Matrix, labels: Labels) -> Matrix:
    """Variance between segments over variance within, by column."""
    sizes = np.bincount(labels)
    means = np.array([standard[labels == segment].mean(axis=0) for segment in range(len(sizes))])
    between = sizes @ means**2 / len(labels)
    return np.asarray(between / np.maximum(1 - between, 1e-12))


def _points(features: Features, labels: Labels) -> Points:
    """Numeric columns and the segment, row-aligned; the features' canonical order is by value."""
    columns = {feature.name: features.values(feature) for feature in features.numeric}
    return {name: tuple(map(_known, values)) for name, values in {**columns, "segment": labels + 1.0}.items()}


def _known(value: float) -> float | None:
    return None if math.isnan(value) else float(value)
