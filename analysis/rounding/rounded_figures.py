"""Figures that are counts of customers, or follow from such, as a public site may tell them.

A share is a count over a count, and the mean of a column of two values is one too: they follow from the rounded counts.
"""

from __future__ import annotations

from math import ceil, copysign, sqrt

from analysis.basics.significant import significant
from analysis.contract.base import Interval
from analysis.contract.exploration import Correlation
from analysis.contract.segment import CategoryShare, FeatureProfile, Rule
from analysis.contract.table import Feature
from analysis.rounding.random_rounding import LAST_DIGIT, Rounding, multiple, outward, step_of
from analysis.wording.level import level_of

DECIMALS = 10
"""Of what follows from rounded figures: beyond lies what differs between processors."""
CORRELATION = 0.02
"""The least step of a correlation."""
RANKED = 3.0
"""The square of the outermost rank, in standard deviations of ranks: one customer moves a rank correlation by that over
their number."""
TELLING = 0.2
"""A correlation that one customer moves by more than this is that customer's, and is not told."""
POINT = 0.01
"""To which an interval of a share is told."""


def category_as_told(one: CategoryShare, size: int, customers: tuple[int, int], rounding: Rounding) -> CategoryShare:
    """A category's share of a segment of `size`; `customers`: those of all who are in it, and all of them."""
    return one.model_copy(
        update={
            "count": rounding.part(one.count, size),
            "share": rounding.share(one.count, size),
            "share_overall": rounding.share(*customers),
        }
    )


def rule_as_told(rule: Rule | None, size: int, rounding: Rounding) -> Rule | None:
    """A rule without its counts, with shares that it surely reaches; `size` is its segment's.

    That a rule finds all of a segment, or nearly all, would tell of each of its customers that her values are within
    the bounds.
    """
    if rule is None or rounding.open or rule.picked is None or rule.correct is None:
        return rule
    shares = {
        "precision": rounding.at_least(rule.correct, rule.picked),
        "recall": rounding.at_least(rule.correct, size),
    }
    return rule.model_copy(update={"picked": None, "correct": None, **shares})


def ends(feature: Feature) -> tuple[float, float] | None:
    """The two values of a column that holds no others; before version 1.2 of the contract its kind alone told."""
    return feature.two_values or ((0.0, 1.0) if feature.measure == "boolean" else None)


def mean_of_two(feature: Feature, mean: float, known: int, rounding: Rounding) -> float:
    """The mean of a column of two values, from the rounded number of customers who have the higher."""
    low, high = ends(feature) or (0.0, 1.0)
    return round(low + (high - low) * rounding.share(higher(feature, mean, known), known), DECIMALS)


def higher(feature: Feature, mean: float, known: int) -> int:
    """How many of the `known` customers have the higher of a column's two values."""
    low, high = ends(feature) or (0.0, 1.0)
    return round((mean - low) / (high - low) * known)


def of_two(feature: Feature, known: int, rounding: Rounding) -> Feature:
    """A column of two values; `known` customers have one of them."""
    two = ends(feature)
    if two is None or feature.mean is None:
        return feature
    low, high = two
    mean = mean_of_two(feature, feature.mean, known, rounding)
    part = (mean - low) / (high - low)
    deviation = round((high - low) * sqrt(part * (1 - part)), DECIMALS)
    return feature.model_copy(update={"mean": mean, "standard_deviation": deviation})


def profile_of_two(figure: FeatureProfile, feature: Feature, size: int, rounding: Rounding) -> FeatureProfile:
    """A segment's figures of a column of two values; `feature` is already rounded."""
    two = ends(feature)
    if two is None:
        return figure
    known = size if figure.known is None else figure.known
    low, high = two
    mean = mean_of_two(feature, figure.mean, known, rounding)
    interval = around(figure.typical_interval, mean, (high - low) * POINT)
    update = {"mean": mean, "typical_interval": interval, "mean_interval": figure.mean_interval and interval}
    return compared(figure.model_copy(update=update), feature)


def around(found: Interval | None, figure: float | None, step: float) -> Interval | None:
    """The interval to full steps, with the figure in it."""
    if found is None or figure is None:
        return None
    lower, upper = outward(found.lower, found.upper, step)
    return Interval(lower=min(lower, figure), upper=max(upper, figure))


def compared(figure: FeatureProfile, feature: Feature, effect: float | None = None) -> FeatureProfile:
    """A segment's rounded figures against everybody's; an `effect` on another scale than the column's own is stated.

    The level stays where it was not taken from the effect.
    """
    spread = feature.standard_deviation or 0.0
    if effect is None:
        effect = (figure.mean - (feature.mean or 0.0)) / spread if spread > 0 else 0.0
    effect = round(effect, DECIMALS)
    own = figure.median if feature.typical == "median" and figure.median is not None else figure.mean
    usual = feature.usual or 0.0
    return figure.model_copy(
        update={
            "effect": effect,
            "level": level_of(effect) if figure.level == level_of(figure.effect) else figure.level,
            "typical": own,
            "difference": significant(own - usual),
            "ratio": None if figure.ratio is None or usual == 0 else round(own / usual - 1, DECIMALS),
        }
    )


def correlation_as_told(found: Correlation, moved: float, known: int, rounding: Rounding) -> Correlation:
    """A correlation of that many customers to a step that none of them moves it by; `moved`: how far one does."""
    if rounding.open or found.pearson is None or found.spearman is None:
        return found
    step = step_of(max(CORRELATION, moved, RANKED / max(known, 1)))
    if step > TELLING:
        return found.model_copy(update={"pearson": None, "spearman": None})
    told = {name: within_one(getattr(found, name), step, rounding) for name in ("pearson", "spearman")}
    return found.model_copy(update={**told, "rounded_to": step})


def within_one(figure: float, step: float, rounding: Rounding) -> float:
    """A correlation or a share as a multiple of the step: 1, which says all or the same, is told only of such."""
    told = rounding.figure(figure, step)
    if abs(told) < 1 or abs(figure) >= 1 - LAST_DIGIT:
        return max(min(told, 1.0), -1.0)
    return copysign(multiple(ceil(1 / step - LAST_DIGIT) - 1, step), figure)
