"""Segments against everybody else: effect sizes with intervals, residuals, and which differences count.

A difference counts, and makes a column a **marker variable** of the segment (Dolnicar, Grün & Leisch 2018, Market
Segmentation Analysis, ch. 8), when it is both large and statistically significant:

- a number: |Hedges' g| of at least .5, a medium effect (Cohen 1988, ch. 2). Dolnicar and colleagues ask for a quarter
  of the range, or half the total mean; neither exists for money without an upper end, so the effect size stands in.
- a category: its share differs by at least ten points from that among everybody else.
- p below .05 after Holm's adjustment over all comparisons of the site, numbers and categories together; and of a
  number, nought must lie outside the interval of g, which also holds what fitting the segments anew would change.

The p of a number is Welch's t-test on mid-ranks (Zimmerman & Zumbo 1993, Canadian Journal of Experimental Psychology
47:523): segments differ in spread, which rules out Mann–Whitney as a test of their middle, and money is skewed, which
ranks forgive; a log of the column changes nothing. The p of a category is that of its adjusted residual.

**What these p do not say.** Segments were made to differ on the columns they were found by, so the p of these columns
are far too small, on structureless tables too (Gao, Bien & Witten 2022, Journal of the American Statistical
Association, on selective inference for clustering). That is why the effect counts in any case, and why whether there
are segments at all is for the resamples and their reference to say, never for these p. Describing columns took no part
in making the segments; their p mean what they say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from analysis.basics.arrays import Labels, Matrix
from analysis.basics.significant import significant
from analysis.contract import CategoryShare, FeatureProfile, Interval
from analysis.preparation.features import Features
from analysis.profiling.profile import Profile
from analysis.statistics.effect_size import hedges_g, hedges_interval, welch_p
from analysis.statistics.holm import BY_CHANCE, holm
from analysis.statistics.moments import moments
from analysis.statistics.resampled import Resampled, interval
from analysis.statistics.residuals import differences, residual_p, residuals
from analysis.statistics.straying import numeric, straying

MARKER = 0.5
"""|Hedges' g| from which a difference in a number counts (Cohen 1988: a medium effect)."""
MARKER_SHARE = 0.10
"""Difference of a category's share from everybody else's, from which it counts."""
DIGITS = 3
"""Significant digits of a p that are worth keeping."""


@dataclass(frozen=True, eq=False)
class Numbers:
    """Numeric columns by segment: arrays are (segments, columns), bounds (2, segments, columns)."""

    g: Matrix
    g_bounds: Matrix
    typical_bounds: Matrix
    """Of the mean or the median, as each column has it."""
    p: Matrix


@dataclass(frozen=True, eq=False)
class Categories:
    """One categorical column by segment: arrays are (segments, categories)."""

    residual: Matrix
    difference: Matrix
    p: Matrix


def compared(
    profiles: Sequence[Profile], features: Features, labels: Labels, resampled: Resampled | None = None
) -> tuple[Profile, ...]:
    """The profiles with every difference from everybody else rated; `labels` (0…k−1) are canonical.

    Without resamples there are no intervals of typical figures, and those of effects are Hedges & Olkin's.
    """
    numbers = _numbers(features, labels, profiles, resampled)
    categories = [_categories(profiles, feature.name) for feature in features.categorical]
    every = [numbers.p, *(each.p for each in categories)]
    adjusted = np.split(holm(np.concatenate([p.ravel() for p in every])), np.cumsum([p.size for p in every])[:-1])
    by_part = [one.reshape(p.shape) for one, p in zip(adjusted, every, strict=True)]
    numbers = replace(numbers, p=by_part[0])
    categories = [replace(one, p=p) for one, p in zip(categories, by_part[1:], strict=True)]
    return tuple(
        replace(
            profile,
            figures=_rated_figures(profile, place, features, numbers),
            categories=_rated_shares(profile, place, features, categories),
        )
        for place, profile in enumerate(profiles)
    )


