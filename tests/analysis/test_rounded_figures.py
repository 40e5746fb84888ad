"""Figures that follow from counts: worked out from the rounded ones, by hand where the counts are multiples of five."""

from __future__ import annotations

from typing import Any

import pytest

from analysis.contract import CategoryShare, Correlation, Feature, FeatureProfile, Interval, Rule
from analysis.rounding.random_rounding import AS_IT_IS, Rounding
from analysis.rounding.rounded_figures import (
    around,
    category_as_told,
    compared,
    correlation_as_told,
    mean_of_two,
    of_two,
    profile_of_two,
    rule_as_told,
)

ROUNDING = Rounding.of(public=True, least=10, table="a table")


def column(**more: Any) -> Feature:  # noqa: ANN401 (any value)
    return Feature.model_validate(
        {"name": "x", "slug": "x", "label": "X", "role": "feature", "kind": "numeric", "measure": "numeric",
         "used_for": "description", "imputed": 0, **more}
    )  # fmt: skip


def figures(**more: Any) -> FeatureProfile:  # noqa: ANN401 (any value)
    return FeatureProfile.model_validate(
        {"feature": "x", "mean": 0.0, "median": None, "q1": None, "q3": None, "level": "medium", "effect": 0.0,
         "typical": 0.0, "difference": 0.0, "ratio": None, **more}
    )  # fmt: skip


def test_a_category_is_told_by_rounded_counts() -> None:
    one = CategoryShare(feature="town", category="Ulm", count=15, share=0.31, share_overall=0.27)
    told = category_as_told(one, 50, (25, 100), ROUNDING)
    assert (told.count, told.share, told.share_overall) == (15, 0.3, 0.25)
    few = category_as_told(one.model_copy(update={"count": 1}), 50, (25, 100), ROUNDING)
    assert (few.count, few.share) == (5, 0.1)


def test_a_rule_is_told_by_tenths_that_it_surely_reaches() -> None:
    rule = Rule(conditions=(), sentence="", picked=50, correct=40, precision=0.81, recall=0.66)
    told = rule_as_told(rule, 60, ROUNDING)
    assert told is not None
    assert (told.precision, told.recall) == (0.8, 0.6)
    nothing = rule_as_told(rule.model_copy(update={"picked": 0, "correct": 0}), 60, ROUNDING)
    assert nothing is not None
    assert (nothing.precision, nothing.recall) == (None, None)


@pytest.mark.parametrize("untold", [{"picked": None}, {"correct": None}])
def test_a_rule_without_counts_stays_as_it_is(untold: dict[str, None]) -> None:
    rule = Rule(conditions=(), sentence="", picked=50, correct=40, precision=0.81, recall=0.66)
    assert rule_as_told(rule, 60, AS_IT_IS) is rule
    without = rule.model_copy(update=untold)
    assert rule_as_told(without, 60, ROUNDING) is without
    assert rule_as_told(None, 60, ROUNDING) is None


def test_the_mean_of_two_values_is_that_of_the_rounded_count() -> None:
    """From 2 to 4; 30 of 40 customers have 4: 2 + 2 · ¾. Some 29.9 of them are 30."""
    two = column(two_values=(2.0, 4.0))
    assert mean_of_two(two, 3.5, 40, ROUNDING) == 3.5
    assert mean_of_two(two, 3.495, 40, ROUNDING) == 3.5
    assert mean_of_two(column(measure="boolean"), 0.125, 40, ROUNDING) == 0.125
    assert mean_of_two(column(two_values=(0.0, 1.0)), 1 / 3, 30, ROUNDING) == 0.3333333333


def test_a_column_of_two_values_has_the_deviation_that_its_mean_makes() -> None:
    """Three quarters of 40 have 5 and the others 1: √(¾ · ¼) of 4 is 1.732."""
    told = of_two(column(two_values=(1.0, 5.0), mean=4.01, standard_deviation=1.77), 40, ROUNDING)
    assert (told.mean, told.standard_deviation) == (4.0, 1.7320508076)


def test_yes_and_no_are_two_values_without_being_stated() -> None:
    told = of_two(column(measure="boolean", mean=0.26, standard_deviation=0.44), 40, ROUNDING)
    assert (told.mean, told.standard_deviation) == (0.25, 0.4330127019)
    assert profile_of_two(figures(mean=0.76), told, 40, ROUNDING).mean == 0.75


@pytest.mark.parametrize("kept", [{"mean": 2.01}, {"two_values": (1.0, 5.0)}])
def test_any_other_column_stays_as_it_is(kept: dict[str, Any]) -> None:
    one = column(standard_deviation=1.77, **kept)
    assert of_two(one, 40, ROUNDING) is one


