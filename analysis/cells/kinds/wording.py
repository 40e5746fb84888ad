"""How levels, answers and dates are told, where the words for amounts would not do."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.configuration.column import Phrases
from analysis.contract import Condition, Feature, FeatureProfile, Level
from analysis.wording.nouns import event
from analysis.wording.number_format import NumberFormat

MOST_SAY_YES, FEW_SAY_YES, NEARLY_ALL_SAY_YES = 0.5, 0.25, 0.75
"""Shares of yes that make the words of a name."""
SPANS = {"very low": "very recent", "low": "recent", "high": "early", "very high": "very early"}


def standing(feature: Feature, label: str, figure: FeatureProfile, formats: NumberFormat) -> str | None:
    """Where a segment stands on a scale of levels or answers: `has 86% yes for newsletter, against 55% of everybody`.

    None for all other columns.
    """
    mean = figure.typical
    if feature.measure == "boolean":
        share = "no" if mean == 0 else f"{'' if figure.difference >= 0 else 'only '}{formats.of(feature, mean)}"
        return f"has {share} yes for {label}, against {formats.everybody(feature, figure)} of everybody"
    if feature.measure == "ordinal":
        here = f"{formats.of(feature, mean)} ({nearest(feature, mean)})"
        return f"is at {here} on {label}, against {formats.everybody(feature, figure, unit=False)} of everybody"
    return None


def nearest(feature: Feature, mean: float) -> str:
    """The level nearest to a mean of an ordinal column."""
    place = min(max(round(mean), 1), len(feature.levels))
    return feature.levels[place - 1]


def date_phrases(label: str) -> Phrases:
    """How a difference in years reads of any date."""
    return Phrases(
        more=f"is {{}} longer ago than average on {label}", less=f"is {{}} more recent than average on {label}"
    )


def named(feature: Feature, label: str, level: Level, mean: float) -> tuple[str, str] | None:
    """For a segment's name how and what: `mostly yes to`, `newsletter`; `seldom`, `churn`; `recent`, `first order`.

    None: as for amounts.
    """
    if feature.measure == "boolean":
        more = level in {"high", "very high"}
        done = event(label)
        if done:
            often = (
                ("mostly" if mean > MOST_SAY_YES else "more often")
                if more
                else "seldom"
                if mean < FEW_SAY_YES
                else "less often"
            )
            return often, done
        if more:
            return (
                "yes to"
                if mean > NEARLY_ALL_SAY_YES
                else "mostly yes to"
                if mean > MOST_SAY_YES
                else "more often yes to",
                label,
            )
        return "no to" if mean < FEW_SAY_YES else "mostly no to" if mean < MOST_SAY_YES else "less often yes to", label
    if feature.measure == "date" and feature.role != "age":
        return SPANS.get(level, level), label
    return None


def bounded(feature: Feature, conditions: Sequence[Condition]) -> str | None:
    """What a rule asks of levels or answers: `is yes`, `at least 5 (weekly)`; None for all other columns."""
    if feature.measure == "boolean":
        return "is yes" if conditions[0].operator == "above" else "is no"
    if feature.measure == "ordinal":
        return " but ".join(_level(feature, one) for one in conditions)
    return None


def _level(feature: Feature, condition: Condition) -> str:
    edge = int(float(condition.value))
    if condition.operator == "above":
        return f"at least {edge + 1} ({feature.levels[edge]})"
    return f"at most {edge} ({feature.levels[edge - 1]})"