def _numbers(features: Features, labels: Labels, profiles: Sequence[Profile], resampled: Resampled | None) -> Numbers:
    k = len(profiles)
    if not features.numeric:
        return _no_numbers(k)
    columns = numeric(features, features.left_out(labels))
    ranks = features.frame[[feature.name for feature in features.numeric]].rank().to_numpy(np.float64)
    count, once = ranks.shape[1], np.ones((1, len(ranks)))
    inside, outside = moments(np.hstack([columns.judged, ranks]), labels[None], once, k)
    g = hedges_g(inside, outside)
    of_g, of_typical = hedges_interval(g, inside, outside)[:, 0, :, :count], np.full((2, k, count), np.nan)
    if resampled is not None:
        of_g, of_typical = straying(columns, (g[0, :, :count], _typical(features, profiles)), resampled)
    return Numbers(
        g=g[0, :, :count],
        g_bounds=of_g,
        typical_bounds=of_typical,
        p=welch_p(inside.of(slice(count, None)), outside.of(slice(count, None)))[0],
    )


def _typical(features: Features, profiles: Sequence[Profile]) -> Matrix:
    """The typical figures as they are told, (segments, columns); NaN where nobody in a segment has a value."""
    told = [{figure.feature: figure.typical for figure in profile.figures} for profile in profiles]
    return np.array([[own.get(feature.name, np.nan) for feature in features.numeric] for own in told])


def _no_numbers(k: int) -> Numbers:
    """Of a table of categories alone."""
    nothing, bounds = np.empty((k, 0)), np.empty((2, k, 0))
    return Numbers(nothing, bounds, bounds, nothing)


def _categories(profiles: Sequence[Profile], name: str) -> Categories:
    counts = np.array([[one.count for one in each.categories if one.feature == name] for each in profiles], np.float64)
    return Categories(residuals(counts), differences(counts), residual_p(counts))


def _rated_figures(profile: Profile, place: int, features: Features, numbers: Numbers) -> tuple[FeatureProfile, ...]:
    at = {feature.name: (number, feature.typical) for number, feature in enumerate(features.numeric)}
    return tuple(_rated_figure(figure, place, *at[figure.feature], numbers) for figure in profile.figures)


def _rated_figure(figure: FeatureProfile, place: int, column: int, typical: str, numbers: Numbers) -> FeatureProfile:
    g, p = float(numbers.g[place, column]), float(numbers.p[place, column])
    lower, upper = numbers.g_bounds[:, place, column]
    around = _around(figure.typical, interval(numbers.typical_bounds[:, place, column]))
    return figure.model_copy(
        update={
            "typical_interval": around,
            "mean_interval": around if typical == "mean" else None,
            "contrast": g if np.isfinite(g) else None,
            "contrast_interval": _around(g, interval(numbers.g_bounds[:, place, column])),
            "adjusted_p": _told(p),
            "marker": abs(g) >= MARKER and p < BY_CHANCE and not lower <= 0 <= upper,
        }
    )


def _around(figure: float, found: Interval | None) -> Interval | None:
    """The interval with the figure in it: the same mean, summed up in another order, may end in another digit."""
    return found and Interval(lower=min(found.lower, figure), upper=max(found.upper, figure))


def _rated_shares(
    profile: Profile, place: int, features: Features, categories: Sequence[Categories]
) -> tuple[CategoryShare, ...]:
    rated: list[CategoryShare] = []
    for feature, found in zip(features.categorical, categories, strict=True):
        own = [share for share in profile.categories if share.feature == feature.name]
        rated += [_rated_share(share, place, column, found) for column, share in enumerate(own)]
    return tuple(rated)


def _rated_share(share: CategoryShare, place: int, column: int, found: Categories) -> CategoryShare:
    residual, p = float(found.residual[place, column]), float(found.p[place, column])
    # Ten points are ten points, whatever the last digit of a quotient says.
    large = abs(round(float(found.difference[place, column]), 9)) >= MARKER_SHARE
    return share.model_copy(
        update={
            "residual": residual if np.isfinite(residual) else None,
            "adjusted_p": _told(p),
            "marker": large and p < BY_CHANCE,
        }
    )


def _told(p: float) -> float | None:
    return float(significant(p, DIGITS)) if np.isfinite(p) else None