def test_a_segment_is_compared_by_rounded_figures() -> None:
    """10 of 40 have the higher of 0 and 10, and of all of them a half, who stray by 5."""
    everybody = column(two_values=(0.0, 10.0), mean=5.0, standard_deviation=5.0)
    found = figures(
        mean=2.6, known=40, effect=-0.48, typical=2.6, difference=-2.4, ratio=-0.48,
        typical_interval=Interval(lower=1.23, upper=3.71), mean_interval=Interval(lower=1.0, upper=4.0),
    )  # fmt: skip
    told = profile_of_two(found, everybody, 45, ROUNDING)
    assert (told.mean, told.typical, told.difference, told.ratio, told.effect) == (2.5, 2.5, -2.5, -0.5, -0.5)
    assert told.typical_interval == told.mean_interval == Interval(lower=1.2, upper=3.8)  # to a hundredth of ten
    assert told.level == "medium"


def test_the_interval_is_to_a_hundredth_of_what_lies_between_the_two_values() -> None:
    everybody = column(two_values=(20.0, 30.0), mean=25.0, standard_deviation=5.0)
    found = figures(mean=25.0, known=40, typical_interval=Interval(lower=23.44, upper=26.51))
    assert profile_of_two(found, everybody, 40, ROUNDING).typical_interval == Interval(lower=23.4, upper=26.6)


def test_where_it_is_not_known_how_many_answered_all_of_the_segment_did() -> None:
    everybody = column(two_values=(0.0, 1.0), mean=0.5, standard_deviation=0.5)
    told = profile_of_two(figures(mean=0.5), everybody, 30, ROUNDING)
    assert (told.mean, told.mean_interval, told.typical_interval) == (0.5, None, None)
    more = column(mean=0.5)
    assert profile_of_two(figures(mean=0.123), more, 30, ROUNDING).mean == 0.123


def test_an_interval_grows_to_full_steps_and_to_its_figure() -> None:
    found = Interval(lower=1.2, upper=2.9)
    assert around(found, 2.0, 1.0) == Interval(lower=1, upper=3)
    assert around(found, 0.5, 1.0) == Interval(lower=0.5, upper=3)
    assert around(found, 4.0, 1.0) == Interval(lower=1, upper=4)
    assert around(None, 1.0, 1.0) is None
    assert around(found, None, 1.0) is None


def test_what_is_compared_follows_from_the_rounded_figures() -> None:
    everybody = column(mean=100.0, median=80.0, standard_deviation=40.0)
    told = compared(figures(mean=130.0, median=90.0, effect=0.7, level="high", ratio=0.28), everybody)
    assert (told.effect, told.level, told.typical, told.difference, told.ratio) == (0.75, "high", 130, 30, 0.3)
    weaker = compared(figures(mean=110.0, effect=0.7, level="high", ratio=0.28), everybody)
    assert (weaker.effect, weaker.level) == (0.25, "medium")


def test_the_level_stays_where_it_was_not_taken_from_the_effect() -> None:
    everybody = column(mean=100.0, standard_deviation=40.0)
    assert compared(figures(mean=110.0, effect=0.7, level="very low"), everybody).level == "very low"


def test_the_median_is_compared_where_it_is_typical() -> None:
    everybody = column(mean=100.0, median=80.0, standard_deviation=40.0, typical="median")
    told = compared(figures(mean=130.0, median=90.0, effect=0.1, ratio=0.1), everybody, 0.333333333333)
    assert (told.effect, told.typical, told.difference, told.ratio) == (0.3333333333, 90, 10, 0.125)
    assert compared(figures(mean=130.0, ratio=0.1), everybody).typical == 130


def test_nothing_is_compared_with_what_is_not_known() -> None:
    told = compared(figures(mean=3.0, ratio=0.2), column())
    assert (told.effect, told.difference, told.ratio) == (0.0, 3.0, None)
    assert compared(figures(mean=3.0), column(standard_deviation=2.0)).effect == 1.5
    assert compared(figures(mean=0.3), column(mean=0.1, standard_deviation=0.5)).effect == 0.4
    same = compared(figures(mean=3.0, ratio=0.2), column(mean=1.5, standard_deviation=0.0))
    assert (same.effect, same.ratio) == (0.0, 1.0)
    assert compared(figures(mean=3.0), column(mean=1.5, standard_deviation=0.5)).ratio is None
    assert compared(figures(mean=0.3), column(mean=0.1, standard_deviation=0.3)).difference == 0.2


@pytest.mark.parametrize(
    ("found", "moved", "told", "step"),
    [
        (0.977, 0.04, 0.95, 0.05),
        (-0.977, 0.04, -0.95, 0.05),
        (0.999, 0.001, 0.98, 0.02),
        (0.95, 0.2, 0.8, 0.2),
        (1.0, 0.04, 1.0, 0.05),
        (-1.0, 0.04, -1.0, 0.05),
        (0.9999999999999, 0.04, 1.0, 0.05),
    ],
)
def test_only_columns_that_are_the_same_correlate_to_one(found: float, moved: float, told: float, step: float) -> None:
    """Whatever the table: of the two multiples round a correlation of 0.977 the upper one would say that they are."""
    for table in "abcdef":
        rounding = Rounding.of(public=True, least=10, table=table)
        one = correlation_as_told(Correlation(a="x", b="y", pearson=found, spearman=found), moved, 500, rounding)
        assert (one.pearson, one.spearman, one.rounded_to) == (told, told, step)
